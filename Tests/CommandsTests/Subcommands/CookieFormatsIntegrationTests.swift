import TestSupport
import Testing

@testable import Commands

/// `cookie` for a real session of each format: the cookie that its own software sends.
struct CookieFormatsIntegrationTests {
    /// A store, one of its sessions, and the cookies: name and value, `ID` for the id, `BASE64` for its Base64, who writes it.
    private static let cookies: [(store: String, label: String?, lines: [String])] = [
        (
            "spring-session-3.5.7-indexed", nil,
            [
                "SESSION BASE64 Spring Session 2.0 and later",
                "SESSION ID Spring Session 1.x, or without Base64",
            ]
        ),
        ("java-programs/spring-session-reactive-indexed", "login-alice-1", ["SESSION ID Spring Session with WebFlux"]),
        (
            "java-programs/redisson-spring-session", "login-colon",
            [
                "SESSION BASE64 Spring Session 2.0 and later",
                "SESSION ID Spring Session 1.x, or without Base64",
            ]
        ),
        ("redisson-tomcat-3.52.0", nil, ["JSESSIONID ID Tomcat with Redisson"]),
        ("tomcat9-redis-session-manager", nil, ["JSESSIONID ID Tomcat"]),
        (
            "java-programs/ran-jit-4.x", "route",
            ["JSESSIONID ID Tomcat, with the route that is part of the id"]
        ),
        ("java-programs/dotcms-redis-session-manager", "strings", ["JSESSIONID ID Tomcat"]),
        ("java-programs/zinin-tomcat-redis-session", "login-alice-1", ["JSESSIONID ID Tomcat"]),
        (
            "java-programs/memcached-session-manager-non-sticky", "strings",
            ["JSESSIONID ID Tomcat with memcached-session-manager, in Redis without a node's name"]
        ),
        (
            "java-programs/shiro-redis", "login-alice",
            [
                "JSESSIONID ID Shiro's DefaultWebSessionManager",
                "sid ID the same, where the application calls it so",
            ]
        ),
        ("java-programs/amadeus-session-replacer", "strings", ["JSESSIONID ID Amadeus' HttpSessionReplacer"]),
    ]

    private func server(_ store: String) throws -> RedisServer {
        let server = try RedisServer()
        try server.load(FixtureStore(store), forever: true)
        return server
    }

    private func id(_ store: String, _ label: String?) throws -> String {
        let sessions = try FixtureStore(store).expectedSessions().filter { $0["keyExists"]?.bool != false }
        let session = sessions.first { label == nil || $0["label"]?.string == label }
        return try #require(session?["id"]?.string as String?, "\(store) \(label ?? "")")
    }

    @Test(arguments: cookies.indices) func eachFormatHasItsOwnCookie(_ index: Int) throws {
        let (store, label, lines) = Self.cookies[index]
        let server = try server(store)
        defer { server.stop() }
        let id = try id(store, label)
        let run = CommandRun(["cookie", "id:" + id], on: server)
        #expect(run.status == .done, "\(run.err)")
        let base64 = Self.base64(id)
        let expected = lines.map { line in
            let words = line.split(separator: " ", maxSplits: 2)
            return "\(id)\t\(words[0])\t\(words[1] == "ID" ? id : base64)\t\(words[2])\n"
        }
        #expect(run.out == expected.joined())
        // What a browser would send names the session.
        let value = CommandRun(["cookie", "id:" + id, "-o", "raw"], on: server).out.dropLast()
        #expect(CommandRun(["show", "cookie:\(value)"], on: server).status == .done)
    }

    private static func base64(_ text: String) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
        let bytes = Array(text.utf8)
        var result = ""
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
            for place in 0..<4 { result += place > group.count ? "=" : String(alphabet[bits >> (18 - 6 * place) & 63]) }
        }
        return result
    }

    @Test func aRouteIsForTomcatAndSpringAlone() throws {
        for (store, label, word) in [
            ("java-programs/shiro-redis", "login-alice", "shiro"),
            ("java-programs/amadeus-session-replacer", "strings", "amadeus"),
        ] {
            let server = try server(store)
            defer { server.stop() }
            let run = CommandRun(["cookie", "id:" + (try id(store, label)), "--route", "n1"], on: server)
            #expect(run.status == .usage && run.err.contains("--route: \(word) adds no route"), "\(run.err)")
        }
        let server = try server("java-programs/memcached-session-manager-sticky")
        defer { server.stop() }
        let id = try id("java-programs/memcached-session-manager-sticky", "strings")
        let run = CommandRun(["cookie", "id:" + id, "--route", "n1", "-o", "raw"], on: server)
        #expect(run.out == id + ".n1\n")
        // As a Tomcat whose sessions were in memcached nodes sent it.
        #expect(CommandRun(["show", "cookie:\(id)-m1.n1"], on: server).status == .done)
    }

    /// Tokens are refused with what to do; among others the others are shown.
    @Test func tokensHaveNoCookie() throws {
        let store = "java-programs/spring-oauth-token-store"
        let server = try server(store)
        defer { server.stop() }
        let id = try id(store, "token-1")
        let run = CommandRun(["cookie", "id:" + id], on: server)
        #expect(run.status == .usage && run.out.isEmpty)
        #expect(
            run.err.contains(
                "is an OAuth access token: no cookie names it; it is sent in the header Authorization: Bearer"))
        #expect(!run.err.contains(id))
        try server.command(Trouble.session("beside"))
        let both = CommandRun(["cookie", "id:" + id, "id:beside", "-o", "raw"], on: server)
        #expect(both.status == .partial && both.out == "YmVzaWRl\n", "\(both.err)")
    }
}
