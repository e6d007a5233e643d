import JavaSerialization
import TestSupport
import Testing

@testable import Sessions

/// What the writer of a store said of one session.
struct SessionTruth {
    let expected: TestJSON
    let label: String
    let key: [UInt8]
    /// The values of the session's own: in a member of their own, or among the others.
    private let values: TestJSON

    init(_ expected: TestJSON) throws {
        self.expected = expected
        label = try expected.required("label").requiredString()
        key = Array(try expected.required("key").requiredString().utf8)
        values = expected["stored"] ?? expected
    }

    /// Of sessions that never end, Amadeus' notification mode has no key that could tell it.
    func variant(of session: Session, _ expectation: JavaProgramStoreTests.Expectation) -> String? {
        expectation.variant == "notification" && label == "never-expires" ? "default" : expectation.variant
    }

    private static func details(_ session: Session) -> [String: String] {
        Dictionary(session.details.map { ($0.name, $0.value) }) { $0 + " and " + $1 }
    }

    func compareMetadata(_ session: Session) throws {
        let details = Self.details(session)
        #expect(session.id == Array(try expected.required("id").requiredString().utf8), "\(label)")
        let created = values["creationTime"] ?? values["startTimestamp"]
        #expect(session.createdAt == created?.integer && session.createdAt != nil, "\(label)")
        try compareTimes(session, details)
        for name in ["isNew", "isValid", "trailingCreationTime", "leadingCreationTime", "lastBackupTime"]
        where values["startTimestamp"] == nil && session.format != "amadeus" {
            guard let value = values[name] else { continue }
            #expect(details[name] == value.number ?? value.bool.map { String($0) }, "\(label) \(name)")
        }
        for name in ["sessionAttributesHash", "authType", "host", "owner"] {
            guard let value = values[name] else { continue }
            #expect(details[name] == value.string, "\(label) \(name)")
        }
        if let layout = expected["layout"]?.string { #expect(details["layout"] == layout) }
        if let route = expected["route"] { #expect(details["route"] == route.string, "\(label)") }
        compareFindings(session)
    }

    private func compareFindings(_ session: Session) {
        let expected: [String] =
            switch label {
            case "double-route": ["double-route"]
            case "not-serializable": ["not-serialized"]
            case "invalid" where session.format == "shiro": ["stopped"]
            case "expired": ["expired"]
            default: hasStoredPassword ? ["stored-password"] : hasEnded(session) ? ["expired"] : []
            }
        #expect(session.findings.map(\.code) == expected, "\(label): \(session.findings)")
        let lost = self.expected["lostAttributes"]?.items ?? []
        for name in lost { #expect(session.findings.contains { $0.message.contains("'\(name.string ?? "")'") }) }
        #expect(lost.count == (label == "not-serializable" ? 1 : 0))
    }

    /// Whether Redisson's repository keeps it behind its end.
    private func hasEnded(_ session: Session) -> Bool {
        guard session.format == "redisson", let last = values["lastAccessedTime"]?.integer,
            let interval = values["maxInactiveInterval"]?.integer
        else { return false }
        return interval >= 0 && last + interval * 1000 <= JavaProgramStoreTests.now
    }

    /// Whether the principal was written with its password, as Tomcat up to 9 does.
    private var hasStoredPassword: Bool {
        let classes = expected["principalObject"]?["wire"]?["classes"]?.items
        return classes?.first?["fields"]?["password"].map { !$0.isNull } ?? false
    }

    /// The last access is what the key's life says where a manager rules, else what is stored.
    private func compareTimes(_ session: Session, _ details: [String: String]) throws {
        let newer = expected["validity"].flatMap { $0.isNull ? nil : $0 } ?? values
        let timeout = try values["timeout"].map { try $0.requiredInteger() }.map { $0 < 0 ? -1 : $0 / 1000 }
        let interval = try timeout ?? newer.required("maxInactiveInterval").requiredInteger()
        #expect(session.maxInactiveSeconds == interval, "\(label)")
        let last = newer["lastAccessedTime"] ?? values["lastAccessTime"]
        let this = newer["thisAccessedTime"] ?? last
        let isSecondHand = session.endsWithItsKey
        guard isSecondHand, case .milliseconds(let left) = session.timeToLive, interval > 0, left > 15_000 else {
            #expect(session.lastAccessedAt == this?.integer && session.lastAccessedAt != nil, "\(label)")
            return
        }
        #expect(session.lastAccessedAt == JavaProgramStoreTests.now - (interval * 1000 - left), "\(label)")
        #expect(details["thisAccessedTime"].flatMap { Int64($0) } == this?.integer, "\(label)")
        #expect(details["lastAccessedTime"].flatMap { Int64($0) } == last?.integer, "\(label)")
    }

    /// Name, roles and the whole object of a principal, and what FORM authentication keeps.
    func comparePrincipal(_ session: Session) throws {
        let details = Self.details(session)
        #expect(session.principal == expected["principal"]?.string, "\(label)")
        if let roles = expected["roles"] {
            #expect(details["roles"] == roles.items?.compactMap(\.string).joined(separator: ", "), "\(label)")
        }
        if let object = expected["principalObject"], !object.isNull {
            let value = try #require(session.authentication, "\(label)")
            let outcome = GroundTruth.compareTyped(expected: object, actual: try SessionValues.typed(value))
            // The writer's live principal shares two objects with the one that took its place in the stream.
            #expect(outcome.differences.count == 4 && outcome.compared > 10, "\(label)")
            #expect(
                outcome.differences.allSatisfy {
                    $0.contains("an id that nothing refers to") || $0.hasSuffix("a shared object, not one of its own")
                }, "\(outcome.differences)")
            #expect(details["roles"] == "admin, user")
        }
        if let id = expected["expectedSessionId"] { #expect(details["expectedSessionId"] == id.string, "\(label)") }
        if let request = expected["savedRequest"] {
            #expect(details["savedRequest"] == (request.isNull ? nil : "POST /library/lend"), "\(label)")
        }
        if let saved = expected["savedPrincipal"] { #expect(details["savedPrincipal"] == saved.string, "\(label)") }
        #expect(!session.details.contains { $0.value.contains("invented-password") })
    }
}
