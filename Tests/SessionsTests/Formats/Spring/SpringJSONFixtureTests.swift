import TestSupport
import Testing

@testable import Sessions

/// Every session that Spring Session wrote with Jackson, against what the same library said about it afterwards.
struct SpringJSONFixtureTests {
    struct Expectation: Sendable, CustomStringConvertible {
        let store: String
        let sessions: Int
        let attributes: Int
        /// JSON values of the expected side.
        let values: Int
        let tombstones: Int
        let variant: String
        /// What the JSON does not say, by kind.
        let untold: [String: Int]

        var description: String { store }
    }

    static let expectations = [
        Expectation(
            store: "spring-session-1.2.1-json", sessions: 5, attributes: 26, values: 55, tombstones: 1,
            variant: "indexed", untold: [:]),
        Expectation(
            store: "spring-session-2.7.4-json", sessions: 8, attributes: 33, values: 62, tombstones: 1,
            variant: "indexed", untold: [:]),
        Expectation(
            store: "spring-session-3.5.7-simple-json", sessions: 6, attributes: 29, values: 58, tombstones: 1,
            variant: "default", untold: [:]),
        Expectation(
            store: "spring-session-3.5.7-json-security", sessions: 3, attributes: 7, values: 109, tombstones: 0,
            variant: "indexed",
            untold: ["class": 24, "comparator": 1, "field matchingRequestParameterName": 1]),
    ]

    @Test func noStoreWithJSONIsLeftOut() throws {
        let stores = try FixtureStore.all().map(\.name).filter {
            $0.hasPrefix("spring-session-") && $0.contains("json")
        }
        #expect(stores.sorted() == Self.expectations.map(\.store).sorted())
        #expect(Self.expectations.map(\.sessions).reduce(0, +) == 22)
        #expect(Self.expectations.map(\.attributes).reduce(0, +) == 95)
    }

    @Test(arguments: expectations)
    func readsEverySessionAsItsLibraryDoes(_ expectation: Expectation) throws {
        let expected = try FixtureStore(expectation.store).expectedSessions()
        let times = expected.compactMap { $0["creationTime"]?.integer }
        let now = try #require(times.max()) + 1000
        let stored = try StoredFixture(FixtureStore(expectation.store), now: now)
        var (attributes, values, tombstones) = (0, 0, 0)
        var untold: [String: Int] = [:]
        for one in expected {
            let label = try one.required("label").requiredString()
            let id = try one.required("id").requiredString()
            let session = try #require(stored.sessions[Array("spring:session:sessions:\(id)".utf8)], "\(label)")
            try compare(session, one, label, now: now)
            #expect(session.variant == expectation.variant, "\(label)")
            tombstones += session.details.first { $0.name == "removedAttributes" }.flatMap { Int($0.value) } ?? 0
            for attribute in session.attributes ?? [] {
                let name = String(decoding: attribute.name, as: UTF8.self)
                guard case .json(let document) = attribute.value.decoded() else {
                    Issue.record("\(label) \(name) is no JSON")
                    continue
                }
                let truth = try JacksonTruth(
                    expected: one.required("attributes").required(name), actual: document.root)
                #expect(truth.differences == [], "\(label) \(name)")
                attributes += 1
                values += truth.compared
                untold.merge(truth.untold, uniquingKeysWith: +)
            }
        }
        #expect(stored.counts.sessions == expectation.sessions && expected.count == expectation.sessions)
        #expect(attributes == expectation.attributes)
        #expect(values == expectation.values)
        #expect(tombstones == expectation.tombstones)
        #expect(untold == expectation.untold)
    }

    private func compare(_ session: Session, _ expected: TestJSON, _ label: String, now: Int64) throws {
        #expect(try session.createdAt == expected.required("creationTime").requiredInteger(), "\(label)")
        #expect(try session.lastAccessedAt == expected.required("lastAccessedTime").requiredInteger(), "\(label)")
        let interval = try expected.required("maxInactiveInterval").requiredInteger()
        #expect(session.maxInactiveSeconds == interval, "\(label)")
        #expect(session.principal == expected["principal"]?.string, "\(label)")
        let isExpired = try #require(expected["expired"]?.bool as Bool?)
        #expect((session.expiresAt(now: now).map { $0 <= now } ?? false) == isExpired, "\(label)")
        #expect(session.findings.map(\.code) == (isExpired ? ["expired"] : []), "\(label)")
        let names = try expected.required("attributes").byteNames
        #expect(session.attributes?.map(\.name).inByteOrder == names.inByteOrder, "\(label)")
    }
}
