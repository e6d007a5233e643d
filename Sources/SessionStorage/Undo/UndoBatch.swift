package import Redis
import Sessions

/// Makes sessions what they were before a change, some hundred at a time.
package struct UndoBatch {
    /// How it is done.
    package struct Manner: Sendable {
        /// Whether what others have changed since is overwritten.
        package var isForced: Bool
        /// Whether sessions that would have ended meanwhile are brought back and extended; else they are left.
        package var extends: Bool
        /// Whether it is only found out what would be done.
        package var isDryRun = false

        package init(isForced: Bool = false, extends: Bool = false) {
            self.isForced = isForced
            self.extends = extends
        }
    }

    private let manner: Manner
    let recorder: StateRecorder
    var execution: PlanExecution
    /// RESTORE is tried until the server refuses it: an old one does not take absolute times, some services not the command.
    private var usesRestore: Bool
    private let keepsLife: Bool

    package init(_ manner: Manner, of store: SessionStore, on connection: RedisConnection, _ server: ChangeServer) {
        self.manner = manner
        recorder = StateRecorder(store, on: connection, server)
        execution = PlanExecution(on: connection, server)
        usesRestore = server.takesAbsoluteLives
        keepsLife = server.keepsLife
    }

    /// Takes the places of sessions, from 0, that are what they were, as soon as that is known, and whether that was written here; some may be
    /// told again.
    package typealias Noting = (_ places: [Int], _ areWritten: Bool) -> Void

    /// One outcome for each, in their order.
    ///
    /// - Parameters:
    ///   - changed: from when to when the change was made.
    ///   - uncertain: the places of sessions of which nobody knows when, or whether, they were changed.
    ///   - now: by the server's clock.
    ///   - note: told who is taken back already while others are waited for: whoever is killed then has it noted, and brings nobody back who
    ///     is ended by its user after that.
    ///   - goesOn: whether nobody wants to stop; asked from time to time.
    package mutating func run(
        _ kept: [KeptSession], changed: ChangeSpan, uncertain: Set<Int> = [], now: Int64, noting note: Noting? = nil,
        while goesOn: @escaping () -> Bool = { true }
    ) throws(StorageError) -> [Outcome] {
        let spans = kept.indices.map { changed.uncertain(uncertain.contains($0)) }
        var outcomes = kept.map { _ in Outcome.notReached }
        var open = Array(kept.indices)
        for attempt in 0..<Self.mostTries where !open.isEmpty && goesOn() {
            let before = outcomes
            do throws(StorageError) {
                open = try once(open, kept, (spans, now), &outcomes, Course(goesOn: goesOn, note: note ?? { _, _ in }))
            } catch {
                // What the first attempt has done is done, and told.
                guard attempt > 0 else { throw error }
                outcomes = before
                for place in open where !outcomes[place].isAsItWas { outcomes[place] = .failed(error.reason) }
                open = []
            }
        }
        return outcomes
    }

    /// What is asked and told while others are waited for.
    struct Course {
        let goesOn: () -> Bool
        let note: Noting
    }

    /// A second time where RESTORE is refused; and where something was changed between the look and the write, which may have been the
    /// session before: some share their keys (session-formats, ch. 17.3). What is there then tells.
    private static let mostTries = 3

    private mutating func once(
        _ places: [Int], _ kept: [KeptSession], _ times: Times, _ outcomes: inout [Outcome],
        _ course: Course
    ) throws(StorageError) -> [Int] {
        let planned = try plans(at: places, kept, times, &outcomes)
        guard !manner.isDryRun else {
            for one in planned { outcomes[one.place] = .planned(one.plan) }
            return []
        }
        course.note(places.filter { if case .unneeded = outcomes[$0] { true } else { false } }, false)
        // Those that are answered are noted before a connection is made anew, which takes its time.
        let answers = try answers(to: planned, course)
        let again = take(answers, of: planned, kept, times, &outcomes)
        course.note(planned.map { $0.place }.filter { outcomes[$0].isAsItWas }, true)
        return again
    }

    /// What is to be written of the sessions at `places`, and the outcomes of those that nothing is written of.
    private func plans(
        at places: [Int], _ kept: [KeptSession], _ times: Times, _ outcomes: inout [Outcome]
    ) throws(StorageError) -> [Planned] {
        var current = try recorder.current(of: places.flatMap { kept[$0].states })[...]
        // What others have in its place is overwritten only where that is forced.
        let overwritten =
            manner.isForced ? try recorder.successors(at: places.map { (kept[$0].key, kept[$0].variant) }) : [:]
        let gone = try recorder.gone(among: places.map { kept[$0] }.filter(\.leavesOwnKey).map(\.key))
        var planned: [Planned] = []
        for place in places {
            outcomes[place] = .notReached
            let states = Array(current.prefix(kept[place].states.count))
            current = current.dropFirst(states.count)
            let isGone = kept[place].leavesOwnKey && gone.contains(kept[place].key)
            switch decision(place, kept, states, overwritten[kept[place].key], isGone: isGone, times) {
            case .isAsItWas: outcomes[place] = .unneeded
            case .ended: outcomes[place] = .ended
            case .gone: outcomes[place] = .gone
            case .changed(let what): outcomes[place] = .changed(what)
            case .refused(let reason): outcomes[place] = .refused(reason)
            case .plan(let plan): planned.append((place, plan))
            }
        }
        return planned
    }

    typealias Planned = (place: Int, plan: ChangePlan)

    /// Takes what the server has said of plans; the places of sessions that are to be tried again.
    private mutating func take(
        _ answers: [PlanResult], of planned: [Planned], _ kept: [KeptSession], _ times: Times,
        _ outcomes: inout [Outcome]
    ) -> [Int] {
        var again: [Int] = []
        var isRefused = false
        let lost = zip(planned, answers).filter { $1.isLost }.map { $0.0 }
        let isOpen = lost.isEmpty && execution.connection.isOpen || execution.reopens()
        for (one, answer) in zip(planned, answers) {
            outcomes[one.place] = outcome(of: answer)
            if answer.isUnmet || answer.isOfAnotherType || answer.wasNotSent && isOpen { again.append(one.place) }
            guard usesRestore, one.plan.restores, answer.isRefusalToRestore else { continue }
            again.append(one.place)
            isRefused = true
        }
        if isRefused { usesRestore = false }
        if isOpen, !lost.isEmpty { lookAgain(lost, kept, times, &outcomes) }
        return again
    }

    typealias Times = (changed: [ChangeSpan], now: Int64)

    func decision(
        _ place: Int, _ kept: [KeptSession], _ states: [CurrentState], _ overwritten: SessionGroup?,
        isGone: Bool = false, _ times: Times
    ) -> UndoPlanner.Decision {
        let planner = UndoPlanner(
            kept: kept[place], current: states, now: times.now, changed: times.changed[place],
            isForced: manner.isForced,
            usesRestore: usesRestore, keepsLife: keepsLife, overwritten: overwritten, isGone: isGone)
        guard manner.extends else { return planner.decide(extending: nil) }
        return planner.decide { group throws(ChangeRefusal) in
            try SessionChanges.extend(group, ChangeContext(now: times.now))
        }
    }

    private func outcome(of result: PlanResult) -> Outcome {
        switch result {
        case .done(let failures):
            failures.first.map { .failed("\($0.command.name): \($0.message)") } ?? .restored
        case .unmet: .changed("somebody changed it at the same time")
        case .refused(let error): .failed("\(error.command): \(error.message)")
        case .unknown(let error):
            .failed(
                "\(error.command): \(error.message); nobody knows whether it was taken back: the same command takes back what "
                    + "is as the change left it, also one whose user has logged out in between")
        }
    }
}
