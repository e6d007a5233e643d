import TestSupport
import Testing

/// A database with sessions that are large where nobody measures: in the names of fields, in times, in names of users.
private struct LargeFieldsDatabase {
    static let shared = Result { try LargeFieldsDatabase() }
    /// Sessions with a large time, and with the large name of a user.
    static let timesAndNames = 24

    let server: RedisServer

    init() throws {
        server = try RedisServer { $0.configuration = ["slowlog-log-slower-than 100000"] }
        try server.load(FixtureStore("spring-session-3.5.7-indexed"), forever: true)
        let text = [UInt8](repeating: UInt8(ascii: "x"), count: 40 << 20)
        try server.command(Trouble.session("name", [Array("sessionAttr:small".utf8), JavaBytes.string("s")]))
        try server.command([
            Array("HSET".utf8), Array("spring:session:sessions:name".utf8), Array("sessionAttr:".utf8) + text, [1],
        ])
        try server.command([Array("SET".utf8), Array("text".utf8), Array(text.prefix(30 << 20))])
        let index = "sessionAttr:org.springframework.session.FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME"
        for number in 0..<Self.timesAndNames {
            let isTime = number % 2 == 0
            let id = (isTime ? "time-" : "user-") + String(number)
            try server.command(Trouble.session(id, [Array("sessionAttr:small".utf8), JavaBytes.string("s")]))
            let script = "redis.call('HSET', KEYS[1], ARGV[1], redis.call('GET', KEYS[2]))"
            let key = "spring:session:sessions:" + id
            try server.command("EVAL", script, "2", key, "text", isTime ? "creationTime" : index)
        }
        try server.command("DEL", "text")
    }
}

/// What is large where lengths are not asked for ends no command and takes no memory.
@Suite(.serialized)
struct LargeFieldsIntegrationTests {
    private let server: RedisServer

    init() throws { server = try LargeFieldsDatabase.shared.get().server }

    /// Runs the program in an address space of 400 MB, so that it never has more than that resident. The server may take its time
    /// to copy hundreds of megabytes while other tests run.
    private func run(_ line: String) throws -> BuiltProgram.Outcome {
        let bounded = ["sh", "-c", #"ulimit -v 400000; exec "$@""#, "sh"]
        let arguments = line.split(separator: " ").map(String.init)
        return try BuiltProgram.run(["-s", server.socketPath, "--timeout", "30"] + arguments, under: bounded)
    }

    private func rows(_ outcome: BuiltProgram.Outcome) throws -> [(id: String, codes: [String])] {
        try outcome.output.split(separator: "\n").map { line in
            let row = try TestJSON(reading: Array(line.utf8))
            let codes = try row.required("findings").requiredItems().compactMap { $0["code"]?.string }
            return (try row.required("id").requiredString(), codes)
        }
    }

    /// Eleven of the fixture, one with a large name of a field, and those with large times and names of users.
    @Test(arguments: [
        "list", "list --fields id,principal,idle", "list --fields id,attr.small", "list --fields id,role",
        "list --where idle>0s --sort id --fields id,principal", "list --sort size --fields id,size",
    ])
    func listsEverySession(_ line: String) throws {
        let outcome = try run(line)
        #expect(outcome.output.utf8.count { $0 == 10 } == 12 + LargeFieldsDatabase.timesAndNames, "\(outcome.errors)")
        #expect([0, 5].contains(outcome.status), "\(outcome.errors)")
    }

    @Test(arguments: ["list -o jsonl --fields id,created,principal,finding", "list -o jsonl --fields id,finding,size"])
    func namesTheLargeOnes(_ line: String) throws {
        let outcome = try run(line)
        let rows = try rows(outcome)
        let large = rows.filter { $0.codes.contains("too-large") }
        #expect(large.count == LargeFieldsDatabase.timesAndNames + 1 && rows.count == large.count + 11)
        #expect(!rows.contains { $0.codes.contains("missing-field") }, "\(rows)")
        #expect(outcome.status == 5, "\(outcome.errors)")
    }

    @Test func countsUsersAndThem() throws {
        #expect(try run("count").output == "\(12 + LargeFieldsDatabase.timesAndNames)\n")
        let users = try run("users")
        #expect([0, 5].contains(users.status) && users.output.contains("frank\t2\t"), "\(users.output)\(users.errors)")
    }

    @Test(arguments: ["name", "time-0", "user-1"]) func showsALargeSession(_ id: String) throws {
        let key = "key:spring:session:sessions:" + id
        let shown = try run("show " + key)
        #expect(shown.status == 5 && shown.output.hasPrefix("id\t\(id)\n"), "\(shown.errors)")
        #expect(shown.output.contains("too-large") && !shown.output.contains("missing-field"), "\(shown.output)")
        let value = try run("get \(key) small")
        #expect(value.status == 0 && value.output == "s\n", "\(value.errors)")
    }
}
