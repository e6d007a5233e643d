import TestSupport
import Testing

@testable import Commands

/// Secrets inside of values, whole and damaged, in each form in which a value leaves the program.
struct SecretValuesIntegrationTests {
    /// `{"password": "hunter2"}` as a map of the JDK.
    private static let map: [UInt8] =
        [0xac, 0xed, 0, 5, 0x73, 0x72, 0, 0x11] + Array("java.util.HashMap".utf8)
        + [5, 7, 0xda, 0xc1, 0xc3, 0x16, 0x60, 0xd1, 3, 0, 2, 0x46, 0, 10] + Array("loadFactor".utf8) + [
            0x49, 0, 9,
        ]
        + Array("threshold".utf8) + [0x78, 0x70, 0x3f, 0x40, 0, 0, 0, 0, 0, 0x0c, 0x77, 8, 0, 0, 0, 16, 0, 0, 0, 1]
        + [0x74, 0, 8] + Array("password".utf8) + [0x74, 0, 7] + Array("hunter2".utf8) + [0x78]

    /// With the map whole, with its last byte cut off, and as JSON.
    private func server() throws -> RedisServer {
        let server = try RedisServer { $0.users = ["nopttl on >pw ~* &* +@all -pttl"] }
        try server.command(Trouble.attribute("m", Self.map, of: "whole-map"))
        try server.command(Trouble.attribute("m", Self.map.dropLast(), of: "damaged"))
        try server.command(Trouble.attribute("j", Array(#"{"password":"hunter2"}"#.utf8), of: "whole-json"))
        return server
    }

    @Test(arguments: [
        "show damaged -o json", "show damaged", "get damaged m -o json", "get damaged m", "get damaged m -o raw",
        "get whole-map m -o raw", "get whole-map m.password -o raw", "get whole-map m -o json",
        "get whole-json j -o raw",
        "get whole-json j", "list -o jsonl --fields id,attributes", "list -o csv --fields id,attributes",
        "list -o tree",
    ])
    func aPasswordIsShownOnlyIfAsked(_ line: String) throws {
        let server = try server()
        defer { server.stop() }
        let run = CommandRun(line, on: server)
        #expect(!run.out.contains("hunter2") && !run.err.contains("hunter2"), "\(run.out)")
        // The password in Base64, at each of the three places that it can have.
        for text in ["aHVudGVyM", "h1bnRlcj", "odW50ZXIy"] { #expect(!run.out.contains(text), "\(run.out)") }
        if line.hasSuffix("-o raw") {
            #expect(run.status == .usage && run.outBytes.isEmpty && run.err.contains("--reveal"))
        }
    }

    /// What is inside of something with a secret name, and an attribute with a compound name, asked for by its path.
    @Test(arguments: [
        "get compound password.hash", "get compound password.hash -o json", "get compound password.hash -o tree",
        "get compound password.hash -o raw", "get compound ['token.value']", "list --fields id,attr.password.hash",
        "list --fields id,attr.password.hash -o json", "list --fields id,attr.token.value", "show compound",
        "count --by attr.password.hash", "count --by attr.token.value",
    ])
    func everyNameOnTheWayCounts(_ line: String) throws {
        let server = try server()
        defer { server.stop() }
        try server.command(Trouble.attribute("password", Array(#"{"hash":"hunter2"}"#.utf8), of: "compound"))
        try server.command(Trouble.attribute("token.value", Array("hunter2".utf8), of: "compound"))
        let run = CommandRun(line, on: server)
        #expect(!run.out.contains("hunter2") && (run.out.contains("••••") || line.hasSuffix("raw")), "\(run.out)")
        #expect(CommandRun(line + " --reveal", on: server).out.contains("hunter2"), "\(line)")
    }

    @Test func rawBytesAreExactWhenRevealed() throws {
        let server = try server()
        defer { server.stop() }
        #expect(CommandRun("get whole-json j -o raw --reveal", on: server).out == #"{"password":"hunter2"}"#)
        #expect(CommandRun("get whole-map m.password -o raw --reveal", on: server).out == "hunter2")
        #expect(CommandRun("get damaged m -o raw --reveal", on: server).outBytes == Self.map.dropLast())
    }

    /// A user who may read sessions but not ask for their lives: nothing is shown as if nothing were there.
    @Test(arguments: ["list", "list -o json", "list --fields id,ttl,attributes", "show user:nobody", "show damaged"])
    func lackOfAPermissionIsNoEmptiness(_ line: String) throws {
        let server = try server()
        defer { server.stop() }
        let words = line.split(separator: " ").map(String.init)
        let run = CommandRun(
            words + ["-s", server.socketPath, "--user", "nopttl"], environment: ["REDISCLI_AUTH": "pw"])
        #expect(run.status == .permission, "\(run.status) \(run.out) \(run.err)")
        #expect(run.err.contains("NOPERM"), "\(run.err)")
    }

    /// What needs no lives does not ask for them, and is shown to that user as to others.
    @Test func whatNeedsNoLifeIsShownWithoutThatPermission() throws {
        let server = try RedisServer { $0.users = ["nopttl on >pw ~* +@read +@connection +@keyspace -pttl"] }
        defer { server.stop() }
        try server.load(FixtureStore("spring-session-2.7.4-simple"))
        let words = ["list", "--fields", "id,attributes", "-o", "jsonl", "-s", server.socketPath]
        let limited = CommandRun(words + ["--user", "nopttl"], environment: ["REDISCLI_AUTH": "pw"])
        let all = CommandRun(words)
        #expect(limited.status == .done && all.status == .done, "\(limited.err)")
        // Two walks may come to the keys in another order.
        func lines(_ run: CommandRun) -> [Substring] { run.out.split(separator: "\n").sorted() }
        #expect(all.out.contains("cart") && lines(limited) == lines(all), "\(limited.out)\(all.out)")
    }
}
