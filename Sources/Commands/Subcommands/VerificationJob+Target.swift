import SessionStorage
import Sessions

// What is at the target alone.

extension VerificationJob {
    /// Names what is at the target and was not at the source: it is too much, where all of the source was meant.
    func lookAtTarget(
        _ expected: Expected, _ writer: DifferenceWriter, _ tally: inout Tally
    ) throws -> ExitStatus {
        guard selection.filters.isEmpty, selection.pattern == nil else { return .done }
        var walk = SessionWalk(
            context: context, quiet: output.quiet, filter: SessionFilter(all: []), needs: SessionNeeds([]), pattern: nil
        )
        walk.offset = target.clockOffset
        var wrong = 0
        let summary = try walk.run(on: target) { session, now, _ throws(StorageError) in
            let hasEnded = session.expiresAt(now: now).map { $0 <= now } ?? false
            guard isOfLayout(session), !hasEnded, try !expected.keys.contains(session.key) else {
                return !context.isInterrupted()
            }
            wrong += 1
            try expected.missing.look(at: session)
            let isLoggedOut = try expected.loggedOut.contains(session.id)
            writer.write(
                Verification.Compared(
                    id: session.id, key: session.key, target: session.key,
                    verdict: isLoggedOut ? .loggedOut(.source) : .tooMuch))
            return !context.isInterrupted()
        }
        tally.wrong += wrong
        return walk.conclude(summary, .done)
    }

    /// Whether a session of the target has the layout that is compared.
    private func isOfLayout(_ session: Session) -> Bool {
        switch conversion?.layout {
        case .spring(let layout): session.format == SpringFormat.name && session.namespace == layout.prefix
        case .tomcat(let layout): session.format == TomcatFormat.name && session.key.starts(with: layout.keyPrefix)
        case .jwt: session.format == JWTFormat.name
        case nil: true
        }
    }
}
