import Sessions
import TestSupport
import Testing

@testable import Commands
@testable import Terminal

/// Paths into tokens show and mask what the tree shows and masks.
struct SecretClaimsIntegrationTests {
    private func server() throws -> RedisServer {
        let server = try RedisServer()
        let encode = { (text: String) in
            Base64.encode(Array(text.utf8)).replacing("+", with: "-").replacing("/", with: "_").filter { $0 != "=" }
        }
        let claims =
            #"{"sub":"nobody","sid":"id-7","roles":["admin"],"password":"s3cret","pin":4711,"x":{"otp":"s3cret"}}"#
        let token = encode(#"{"alg":"HS256"}"#) + "." + encode(claims) + ".c2ln"
        var command = ["HSET", "spring:session:sessions:one-two"].map { Array($0.utf8) }
        for field in ["creationTime", "lastAccessedTime", "maxInactiveInterval"] {
            command += [Array(field.utf8), Array("1800".utf8)]
        }
        command += [Array("sessionAttr:token".utf8), Array(token.utf8)]
        command += [Array("sessionAttr:user".utf8), Array("{\"idToken\":\"\(token)\"}".utf8)]
        try server.command(command)
        return server
    }

    @Test(
        arguments: [
            ("claims.sub", "nobody"), ("claims.sid", "id-7"), ("claims.roles[0]", "admin"), ("header.alg", "HS256"),
        ])
    func showsClaims(_ path: String, _ value: String) throws {
        let server = try server()
        defer { server.stop() }
        #expect(CommandRun("get one-two token.\(path)", on: server).out == value + "\n")
        for line in ["list -o csv --fields attr.token.\(path)", "count --by attr.token.\(path)"] {
            let run = CommandRun(line, on: server)
            #expect(run.out.contains(value) && !run.out.contains("••••"), "\(run.out)\(run.err)")
        }
    }

    /// Secret claims, and tokens inside of something with a secret name.
    @Test(arguments: [
        "token.claims.password", "token.claims.pin", "token.claims.x.otp", "user.idToken.claims.sub", "token",
    ])
    func masksTheRest(_ path: String) throws {
        let server = try server()
        defer { server.stop() }
        var lines = ["get one-two \(path)", "list -o csv --fields attr.\(path)"]
        if path != "token" { lines.append("count --by attr.\(path)") }
        for line in lines {
            let run = CommandRun(line, on: server)
            #expect(run.out.contains("••••"), "\(run.out)\(run.err)")
            for text in ["s3cret", "4711", "nobody"] { #expect(!run.out.contains(text), "\(run.out)") }
        }
    }
}
