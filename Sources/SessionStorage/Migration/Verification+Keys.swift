import Sessions

// The keys of a session: what the others hold beside its own, and how long all live.

extension Verification {
    /// What is different in the other keys, and in how long they live.
    func keys(_ session: MigratingSession, _ current: [CurrentState]) -> [SessionComparison.Difference] {
        zip(session.wanted, current).enumerated().compactMap { index, pair in
            let (wanted, found) = pair
            return reason(wanted, found, isOwn: index == 0).map {
                SessionComparison.Difference(part: wanted.role.rawValue, reason: $0)
            }
        }
    }

    /// What is wrong with one key; nil for nothing.
    private func reason(_ wanted: KeyState, _ found: CurrentState, isOwn: Bool) -> String? {
        let name = "'\(EscapedName.text(of: wanted.key))'"
        if !isOwn, !found.isThere { return "\(name) is not there" }
        if case .shared = wanted.content {
            guard wanted.isSame(as: found) else { return "not in \(name)" }
            return wanted.isNeeded(noLongerThan: found, tolerance: tolerance) ? nil : "\(name) ends sooner"
        }
        // The session's own is compared by what it means.
        if !isOwn, !wanted.content.isSame(as: found.content) { return "\(name) holds something else" }
        return isNear(wanted.expiresAt, found.expiresAt) ? nil : "\(name) ends at another time"
    }

    private func isNear(_ one: Int64?, _ other: Int64?) -> Bool {
        guard let one, let other else { return one == other }
        return one.subtractingReportingOverflow(other).partialValue.magnitude <= max(tolerance, 5).magnitude
    }
}
