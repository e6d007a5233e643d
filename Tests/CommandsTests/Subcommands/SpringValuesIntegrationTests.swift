import TestSupport
import Testing

@testable import Commands

/// Sessions with JSON values and those of the rarer repositories, from a RedisServer to the screen.
struct SpringValuesIntegrationTests {
    private func server(_ store: String) throws -> RedisServer {
        let server = try RedisServer()
        try server.load(FixtureStore(store))
        return server
    }

    private func id(_ store: String, _ label: String) throws -> String {
        let expected = try FixtureStore(store).expectedSessions().first { $0["label"]?.string == label }
        return try #require(expected?["id"]?.string as String?)
    }

    @Test(
        arguments: [
            ("user", "heidi"), ("visits", "3"), ("vip", "true"), ("ratio", "0.5"), ("since", "1462104000124"),
            ("name -o json", #""日本語 中文 한국어😀👨\u200d👩\u200d👧 🇩🇪""#),
            ("user --typed", #"{"encoding":"json","value":"heidi"}"#),
        ])
    func getsValuesOfJSON(_ path: String, _ expected: String) throws {
        let store = "spring-session-3.5.7-simple-json"
        let server = try server(store)
        defer { server.stop() }
        let run = CommandRun("get \(try id(store, "json-login")) \(path)", on: server)
        #expect(run.status == .done, "\(run.err)")
        #expect(run.out == expected + "\n")
    }

    @Test(
        arguments: [
            ("date", "2016-05-01T12:00:00.123Z"), ("bigDecimal", "12.50"),
            ("bigDecimal -o raw", #"["java.math.BigDecimal",12.50]"#),
            ("map.b[1]", "1"), ("map.c.deep", "true"), ("list[2]", "3.5"),
            ("set -o json", #"["java.util.HashSet",["p","q"]]"#),
            (
                "linked --typed",
                #"{"encoding":"json","class":"java.util.LinkedList","value":["java.util.LinkedList",[1,2]]}"#
            ),
            ("bigInteger -o json", #"["java.math.BigInteger",1000000000000000000000000000000]"#),
        ])
    func getsPartsOfJSON(_ path: String, _ expected: String) throws {
        let store = "spring-session-2.7.4-json"
        let server = try server(store)
        defer { server.stop() }
        let run = CommandRun("get \(try id(store, "json-structures")) \(path)", on: server)
        #expect(run.status == .done, "\(run.err)")
        #expect(run.out == expected + (path.hasSuffix("raw") ? "" : "\n"))
    }

    @Test func showsSecurityObjectsOfJSONWithMasks() throws {
        let store = "spring-session-3.5.7-json-security"
        let server = try server(store)
        defer { server.stop() }
        let id = try id(store, "security-user")
        let run = CommandRun("show \(id) -o tree", on: server)
        #expect(run.status == .done, "\(run.err)")
        for line in [
            "├─ authentication  frank, roles ADMIN, USER, from 192.0.2.10",
            "├─ saved request  GET https://shop.example.org/account/orders?page=2&q=b%C3%BCcher",
            "│  └─ authentication  UsernamePasswordAuthenticationToken  5 members",
            "[0]  SimpleGrantedAuthority  1 member",
            "authorities  Collections.UnmodifiableRandomAccessList  2 elements", "authority  \"ROLE_ADMIN\"",
        ] {
            #expect(run.out.contains(line), "\(line)")
        }
        #expect(!run.out.contains("0b1c2d3e-1111") && !run.out.contains("OLD-ID"))
        let json = CommandRun("show \(id) -o json", on: server).out
        #expect(json.contains(#""credentials":null"#) && json.contains(#""token":"••••""#) && !json.contains("OLD-ID"))
        let cookie = #"{"@class":"org.springframework.security.web.savedrequest.SavedCookie","name":""#
        #expect(json.contains(cookie) && !json.contains(cookie + "••••"))
        #expect(json.contains(#""headerName":"X-CSRF-TOKEN""#) && json.contains(#""parameterName":"_csrf""#))
        #expect(CommandRun("show \(id) -o json --reveal", on: server).out.contains("0b1c2d3e-1111"))
    }

    @Test(
        arguments: [
            (
                "spring-session-reactive-indexed", "login-colon",
                [
                    "session\thash\tthere", "shadow key\tstring\tthere", "expirations\tzset\tthere",
                    "principal index\tset\tthere", "session index\tset\tthere",
                ]
            ),
            (
                "spring-session-reactive-indexed", "strings",
                ["session\thash\tthere", "shadow key\tstring\tthere", "expirations\tzset\tthere"]
            ),
            (
                "spring-session-reactive-indexed", "never-expires",
                ["session\thash\tthere", "expirations\tzset\tthere"]
            ),
            ("spring-session-1.0.0", "login-colon", ["session\thash\tthere", "expirations bucket\tset\tthere"]),
            ("spring-session-1.0.2", "strings", ["session\thash\tthere", "expirations bucket\tset\tthere"]),
            ("spring-session-jwt", "string", ["session\thash\tthere"]),
        ])
    func showsTheWholeGroup(_ store: String, _ label: String, _ expected: [String]) throws {
        let server = try server("java-programs/" + store)
        defer { server.stop() }
        let run = CommandRun("keys \(try id("java-programs/" + store, label))", on: server)
        let rows = run.out.split(separator: "\n").map { $0.split(separator: "\t", omittingEmptySubsequences: false) }
        #expect(rows.map { "\($0[0])\t\($0[1])\t\($0[3])" } == expected, "\(run.out)")
    }

    @Test func listsTheVariants() throws {
        let server = try server("java-programs/spring-session-reactive-indexed")
        defer { server.stop() }
        let run = CommandRun(
            ["list", "--fields", "id,principal", "--where", "variant = 'reactive-indexed'"], on: server)
        let rows = run.out.split(separator: "\n").map { String($0.split(separator: "\t").last ?? "") }
        #expect(rows.sorted() == ["alice", "alice", "ldap:böb"])
    }
}
