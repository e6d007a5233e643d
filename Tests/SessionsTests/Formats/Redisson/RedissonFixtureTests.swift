import TestSupport
import Testing

@testable import Sessions

/// Every session that Redisson's Tomcat manager 3.52.0 wrote, with both codecs, against what Redisson found in it.
struct RedissonFixtureTests {
    struct Expectation: Sendable, CustomStringConvertible {
        let store: FixtureStore
        var file = "expected"
        let codec: String
        let sessions: Int
        let attributes: Int
        let nodes: Int

        var description: String { "\(store) \(file)" }
    }

    static let expectations = [
        Expectation(
            store: FixtureStore("redisson-tomcat-3.52.0"), codec: "jdk", sessions: 8, attributes: 47, nodes: 323),
        Expectation(
            store: FixtureStore("redisson-tomcat-3.52.0"), file: "expected-prefix", codec: "jdk", sessions: 2,
            attributes: 18, nodes: 164),
        Expectation(
            store: FixtureStore("redisson-tomcat-3.52.0-json"), codec: "json", sessions: 5, attributes: 26, nodes: 54),
    ]

    @Test func noStoreIsLeftOut() throws {
        let stores = try FixtureStore.all().map(\.name).filter { $0.hasPrefix("redisson") }
        #expect(stores == Set(Self.expectations.map(\.store.name)).sorted())
        for store in stores {
            let lists = try Fixtures.names(in: store).filter { $0.contains("expected") }
            #expect(lists == Self.expectations.filter { $0.store.name == store }.map { $0.file + ".json" }.sorted())
        }
    }

    @Test(arguments: expectations)
    func everySessionEqualsItsGroundTruth(_ expectation: Expectation) throws {
        let stored = try StoredFixture(expectation.store, now: 0)
        #expect(stored.counts.others == 0 && stored.counts.auxiliary == [:])
        var seen = (sessions: 0, attributes: 0, nodes: 0)
        for expected in try expectation.store.expectedSessions(expectation.file) {
            let label = try expected.required("label").requiredString()
            let key = Array(try expected.required("key").requiredString().utf8)
            let session = try #require(stored.sessions[key], "\(label)")
            try compareMetadata(session, expected, label, expectation)
            let attributes = try #require(session.attributes)
            let names = try expected.required("attributes").byteNames
            #expect(attributes.map(\.name).inByteOrder == names.inByteOrder, "\(label)")
            if expectation.codec == "jdk" {
                let compared = try SessionValues.compare(attributes, with: try expected.required("attributes"))
                #expect(compared.differences == [], "\(label)")
                seen.nodes += compared.nodes
            } else {
                seen.nodes += try compareJSON(attributes, expected, stored.records[key], label)
            }
            seen.sessions += 1
            seen.attributes += attributes.count
        }
        #expect(seen == (expectation.sessions, expectation.attributes, expectation.nodes))
    }

    private func compareMetadata(
        _ session: Session, _ expected: TestJSON, _ label: String, _ expectation: Expectation
    ) throws {
        #expect(session.format == "redisson" && session.variant == expectation.codec, "\(label)")
        #expect(session.id == Array(try expected.required("id").requiredString().utf8))
        #expect(session.namespace == (expectation.file == "expected-prefix" ? Array("shopapp".utf8) : nil))
        #expect(session.findings == [], "\(label)")
        let own = try expected.required("stored")
        let details = Dictionary(session.details.map { ($0.name, $0.value) }) { $0 + " and " + $1 }
        for name in own.names {
            let value = try own.required(name)
            switch name {
            case "session:creationTime": #expect(session.createdAt == value.integer)
            case "session:maxInactiveInterval": #expect(session.maxInactiveSeconds == value.integer)
            case "session:principal": #expect(session.principal == value.string)
            case "session:authtype": #expect(details["authType"] == value.string)
            default:
                let text = value.number ?? value.bool.map { String($0) }
                #expect(details[String(name.dropFirst("session:".count))] == text, "\(label) \(name)")
            }
        }
        #expect(own.names.count >= 6)
        #expect(session.lastAccessedAt == own["session:thisAccessedTime"]?.integer && session.lastAccessedAt != nil)
        #expect(session.principal == expected["principal"]?.string, "\(label)")
        #expect(details["roles"] == (own["session:principal"] == nil ? nil : "admin, user"))
        #expect((session.authentication == nil) == (own["session:principal"] == nil))
    }

    /// JSON is handed on as it is stored, and says what Redisson read from it.
    private func compareJSON(
        _ attributes: [SessionAttribute], _ expected: TestJSON, _ record: StoredRecord?, _ label: String
    ) throws -> Int {
        guard case .hash(let fields) = record?.content else { throw FixtureError("no hash") }
        var compared = 0
        for attribute in attributes {
            let name = String(decoding: attribute.name, as: UTF8.self)
            let field = try #require(fields.first { $0.field == attribute.name })
            #expect(attribute.value.bytes == field.value, "\(label) \(name)")
            guard case .json(let document) = attribute.value.decoded() else {
                Issue.record("\(label) \(name) is no JSON")
                continue
            }
            let truth = try JacksonTruth(
                expected: expected.required("attributes").required(name), actual: document.root)
            #expect(truth.differences == [], "\(label) \(name)")
            compared += truth.compared
        }
        return compared
    }

    /// The fields that `list` asks for say the same as the whole hash.
    @Test(arguments: expectations)
    func fewFieldsTellTheSame(_ expectation: Expectation) throws {
        let stored = try StoredFixture(expectation.store, now: 0)
        let names = RedissonFormat.hashFields(withPrincipal: true)
        for (key, session) in stored.sessions {
            guard case .hash(let fields) = stored.records[key]?.content else { continue }
            let asked = fields.filter { names.contains($0.field) }
            let record = StoredRecord(
                key: key, content: .hash(asked), isWhole: false, timeToLive: session.timeToLive)
            let part = try #require(SessionFormats.session(from: record, now: 0))
            #expect(part.createdAt == session.createdAt && part.lastAccessedAt == session.lastAccessedAt)
            #expect(part.maxInactiveSeconds == session.maxInactiveSeconds && part.principal == session.principal)
            #expect(part.variant == session.variant && part.attributes == nil && part.findings == [])
        }
        #expect(stored.sessions.count == (expectation.codec == "jdk" ? 10 : 5))
    }
}
