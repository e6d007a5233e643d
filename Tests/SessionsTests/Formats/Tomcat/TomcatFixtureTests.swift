import Foundation
import TestSupport
import Testing

@testable import Sessions

/// Every session that jcoleman's manager wrote, against what Tomcat's own reader found in it.
struct TomcatFixtureTests {
    /// One list of expected sessions, and how many things are compared with it.
    struct Expectation: Sendable, CustomStringConvertible {
        let store: FixtureStore
        var file = "expected"
        var part = FixtureStore.Part.main
        let sessions: Int
        var placeholders = 0
        let attributes: Int
        let layout: String
        /// Milliseconds since 1970 when the store was dumped: the lives of its keys count from then.
        let dumpedAt: Int64

        var description: String { "\(store) \(file)" }
    }

    static let expectations = [
        Expectation(
            store: FixtureStore("tomcat-redis-session-manager-2.0.0"), sessions: 24, placeholders: 1, attributes: 440,
            layout: "A", dumpedAt: 1_795_417_075_000),
        Expectation(
            store: FixtureStore("tomcat-redis-session-manager-2.0.0"), file: "big-expected", part: .big, sessions: 2,
            attributes: 6, layout: "A", dumpedAt: 1_795_417_078_000),
        Expectation(
            store: FixtureStore("tomcat9-redis-session-manager"), sessions: 4, attributes: 40, layout: "B",
            dumpedAt: 1_795_418_216_000),
        Expectation(
            store: FixtureStore("tomcat9-redis-session-manager"), file: "expected-persist-authentication", sessions: 2,
            attributes: 7, layout: "B", dumpedAt: 1_795_418_216_000),
    ]

    /// The one attribute whose bytes only its class can read: its `writeObject` leaves the declared fields out.
    static let opaque = ["pojos": "raw"]

    @Test func noStoreIsLeftOut() throws {
        let stores = try FixtureStore.all().map(\.name).filter { $0.hasPrefix("tomcat") }
        #expect(stores == Set(Self.expectations.map(\.store.name)).sorted())
        for store in stores {
            let lists = try Fixtures.names(in: store).filter { $0.contains("expected") }
            #expect(lists == Self.expectations.filter { $0.store.name == store }.map { $0.file + ".json" }.sorted())
        }
        #expect(Self.expectations.map(\.sessions).reduce(0, +) == 32)
        #expect(Self.expectations.map(\.placeholders).reduce(0, +) == 1)
        #expect(Self.expectations.map(\.attributes).reduce(0, +) == 493)
    }

    @Test(arguments: expectations)
    func readsEverySessionAsTomcatDoes(_ expectation: Expectation) throws {
        let expected = try expectation.store.expectedSessions(expectation.file)
        let now = expectation.dumpedAt
        let stored = try StoredFixture(expectation.store, expectation.part, now: now)
        var sessions = 0
        var placeholders = 0
        var attributes = 0
        for one in expected {
            let label = try one.required("label").requiredString()
            let key = Array(try one.required("id").requiredString().utf8)
            let session = try #require(stored.sessions[key], "\(label)")
            #expect(session.id == key && session.format == "tomcat")
            #expect(session.variant == (one["loadError"] == nil ? "jcoleman" : nil))
            if one["loadError"] != nil {
                comparePlaceholder(session)
                placeholders += 1
                continue
            }
            try compareScalars(session, one, label, expectation)
            try compareTimes(session, try #require(stored.records[key]), one, label, now: now)
            try compareBytes(stored.records[key], one, label)
            sessions += 1
            attributes += session.attributes?.count ?? 0
        }
        #expect(sessions == expectation.sessions)
        #expect(placeholders == expectation.placeholders)
        #expect(attributes == expectation.attributes)
    }

    private func comparePlaceholder(_ session: Session) {
        #expect(session.findings.map(\.code) == ["placeholder"])
        #expect(session.attributes?.isEmpty == true)
        #expect(session.createdAt == nil && session.lastAccessedAt == nil && session.maxInactiveSeconds == nil)
        #expect(session.timeToLive == .none)
    }

    private func compareScalars(
        _ session: Session, _ expected: TestJSON, _ label: String, _ expectation: Expectation
    ) throws {
        let scalars = try expected.required("stored")
        let details = Dictionary(session.details.map { ($0.name, $0.value) }) { $0 + " and " + $1 }
        var seen: Set<String> = []
        for name in scalars.names {
            let value = try scalars.required(name)
            let text = value.string ?? value.number ?? value.bool.map { $0 ? "true" : "false" }
            seen.insert(name)
            switch name {
            case "creationTime": #expect(session.createdAt == value.integer, "\(label)")
            case "maxInactiveInterval": #expect(session.maxInactiveSeconds == value.integer, "\(label)")
            case "principal": #expect(session.principal == text, "\(label)")
            case "id": #expect(details["storedId"] == text, "\(label)")
            default: #expect(details[name] == text, "\(label) \(name)")
            }
        }
        #expect(
            seen.isSuperset(of: [
                "id", "creationTime", "lastAccessedTime", "thisAccessedTime", "maxInactiveInterval", "isNew", "isValid",
                "trailingCreationTime", "sessionAttributesHash",
            ]))
        #expect(details["layout"] == expectation.layout)
        #expect(session.principal == expected["principal"]?.string, "\(label)")
        let password = scalars["authType"] == nil ? [] : ["stored-password"]
        let opaque = Self.opaque[label] == nil ? [] : ["opaque"]
        #expect(session.findings.map(\.code) == opaque + password, "\(session.findings)")
        let names = try expected.required("attributes").byteNames
        #expect(session.attributes?.map(\.name).inByteOrder == names.inByteOrder, "\(label)")
    }

    /// Last use is what the key's life says (session-formats, ch. 3.2), and the session ends with its key.
    private func compareTimes(
        _ session: Session, _ record: StoredRecord, _ expected: TestJSON, _ label: String, now: Int64
    ) throws {
        guard case .milliseconds(let left) = record.timeToLive else {
            Issue.record("\(label) lives for ever")
            return
        }
        let stored = try expected.required("stored")
        let interval = try stored.required("maxInactiveInterval").requiredInteger()
        let accessed = try stored.required("thisAccessedTime").requiredInteger()
        let lastUse = interval > 0 ? now - (interval * 1000 - left) : accessed
        #expect(session.lastAccessedAt == lastUse, "\(label)")
        #expect(session.expiresAt(now: now) == now + left, "\(label)")
    }

    /// One attribute that only its class can read takes no other with it.
    @Test func readsTheAttributesBehindAnOpaqueOne() throws {
        let stored = try StoredFixture(FixtureStore("tomcat-redis-session-manager-2.0.0"), now: 0)
        let session = try #require(stored.sessions.values.first { $0.findings.contains { $0.code == "opaque" } })
        var opaque: [String] = []
        for attribute in session.attributes ?? [] {
            guard case .opaque(let bytes, let reason) = attribute.value else { continue }
            opaque.append(String(decoding: attribute.name, as: UTF8.self))
            #expect(bytes.count == 58 && bytes.starts(with: [0x73, 0x72, 0, 16]) && bytes.last == 0x78)
            #expect(reason.contains("only class demo.shop.RawBox knows its data"))
        }
        #expect(opaque == ["raw"])
        #expect(session.attributes?.count == 19)
    }

    private func compareBytes(_ record: StoredRecord?, _ expected: TestJSON, _ label: String) throws {
        guard case .string(let bytes) = record?.content else {
            Issue.record("\(label) is no string")
            return
        }
        #expect(try bytes.count == Int(expected.required("bytes").requiredInteger()))
    }

    @Test(
        arguments: [
            ("tomcat-redis-session-manager-2.0.0", FixtureStore.Part.main, 25, 5),
            ("tomcat-redis-session-manager-2.0.0", .big, 2, 0),
            ("tomcat9-redis-session-manager", .main, 6, 0),
        ])
    func leavesKeysAloneThatAreNoSessions(
        _ store: String, _ part: FixtureStore.Part, _ sessions: Int, _ others: Int
    ) throws {
        let stored = try StoredFixture(FixtureStore(store), part, now: 0)
        #expect(stored.counts == StoredFixture.Counts(sessions: sessions, auxiliary: [:], others: others))
    }
}
