import TestSupport
import Testing

@testable import Commands

/// Session hashes whose names look like those of other keys.
struct OddNamesIntegrationTests {
    /// Ids that any generator of an application may make (session-formats, ch. 5.3).
    private static let ids = [
        "idx", "expires:x", "expirations", "index:x", "a:idx", "index:PRINCIPAL_NAME_INDEX_NAME:alice", "expires:", "",
    ]

    private func server() throws -> RedisServer {
        let server = try RedisServer()
        try server.load(FixtureStore("spring-session-3.5.7-indexed"), forever: true)
        try server.load(FixtureStore("java-programs/spring-session-reactive-indexed"), forever: true)
        for id in Self.ids {
            try server.command(Trouble.attribute("a", JavaBytes.string(id), of: id, namespace: "odd"))
        }
        return server
    }

    @Test(arguments: ["list -o raw", "list -o raw --where idle>0s", "list -o raw --where attr.a!=none"])
    func areListed(_ line: String) throws {
        let server = try server()
        defer { server.stop() }
        let keys = Set(CommandRun(line, on: server).out.split(separator: "\n").map(String.init))
        let missing = Self.ids.map { "odd:sessions:" + $0 }.filter { !keys.contains($0) }
        #expect(missing.isEmpty, "\(missing)")
    }

    @Test func areCountedAndShown() throws {
        let server = try server()
        defer { server.stop() }
        let filter = ["--where", "namespace = odd"]
        #expect(CommandRun(["count"] + filter, on: server).out == "\(Self.ids.count)\n")
        for id in Self.ids {
            let names = [["key:odd:sessions:" + id]] + (id.isEmpty ? [] : [["--namespace", "odd", "id:" + id]])
            for name in names {
                let value = CommandRun(["get"] + name + ["a"], on: server)
                #expect(value.status == .done && value.out == id + "\n", "\(name): \(value.out)\(value.err)")
                let show = CommandRun(["show"] + name + ["-o", "jsonl"], on: server)
                let shown = try TestJSON(reading: show.outBytes)
                #expect(shown["id"]?.string == id && shown["namespace"]?.string == "odd", "\(show.out)")
                // The shadow key of the empty id is here.
                #expect(shown["variant"]?.string == (id.isEmpty ? "indexed" : "default"), "\(show.out)")
            }
        }
    }

    @Test(arguments: ["id:", ""], ["spring:session", "odd"])
    func theEmptyIdNamesItsSession(_ name: String, _ namespace: String) throws {
        let server = try RedisServer()
        defer { server.stop() }
        for id in ["", ".route", "abcdefgh"] {
            try server.command(Trouble.attribute("a", JavaBytes.string("of " + id), of: id, namespace: namespace))
        }
        let run = CommandRun(["get", name, "a"], on: server)
        #expect(run.status == .done && run.out == "of \n", "\(run.out)\(run.err)")
        try server.command("DEL", namespace + ":sessions:")
        let missing = CommandRun(["show", name], on: server)
        #expect(missing.status == .notFound && missing.out.isEmpty, "\(missing.out)")
        #expect(missing.err.hasPrefix("sessionctl: no session with an empty id; looked at every key"), "\(missing.err)")
        #expect(!missing.err.contains("characters") && !missing.err.contains("user:"), "\(missing.err)")
    }

    /// Shadow keys and sets stay what they are, hashes of other things as well, and nothing is asked of ordinary sessions.
    @Test func otherKeysStayAuxiliary() throws {
        let server = try RedisServer()
        defer { server.stop() }
        let stores = ["spring-session-3.5.7-indexed", "java-programs/spring-session-reactive-indexed"]
        for store in stores { try server.load(FixtureStore(store), forever: true) }
        try server.command("HSET", "odd:sessions:idx", "name", "value")
        try server.command("SET", "odd:sessions:", "text")
        try server.command("CONFIG", "RESETSTAT")
        let run = CommandRun("list --fields id,idle", on: server)
        #expect(run.status == .done, "\(run.err)")
        guard case .string(let bytes) = try server.command("INFO", "errorstats") else { return }
        // The hash is looked at once for the usual fields and once for any.
        #expect(String(decoding: bytes, as: UTF8.self).contains("errorstat_WRONGTYPE:count=1\r\n"))
        guard case .string(let statistics) = try server.command("INFO", "commandstats") else { return }
        let text = String(decoding: statistics, as: UTF8.self)
        #expect(text.contains("cmdstat_type:calls=2,"), "\(text)")
        // The name without an id; of shadow keys of ordinary ids nothing is asked.
        guard case .array(let keys) = try server.command("KEYS", "*:sessions:expires:*") else { return }
        #expect(!keys.isEmpty && text.contains("cmdstat_strlen:calls=1,"), "\(text)")
    }

    /// A session that has the name of the set of expirations is not taken for it, and of two ways to keep these one is missing.
    @Test func keysOfOthersAreNotSpoilt() throws {
        let server = try RedisServer()
        defer { server.stop() }
        for id in ["expirations", "plain"] {
            try server.command(Trouble.attribute("a", JavaBytes.string("x"), of: id, namespace: "odd"))
        }
        try server.command("SET", "odd:sessions:expires:plain", "")
        let run = CommandRun(["keys", "key:odd:sessions:plain", "-o", "tsv"], on: server)
        let rows = run.out.split(separator: "\n").map { $0.split(separator: "\t", omittingEmptySubsequences: false) }
        let roles = rows.map { "\($0[0]) \($0[3])" }
        #expect(run.status == .done && !roles.contains { $0.contains("wrong-key-type") }, "\(run.out)")
        #expect(roles.filter { $0.hasPrefix("expirations") }.count <= 1, "\(run.out)")
    }
}
