import JavaSerialization
import TestSupport
import Testing

@testable import Sessions

/// Who is logged in, from what the real Tomcat persisted.
struct LoggedInUserTests {
    @Test func isThePersistedPrincipalOfTomcat() throws {
        let store = FixtureStore("tomcat9-redis-session-manager")
        let sessions = try StoredFixture(store, now: 0).sessions.values
        var users: [LoggedInUser] = []
        for one in try store.expectedSessions("expected-persist-authentication") {
            let id = Array(try one.required("id").requiredString().utf8)
            let session = try #require(sessions.first { $0.id == id })
            users += session.persistedUser.map { [$0] } ?? []
            #expect(
                session.persistedUser?.roles.map { String(decoding: $0, as: UTF8.self) }
                    == session.persistedUser.map { _ in session.roles })
        }
        #expect(users.count > 0)
    }

    @Test(arguments: ["tomcat9", "tomcat10"]) func isThatOfBothLayouts(_ version: String) throws {
        let file = try Fixtures.bytes("tomcat-layouts/\(version)-authenticated.session")
        let record = StoredRecord(key: Array("key".utf8), content: .string(file), timeToLive: .unknown)
        let session = try #require(SessionFormats.session(from: record, now: 0))
        let user = try #require(session.persistedUser)
        #expect(String(decoding: user.name, as: UTF8.self) == session.principal)
        #expect(!user.roles.isEmpty && user.roles.map { String(decoding: $0, as: UTF8.self) } == session.roles)
    }

    @Test func isTextOfAnAttribute() {
        var builder = JavaStreamBuilder()
        builder.string("alice")
        #expect(LoggedInUser(.stored(builder.bytes)) == LoggedInUser(name: Array("alice".utf8)))
        #expect(LoggedInUser(.stored(Array(#""alice""#.utf8))) == LoggedInUser(name: Array("alice".utf8)))
        for other in ["5", "null", #""""#, "[1]"] { #expect(LoggedInUser(.stored(Array(other.utf8))) == nil) }
    }
}
