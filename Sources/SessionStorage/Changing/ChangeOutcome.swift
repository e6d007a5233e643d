import Redis
import Sessions

/// What became of one session that was to be changed.
package enum ChangeOutcome: Sendable {
    /// It was changed. Commands that only tidy up and failed are named.
    case done([PlanFailure])
    /// It was changed in the store, and nobody can know from here whether the application keeps to it; the text says why and what to do.
    case uncertain(String, [PlanFailure])
    /// It was so already: nothing was to be written.
    case unneeded
    /// Somebody used it since it was read: it was left.
    case usedSince
    /// It does not fulfil the filter any more, or somebody changes it all the time: it was left.
    case changed
    /// It has ended meanwhile.
    case gone
    /// A request works on it.
    case inUse
    /// Its format, or what it holds, does not allow this.
    case refused(String)
    /// It is as it was: the server refused all of it, with these words.
    case denied(String)
    /// It is as it was, or partly changed: what the server said.
    case failed(String)
    /// The connection was lost behind it, and what it is now could not be read either.
    case unknown(String)

    /// The word of reports.
    package var word: String {
        switch self {
        case .done: "done"
        case .uncertain: "uncertain"
        case .unneeded: "unneeded"
        case .usedSince: "active again"
        case .changed: "changed"
        case .gone: "gone"
        case .inUse: "in use"
        case .refused: "refused"
        case .denied, .failed: "failed"
        case .unknown: "unknown"
        }
    }

    /// Whether something was written that `undo` can take back.
    package var wasWritten: Bool {
        switch self {
        case .done, .uncertain: true
        default: false
        }
    }
}

extension ChangeOutcome {
    /// What the server's answer to a plan means.
    init(of plan: ChangePlan, _ result: PlanResult) {
        switch result {
        case .done(let failures):
            // Where nothing of it was accepted, nothing was changed, also of what only tidies up.
            let isNothingDone = !failures.isEmpty && failures.map(\.command).elementsEqual(plan.commands)
            if let essential = failures.first(where: { $0.command.isEssential || isNothingDone }) {
                let text = "\(essential.command.name): \(essential.message)"
                // A transaction goes on behind a command that fails: only where all have failed nothing was done.
                self = isNothingDone ? .denied(text) : .failed(text)
            } else {
                self = plan.doubt.map { .uncertain($0, failures) } ?? .done(failures)
            }
        case .unmet(let condition):
            switch condition.otherwise {
            case .usedSince: self = .usedSince
            case .changed: self = .changed
            case .gone: self = .gone
            case .inUse: self = .inUse
            }
        case .refused(let error):
            let text = "\(error.command): \(error.message)"
            // Without a word of its own the error may be the script's, which may have been half way.
            self = error.kind == .server(code: "ERR") ? .failed(text) : .denied(text)
        case .unknown(let error): self = .unknown("\(error.command): \(error.message)")
        }
    }
}
