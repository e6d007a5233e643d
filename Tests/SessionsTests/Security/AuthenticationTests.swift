import JavaSerialization
import TestSupport
import Testing

@testable import Sessions

/// Who is logged in, by Spring Security's objects of Java streams and of JSON and by Tomcat's principal, against what the
/// libraries said.
struct AuthenticationTests {
    @Test(
        arguments: [
            ("spring-session-1.2.1", 2), ("spring-session-3.5.7-indexed", 3), ("spring-session-3.5.7-json-security", 3),
        ])
    func saysWhatTheObjectsHold(_ store: String, _ contexts: Int) throws {
        let stored = try StoredFixture(FixtureStore(store), now: 0)
        var seen = 0
        for expected in try FixtureStore(store).expectedSessions() {
            guard let context = expected["attributes"]?["SPRING_SECURITY_CONTEXT"] else { continue }
            let label = try expected.required("label").requiredString()
            let id = try expected.required("id").requiredString()
            let session = try #require(stored.sessions[Array("spring:session:sessions:\(id)".utf8)], "\(label)")
            let found = try #require(session.authentication.flatMap { Authentication($0) }, "\(label)")
            let truth = SecurityTruth(context)
            #expect(found.name == expected["principal"]?.string, "\(label)")
            #expect(found.className == truth.className, "\(label)")
            #expect(found.roles == truth.roles && session.roles == truth.roles, "\(label)")
            #expect(found.isAuthenticated == truth.isAuthenticated, "\(label)")
            #expect(found.remoteAddress == truth.remoteAddress, "\(label)")
            #expect(found.holdsCredentials == truth.holdsCredentials, "\(label)")
            seen += 1
        }
        #expect(seen == contexts)
    }

    @Test func isThereWhenOnlyMetadataWereFetched() throws {
        let store = FixtureStore("spring-session-3.5.7-json-security")
        var seen = 0
        for fixture in try store.records() {
            guard case .hash(let fields) = fixture.content else { continue }
            let some = fields.filter { SpringFormat.Field.metadata.contains($0.name) }
                .map { StoredField($0.name, $0.value) }
            let record = StoredRecord(key: fixture.key, content: .hash(some), isWhole: false)
            let session = try #require(SpringFormat.session(from: record, now: 0))
            #expect(session.attributes == nil)
            #expect([["ROLE_ADMIN", "ROLE_USER"], ["ROLE_ANONYMOUS"]].contains(session.roles))
            seen += 1
        }
        #expect(seen == 3)
    }

    /// What Tomcat wrote with `persistAuthentication`, out of the middle of its stream.
    @Test(arguments: ["tomcat9-notes-redis-session-manager", "tomcat10-redis-session-manager"])
    func readsThePrincipalOfTomcat(_ name: String) throws {
        let store = FixtureStore("java-programs/" + name)
        let values = try Dictionary(store.records().map { ($0.key, $0.content) }) { $1 }
        var seen = 0
        for expected in try store.expectedSessions() {
            guard let roles = expected["roles"]?.items, !roles.isEmpty,
                case .string(let bytes)? = values[Array(try expected.required("id").requiredString().utf8)]
            else { continue }
            let graph = try JavaGraph(bytes)
            var reader = StandardSessionReader(ContentCursor(graph, from: 1))
            reader.read()
            var session = Session(id: [], format: "tomcat", key: [], timeToLive: .unknown)
            session.authentication = .node(graph, reader.sequence.principal)
            #expect(session.roles == roles.map(\.string))
            let found = try #require(session.authentication.flatMap { Authentication($0) })
            #expect(found.name == expected["principal"]?.string)
            let fields = expected["principalObject"]?["wire"]?["classes"]?.items?.first?["fields"]
            let password = fields?["password"].map { !$0.isNull } ?? false
            #expect(found.isAuthenticated == nil && found.holdsCredentials == password)
            seen += 1
        }
        #expect(seen == 2)
    }

    // MARK: Hostile objects

    private func read(_ json: String) -> Authentication? { Authentication(.stored(Array(json.utf8))) }

    @Test(
        arguments: [
            "null", "1", "[]", "{}", #""alice""#, #"{"authentication":null}"#, #"{"authentication":5}"#,
            #"{"authentication":[]}"#, #"{"authentication":{"principal":{}}}"#,
            #"{"authentication":{"authorities":{"role":"x"},"name":5,"principal":[["alice"]]}}"#,
            #"{"authentication":{"authorities":[[],{},5,null,{"role":{"role":"x"}},["x"]],"details":"x"}}"#,
        ])
    func wrongTypesAreNotThere(_ json: String) {
        let found = read(json)
        #expect(found?.name == nil && found?.roles ?? [] == [] && found?.remoteAddress == nil)
        #expect(found?.holdsCredentials != true)
    }

    @Test func theLastOfTwoMembersCounts() {
        let json = #"{"authentication":{"name":"a","name":"b","authorities":[{"authority":"X","authority":"Y"}]}}"#
        #expect(read(json)?.name == "b" && read(json)?.roles == ["Y"])
    }

    @Test func longListsAreCutOff() {
        let roles = Array(repeating: #"{"authority":"R"}"#, count: 5000).joined(separator: ",")
        #expect(read(#"{"authentication":{"authorities":[\#(roles)]}}"#)?.roles.count == ObjectView.maximumItems)
    }

    @Test func damagedStreamsAreNoAuthentication() throws {
        let stored = try StoredFixture(FixtureStore("spring-session-3.5.7-indexed"), now: 0)
        let values = stored.sessions.values.compactMap { $0.authentication?.bytes }
        let value = try #require(values.first)
        for index in value.indices {
            var damaged = value
            damaged[index] ^= 0xFF
            for bytes in [damaged, Array(value[..<index])] { _ = Authentication(.stored(bytes))?.roles }
        }
        #expect(Authentication(.stored(value)) != nil)
    }
}

/// What the rendering of a security context says.
private struct SecurityTruth {
    let className: String?
    let roles: [String]
    let isAuthenticated: Bool?
    let remoteAddress: String?
    let holdsCredentials: Bool

    init(_ context: TestJSON) {
        let token = Self.field("authentication", of: context)
        className = token?["class"]?.string
        let authorities = token.flatMap { Self.field("authorities", of: $0) }?["items"]?.items ?? []
        roles = authorities.compactMap {
            (Self.field("role", of: $0) ?? Self.field("authority", of: $0))?["value"]?.string
        }
        isAuthenticated = token.flatMap { Self.field("authenticated", of: $0) }?["value"]?.bool
        remoteAddress =
            token.flatMap { Self.field("details", of: $0) }.flatMap { Self.field("remoteAddress", of: $0) }?[
                "value"]?.string
        let credentials = token.flatMap { Self.field("credentials", of: $0) }
        let password = token.flatMap { Self.field("principal", of: $0) }.flatMap { Self.field("password", of: $0) }
        holdsCredentials = [credentials, password].contains { $0.map { !$0.isNull } ?? false }
    }

    private static func field(_ name: String, of object: TestJSON) -> TestJSON? {
        object["classes"]?.items?.lazy.compactMap { $0["fields"]?[name] }.first
    }
}
