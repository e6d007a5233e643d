import Foundation
import TestSupport
import Testing

/// Arguments that are no UTF-8, as a shell passes them.
struct RawArgumentsIntegrationTests {
    /// Runs the program on `server` with `words` of a shell's command line.
    private func run(_ words: String, on server: RedisServer) throws -> BuiltProgram.Outcome {
        try BuiltProgram.run(["-s", server.socketPath], under: ["bash", "-c", #"exec "$0" "$@" "# + words])
    }

    private func server() throws -> RedisServer {
        let server = try RedisServer()
        for (id, value) in [([0xFF, 0xFE] as [UInt8], "raw"), (Array("\u{FFFD}\u{FFFD}".utf8), "replaced")] {
            var command = Trouble.attribute("a", JavaBytes.string(value), of: "x")
            command[1] = Array("spring:session:sessions:".utf8) + id
            try server.command(command)
        }
        return server
    }

    @Test(arguments: [
        #"get $'\xff\xfe' a"#, #"get $'id:\xff\xfe' a"#, #"get $'key:spring:session:sessions:\xff\xfe' a"#,
        #"list --where $'id = "\xff\xfe"' --fields attr.a"#, #"list --where "id = '\xff\xfe'" --fields attr.a"#,
    ])
    func nameWhatHasTheseBytes(_ words: String) throws {
        let server = try server()
        defer { server.stop() }
        let outcome = try run(words, on: server)
        #expect(outcome.status == 0 && outcome.output.hasSuffix("raw\n"), "\(outcome)")
    }

    /// Words of UTF-8 stay as they are: a replacement character, and what looks like an escape.
    @Test(arguments: ["get \u{FFFD}\u{FFFD} a", "list --where 'id = \"\u{FFFD}\u{FFFD}\"' --fields attr.a"])
    func validWordsStay(_ words: String) throws {
        let server = try server()
        defer { server.stop() }
        let outcome = try run(words, on: server)
        #expect(outcome.status == 0 && outcome.output.hasSuffix("replaced\n"), "\(outcome)")
    }

    @Test func areNamedByTheirBytesInErrors() throws {
        let server = try server()
        defer { server.stop() }
        let outcome = try run(#"show $'no\xff'"#, on: server)
        #expect(outcome.status == 1 && outcome.errors.contains(#"no session 'no\xff'"#), "\(outcome)")
    }
}
