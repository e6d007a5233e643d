import TestSupport
import Testing

@testable import Commands

/// `security` of `show -o json`: what the tree says in words.
struct SecurityJSONIntegrationTests {
    private func show(_ store: String, _ label: String, _ options: String...) throws -> TestJSON {
        let server = try RedisServer()
        defer { server.stop() }
        try server.load(FixtureStore(store), forever: true)
        let session = try FixtureStore(store).expectedSessions().first { $0["label"]?.string == label }
        let id = try #require(session?["id"]?.string as String?)
        let run = CommandRun(["show", "id:" + id, "-o", "jsonl"] + options, on: server)
        #expect(run.status == .done, "\(run.err)")
        return try TestJSON(reading: run.outBytes).required("security")
    }

    @Test(arguments: ["spring-session-3.5.7-indexed", "spring-session-3.5.7-json-security"])
    func saysTheSameOfStreamsAndOfJSON(_ store: String) throws {
        let user = try show(store, "security-user")
        #expect(try user.required("principal").requiredString() == "frank")
        #expect(
            try user.required("roles").requiredItems().map { try $0.requiredString() } == ["ROLE_ADMIN", "ROLE_USER"])
        #expect(user["authenticated"]?.bool == true && user["holdsCredentials"]?.bool == false)
        #expect(user["remoteAddress"]?.string == "192.0.2.10" && user["source"]?.string == "SPRING_SECURITY_CONTEXT")
        #expect(
            user["class"]?.string
                == "org.springframework.security.authentication.UsernamePasswordAuthenticationToken")
        #expect(user["since"]?.isNull == true && user["provider"]?.isNull == true)
        #expect(
            user["savedRequest"]?.string
                == "GET https://shop.example.org/account/orders?page=2&q=b%C3%BCcher")
        #expect(user["csrfToken"]?.string == "in the header X-CSRF-TOKEN or the parameter _csrf")
    }

    @Test func tomcatsPrincipalStandsBesideTheAttributes() throws {
        let login = try show("java-programs/tomcat10-redis-session-manager", "login-form")
        #expect(login["principal"]?.string == "böb" && login["source"]?.isNull == true)
        #expect(login["authenticated"]?.isNull == true)
        #expect(try login.required("roles").requiredItems().map { try $0.requiredString() } == ["admin", "user"])
    }

    @Test func nobodyHasNoSecurity() throws {
        #expect(try show("java-programs/pivotal-session-managers", "strings").isNull)
    }

    /// A URL's password is masked as in the tree.
    @Test func secretsAreMaskedAsInTheTree() throws {
        let server = try RedisServer()
        defer { server.stop() }
        let request = #"{"@class":"a.Request","requestURL":"http://a:geheim@h/","method":"GET"}"#
        try server.command(Trouble.attribute("SPRING_SECURITY_SAVED_REQUEST", Array(request.utf8), of: "saved"))
        for form in ["tree", "json"] {
            let run = CommandRun(["show", "id:saved", "-o", form], on: server)
            #expect(run.out.contains("GET http://a:••••@h/") && !run.out.contains("geheim"), "\(run.out)")
        }
        let revealed = CommandRun("show id:saved -o json --reveal", on: server).out
        #expect(revealed.contains(#""savedRequest":"GET http://a:geheim@h/""#), "\(revealed)")
    }
}
