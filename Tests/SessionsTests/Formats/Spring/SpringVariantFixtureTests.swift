import JavaSerialization
import TestSupport
import Testing

@testable import Sessions

/// Sessions of Spring Session 1.0, of the reactive repository, and with tokens in them, written by our own programs.
struct SpringVariantFixtureTests {
    struct Expectation: Sendable, CustomStringConvertible {
        let store: String
        let sessions: Int
        let attributes: Int
        let values: Int
        /// How many sessions are of each variant.
        let variants: [String: Int]
        let auxiliary: [String: Int]
        /// Keys of the groups that are there, by role; those of sets only where the session is in them.
        let groups: [GroupedKey.Role: Int]
        let findings: [String: Int]

        var description: String { store }
    }

    static let expectations = [
        Expectation(
            store: "spring-session-1.0.0", sessions: 12, attributes: 80, values: 627, variants: ["default": 12],
            auxiliary: ["expirations": 11], groups: [.session: 12, .expirations: 12], findings: [:]),
        Expectation(
            store: "spring-session-1.0.2", sessions: 12, attributes: 80, values: 627, variants: ["default": 12],
            auxiliary: ["expirations": 11], groups: [.session: 12, .expirations: 12], findings: [:]),
        Expectation(
            store: "spring-session-reactive-indexed", sessions: 13, attributes: 81, values: 630,
            variants: ["indexed": 9, "reactive-indexed": 3, "default": 1],
            auxiliary: ["shadow key": 12, "session index": 3, "principal index": 2, "expirations": 1],
            groups: [
                .session: 13, .shadow: 12, .sortedExpirations: 13, .principalIndex: 3, .sessionIndex: 3,
            ], findings: ["colon-in-principal": 1]),
        Expectation(
            store: "spring-session-jwt", sessions: 6, attributes: 10, values: 72, variants: ["default": 6],
            auxiliary: [:], groups: [.session: 6], findings: [:]),
    ]

    @Test(arguments: expectations)
    func readsEverySession(_ expectation: Expectation) throws {
        let store = FixtureStore("java-programs/" + expectation.store)
        let stored = try StoredFixture(store, now: 0)
        let keys = try Dictionary(store.records().map { ($0.key, $0.content) }) { $1 }
        var (attributes, values) = (0, 0)
        var variants: [String: Int] = [:]
        var groups: [GroupedKey.Role: Int] = [:]
        var findings: [String: Int] = [:]
        let sessions = try store.expectedSessions()
        for expected in sessions {
            let label = try expected.required("label").requiredString()
            let key = Array(try expected.required("key").requiredString().utf8)
            // The lives of the keys are those of the moment of the last access.
            let now = try expected.required("lastAccessedTime").requiredInteger()
            let record = try #require(stored.records[key], "\(label)")
            let session = try #require(SpringFormat.session(from: record, now: now), "\(label)")
            try compare(session, expected, label)
            variants[session.variant ?? "", default: 0] += 1
            for finding in session.findings { findings[finding.code, default: 0] += 1 }
            for part in SessionFormats.keyGroup(of: session) where Self.isThere(part, keys) {
                groups[part.role, default: 0] += 1
            }
            for attribute in session.attributes ?? [] {
                let outcome = try Self.truth(attribute, expected.required("attributes"))
                #expect(outcome.differences == [], "\(label)")
                attributes += 1
                values += outcome.compared
            }
        }
        #expect(sessions.count == expectation.sessions && stored.counts.sessions == expectation.sessions)
        #expect(stored.counts.auxiliary == expectation.auxiliary && stored.counts.others == 0)
        #expect(attributes == expectation.attributes)
        #expect(values == expectation.values)
        #expect(variants == expectation.variants)
        #expect(groups == expectation.groups)
        #expect(findings == expectation.findings)
    }

    private func compare(_ session: Session, _ expected: TestJSON, _ label: String) throws {
        #expect(try session.id == Array(expected.required("id").requiredString().utf8))
        #expect(session.namespace == Array("spring:session".utf8))
        #expect(try session.createdAt == expected.required("creationTime").requiredInteger(), "\(label)")
        #expect(try session.lastAccessedAt == expected.required("lastAccessedTime").requiredInteger(), "\(label)")
        let interval = try expected.required("maxInactiveInterval").requiredInteger()
        #expect(session.maxInactiveSeconds == interval, "\(label)")
        #expect(session.principal == expected["principal"]?.string, "\(label)")
        let names = try expected.required("attributes").byteNames
        #expect(session.attributes?.map(\.name).inByteOrder == names.inByteOrder, "\(label)")
        let removed = session.details.first { $0.name == "removedAttributes" }?.value
        #expect(removed == (label == "removed" ? "1" : nil), "\(label)")
    }

    private static func isThere(_ part: GroupedKey, _ keys: [[UInt8]: FixtureRecord.Content]) -> Bool {
        switch keys[part.key] {
        case .set(let members): part.members.contains { members.contains($0) }
        case .sortedSet(let members): part.members.contains { member in members.contains { $0.member == member } }
        case nil: false
        default: true
        }
    }

    private static func truth(_ attribute: SessionAttribute, _ expected: TestJSON) throws -> GroundTruth.Outcome {
        guard case .java(let graph, let node) = attribute.value.decoded() else { throw FixtureError("no stream") }
        var writer = JSONWriter()
        var typed = try TypedJSON(of: graph, roots: graph.contents)
        try typed.write(node, to: &writer)
        return GroundTruth.compareTyped(
            expected: try expected.required(String(decoding: attribute.name, as: UTF8.self)),
            actual: try TestJSON(reading: writer.bytes))
    }
}
