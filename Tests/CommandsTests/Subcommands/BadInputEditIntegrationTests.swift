import Foundation
import TestSupport
import Testing

@testable import Commands

/// Malformed and hostile streams as values of sessions on a real server, through every kind of edit.
struct BadInputEditIntegrationTests {
    private static let key = Array("spring:session:sessions:bad".utf8)

    /// Each kind of edit; the editor changes the first number or text that it finds.
    private static let commands: [[String]] = [
        ["set", "bad=1"], ["set", "bad[0]=1"], ["set", "bad.a=1"], ["set", "bad=json:null"],
        ["set", "bad[0]=x", "--insert"], ["set", "bad=x", "--append"], ["set", "bad.a=x", "--rename"],
        ["set", "bad.value=7", "--shared"], ["unset", "bad[0]"], ["unset", "bad.a"], ["edit"],
    ]

    private static func put(_ value: [UInt8], on server: RedisServer) throws {
        let store = FixtureStore("spring-session-2.7.4-indexed")
        try server.load(store)
        _ = try server.command([
            Array("COPY".utf8), Array("spring:session:sessions:107fe95d-17d0-4470-b9cd-c9c8f35e27f9".utf8), key,
            Array("REPLACE".utf8),
        ])
        try server.command([Array("HSET".utf8), key, Array("sessionAttr:bad".utf8), value])
        try server.command([Array("PEXPIREAT".utf8), key, Array("4000000000000".utf8)])
    }

    private static func state(_ key: [UInt8], _ server: RedisServer) throws -> [RespValue] {
        [
            try server.command([Array("DEBUG".utf8), Array("DIGEST-VALUE".utf8), key]),
            try server.command([Array("PEXPIRETIME".utf8), key]),
        ]
    }

    /// What is refused leaves every byte and every life; what is done leaves a session that is read as before.
    ///
    /// Every third input, so that three can be tried side by side: all of them take minutes.
    @Test(arguments: 0..<3) func whatIsRefusedChangesNothing(_ part: Int) throws {
        let server = try RedisServer { $0.configuration = ["enable-debug-command yes"] }
        defer { server.stop() }
        let home = try TemporaryDirectory()
        let environment = [
            "XDG_STATE_HOME": home.path, "TMPDIR": home.path, "PATH": "/usr/bin:/bin",
            "EDITOR": "sed -i 's/\\(\"value\":\\)\"[a-z]*\"/\\1\"changed\"/'",
        ]
        var (refused, done) = (0, 0)
        for (number, input) in try BadInput.javaStreams().enumerated()
        where number % 3 == part && input.length < 200_000 {
            let bytes = try input.expand()
            guard !bytes.isEmpty else { continue }
            try Self.put(bytes, on: server)
            let before = try Self.state(Self.key, server)
            for words in Self.commands {
                let line = [words[0], "id:bad"] + words.dropFirst() + ["--yes", "--no-undo"]
                let run = CommandRun(line, on: server, environment: environment)
                if run.status == .done {
                    done += 1
                    // Some edits end with nothing to be written.
                    if try Self.state(Self.key, server) != before { try Self.put(bytes, on: server) }
                } else {
                    refused += 1
                    #expect([.usage, .undecodable].contains(run.status) && !run.err.isEmpty, "\(input): \(run.err)")
                    #expect(try Self.state(Self.key, server) == before, "\(input) \(words)")
                }
            }
        }
        #expect(refused > 120 && done > 40, "\(refused) \(done)")
    }
}
