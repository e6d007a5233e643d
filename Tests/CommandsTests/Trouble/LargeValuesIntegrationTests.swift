import TestSupport
import Testing

/// A database whose large sessions together are larger than what a program may take; one for all tests, which only read.
private struct LargeDatabase {
    static let shared = Result { try LargeDatabase() }

    let server: RedisServer

    init() throws {
        server = try RedisServer { $0.configuration = ["slowlog-log-slower-than 100000"] }
        try server.load(FixtureStore("spring-session-3.5.7-indexed"), forever: true)
        for megabytes in [15, 30] {
            let text = [UInt8](repeating: UInt8(ascii: "x"), count: megabytes << 20)
            try server.command([Array("SET".utf8), Array("text:\(megabytes)".utf8), text])
        }
        try Self.add("forty", values: 40, megabytes: 30, to: server)
        for number in 0..<50 { try Self.add("thirty-\(number)", values: 1, megabytes: 30, to: server) }
        for number in 0..<20 { try Self.add("fifteen-\(number)", values: 1, megabytes: 15, to: server) }
        try Self.add("context", values: 1, megabytes: 30, of: "SPRING_SECURITY_CONTEXT", to: server)
        try server.command("DEL", "text:15", "text:30")
    }

    /// A session with values of so many megabytes.
    private static func add(
        _ id: String, values: Int, megabytes: Int, of name: String? = nil, to server: RedisServer
    ) throws {
        try server.command(Trouble.session(id, [Array("sessionAttr:small".utf8), JavaBytes.string("s")]))
        let script = "redis.call('HSET', KEYS[1], ARGV[1], redis.call('GET', KEYS[2]))"
        for number in 0..<values {
            let field = "sessionAttr:" + (name ?? "big\(number)")
            try server.command("EVAL", script, "2", "spring:session:sessions:\(id)", "text:\(megabytes)", field)
        }
    }
}

/// Large sessions among others: nobody has to pay for them, neither the server nor we.
@Suite(.serialized)
struct LargeValuesIntegrationTests {
    private let server: RedisServer

    init() throws { server = try LargeDatabase.shared.get().server }

    /// Runs the program in an address space of 400 MB, so that it never has more than that resident.
    ///
    /// The server's log of slow commands counts time in which others had the processor: what is slow by itself is so each time.
    private func run(_ arguments: [String], attempts: Int = 3) throws -> BuiltProgram.Outcome {
        try server.command("SLOWLOG", "RESET")
        let bounded = ["sh", "-c", #"ulimit -v 400000; exec "$@""#, "sh"]
        let outcome = try BuiltProgram.run(["-s", server.socketPath] + arguments, under: bounded)
        guard case .array(let slow) = try server.command("SLOWLOG", "GET", "3"), !slow.isEmpty else { return outcome }
        guard attempts == 1 else { return try run(arguments, attempts: attempts - 1) }
        Issue.record("\(arguments): \(slow)")
        return outcome
    }

    /// Eleven of the fixture, seventy of one large value, one of forty, one with a large security context.
    @Test(arguments: [
        "list", "list -o jsonl --fields id,finding", "list --fields id,attr.small,role",
        "list --sort size --fields id,size", "list --where idle>0s --sort id --fields id,class",
    ])
    func listsEverySession(_ line: String) throws {
        let outcome = try run(line.split(separator: " ").map(String.init))
        #expect(outcome.output.utf8.count { $0 == 10 } == 83, "\(outcome.errors)")
        #expect(outcome.status == Self.status(of: outcome), "\(outcome.errors)")
    }

    /// Partial where the attributes of some were wanted and not read.
    private static func status(of outcome: BuiltProgram.Outcome) -> Int32 {
        outcome.errors.contains("too large for all attributes to be read") ? 5 : 0
    }

    @Test func getLooksAtWhatThePathBeginsWith() throws {
        let outcome = try run(["get", "key:spring:session:sessions:forty", "big7"])
        #expect(outcome.status == 5 && outcome.output.isEmpty)
        #expect(outcome.errors.contains("'forty' is too large for what the path begins with to be read"))
        #expect(try run(["get", "key:spring:session:sessions:forty", "small"]).output == "s\n")
        #expect(try run(["get", "key:spring:session:sessions:fifteen-3", "small"]).status == 0)
    }

    @Test func showsTheAttributesOfTheHealthy() throws {
        let fields = ["--fields", "id,finding,attributes", "--where", "not id ~ '^fifteen'"]
        let outcome = try run(["list", "-o", "jsonl"] + fields)
        let rows = try outcome.output.split(separator: "\n").map { try TestJSON(reading: Array($0.utf8)) }
        let large = rows.filter { row in
            row["findings"]?.items?.contains { $0["code"]?.string == "too-large" } == true
        }
        #expect(rows.count == 63 && large.count == 52 && large.allSatisfy { $0["attributes"]?.kind == .null })
        #expect(rows.count { $0["attributes"]?.kind == .object } == 11)
        #expect(outcome.status == 5 || outcome.status == 6, "\(outcome.errors)")
        #expect(outcome.errors.contains("52 sessions are too large for all attributes to be read"))
    }

    @Test(arguments: [
        ("finding = too-large", 52), ("finding != too-large", 31), ("class = demo.shop.Customer", 1),
        ("has(small)", 72),
        ("attr.small = s and user = none", 72), ("has(big0)", 20), ("size > 1m", 72),
        ("role = ROLE_USER or attr.small = s", 74),
    ])
    func countsBySmallAndLargeAttributes(_ filter: String, _ count: Int) throws {
        let outcome = try run(["count", "--where", filter])
        #expect(outcome.output == "\(count)\n", "\(outcome.output)")
        #expect(outcome.status == Self.status(of: outcome), "\(outcome.errors)")
    }

    @Test(arguments: ["forty", "thirty-7", "context", "fifteen-3"]) func showsALargeSession(_ id: String) throws {
        let outcome = try run(["show", "key:spring:session:sessions:" + id])
        #expect(outcome.status == (id == "fifteen-3" ? 0 : 5), "\(outcome.errors)")
        #expect(outcome.output.hasPrefix("id\t\(id)\n"))
        #expect(outcome.output.contains("too-large") != (id == "fifteen-3"))
        #expect(outcome.output.contains("attr.small\t\"s\"") == (id == "fifteen-3"))
    }
}
