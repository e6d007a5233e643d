import Sessions

// What formats keep beside times, login and attributes, and what applications fail at.

extension Verification {
    /// What an application of the target fails at, and one of the source does not.
    func damage(_ one: Session, _ other: Session) -> [SessionComparison.Difference] {
        let known = Set(one.findings.map(\.code))
        let found = other.findings.filter { Self.damages.contains($0.code) && !known.contains($0.code) }.map {
            SessionComparison.Difference(part: $0.code, reason: $0.message)
        }
        // Of the same layout what else stands there is compared as details.
        guard manner.conversion != nil else { return found + one.classDifferences(to: other) }
        return found + Self.creation(one, other) + Self.rest(of: other)
    }

    private static let damages: Set = [
        "missing-field", "wrong-type", "mixed-encodings", "undecodable", "truncated", "bad-sequence", "bad-field",
        "bad-count", "bad-attribute", "missing-attribute", "version-mismatch", "missing-trailer", "duplicate-attribute",
        "not-serialized", "bad-principal",
    ]

    /// What managers write of the session's creation beside it, and take for its times when they load it: it has to be the same time.
    private static func creation(_ one: Session, _ other: Session) -> [SessionComparison.Difference] {
        other.details.filter { creationTimes.contains($0.name) && !one.details.contains($0) }.compactMap { detail in
            guard let created = other.createdAt, detail.value != String(created) else { return nil }
            return SessionComparison.Difference(part: detail.name, reason: "\(created), and \(detail.value)")
        }
    }

    private static let creationTimes: Set = ["leadingCreationTime", "trailingCreationTime"]

    /// What stands behind the session in its value, which no manager writes; of the same layout it is compared as another detail.
    private static func rest(of session: Session) -> [SessionComparison.Difference] {
        session.details.filter { $0.name == "trailingElements" }.map {
            SessionComparison.Difference(part: $0.name, reason: "none, and \($0.value)")
        }
    }

    /// What a session manager fails at that is neither time, login nor attribute.
    static func head(_ one: KeyState.Content, _ other: KeyState.Content?) -> [SessionComparison.Difference] {
        guard case .string(let wanted) = one, case .string(let found)? = other, let wanted = TomcatHead(wanted),
            let found = TomcatHead(found)
        else { return [] }
        return wanted.differences(to: found)
    }

    /// What a format keeps beside times and attributes: of another layout only the container's login is the same.
    func details(_ one: Session, _ other: Session) -> [SessionComparison.Difference] {
        let (left, right) = (comparedDetails(of: one), comparedDetails(of: other))
        return Set(left.keys).union(right.keys).sorted().filter { left[$0] != right[$0] }.map { name in
            SessionComparison.Difference(
                part: name, reason: "\(left[name] ?? "none"), and \(right[name] ?? "none")")
        }
    }

    private func comparedDetails(of session: Session) -> [String: String] {
        let login = ["authType", "roles"]
        let holds = manner.conversion?.holdsContainerLogins ?? true
        let details = session.details.filter {
            manner.conversion == nil ? !Self.bookkeeping.contains($0.name) : holds && login.contains($0.name)
        }
        return Dictionary(details.map { ($0.name, $0.value) }) { first, _ in first }
    }

    /// What a manager notes for itself at each request.
    private static let bookkeeping: Set = ["isNew", "sessionAttributesHash"]
}
