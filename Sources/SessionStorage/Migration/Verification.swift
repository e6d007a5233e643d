import Redis
package import Sessions

/// Compares sessions of two stores by what they mean: values, types, times, lives and the sets that they are in.
package struct Verification {
    /// What the comparison of one session came to.
    package enum Verdict: Sendable, Hashable {
        case equal
        /// It is not at the target.
        case missing
        /// It is at the target alone.
        case tooMuch
        /// It is there, and not the same.
        case different([SessionComparison.Difference])
        /// It has ended, or is gone: nothing is to be at the target.
        case ended
        /// The layout of the target cannot hold it.
        case refused(String)

        /// Whether the target is as it should be.
        package var isRight: Bool { self == .equal || self == .ended }

        /// Whether both stores have the session, equal or not.
        fileprivate var isOfBoth: Bool {
            switch self {
            case .equal, .different: true
            case .missing, .tooMuch, .ended, .refused: false
            }
        }
    }

    /// A session that was compared.
    package struct Compared: Sendable {
        package let id: [UInt8]
        package let key: [UInt8]
        /// Its key at the target, where it has to be at one.
        package let target: [UInt8]?
        package let verdict: Verdict
        /// The indices of users that it has to be in.
        let indices: [[UInt8]]

        package init(id: [UInt8], key: [UInt8], target: [UInt8]?, verdict: Verdict, indices: [[UInt8]] = []) {
            self.id = id
            self.key = key
            self.target = target
            self.verdict = verdict
            self.indices = indices
        }
    }

    private let manner: MigrationBatch.Manner
    private let reader: MigrationReader
    private let groups: GroupFetch
    private let recorder: StateRecorder
    private let tolerance: Int64

    /// - Parameter tolerance: milliseconds by which lives may differ, and times that are derived from them.
    package init(
        _ manner: MigrationBatch.Manner, of source: MigrationBatch.Side, and target: MigrationBatch.Side,
        tolerance: Int64
    ) throws(StorageError) {
        self.manner = manner
        self.tolerance = tolerance
        reader = try MigrationReader(manner, source)
        let connection = try target.store.sideConnection()
        groups = GroupFetch(
            of: target.store, on: connection, target.server, needs: SessionNeeds([.attributes, .principal, .variant]))
        recorder = StateRecorder(target.store, on: connection, target.server)
    }

    /// Compares the sessions at the first of `keys` of the source, as many as may be held at once.
    ///
    /// The session of a token counts from when it was made, which the target alone can tell: one that is not equal is made again as of then.
    package func compare(_ keys: [[UInt8]], at now: MigrationBatch.Times) throws(StorageError) -> [Compared] {
        var looks = try look(at: keys, now)
        let places = looks.indices.filter { looks[$0].madeAt != nil }
        for (madeAt, places) in Dictionary(grouping: places, by: { looks[$0].madeAt ?? now.source }) {
            var rest = places[...]
            while !rest.isEmpty {
                let again = try look(
                    at: rest.map { looks[$0].compared.key }, MigrationBatch.Times(source: madeAt, target: now.target))
                for (place, look) in zip(rest, again) where look.compared.verdict.isOfBoth { looks[place] = look }
                rest = rest.dropFirst(max(again.count, 1))
            }
        }
        return looks.map(\.compared)
    }

    private struct Look {
        let compared: Compared
        /// When the session of the target was made, where it takes the place of a token and is not equal.
        var madeAt: Int64?
    }

    private func look(at keys: [[UInt8]], _ now: MigrationBatch.Times) throws(StorageError) -> [Look] {
        let readings = try reader.read(keys, now: now.source)
        var sessions: [MigratingSession] = []
        for case .migrating(let session) in readings { sessions.append(session) }
        var current = try recorder.current(of: sessions.flatMap { $0.wanted + $0.absent })[...]
        let found = try targets(sessions.map { $0.wanted[0].key })
        return readings.map { reading in
            switch reading {
            case .decided(let session): return Look(compared: Self.compared(session))
            case .migrating(let session):
                let states = Array(current.prefix(session.wanted.count))
                let others = Array(current.dropFirst(states.count).prefix(session.absent.count))
                current = current.dropFirst(states.count + others.count)
                let key = session.wanted[0].key
                let compared = Compared(
                    id: session.group.session.id, key: session.group.record.key, target: key,
                    verdict: verdict(session, states, others, found[key], now),
                    indices: session.wanted.filter { $0.role == .principalIndex }.map(\.key))
                guard session.group.session.format == JWTFormat.name, !compared.verdict.isRight,
                    let state = states.first
                else { return Look(compared: compared) }
                let target = found[key].map { Self.used($0.session, state) }
                return Look(compared: compared, madeAt: target.flatMap { madeAt($0, of: session.group.session) })
            }
        }
    }

    /// When the session of a token was made. Its interval was what was left of the token then; where it was given another, its last use
    /// tells, which some layouts have only to the millisecond or two of a key's life.
    private func madeAt(_ target: Session, of token: Session) -> Int64? {
        guard manner.conversion?.interval == nil, let end = token.statedEnd, let seconds = target.maxInactiveSeconds
        else { return target.lastAccessedAt }
        let (interval, first) = seconds.multipliedReportingOverflow(by: 1000)
        let (time, second) = end.subtractingReportingOverflow(interval)
        return first || second ? target.lastAccessedAt : time
    }

    private static func compared(_ session: MigratedSession) -> Compared {
        let verdict: Verdict =
            switch session.outcome {
            case .refused(let reason): .refused(reason)
            // It is looked at again.
            case .changed: .missing
            default: .ended
            }
        return Compared(id: session.id, key: session.key, target: nil, verdict: verdict)
    }

    private func targets(_ keys: [[UInt8]]) throws(StorageError) -> [[UInt8]: SessionGroup] {
        var found: [[UInt8]: SessionGroup] = [:]
        var rest = keys[...]
        while !rest.isEmpty {
            let some = try groups.groups(at: Array(rest))
            for (key, group) in zip(rest, some) { found[key] = group }
            rest = rest.dropFirst(max(some.count, 1))
        }
        return found
    }

    private func verdict(
        _ session: MigratingSession, _ current: [CurrentState], _ others: [CurrentState], _ target: SessionGroup?,
        _ now: MigrationBatch.Times
    ) -> Verdict {
        guard let own = current.first, own.isThere else { return .missing }
        var differences: [SessionComparison.Difference] = []
        if own.content.map({ !session.isSame($0) }) ?? true {
            differences = meaning(session, own, target, now)
        }
        differences += keys(session, current)
        for (absent, found) in zip(session.absent, others) where found.isThere {
            let reason = "'\(EscapedName.text(of: absent.key))' is there, which its layout does not have"
            differences.append(SessionComparison.Difference(part: absent.role.rawValue, reason: reason))
        }
        return differences.isEmpty ? .equal : .different(Self.once(differences))
    }

    /// The same without what two looks have found.
    private static func once(_ differences: [SessionComparison.Difference]) -> [SessionComparison.Difference] {
        var known: Set<SessionComparison.Difference> = []
        return differences.filter { known.insert($0).inserted }
    }

    /// What is different where the bytes are not the same.
    private func meaning(
        _ session: MigratingSession, _ own: CurrentState, _ target: SessionGroup?, _ now: MigrationBatch.Times
    ) -> [SessionComparison.Difference] {
        func difference(_ reason: String) -> [SessionComparison.Difference] {
            [SessionComparison.Difference(part: "content", reason: reason)]
        }
        guard let target else { return difference("no session is at the target's key") }
        guard let wanted = session.portable(now.source) else { return difference("of other bytes") }
        let there = Self.used(target.session, own)
        let head = Self.head(session.wanted[0].content, own.content)
        do throws(ConversionRefusal) {
            var found = try PortableSession(of: there, now: now.target)
            // Each kind of application has its own place for who is logged in: what is in attributes is compared with them.
            if !(manner.conversion?.holdsContainerLogins ?? true) {
                found.principalName = wanted.principalName
                found.container = wanted.container
            }
            return comparison(of: there).differences(of: wanted, and: found)
                + details(session.group.session, there) + damage(session.group.session, there) + head
        } catch {
            return difference(error.description)
        }
    }

    /// Of the same layout only what follows from the life of a key may differ a little.
    private func comparison(of target: Session) -> SessionComparison {
        guard manner.conversion == nil else { return SessionComparison(tolerance: tolerance) }
        let derived = target.endsWithItsKey ? tolerance : 0
        return SessionComparison(tolerance: target.createdAt == nil ? derived : 0, ofLastUse: derived)
    }

    /// A session with its last use, which some layouts have in the life of the key alone.
    private static func used(_ session: Session, _ own: CurrentState) -> Session {
        guard session.lastAccessedAt == nil, let end = own.expiresAt, let interval = session.maxInactiveSeconds else {
            return session
        }
        var used = session
        used.lastAccessedAt =
            end.subtractingReportingOverflow(interval.multipliedReportingOverflow(by: 1000).partialValue).partialValue
        return used
    }

    /// What an application of the target fails at, and one of the source does not.
    private func damage(_ one: Session, _ other: Session) -> [SessionComparison.Difference] {
        let known = Set(one.findings.map(\.code))
        let found = other.findings.filter { Self.damages.contains($0.code) && !known.contains($0.code) }.map {
            SessionComparison.Difference(part: $0.code, reason: $0.message)
        }
        // Of the same layout what else stands there is compared as details.
        guard manner.conversion != nil else { return found + one.classDifferences(to: other) }
        return found + Self.creation(one, other) + Self.rest(of: other)
    }

    /// What stands behind the session in its value, which no manager writes; of the same layout it is compared as another detail.
    private static func rest(of session: Session) -> [SessionComparison.Difference] {
        session.details.filter { $0.name == "trailingElements" }.map {
            SessionComparison.Difference(part: $0.name, reason: "none, and \($0.value)")
        }
    }

    /// What managers write of the session's creation beside it, and take for its times when they load it: it has to be the same time.
    private static func creation(_ one: Session, _ other: Session) -> [SessionComparison.Difference] {
        other.details.filter { creationTimes.contains($0.name) && !one.details.contains($0) }.compactMap { detail in
            guard let created = other.createdAt, detail.value != String(created) else { return nil }
            return SessionComparison.Difference(part: detail.name, reason: "\(created), and \(detail.value)")
        }
    }

    private static let creationTimes: Set = ["leadingCreationTime", "trailingCreationTime"]

    /// What a session manager fails at that is neither time, login nor attribute.
    private static func head(_ one: KeyState.Content, _ other: KeyState.Content?) -> [SessionComparison.Difference] {
        guard case .string(let wanted) = one, case .string(let found)? = other, let wanted = TomcatHead(wanted),
            let found = TomcatHead(found)
        else { return [] }
        return wanted.differences(to: found)
    }

    private static let damages: Set = [
        "missing-field", "wrong-type", "mixed-encodings", "undecodable", "truncated", "bad-sequence", "bad-field",
        "bad-count", "bad-attribute", "missing-attribute", "version-mismatch", "missing-trailer", "duplicate-attribute",
        "not-serialized", "bad-principal",
    ]

    /// What a format keeps beside times and attributes: of another layout only the container's login is the same.
    private func details(_ one: Session, _ other: Session) -> [SessionComparison.Difference] {
        func values(_ session: Session) -> [String: String] {
            let login = ["authType", "roles"]
            let holds = manner.conversion?.holdsContainerLogins ?? true
            let details = session.details.filter {
                manner.conversion == nil ? !Self.bookkeeping.contains($0.name) : holds && login.contains($0.name)
            }
            return Dictionary(details.map { ($0.name, $0.value) }) { first, _ in first }
        }
        let (left, right) = (values(one), values(other))
        return Set(left.keys).union(right.keys).sorted().filter { left[$0] != right[$0] }.map { name in
            SessionComparison.Difference(
                part: name, reason: "\(left[name] ?? "none"), and \(right[name] ?? "none")")
        }
    }

    /// What a manager notes for itself at each request.
    private static let bookkeeping: Set = ["isNew", "sessionAttributesHash"]

    /// What is different in the other keys, and in how long they live.
    private func keys(_ session: MigratingSession, _ current: [CurrentState]) -> [SessionComparison.Difference] {
        zip(session.wanted, current).enumerated().flatMap { index, pair -> [SessionComparison.Difference] in
            let (wanted, found) = pair
            let part = wanted.role.rawValue
            func difference(_ reason: String) -> [SessionComparison.Difference] {
                [SessionComparison.Difference(part: part, reason: reason)]
            }
            if index > 0, !found.isThere { return difference("'\(EscapedName.text(of: wanted.key))' is not there") }
            if case .shared = wanted.content {
                guard wanted.isSame(as: found) else {
                    return difference("not in '\(EscapedName.text(of: wanted.key))'")
                }
                return wanted.isNeeded(noLongerThan: found, tolerance: tolerance)
                    ? [] : difference("'\(EscapedName.text(of: wanted.key))' ends sooner")
            }
            // The session's own is compared by what it means.
            if index > 0, !wanted.content.isSame(as: found.content) {
                return difference("'\(EscapedName.text(of: wanted.key))' holds something else")
            }
            return isNear(wanted.expiresAt, found.expiresAt)
                ? [] : difference("'\(EscapedName.text(of: wanted.key))' ends at another time")
        }
    }

    private func isNear(_ one: Int64?, _ other: Int64?) -> Bool {
        guard let one, let other else { return one == other }
        return one.subtractingReportingOverflow(other).partialValue.magnitude <= max(tolerance, 5).magnitude
    }
}
