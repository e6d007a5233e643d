import Foundation
import TestSupport
import Testing

@testable import Commands

/// `undo` of `set`, `unset` and `edit`, which write values and leave lives alone: so it does the same.
struct UndoEditIntegrationTests {
    private static let alice = "107fe95d-17d0-4470-b9cd-c9c8f35e27f9"
    private static let aliceKey = "spring:session:sessions:" + alice
    private static let carol = "13C0914CBFE7B240A06898DCE2341471.node1"

    private func spring() throws -> EditBench { try EditBench("spring-session-2.7.4-indexed") }
    private func tomcat() throws -> EditBench { try EditBench("tomcat-redis-session-manager-2.0.0") }

    /// As a request does it: a last use, a value of its own, a longer life.
    private func use(_ server: RedisServer) throws {
        try server.command("HSET", Self.aliceKey, "lastAccessedTime", "1795420000000", "sessionAttr:seen", "x")
    }

    private func give(_ life: [String], to key: String, _ server: RedisServer) throws {
        let words = [life[0], key] + life.dropFirst()
        #expect(try server.command(words.map { Array($0.utf8) }) == .integer(1))
    }

    private func check(_ outcome: CommandRun, _ text: String) {
        #expect(outcome.status == .done && outcome.err.contains(text), "\(outcome.err)")
    }

    @Test(
        arguments: [["PERSIST"], ["EXPIRE", "8640000"]], [["set", alice, "theme=light"], ["unset", alice, "theme"]])
    func aHashLivesOnAsOthersHaveMadeItLive(_ life: [String], _ words: [String]) throws {
        let bench = try spring()
        defer { bench.server.stop() }
        let theme = bench.get(Self.alice, "theme")
        #expect(bench.run(words + ["--yes"]).status == .done)
        try give(life, to: Self.aliceKey, bench.server)
        let left = try bench.server.command("PEXPIRETIME", Self.aliceKey)
        check(bench.run("undo", "--yes"), "took back 1 of 1 session")
        #expect(bench.get(Self.alice, "theme") == theme)
        #expect(try bench.server.command("PEXPIRETIME", Self.aliceKey) == left)
    }

    /// What a request has written meanwhile stays, and is no reason to leave the value.
    @Test func whatARequestHasWrittenStays() throws {
        let bench = try spring()
        defer { bench.server.stop() }
        #expect(bench.run("set", Self.alice, "theme=light", "note=new", "--yes").status == .done)
        try use(bench.server)
        check(bench.run("undo", "--yes"), "took back 1 of 1 session")
        #expect(bench.get(Self.alice, "theme") == "dark\n" && bench.get(Self.alice, "seen") == "x\n")
        #expect(try bench.server.command("HEXISTS", Self.aliceKey, "sessionAttr:note") == .integer(0))
        let last = try bench.server.command("HGET", Self.aliceKey, "lastAccessedTime")
        #expect(last == .string(Array("1795420000000".utf8)))
    }

    /// Of what is overwritten by force, only what the change itself had written.
    @Test func aValueThatWasWrittenSinceIsLeftUnlessForced() throws {
        let bench = try spring()
        defer { bench.server.stop() }
        #expect(bench.run("set", Self.alice, "theme=light", "--yes").status == .done)
        try use(bench.server)
        try bench.server.command("HSET", Self.aliceKey, "sessionAttr:theme", "other")
        let left = bench.run("undo", "--yes")
        #expect(left.status == .partial && left.err.contains("not as the change left it"), "\(left.err)")
        #expect(bench.get(Self.alice, "theme") == "other\n")
        check(bench.run("undo", "--yes", "--force"), "took back 1 of 1 session")
        #expect(bench.get(Self.alice, "theme") == "dark\n" && bench.get(Self.alice, "seen") == "x\n")
    }

    /// A new session has the id, and happens to lack what was taken out of the old one.
    @Test func nothingIsPutIntoAnotherSession() throws {
        let bench = try spring()
        defer { bench.server.stop() }
        #expect(bench.run("unset", Self.alice, "theme", "--purge", "--yes").status == .done)
        try bench.server.command("HSET", Self.aliceKey, "creationTime", "1795420000000")
        let left = bench.run("undo", "--yes")
        #expect(left.status == .partial && left.err.contains("it is another session by now"), "\(left.err)")
        #expect(try bench.server.command("HEXISTS", Self.aliceKey, "sessionAttr:theme") == .integer(0))
    }

    /// A field of a session that has ended would be half a session, which fails each request.
    @Test(arguments: [("spring-session-2.7.4-indexed", alice), ("tomcat-redis-session-manager-2.0.0", carol)])
    func noSessionComesBack(_ store: String, _ id: String) throws {
        let bench = try EditBench(store)
        defer { bench.server.stop() }
        #expect(bench.run("set", id, "note=new", "--yes").status == .done)
        try bench.server.command("DEL", store.hasPrefix("spring") ? Self.aliceKey : id)
        let before = try bench.everything()
        let left = bench.run("undo", "--yes")
        #expect(left.status == .partial && left.err.contains("somebody has ended it since"), "\(left.err)")
        #expect(try bench.everything() == before)
    }

    /// Of an indexed session the hash alone would come back, without its shadow key and its place in the index of its user.
    @Test func forceBringsNoPartOfASessionBack() throws {
        let bench = try spring()
        defer { bench.server.stop() }
        #expect(bench.run("set", Self.alice, "note=new", "--yes").status == .done)
        try bench.server.command("HSET", Self.aliceKey, "creationTime", "1795420000000")
        for isThere in [true, false] {
            if !isThere { try bench.server.command("DEL", Self.aliceKey) }
            let before = try bench.everything()
            let left = bench.run("undo", "--yes", "--force")
            #expect(
                left.status == .partial
                    && left.err.contains(isThere ? "another session" : "somebody has ended it since"))
            #expect(
                left.err.contains("has kept nothing of its other keys") && left.err.contains("1 refused"), "\(left.err)"
            )
            #expect(!left.err.contains("--force"), "\(left.err)")
            #expect(try bench.everything() == before)
        }
    }

    /// What has ended it can be taken back, and then the change of values.
    @Test func whatWasLoggedOutComesBackFirst() throws {
        let bench = try spring()
        defer { bench.server.stop() }
        let before = try bench.everything()
        #expect(bench.run("set", Self.alice, "theme=light", "--yes").status == .done)
        #expect(bench.run("expire", Self.alice, "--yes", "--settle", "0").status == .done)
        try bench.server.command("DEL", Self.aliceKey)
        let left = bench.run("undo", "1", "--yes", "--force")
        #expect(left.status == .partial && left.err.contains("undo list"), "\(left.err)")
        check(bench.run("undo", "2", "--yes"), "took back 1 of 1 session")
        check(bench.run("undo", "1", "--yes"), "took back 1 of 1 session")
        #expect(try bench.everything() == before)
    }

    /// A key that is all there is of a session is enough.
    @Test func forceBringsAWholeSessionBack() throws {
        let bench = try tomcat()
        defer { bench.server.stop() }
        let before = try bench.everything()
        #expect(bench.run("set", Self.carol, "note=new", "--yes").status == .done)
        try bench.server.command("DEL", Self.carol)
        let left = bench.run("undo", "--yes")
        #expect(left.err.contains(": 1 was changed since (--force overwrites that)"), "\(left.err)")
        check(bench.run("undo", "--yes", "--force"), "took back 1 of 1 session")
        #expect(try bench.everything() == before)
    }

    @Test(arguments: [["PERSIST"], ["EXPIRE", "8640000000"], ["EXPIRE", "60"]])
    func aStringLivesOnAsOthersHaveMadeItLive(_ life: [String]) throws {
        let bench = try tomcat()
        defer { bench.server.stop() }
        let before = try bench.server.command("GET", Self.carol)
        #expect(bench.run("set", Self.carol, "note=new", "--yes").status == .done)
        try give(life, to: Self.carol, bench.server)
        let left = try bench.server.command("PEXPIRETIME", Self.carol)
        check(bench.run("undo", "--yes"), "took back 1 of 1 session")
        #expect(try bench.server.command("GET", Self.carol) == before)
        #expect(try bench.server.command("PEXPIRETIME", Self.carol) == left)
    }

    @Test func aStringThatWasWrittenSinceIsLeftUnlessForced() throws {
        let bench = try tomcat()
        defer { bench.server.stop() }
        let before = try bench.server.command("GET", Self.carol)
        #expect(bench.run("set", Self.carol, "note=new", "--yes").status == .done)
        #expect(bench.run("set", Self.carol, "note=newer", "--yes", "--no-undo").status == .done)
        try bench.server.command("PERSIST", Self.carol)
        let left = bench.run("undo", "--yes")
        #expect(left.status == .partial && left.err.contains("not as the change left it"), "\(left.err)")
        #expect(bench.get(Self.carol, "note") == "newer\n")
        check(bench.run("undo", "--yes", "--force"), "took back 1 of 1 session")
        #expect(try bench.server.command("GET", Self.carol) == before)
        #expect(try bench.server.command("TTL", Self.carol) == .integer(-1))
    }

    /// What takes a number is what can be taken back.
    @Test func whatIsRefusedOrSoAlreadyTakesNoNumber() throws {
        let bench = try spring()
        defer { bench.server.stop() }
        #expect(bench.run("set", Self.alice, "cartSize=x", "--yes").status == .usage)
        #expect(bench.run("set", Self.alice, "theme=dark", "--yes").err.contains("1 unneeded"))
        #expect(bench.run("undo", "list").out.isEmpty)
        let run = bench.run("set", Self.alice, "theme=light", "--yes")
        #expect(run.err.contains("sessionctl undo 1 "), "\(run.err)")
    }

    /// The same as `show` masks of the attribute.
    @Test(arguments: [
        ("secretCount=5", "secretCount=5"), ("tokenType=Bearer", "tokenType=Bearer"), ("pin=4711", "pin=••••"),
        ("secret=5", "secret=••••"), ("apiToken=hunter2", "apiToken=••••"), ("passwordChangedAt=then", nil),
        ("note=redis://me:hunter2@host", "note=redis://me:••••@host"), ("theme=dark", "theme=dark"),
        ("note=text:redis://me:hunter2@host", "note=text:redis://me:••••@host"),
        (#"note=json:{"password":"hunter2"}"#, #"note=json:{"password":"••••"}"#),
        ("prefs['apiToken']=hunter2", "prefs['apiToken']=••••"),
    ]) func whatIsKeptOfACommandIsMaskedAsItIsShown(_ word: String, _ kept: String?) throws {
        #expect(RecordedCommand.words(["set", "a", word, "--yes"]) == ["set", "a", kept ?? word, "--yes"])
        guard let name = word.split(separator: "=").first.map(String.init), !name.contains("[") else { return }
        let bench = try spring()
        defer { bench.server.stop() }
        #expect(bench.run("set", Self.alice, word, "--yes").status == .done)
        let list = bench.run("undo", "list").out
        let shown = bench.run("show", Self.alice, "--full").out + bench.run("show", Self.alice).out
        let plan = bench.run("set", Self.alice, word + "6", "--dry-run").out
        #expect(list.contains("••••") == (kept != word && kept != nil), "\(list)")
        for text in [list, shown, plan] { #expect(!text.contains("hunter2") && !text.contains("4711"), "\(text)") }
        let value = bench.get(Self.alice, name)
        #expect(!value.isEmpty && value.contains("••••") == list.contains("••••"), "\(value)")
    }

    @Test(arguments: [
        (["-a", "x y", "list"], ["-a", "••••", "list"]), (["-ahunter2"], ["-a••••"]), (["--pass=z"], ["--pass=••••"]),
        (["--where", "attr.password = 'a&b' and idle > 1h"], ["--where", "attr.password = '••••' and idle > 1h"]),
        (["--where=attr.password='a'"], ["--where=attr.password='••••'"]),
        (["--where", "attr.password ~ 'a.b'"], ["--where", "attr.password ~ '••••'"]),
        (["--where", "attr.password in ('a', 'b')"], ["--where", "attr.password in ('••••', '••••')"]),
        (["--where", "attr.tokens[0] = 'a'"], ["--where", "attr.tokens[0] = '••••'"]),
        (["set", "i", "apiToken=oldToken", "--rename"], ["set", "i", "apiToken=oldToken", "--rename"]),
        (["expire", "cookie:MDE5ZmQyN2YtODBmZA=="], ["expire", "cookie:••••"]),
        (["show", "cookie:x"], ["show", "cookie:••••"]),
        (["expire", "MDE5ZmQyN2YtODBmZGZmZg=="], ["expire", "••••"]),
        (["set", "i", "x=", "y=="], ["set", "i", "x=", "y=="]),
        (["-u", "redis://me:pw@host"], ["-u", "redis://me:••••@host"]),
        (["set", "i", "x=b64:" + Data("password".utf8).base64EncodedString()], ["set", "i", "x=b64:••••"]),
    ]) func secretsOfOtherWordsAreMasked(_ words: [String], _ kept: [String]) {
        #expect(RecordedCommand.words(words) == kept)
    }
}
