import JavaSerialization
import TestSupport
import Testing

@testable import Sessions

/// Every attribute of every Tomcat session comes out as the manager says, references between attributes included.
struct TomcatAttributeFixtureTests {
    @Test(
        arguments: [
            ("tomcat-redis-session-manager-2.0.0", "expected", FixtureStore.Part.main, 24, 439, 7122),
            ("tomcat-redis-session-manager-2.0.0", "big-expected", .big, 2, 6, 35),
            ("tomcat9-redis-session-manager", "expected", .main, 4, 40, 267),
            ("tomcat9-redis-session-manager", "expected-persist-authentication", .main, 2, 7, 29),
        ])
    func everySessionEqualsItsGroundTruth(
        _ name: String, _ list: String, _ part: FixtureStore.Part, _ sessions: Int, _ attributes: Int, _ nodes: Int
    ) throws {
        let store = FixtureStore(name)
        let stored = try StoredFixture(store, part, now: 0)
        var seen = (sessions: 0, attributes: 0, nodes: 0)
        for expected in try store.expectedSessions(list) where expected["loadError"] == nil {
            let key = Array(try expected.required("id").requiredString().utf8)
            let label = try expected.required("label").requiredString()
            let session = try #require(stored.sessions[key], "\(label)")
            let values = try SessionValues(try #require(session.attributes))
            #expect(values.opaque == (TomcatFixtureTests.opaque[label].map { [$0] } ?? []), "\(label)")
            let outcome = GroundTruth.compareTyped(
                expected: try expected.required("attributes").leavingOut(values.opaque), actual: values.typed)
            #expect(outcome.differences == [], "\(label)")
            seen.sessions += 1
            seen.attributes += values.count
            seen.nodes += outcome.compared
        }
        #expect(seen == (sessions, attributes, nodes))
    }
}
