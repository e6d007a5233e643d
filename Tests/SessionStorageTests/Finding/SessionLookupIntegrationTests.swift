import Foundation
import Redis
import Sessions
import TestSupport
import Testing

@testable import SessionStorage

/// The ways in which a person may name a session, against a server with the sessions of all stores.
struct SessionLookupIntegrationTests {
    private static let alice = "spring:session:sessions:019bf5a1-0000-4000-8000-0000000a11ce"
    private static let bob = "0123456789ABCDEFFEDCBA98765432FF"

    /// Two sessions whose names are known, among all those of the fixtures.
    private func server() throws -> RedisServer {
        let server = try RedisServer()
        try server.loadAllFixtures()
        try add(server, Self.alice, principal: "some one")
        return server
    }

    private func add(_ server: RedisServer, _ key: String, principal: String? = nil) throws {
        for field in ["creationTime", "lastAccessedTime", "maxInactiveInterval"] {
            try server.command("HSET", key, field, "1800")
        }
        let index = "sessionAttr:org.springframework.session.FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME"
        if let principal { try server.command("HSET", key, index, principal) }
    }

    /// The keys of the sessions that `word` names.
    private func keys(
        _ word: String, _ server: RedisServer, namespaces: [String] = SessionLookup.defaultNamespaces
    ) throws -> [String] {
        let lookup = SessionLookup(store: try server.store(), namespaces: namespaces)
        return try lookup.sessions(named: SessionName(word)).map { String(decoding: $0.key, as: UTF8.self) }
    }

    private func base64(_ text: String) -> String { Data(text.utf8).base64EncodedString() }

    @Test func findsASpringSessionByEveryFormOfItsName() throws {
        let server = try server()
        defer { server.stop() }
        let id = "019bf5a1-0000-4000-8000-0000000a11ce"
        let words = [
            id, "id:\(id)", base64(id), "cookie:\(base64(id))", "cookie:\(id)", Self.alice, "key:\(Self.alice)",
            "019bf5a1-0", "019bf5", base64("\(id).node1"), "cookie:\(base64(id)).node1", "\(id).node1",
            "%30" + id.dropFirst(), "user:some one",
        ]
        for word in words {
            #expect(try keys(word, server) == [Self.alice], "\(word)")
        }
    }

    @Test func understandsAnEncodedCookieWithPadding() throws {
        let server = try server()
        defer { server.stop() }
        try add(server, "spring:session:sessions:four")
        #expect(base64("four") == "Zm91cg==")
        for word in ["Zm91cg==", "cookie:Zm91cg==", "Zm91cg%3D%3D", "cookie:Zm91cg%3d%3d"] {
            #expect(try keys(word, server) == ["spring:session:sessions:four"], "\(word)")
        }
    }

    @Test func findsATomcatSessionWithAndWithoutItsRoute() throws {
        let server = try server()
        defer { server.stop() }
        let key = "7F9D7BCBE65B43B443FF0D4B29DA404D.node1"
        let words = [
            key, "7F9D7BCBE65B43B443FF0D4B29DA404D", "id:7F9D7BCBE65B43B443FF0D4B29DA404D", "key:\(key)", "7F9D7B",
        ]
        for word in words { #expect(try keys(word, server) == [key], "\(word)") }
    }

    /// What looks like an encoding may be the id itself.
    @Test(arguments: ["50%25off", "Zm91cg==", "a.b.c", "a:b:c", "ünïcode", "with space"])
    func anIdIsFirstOfAllItself(_ id: String) throws {
        let server = try server()
        defer { server.stop() }
        try add(server, "spring:session:sessions:four")
        let key = "spring:session:sessions:\(id)"
        try add(server, key)
        #expect(try keys(id, server) == [key])
        #expect(try keys("id:\(id)", server) == [key])
        #expect(try keys(key, server) == [key])
    }

    @Test func findsTheSessionsOfAPrincipal() throws {
        let server = try server()
        defer { server.stop() }
        var expected: [String] = []
        for store in try FixtureStore.all() {
            for list in try Fixtures.names(in: store.name) where list.contains("expected") {
                for session in try store.expectedSessions(String(list.dropLast(5)))
                where session["principal"]?.string == "alice" {
                    expected.append(try session.required("id").requiredString())
                }
            }
        }
        let found = try keys("user:alice", server).map { String($0.split(separator: ":").last ?? "") }
        #expect(found.sorted() == expected.sorted())
        #expect(expected.count == 11)
    }

    @Test func findsTheSessionsThatATokenNames() throws {
        let server = try server()
        defer { server.stop() }
        let id = "019bf5a1-0000-4000-8000-0000000a11ce"
        for claims in [
            "{\"sid\":\"\(id)\"}", "{\"sid\":\"gone\",\"jti\":\"\(id)\"}", "{\"sid\":\"gone\",\"sub\":\"some one\"}",
        ] {
            #expect(try keys(Self.token(claims), server) == [Self.alice], "\(claims)")
        }
        #expect(throws: StorageError.self) { try keys(Self.token("{\"aud\":\"x\"}"), server) }
    }

    private static func token(_ claims: String) -> String {
        [#"{"alg":"none"}"#, claims].map {
            Data($0.utf8).base64EncodedString().replacing("=", with: "").replacing("+", with: "-")
                .replacing("/", with: "_")
        }.joined(separator: ".") + "."
    }

    @Test func oneIdInTwoNamespacesIsAmbiguous() throws {
        let server = try server()
        defer { server.stop() }
        try add(server, "spring:session:sessions:twice-there")
        try add(server, "app:sessions:twice-there")
        let both = ["app:sessions:twice-there", "spring:session:sessions:twice-there"]
        // Only the usual namespace is known: it has the session, and nobody asked further.
        #expect(try keys("twice-there", server) == [both[1]])
        #expect(try ambiguous("twice-there", server, namespaces: ["app", "spring:session"]) == both)
        #expect(try ambiguous("twice-there", server, namespaces: ["neither"]) == both)
        #expect(try keys("key:app:sessions:twice-there", server) == [both[0]])
        #expect(try keys("app:sessions:twice-there", server) == [both[0]])
    }

    @Test func aNamespaceThatIsNamedTwiceIsAskedOnce() throws {
        let server = try server()
        defer { server.stop() }
        let key = "spring:session:sessions:only-once"
        try add(server, key)
        #expect(try keys("only-once", server, namespaces: ["spring:session", "app", "spring:session"]) == [key])
    }

    /// One id as a Spring session and as the key of a Tomcat session.
    @Test func oneIdInTwoFormatsIsAmbiguous() throws {
        let server = try server()
        defer { server.stop() }
        try add(server, "spring:session:sessions:\(Self.bob)")
        try server.command("SET", Self.bob, "null")
        #expect(try ambiguous(Self.bob, server) == [Self.bob, "spring:session:sessions:\(Self.bob)"])
        #expect(try keys("key:" + Self.bob, server) == [Self.bob])
    }

    @Test func aPrefixOfSeveralIsAmbiguous() throws {
        let server = try server()
        defer { server.stop() }
        try add(server, "spring:session:sessions:prefix-1")
        try add(server, "other:sessions:prefix-2")
        try server.command("SET", "prefix-3", "no session")
        #expect(try keys("prefix-1", server) == ["spring:session:sessions:prefix-1"])
        #expect(
            try ambiguous("prefix", server) == ["other:sessions:prefix-2", "spring:session:sessions:prefix-1"])
        // Shorter ones name nothing, and forms that force a meaning take no prefix.
        for word in ["prefi", "id:prefix", "cookie:prefix", "key:prefix"] {
            #expect(try isMissing(word, server), "\(word)")
        }
    }

    @Test(
        arguments: [
            "9876543210", "id:no", "cookie:no", "key:spring:session:sessions:no", "user:nobody", "counter",
            "cache:page:/index", "",
        ])
    func sayWhatIsNotThere(_ word: String) throws {
        let server = try server()
        defer { server.stop() }
        #expect(try isMissing(word, server))
    }

    @Test(arguments: [("key:counter", "another kind"), ("key:queue:mail", "list"), ("key:user:1", "another kind")])
    func saysWhatKeysAreThatHoldNoSession(_ word: String, _ type: String) throws {
        let server = try server()
        defer { server.stop() }
        #expect {
            try keys(word, server)
        } throws: { error in
            guard case StorageError.notASession(let key, let found) = error else { return false }
            return "key:" + String(decoding: key, as: UTF8.self) == word && found.contains(type)
        }
    }

    /// A user who sees one namespace finds its sessions by name, though the other places are closed.
    @Test func looksWhereTheUserMayLook() throws {
        let server = try RedisServer { $0.users = ["shop on >pw ~app:* +@all -@write"] }
        defer { server.stop() }
        try add(server, "app:sessions:mine-alone")
        try add(server, "spring:session:sessions:not-mine")
        let store = try server.store(user: "shop", password: "pw")
        for namespaces in [["app"], ["spring:session"]] {
            let lookup = SessionLookup(store: store, namespaces: namespaces)
            let found = try lookup.sessions(named: SessionName("mine-alone"))
            #expect(found.map(\.key) == [Array("app:sessions:mine-alone".utf8)])
        }
    }

    private func ambiguous(
        _ word: String, _ server: RedisServer, namespaces: [String] = SessionLookup.defaultNamespaces
    ) throws -> [String] {
        do {
            return ["not ambiguous"] + (try keys(word, server, namespaces: namespaces))
        } catch StorageError.ambiguous(_, let keys) {
            return keys.map { String(decoding: $0, as: UTF8.self) }.sorted()
        }
    }

    private func isMissing(_ word: String, _ server: RedisServer) throws -> Bool {
        do {
            _ = try keys(word, server)
            return false
        } catch StorageError.noSuchSession {
            return true
        }
    }
}
