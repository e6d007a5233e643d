import Foundation
import TestSupport
import Testing

@testable import Commands

/// `set` and `unset` as they are typed.
struct SetCommandIntegrationTests {
    private static let alice = "107fe95d-17d0-4470-b9cd-c9c8f35e27f9"
    private static let carol = "13C0914CBFE7B240A06898DCE2341471.node1"

    /// Many of its attributes have the same objects in them.
    private static let shared = "62872F297C5216764E8DE0CB90E96E1D"

    private func spring() throws -> EditBench { try EditBench("spring-session-2.7.4-indexed") }
    private func tomcat() throws -> EditBench { try EditBench("tomcat-redis-session-manager-2.0.0") }

    @Test func setsAndTellsIt() throws {
        let bench = try spring()
        defer { bench.server.stop() }
        let run = bench.run("set", Self.alice, "theme=light", "cartSize=4", "level=5", "--yes")
        #expect(
            run.status == .done
                && run.err == "sessionctl: changed 1 of 1 session\n"
                    + "sessionctl: to take it back: sessionctl undo 1 -s \(bench.server.socketPath)\n",
            "\(run.err)")
        for (path, value) in [("theme", "light"), ("cartSize", "4"), ("level", "5")] {
            #expect(bench.run("get", Self.alice, path).out == value + "\n")
        }
        #expect(bench.run("get", Self.alice, "level", "--typed").out.contains(#""class":"java.lang.String""#))
    }

    @Test(arguments: [
        ("x=@FILE", "hello", "hello\n"), ("x=@FILE", "two\nlines\n", "two\\nlines\n"), ("x=b64:AQL/", "", nil),
        ("x=hex:0102ff", "", nil), ("x=text:@home", "", "@home\n"), ("x=-7", "", "-7\n"), ("x=", "", "\n"),
        ("x=a=b", "", "a=b\n"),
    ]) func valuesInEachForm(_ word: String, _ content: String, _ expected: String?) throws {
        let bench = try spring()
        defer { bench.server.stop() }
        let file = bench.home.path + "/value"
        try Data(content.utf8).write(to: URL(fileURLWithPath: file))
        let run = bench.run("set", Self.alice, word.replacing("FILE", with: file), "--yes")
        #expect(run.status == .done, "\(run.err)")
        #expect(bench.run("get", Self.alice, "x").out == expected ?? "{\"$base64\":\"AQL/\"}\n")
    }

    /// What was written to a file comes back as it was, also out of the middle of a larger stream.
    @Test func anObjectThroughAFile() throws {
        let bench = try tomcat()
        defer { bench.server.stop() }
        for path in ["cart", "cart.items['SKU-0003']", "cart.owner.home"] {
            let before = bench.run("get", Self.carol, path).out
            let file = bench.home.path + "/object"
            try Data(bench.run("get", Self.carol, path, "-o", "raw").outBytes).write(to: URL(fileURLWithPath: file))
            #expect(bench.run("set", Self.carol, "copy=@" + file, "--yes").status == .done)
            let after = bench.run("get", Self.carol, "copy").out
            // References inside name the way to what they refer to.
            #expect(after == before.replacing("\"@ref\":\"cart", with: "\"@ref\":\"copy"), "\(path)")
        }
    }

    /// What `get --typed --reveal` prints is taken back, of classes that nothing else describes, and changed where the text is.
    @Test func typedJSONOfAnyClass() throws {
        let bench = try tomcat()
        defer { bench.server.stop() }
        try bench.server.load(FixtureStore("spring-session-2.7.4-indexed"))
        for path in ["cart", "cart.items['SKU-0003']", "cart.owner", "cart.updated", "lastUrl"] {
            let typed = bench.run("get", Self.carol, path, "--typed", "--reveal").out
            #expect(typed.contains("\"stream\":\"rO0AB"), "\(typed.prefix(200))")
            let run = bench.run("set", Self.alice, "copy=json:" + typed, "--yes")
            #expect(run.status == .done, "\(run.err)")
            let before = bench.run("get", Self.carol, path).out
            #expect(
                bench.run("get", Self.alice, "copy").out == before.replacing("\"@ref\":\"cart", with: "\"@ref\":\"copy")
            )
        }
        let cart = bench.run("get", Self.carol, "cart", "--typed", "--reveal").out
        let changed = cart.replacing("\"value\":\"WELCOME10\"", with: "\"value\":\"HELLO\"")
        #expect(bench.run("set", Self.alice, "copy=json:" + changed, "--yes").status == .done)
        #expect(bench.run("get", Self.alice, "copy.coupons").out == "[\"HELLO\",\"SPRING\"]\n")
        let wrong = cart.replacing("\"class\":\"java.util.LinkedList\"", with: "\"class\":\"java.util.Linked\"")
        let refused = bench.run("set", Self.alice, "copy=json:" + wrong, "--yes")
        #expect(refused.status == .usage && refused.err.contains("column"), "\(refused.err)")
    }

    @Test(arguments: [
        (["set", alice, "cartSize=x"], "cartSize: 'x' is no int: write a number from -2147483648 to 2147483647"),
        (["set", alice, "nothing.x=1"], "no attribute 'nothing'; there are: cartSize"),
        (["set", alice, "theme.x=1"], "theme is no object of its own"),
        (["unset", alice, "nothing"], "no attribute 'nothing'"),
        (["set", alice, "theme=--append", "--append"], "theme is no object of its own"),
        (["set", alice, "theme=user", "--rename"], "there is an attribute 'user' already"),
        (
            [
                "set", alice,
                "org.springframework.session.FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME=bob",
            ],
            "it would be the session of another user"
        ),
    ]) func refusesWithTheReason(_ words: [String], _ reason: String) throws {
        let bench = try spring()
        defer { bench.server.stop() }
        let before = try bench.everything()
        let run = CommandRun(
            words + ["--yes"], on: bench.server, environment: ["XDG_STATE_HOME": bench.home.path])
        #expect(run.status == .usage && run.err.contains(reason), "\(run.err)")
        #expect(try bench.everything() == before)
    }

    /// What the application could not read is not written.
    @Test(arguments: [
        ("cart.last=@FILE", "cart.owner"), ("cart.owner=@FILE", "cart.items['SKU-0001']"),
        ("cart.coupons=@FILE", "cart.owner"), ("cart.items['SKU-0001'].status=@FILE", "cart.owner"),
        ("cart.items['SKU-0001'].tags=@FILE", "cart.last"), ("cart.updated=@FILE", "cart.owner.home"),
    ]) func refusesAnObjectOfAnotherClass(_ word: String, _ other: String) throws {
        let bench = try tomcat()
        defer { bench.server.stop() }
        let file = bench.home.path + "/object"
        let bytes = bench.run("get", Self.carol, other, "-o", "raw", "--reveal").outBytes
        try Data(bytes).write(to: URL(fileURLWithPath: file))
        let run = bench.run("set", Self.carol, word.replacing("FILE", with: file), "--yes")
        #expect(run.status == .usage && run.err.contains("of the type "), "\(run.err)")
    }

    @Test(arguments: [
        ("cart.owner.rating=1e50", "up to 3.4028235E38"),
        ("cart.owner.rating=1e-50", "0 or a decimal number from 1.4E-45"),
        ("cart.owner.balance=1e999", "up to 1.7976931348623157E308"),
        ("cart.items['SKU-0001'].status=LOST", "--type enum writes it all the same"),
        ("lastUrl=@FILE", "nor UTF-8 text"),
    ]) func refusesWhatJavaCouldNotHold(_ word: String, _ reason: String) throws {
        let bench = try tomcat()
        defer { bench.server.stop() }
        let file = bench.home.path + "/bytes"
        try Data([0xFF, 0xFE]).write(to: URL(fileURLWithPath: file))
        let run = bench.run("set", Self.carol, word.replacing("FILE", with: file), "--yes")
        #expect(run.status == .usage && run.err.contains(reason), "\(run.err)")
    }

    /// What could not be read as a whole again could neither be taken back nor changed.
    @Test func whatWouldBeTooLargeIsRefused() throws {
        let bench = try spring()
        defer { bench.server.stop() }
        let file = bench.home.path + "/large"
        try Data(repeating: 0x61, count: 17 << 20).write(to: URL(fileURLWithPath: file))
        let run = bench.run("set", Self.alice, "new=@" + file, "--yes")
        #expect(run.status == .usage && run.err.contains("would have 17 MB: with one of more than 16 MB"), "\(run.err)")
    }

    /// Paths mean the places of the session as it is, in whatever order they are written.
    @Test(arguments: [["[0]", "[1]"], ["[1]", "[0]"], ["[#1]", ".0"]]) func takesAwaySeveralElements(_ steps: [String])
        throws
    {
        let bench = try tomcat()
        defer { bench.server.stop() }
        _ = bench.run("set", Self.carol, "list=json:[1,2,3,4,5]", "--yes")
        let words = ["unset", Self.carol] + steps.map { "list" + $0 } + ["--yes"]
        let run = CommandRun(words, on: bench.server, environment: ["XDG_STATE_HOME": bench.home.path])
        #expect(run.status == .done && bench.run("get", Self.carol, "list").out == "[3,4,5]\n", "\(run.err)")
    }

    @Test func secretsStayOutOfTheArchivesList() throws {
        let bench = try tomcat()
        defer { bench.server.stop() }
        #expect(bench.run("set", Self.carol, "csrf=TOPSECRET99", "cart.owner.password=x", "--yes").status == .usage)
        #expect(bench.run("set", Self.carol, "csrf=TOPSECRET99", "lastUrl=/x", "--yes").status == .done)
        for word in ["csrf=TOPSECRET99", "cart.owner.vip=json:\"TOPSECRET99\"", "password=TOPSECRET99"] {
            let run = bench.run("set", Self.carol, word, "--type", "UUID", "--yes")
            #expect(run.status == .usage && (word.hasPrefix("cart") || !run.err.contains("TOPSECRET")), "\(run.err)")
        }
        // Whatever is inside of something secret is secret as well.
        let plan = bench.run("set", Self.carol, "credentials=json:{}", "credentials.n=TOPSECRET99", "--dry-run").out
        #expect(plan.contains("credentials.n: nothing → ••••") && !plan.contains("TOPSECRET"), "\(plan)")
        let list = bench.run("undo", "list").out
        #expect(list.contains("••••") && list.contains(" lastUrl=/x ") && !list.contains("TOPSECRET"), "\(list)")
    }

    @Test(arguments: [
        (["set", alice], "name a session and what to set"), (["set"], "name a session and what to set"),
        (["set", alice, "theme"], "'theme' has no equals sign"), (["unset", alice], "name a session and what to take"),
        (["set", alice, "x=b64:?"], "the value of x"), (["set", alice, "x=@/nowhere"], "No such file"),
        (["set", alice, "x=-", "y=-"], "standard input is one value"),
        (["set", "nobody-is-here", "x=1"], "no session"),
    ]) func saysWhatIsMissing(_ words: [String], _ reason: String) throws {
        let bench = try spring()
        defer { bench.server.stop() }
        let run = CommandRun(
            words + ["--yes"], on: bench.server, environment: ["XDG_STATE_HOME": bench.home.path])
        #expect([.usage, .notFound].contains(run.status) && run.err.contains(reason), "\(run.err)")
    }

    /// What stands there already is not written, also where the object is one of several places.
    @Test(arguments: [
        (carol, "cart.last.quantity=1"), (carol, "cart.last.sku=SKU-0030"), (carol, "cart.last.status=SHIPPED"),
        (carol, "cart.last.tags[0]=tag2"), (carol, "cart.items['SKU-0030'].unitPrice=90.40"),
        (carol, "lastUrl=/cart?page=2"),
        (shared, "linkedList[0]=1"), (shared, "listOf1[0]=a"), (shared, "linkedList[0]=json:1"),
    ]) func anEqualValueIsNotWritten(_ id: String, _ word: String) throws {
        let bench = try tomcat()
        defer { bench.server.stop() }
        let before = try bench.everything()
        for options in [[], ["--shared"]] {
            let run = CommandRun(
                ["set", id, word, "--yes"] + options, on: bench.server, environment: ["XDG_STATE_HOME": bench.home.path]
            )
            #expect(run.status == .done && run.err.contains("changed 0 of 1 session: 1 unneeded"), "\(run.err)")
        }
        #expect(try bench.everything() == before)
    }

    /// Who looks before, as a script does, is told by the status as well.
    @Test(arguments: [
        ("set ALICE cartSize=x", Int32(2)), ("set user:alice cartSize=4", 5), ("unset ALICE nothing", 2),
        ("set user:nobody a=1", 1), ("set ALICE cartSize=4", 0), ("set ALICE cartSize=3", 0),
    ]) func aDryRunEndsAsTheChangeWould(_ line: String, _ status: Int32) throws {
        let words = line.replacing("ALICE", with: Self.alice).split(separator: " ").map { String($0) }
        let bench = try spring()
        defer { bench.server.stop() }
        let environment = ["XDG_STATE_HOME": bench.home.path]
        if words[1] == "user:alice" {
            #expect(bench.run("unset", Self.alice, "cartSize", "--yes").status == .done)
            #expect(bench.run("set", Self.alice, "cartSize=json:[]", "--yes").status == .done)
        }
        let dry = CommandRun(words + ["--dry-run"], on: bench.server, environment: environment)
        let run = CommandRun(words + ["--yes"], on: bench.server, environment: environment)
        #expect(
            dry.status.rawValue == status && run.status.rawValue == status,
            "\(dry.status) \(run.status) \(dry.out)\(run.err)")
    }

    @Test func asksAPerson() throws {
        let bench = try spring()
        defer { bench.server.stop() }
        #expect(bench.run("set", Self.alice, "theme=light", answer: "no").status == .usage)
        #expect(bench.run("get", Self.alice, "theme").out == "dark\n")
        let told = bench.run("set", Self.alice, "theme=light", "password=geheim", answer: "no").err
        #expect(told.contains("\n  theme: \"dark\" → \"light\"\n  password: nothing → ••••\n"), "\(told)")
        #expect(bench.run("set", Self.alice, "theme=light", answer: "1").status == .done)
        #expect(bench.run("get", Self.alice, "theme").out == "light\n")
        // Nobody is there.
        #expect(bench.run("set", Self.alice, "theme=dark").status == .usage)
    }

    @Test func everySessionOfAUser() throws {
        let bench = try spring()
        defer { bench.server.stop() }
        #expect(bench.run("set", "user:alice", "note=x", "--yes").err.contains("changed 2 of 2 sessions"))
        #expect(bench.run("count", "--where", "attr.note = 'x'").out == "2\n")
        #expect(bench.run("unset", "user:alice", "note", "--purge", "--yes").err.contains("changed 2 of 2 sessions"))
        #expect(bench.run("count", "--where", "attr.note = 'x'").out == "0\n")
    }

    @Test func whatItWouldSend() throws {
        let bench = try tomcat()
        defer { bench.server.stop() }
        let before = try bench.everything()
        let run = bench.run("set", Self.carol, "lastUrl=/x", "--dry-run")
        #expect(
            run.status == .done && run.out.contains("SET \(Self.carol) ••••(6") && run.out.hasSuffix(" XX KEEPTTL\n"))
        #expect(run.out.contains("lastUrl: \"/cart?page=2\" → \"/x\"") && !run.out.contains("carol@"), "\(run.out)")
        #expect(bench.run("unset", Self.carol, "lastUrl", "--dry-run", "-o", "jsonl").out.contains(#""SHA-1""#))
        #expect(try bench.everything() == before)
    }

    // MARK: Undo

    @Test(arguments: try FixtureStore.all().map(\.name)) func isTakenBack(_ store: String) throws {
        let bench = try EditBench(store)
        defer { bench.server.stop() }
        let before = try bench.everything()
        let ids = bench.run("list", "-o", "raw").out.split(separator: "\n").map(String.init)
        var changed = 0
        for id in ids where bench.run("set", "id:" + id, "set-by-a-test=1", "--yes", "--non-sticky").status == .done {
            changed += 1
        }
        let between = try bench.everything()
        #expect(changed > 0 && between != before)
        for id in ids where bench.run("unset", "id:" + id, "set-by-a-test", "--yes", "--non-sticky").status == .done {
            changed += 1
        }
        for number in (1...changed).reversed() {
            let run = bench.run("undo", String(number), "--yes")
            #expect(run.status == .done, "\(run.err)")
        }
        // On a slow machine the shortest lives are over by now.
        let after = try bench.everything()
        for key in before.keys where after[key] == nil {
            guard case .integer(let end)? = before[key]?.last else { continue }
            #expect(
                end > 0 && Double(end) / 1000 < Date().timeIntervalSince1970,
                "\(String(decoding: key, as: UTF8.self)) is gone")
        }
        #expect(after == before.filter { after[$0.key] != nil })
    }
}
