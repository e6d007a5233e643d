import Foundation
import TestSupport
import Testing

@testable import Commands

/// `verify` finds what a JVM or an application fails at, in whatever bytes of the target it stands.
struct VerifiedContentsIntegrationTests {
    typealias Bench = MigrateCommandIntegrationTests.Bench

    private static let tomcat = "tomcat9-redis-session-manager"
    /// It has values of several classes of an application.
    private static let rich = "9B43E13CFB1BF1BE9AF62EF1EADB24A6"

    private static let mallory =
        "spring:session:index:org.springframework.session.FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME:mallory"

    private func verify(_ bench: Bench, _ words: [String] = []) -> CommandRun {
        let urls = [bench.source, bench.target].map { "unix://\($0.socketPath)" }
        return CommandRun(["verify"] + urls + words, environment: ["TMPDIR": bench.home.path])
    }

    /// Changes the value at a key of the target; how often `text` stands there.
    private func replace(_ text: [UInt8], by other: [UInt8], at key: String, of bench: Bench) throws -> Int {
        guard case .string(let bytes) = try bench.target.command("GET", key) else { throw FixtureError("no \(key)") }
        let changed = bytes.replacing(text, with: other)
        try bench.target.command([Array("SET".utf8), Array(key.utf8), changed, Array("KEEPTTL".utf8)])
        return bytes.ranges(of: text).count
    }

    // MARK: Classes

    /// One letter of each: no JVM has such a class, or such a field.
    @Test(
        arguments: [
            "com.orangefunction.tomcat", "java.lang.Boolean", "java.lang.Number", "java.lang.Long",
            "java.lang.Integer", "Ljava/lang/String;", "demo.shop.Address",
        ], [[], ["--to", "tomcat", "--layout", "C"]])
    func anotherNameInADescriptionIsToldOfTomcatSessions(_ name: String, _ words: [String]) throws {
        let bench = try Bench(Self.tomcat)
        defer { bench.stop() }
        #expect(bench.run(words + ["--yes"]).status == .done)
        #expect(verify(bench, words).status == .done)
        var other = Array(name.utf8)
        other[other.count - 2] ^= 0x20
        #expect(try replace(Array(name.utf8), by: other, at: Self.rich, of: bench) > 0)
        let run = verify(bench, words)
        #expect(run.status == .notFound && run.out.contains(Self.rich), "\(run.out) \(run.err)")
        #expect(run.err.contains("5 sessions are equal, 1 not"), "\(run.err)")
    }

    @Test func aClassOfTheHeaderIsNamed() throws {
        let bench = try Bench(Self.tomcat)
        defer { bench.stop() }
        #expect(bench.run("--yes").status == .done)
        let name = "com.orangefunction.tomcat"
        _ = try replace(Array(name.utf8), by: Array("com.orangefunctioN.tomcat".utf8), at: Self.rich, of: bench)
        let rows = verify(bench).out.split(separator: "\n").map { $0.split(separator: "\t").suffix(2) }
        let rest = ".redissessions.SessionSerializationMetadata"
        #expect(
            rows.map { $0.joined(separator: " ") }.sorted() == [
                "class com.orangefunctioN.tomcat\(rest) is too much", "class \(name)\(rest) is missing",
            ])
    }

    /// Behind the name of a class stand its version and its flags.
    @Test(arguments: [0, 7, 8])
    func anotherVersionOrOtherFlagsAreTold(_ offset: Int) throws {
        let bench = try Bench(Self.tomcat)
        defer { bench.stop() }
        #expect(bench.run("--yes").status == .done)
        let name = Array("java.lang.Boolean".utf8)
        let version: [UInt8] = [0xCD, 0x20, 0x72, 0x80, 0xD5, 0x9C, 0xFA, 0xEE, 2]
        var other = version
        other[offset] ^= 1
        #expect(try replace(name + version, by: name + other, at: Self.rich, of: bench) > 0)
        let run = verify(bench)
        #expect(run.status == .notFound && run.out.contains(Self.rich), "\(run.out) \(run.err)")
    }

    @Test(arguments: ["Ljava/lang/String;", "demo.shop.Address"])
    func anotherNameInADescriptionIsToldOfSpringAttributes(_ name: String) throws {
        let bench = try Bench(Self.tomcat)
        defer { bench.stop() }
        let words = ["--to", "spring", "--max-inactive-interval", "400000000"]
        #expect(bench.run(words + ["--yes"]).status == .done)
        #expect(verify(bench, words).status == .done)
        let (key, field) = (Array("spring:session:sessions:\(Self.rich)".utf8), Array("sessionAttr:nullField".utf8))
        guard case .string(let bytes) = try bench.target.command([Array("HGET".utf8), key, field]) else {
            return #expect(Bool(false))
        }
        var other = Array(name.utf8)
        other[other.count - 2] ^= 0x20
        let changed = bytes.replacing(Array(name.utf8), with: other)
        #expect(changed != bytes)
        try bench.target.command([Array("HSET".utf8), key, field, changed])
        let run = verify(bench, words)
        #expect(run.status == .notFound && run.out.contains("attributes.nullField"), "\(run.out) \(run.err)")
    }

    // MARK: Times and ids

    /// The times of a value: creation, last use, and the use before that.
    @Test(arguments: [0, 1, 2])
    func storedTimesOfTomcatSessionsAreTheSame(_ place: Int) throws {
        let bench = try Bench(Self.tomcat)
        defer { bench.stop() }
        #expect(bench.run("--yes").status == .done)
        let keys = try bench.target.everything().keys.sorted { $0.lexicographicallyPrecedes($1) }
        let key = try #require(keys.first)
        guard case .string(var bytes) = try bench.target.command([Array("GET".utf8), key]) else {
            return #expect(Bool(false))
        }
        // Milliseconds of these years begin alike.
        let times = bytes.ranges(of: [0, 0, 1, 0xA2])
        bytes[try #require(times.dropFirst(place).first).lowerBound + 7] ^= 1
        try bench.target.command([Array("SET".utf8), key, bytes, Array("KEEPTTL".utf8)])
        let run = verify(bench)
        let parts = Set(run.out.split(separator: "\n").map { $0.split(separator: "\t")[2] })
        let part = ["created", "lastAccessedTime", "thisAccessedTime"][place]
        #expect(run.status == .notFound && parts == [Substring(part)], "\(run.out) \(run.err)")
    }

    @Test(arguments: [[], ["--to", "tomcat", "--layout", "C"]])
    func anotherIdInsideOfASessionIsTold(_ words: [String]) throws {
        let bench = try Bench(Self.tomcat)
        defer { bench.stop() }
        #expect(bench.run(words + ["--yes"]).status == .done)
        let other = String(Self.rich.dropLast()) + "7"
        _ = try replace(Array(Self.rich.utf8), by: Array(other.utf8), at: Self.rich, of: bench)
        let run = verify(bench, words)
        #expect(
            run.status == .notFound && run.out.contains("\tstoredId\t\(Self.rich), and \(other)\n"),
            "\(run.out) \(run.err)")
    }

    // MARK: Keys beside sessions

    @Test(arguments: [[], ["--to", "spring", "--variant", "indexed"]])
    func whatAShadowKeyHoldsIsTold(_ words: [String]) throws {
        let bench = try Bench("spring-session-3.5.7-indexed")
        defer { bench.stop() }
        #expect(bench.run(words + ["--yes"]).status == .done)
        #expect(verify(bench, words).status == .done)
        let key = "spring:session:sessions:expires:4d9b7057-0beb-41fc-a125-27a138cc728e"
        try bench.target.command("SET", key, "junk", "KEEPTTL")
        let run = verify(bench, words)
        #expect(run.status == .notFound && run.out.contains("'\(key)' holds something else"), "\(run.out)")
    }

    /// Who logs mallory out would end it. Members of sessions that are gone are left behind by every version, and are no difference.
    @Test(arguments: [[], ["--to", "spring", "--variant", "indexed"]])
    func aSessionInTheIndexOfAnotherUserIsTold(_ words: [String]) throws {
        let bench = try Bench("spring-session-3.5.7-indexed")
        defer { bench.stop() }
        #expect(bench.run(words + ["--yes"]).status == .done)
        let equal = verify(bench, words)
        #expect(equal.status == .done, "\(equal.out)")
        for id in ["4d9b7057-0beb-41fc-a125-27a138cc728e", "deadbeef-0beb-41fc-a125-27a138cc728e"] {
            let member: [UInt8] = [0xAC, 0xED, 0, 5, 0x74, 0, 36] + Array(id.utf8)
            try bench.target.command([Array("SADD".utf8), Array(Self.mallory.utf8), member])
        }
        let run = verify(bench, words)
        #expect(
            run.status == .notFound && run.err.contains("8 sessions are equal, 1 not"), "\(run.out) \(run.err)")
        #expect(run.out.hasSuffix("\tprincipal index\tin '\(Self.mallory)', which is another user's\n"), "\(run.out)")
        #expect(run.out.split(separator: "\n").count == 1, "\(run.out)")
    }

    /// What stands at the source as well is the same.
    @Test func aSessionInTheIndexOfAnotherUserOnBothSidesIsEqual() throws {
        let bench = try Bench("spring-session-3.5.7-indexed")
        defer { bench.stop() }
        try bench.target.load(FixtureStore("spring-session-3.5.7-indexed"))
        let member: [UInt8] =
            [0xAC, 0xED, 0, 5, 0x74, 0, 36] + Array("4d9b7057-0beb-41fc-a125-27a138cc728e".utf8)
        for server in [bench.source, bench.target] {
            try server.command([Array("SADD".utf8), Array(Self.mallory.utf8), member])
        }
        let run = verify(bench)
        #expect(run.status == .done, "\(run.out) \(run.err)")
    }

    /// What is no set at the name of an index holds no session, and stops nothing.
    @Test(arguments: [[], ["--to", "spring", "--variant", "indexed"]])
    func aForeignKeyAmongTheIndicesIsPassedOver(_ words: [String]) throws {
        let bench = try Bench("spring-session-3.5.7-indexed")
        defer { bench.stop() }
        #expect(bench.run(words + ["--yes"]).status == .done)
        try bench.target.command("SET", Self.mallory, "x")
        let run = verify(bench, words)
        #expect(run.status == .done && run.err.contains("9 sessions are equal"), "\(run.out) \(run.err)")
        // Others are looked at all the same.
        let member: [UInt8] = [0xAC, 0xED, 0, 5, 0x74, 0, 36] + Array("4d9b7057-0beb-41fc-a125-27a138cc728e".utf8)
        try bench.target.command([Array("SADD".utf8), Array((Self.mallory + "2").utf8), member])
        let other = verify(bench, words)
        #expect(other.status == .notFound && other.err.contains("8 sessions are equal, 1 not"), "\(other.err)")
    }

    /// What is no session has neither attributes nor times that could be compared.
    @Test(arguments: [[], ["--to", "spring", "--variant", "indexed"]])
    func ofAForeignKeyInASessionsPlaceOneLineIsTold(_ words: [String]) throws {
        let bench = try Bench("spring-session-3.5.7-indexed")
        defer { bench.stop() }
        #expect(bench.run(words + ["--yes"]).status == .done)
        let key = "spring:session:sessions:4d9b7057-0beb-41fc-a125-27a138cc728e"
        try bench.target.command("DEL", key)
        try bench.target.command("RPUSH", key, "a", "b")
        let run = verify(bench, words)
        let told = run.out.split(separator: "\n").map { $0.split(separator: "\t").suffix(2).joined(separator: " ") }
        #expect(run.status == .notFound && told == ["content no session is at the target's key"], "\(run.out)")
    }

    // MARK: Words

    @Test func whereNothingDiffersThereIsNoTable() throws {
        let bench = try Bench(Self.tomcat)
        defer { bench.stop() }
        #expect(bench.run("--yes").status == .done)
        let run = verify(bench, ["-o", "table"])
        #expect(run.status == .done && run.out == "", "\(run.out)")
        #expect(verify(bench, ["-o", "json"]).out == "[]\n")
        try bench.target.command("DEL", Self.rich)
        #expect(verify(bench, ["-o", "table"]).out.hasPrefix("ID  "))
    }

    private static let otherLayout = "sessions that are missing are at the target in another layout: "

    /// Who forgets `--to` is told so, where sessions of that id are seen there and nowhere else.
    @Test(arguments: [("spring", ["--max-inactive-interval", "400000000"]), ("tomcat", [])])
    func sessionsInAnotherLayoutAreTold(_ format: String, _ interval: [String]) throws {
        let bench = try Bench(format == "spring" ? Self.tomcat : "spring-session-2.7.4-indexed")
        defer { bench.stop() }
        let words = ["--to", format, "--unconvertible", "skip-attribute"] + interval
        // Some sessions of the fixtures cannot have the other layout, or have ended: that is no matter here.
        _ = bench.run(words + ["--yes"])
        let run = verify(bench)
        #expect(run.status == .notFound && run.out.contains("missing at the target"), "\(run.out) \(run.err)")
        let hint = "\(Self.otherLayout)verify with --to \(format) and what else migrate was given"
        #expect(run.err.ranges(of: hint).count == 1, "\(run.err)")
        #expect(!verify(bench, words).err.contains(Self.otherLayout))
    }

    @Test func anotherNamespaceIsAnotherLayout() throws {
        let bench = try Bench("spring-session-2.7.4-indexed")
        defer { bench.stop() }
        _ = bench.run("--to", "spring", "--spring-version", "2.7", "--namespace", "shop", "--yes")
        #expect(verify(bench).err.contains(Self.otherLayout + "verify with --to spring"))
    }

    /// Other sessions of the target tell nothing of those that are missing.
    @Test func otherSessionsInAnotherLayoutAreNoHint() throws {
        let bench = try Bench(Self.tomcat)
        defer { bench.stop() }
        try bench.target.load(FixtureStore("spring-session-2.7.4-indexed"))
        let run = verify(bench)
        #expect(run.status == .notFound && !run.err.contains(Self.otherLayout), "\(run.err)")
    }

    @Test func oneThatHasEndedIsOne() throws {
        let bench = try Bench("spring-session-2.7.4-indexed")
        defer { bench.stop() }
        #expect(bench.run("--yes").status == .done)
        let keys = [bench.source, bench.target].map { server in
            Set(bench.on(server, "list", "--fields", "key").out.split(separator: "\n"))
        }
        // Those that had ended were not carried over.
        for key in keys[0].subtracting(keys[1]).dropFirst() { try bench.source.command("DEL", String(key)) }
        let run = verify(bench)
        #expect(run.status == .done && run.err.contains("; 1 has ended"), "\(run.err)")
    }
}
