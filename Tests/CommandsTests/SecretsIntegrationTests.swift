import TestSupport
import Testing

@testable import Commands
@testable import Terminal

/// Secrets are masked in every form until `--reveal`.
struct SecretsIntegrationTests {
    private static let token =
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJub2JvZHkiLCJub3RlIjoie1wic2VjcmV0XCI6XCJzM2NyZXRcIn0ifQ.c2ln"
    private static let values = [
        "url": "redis://alice:s3cret@db/0", "json": "{\"user\":\"alice\",\"password\":\"s3cret\"}",
        "deep": "[{\"tokens\":[\"s3cret\"]}]", "password": "s3cret",
    ]

    private func server() throws -> RedisServer {
        let server = try RedisServer()
        var command = [Array("HSET".utf8), Array("spring:session:sessions:one-two".utf8)]
        for field in ["creationTime", "lastAccessedTime", "maxInactiveInterval"] {
            command += [Array(field.utf8), Array("1800".utf8)]
        }
        for (name, value) in Self.values {
            let text = Array(value.utf8)
            command += [Array("sessionAttr:\(name)".utf8), text]
            command += [Array("sessionAttr:\(name)Java".utf8), [0xAC, 0xED, 0, 5, 0x74, 0, UInt8(text.count)] + text]
        }
        try server.command(command + [Array("sessionAttr:jwt".utf8), Array(Self.token.utf8)])
        return server
    }

    @Test(
        arguments: ["show one-two", "list -o json --fields attributes", "list -o tree"]
            + ["password", "url", "urlJava", "jsonJava"].map { "count --by attr.\($0)" }
            + ["count --by attr.passwordJava -o json"]
            + ["tree", "json"].map { "show one-two -o \($0)" } + ["show one-two --typed"]
            + ["tree", "json", "tsv"].flatMap { form in
                ["url", "json", "deep", "urlJava", "jsonJava", "deepJava", "jwt", "jwt.payload", "jwt.payload.note"].map
                {
                    "get one-two \($0) -o \(form)"
                }
            })
    func staySecretUntilRevealed(_ line: String) throws {
        let server = try server()
        defer { server.stop() }
        let masked = CommandRun(line, on: server)
        #expect(masked.status == .done && !masked.out.contains("s3cret"), "\(masked.out)\(masked.err)")
        let revealed = CommandRun(line + " --reveal", on: server)
        #expect(revealed.status == .done && revealed.out.contains("s3cret"), "\(revealed.out)\(revealed.err)")
    }

    /// What is beside a secret is shown.
    @Test func restOfTheTextIsShown() throws {
        let server = try server()
        defer { server.stop() }
        #expect(CommandRun("get one-two urlJava", on: server).out == "redis://alice:••••@db/0\n")
        #expect(CommandRun("get one-two json", on: server).out == "{\"user\":\"alice\",\"password\":\"••••\"}\n")
        #expect(CommandRun("get one-two json -o raw", on: server).status == .usage)
    }

    @Test(
        arguments: [
            "show TOKENx", "show id:TOKEN", "show cookie:TOKEN", "get TOKENx a", "show sk_live_0123456789",
            "decode TOKEN.x.y.z", "list --where TOKEN", "list TOKEN", "TOKEN", "list -u redis:/a:s3cret@h",
            "list -u http://a:s3cret@h", "list http://a:s3cret@h",
        ])
    func tokensAreNotRepeatedInMessages(_ line: String) throws {
        let server = try RedisServer()
        defer { server.stop() }
        let words = line.replacing("TOKEN", with: Self.token)
        let run = CommandRun(words, on: line.contains("-u") || line.hasPrefix("decode") ? nil : server)
        #expect(run.status != .done && !run.err.isEmpty)
        for secret in [Self.token, "s3cret", "sk_live_0123"] { #expect(!run.err.contains(secret), "\(run.err)") }
        let revealed = CommandRun("show TOKEN.x --reveal".replacing("TOKEN", with: Self.token), on: server)
        #expect(revealed.err.contains(Self.token))
    }
}
