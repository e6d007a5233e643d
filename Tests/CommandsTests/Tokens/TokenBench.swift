import Foundation
import TestSupport
import Testing

@testable import Commands

/// A server with keys beside tokens, and an undo archive of the test's own.
final class TokenBench {
    let server: RedisServer
    let home: TemporaryDirectory

    init(_ change: (inout RedisServer.Options) -> Void = { _ in }) throws {
        server = try RedisServer { options in
            options.configuration = ["enable-debug-command yes"]
            change(&options)
        }
        home = try TemporaryDirectory()
    }

    deinit { server.stop() }

    /// A token that nobody has signed.
    static func token(_ claims: String) -> String {
        [#"{"alg":"HS256"}"#, claims].map { text in
            Data(text.utf8).base64EncodedString().replacing("=", with: "").replacing("+", with: "-")
                .replacing("/", with: "_")
        }.joined(separator: ".") + ".c2ln"
    }

    func run(_ words: [String], environment: [String: String] = [:]) -> CommandRun {
        CommandRun(
            words, on: server, environment: ["XDG_STATE_HOME": home.path].merging(environment) { $1 })
    }

    func revoke(_ words: String...) -> CommandRun { run(["jwt", "revoke", "--yes"] + words) }

    /// The verdict on one token and the codes of its reasons and notes.
    func check(_ words: String...) throws -> (verdict: String, codes: [String], status: Commands.ExitStatus) {
        let run = run(["jwt", "check", "-o", "jsonl"] + words)
        let token = try TestJSON(reading: run.outBytes)
        let lines = try token.required("reasons").requiredItems() + token.required("notes").requiredItems()
        return (
            try token.required("verdict").requiredString(), try lines.map { try $0.required("code").requiredString() },
            run.status
        )
    }

    /// Milliseconds since 1970 by the server's clock.
    func now() throws -> Int64 {
        guard case .array(let parts) = try server.command("TIME"), case .string(let seconds)? = parts.first else {
            throw FixtureError("an answer to TIME that is none")
        }
        return (Int64(String(decoding: seconds, as: UTF8.self)) ?? 0) * 1000
    }

    func integer(_ words: String...) throws -> Int64? {
        guard case .integer(let number) = try server.command(words.map { Array($0.utf8) }) else { return nil }
        return number
    }

    func text(_ words: String...) throws -> String? {
        guard case .string(let bytes) = try server.command(words.map { Array($0.utf8) }) else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The value and the end of every key.
    func everything() throws -> [[UInt8]: [RespValue]] { try server.everything() }

    /// Takes back the last change; all must be what it was.
    func expectUndo(to before: [[UInt8]: [RespValue]]) throws {
        #expect(try everything() != before)
        let undo = run(["undo", "--yes"])
        #expect(undo.status == .done, "\(undo.err)")
        #expect(try everything() == before)
    }
}
