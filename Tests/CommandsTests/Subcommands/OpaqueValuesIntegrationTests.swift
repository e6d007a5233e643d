import TestSupport
import Testing

@testable import Commands

/// Sessions whose values only their own codec can read: nothing is wrong with them.
struct OpaqueValuesIntegrationTests {
    /// Kryo 5, as Redisson writes it since 3.19 (session-formats, ch. 10.3).
    private static let kryo5: [(String, [UInt8])] = [
        ("session:creationTime", [0x09, 0x80, 0xA0, 0xAB, 0xFE, 0xF9, 0x62]),
        ("session:lastAccessedTime", [0x09, 0x80, 0xA0, 0xAB, 0xFE, 0xF9, 0x62]),
        ("session:thisAccessedTime", [0x09, 0x80, 0xA0, 0xAB, 0xFE, 0xF9, 0x62]),
        ("session:maxInactiveInterval", [0x02, 0x90, 0x1C]), ("session:isValid", [0x05, 0x01]),
        ("user", [0x03, 0x61, 0x6C, 0x69, 0x63, 0xE5]), ("cart", [0x01, 0x00, 0x80]),
    ]

    /// Nothing is wrong with such a session: showing it is done, and what is asked for as text says why it is bytes.
    private func checkStatus(_ name: String, attribute: String, on server: RedisServer) {
        for form in ["tsv", "tree", "json", "jsonl", "json --typed"] {
            let show = CommandRun("show id:\(name) -o \(form)", on: server)
            #expect(show.status == .done && show.out.contains("opaque"), "\(form) \(show.err)")
            #expect(!show.err.contains("could not be decoded"), "\(show.err)")
        }
        let list = CommandRun("list -o jsonl --fields id,attributes", on: server)
        #expect(list.status == .done, "\(list.err)")
        guard !attribute.isEmpty else { return }
        let text = CommandRun("get id:\(name) \(attribute)", on: server)
        #expect(text.status == .done && text.err.contains("'\(attribute)' is kept unread"), "\(text.err)")
        let tree = CommandRun("get id:\(name) \(attribute) -o tree", on: server)
        #expect(tree.status == .done && tree.out.contains("kept unread: "), "\(tree.out)")
        let inside = CommandRun("get id:\(name) \(attribute).x", on: server)
        #expect(inside.status == .notFound && inside.err.contains("is kept unread: "), "\(inside.err)")
    }

    private func findings(of name: String, on server: RedisServer) throws -> [String] {
        let filter = ["--where", "id = '\(name)'"]
        let run = CommandRun(["list", "--fields", "id,finding", "-o", "jsonl"] + filter, on: server)
        let row = try TestJSON(reading: run.outBytes)
        return try row.required("findings").requiredItems().compactMap { $0["code"]?.string }
    }

    @Test func valuesOfRedissonsKryoAreOpaqueAlone() throws {
        let server = try RedisServer()
        defer { server.stop() }
        let fields = Self.kryo5.flatMap { [Array($0.0.utf8), $0.1] }
        try server.command([Array("HSET".utf8), Array("redisson:tomcat_session:KRYO".utf8)] + fields)
        try server.command("PEXPIRE", "redisson:tomcat_session:KRYO", "1800000")
        #expect(try findings(of: "KRYO", on: server) == ["expired", "opaque"])
        let show = CommandRun("show id:KRYO", on: server)
        #expect(show.out.contains("opaque") && !show.out.contains("undecodable"), "\(show.out)")
        #expect(show.out.contains("interval\t1800\n"), "\(show.out)")
        #expect(CommandRun("count --where finding=undecodable", on: server).out == "0\n")
        checkStatus("KRYO", attribute: "user", on: server)
    }

    /// A real frame whose attributes another transcoder wrote: all of its header is shown.
    @Test func attributesOfMemcachedSessionManagersKryoAreOpaqueAlone() throws {
        let server = try RedisServer()
        defer { server.stop() }
        let store = FixtureStore("java-programs/memcached-session-manager-sticky")
        try server.load(store, forever: true)
        let first = try #require(try store.expectedSessions().first)
        let id = try first.required("id").requiredString()
        let record = try #require(try store.records().first { $0.key == Array(id.utf8) })
        guard case .string(let frame) = record.content else { return }
        let header = Int(frame[2]) << 8 | Int(frame[3])
        try server.command([Array("SET".utf8), record.key, frame.prefix(header) + [0x01, 0x00, 0x80, 0x03]])
        try server.command("PEXPIRE", id, "1800000")
        #expect(try findings(of: id, on: server) == ["opaque"])
        checkStatus(id, attribute: "", on: server)
    }

    /// Damaged values of a known form stay undecodable, those that their class alone can read are opaque.
    @Test func damagedValuesAreUndecodable() throws {
        let server = try RedisServer()
        defer { server.stop() }
        try server.load(FixtureStore("spring-session-3.5.7-indexed"), forever: true)
        try server.command(Trouble.attribute("a", Array(JavaBytes.string("text").dropLast()), of: "damaged"))
        let list = CommandRun("list --where finding=undecodable --fields id --quiet", on: server)
        #expect(list.out.hasSuffix("damaged\n"), "\(list.out)")
        #expect(CommandRun("count --where finding=undecodable", on: server).out == "1\n")
        #expect(CommandRun("count --where finding=opaque", on: server).out == "1\n")
    }
}
