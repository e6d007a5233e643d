import Foundation
import TestSupport
import Testing

@testable import Commands

/// `edit` with programs in the place of the user's editor.
struct EditCommandIntegrationTests {
    private static let alice = "107fe95d-17d0-4470-b9cd-c9c8f35e27f9"
    private static let carol = "13C0914CBFE7B240A06898DCE2341471.node1"

    private func spring() throws -> EditBench { try EditBench("spring-session-2.7.4-indexed") }
    private func tomcat() throws -> EditBench { try EditBench("tomcat-redis-session-manager-2.0.0") }

    // MARK: Nothing is changed

    @Test(arguments: try FixtureStore.all().map(\.name)) func whoLeavesTheTextChangesNothing(_ store: String) throws {
        let bench = try EditBench(store)
        defer { bench.server.stop() }
        let before = try bench.everything()
        var shown = 0
        for id in CommandRun("list -o raw", on: bench.server).out.split(separator: "\n").prefix(40) {
            for reveal in [[], ["--reveal"]] {
                let run = bench.run(["edit", "id:" + id, "--yes"] + reveal, editor: "touch")
                if run.err == "sessionctl: nothing was changed\n" { shown += 1 }
            }
        }
        #expect(shown >= 6, "\(shown)")
        #expect(try bench.everything() == before && bench.leftovers() == [])
    }

    @Test(arguments: ["rm", "truncate -s 0", "sh -c 'echo // > $0'", "sh -c 'cat $0 > $0.copy'"])
    func anEmptyTextChangesNothing(_ editor: String) throws {
        let bench = try spring()
        defer { bench.server.stop() }
        let before = try bench.everything()
        let run = bench.run(["edit", Self.alice, "--yes"], editor: editor)
        #expect(run.status == .done && run.err == "sessionctl: nothing was changed\n", "\(run.err)")
        #expect(try bench.everything() == before && bench.leftovers() == [])
    }

    @Test(arguments: [
        ("", "no editor is named"), ("false", "ended with status 1"), ("/nowhere/editor", "ended with status 127"),
    ])
    func anEditorThatFailsChangesNothing(_ editor: String, _ reason: String) throws {
        let bench = try spring()
        defer { bench.server.stop() }
        let run = bench.run(["edit", Self.alice, "--yes"], editor: editor)
        #expect(run.status == .usage && run.err.contains(reason), "\(run.err)")
        #expect(try bench.leftovers() == [])
    }

    /// Nobody works for nothing.
    @Test(arguments: ["java-programs/shiro-redis", "java-programs/zinin-tomcat-redis-session"])
    func whatCannotBeWrittenIsNotShown(_ store: String) throws {
        let bench = try EditBench(store)
        defer { bench.server.stop() }
        let id = try #require(CommandRun("list -o raw", on: bench.server).out.split(separator: "\n").first)
        let run = bench.run(["edit", "id:" + id, "--yes"], editor: "touch \(bench.home.path)/opened")
        #expect(run.status == .usage && run.err.contains("can be read and not be written"), "\(run.err)")
        #expect(!FileManager.default.fileExists(atPath: bench.home.path + "/opened"))
    }

    /// What is refused whatever somebody writes is refused before an editor opens.
    @Test(arguments: [
        ([], "nobody is there to be asked"), (["--yes"], "is a replica"), (["--yes", "--at-most", "0"], "--at-most"),
    ])
    func refusesBeforeTheEditorOpens(_ options: [String], _ reason: String) throws {
        let bench = try spring()
        defer { bench.server.stop() }
        if reason.contains("replica") {
            try bench.server.command("CONFIG", "SET", "replica-serve-stale-data", "yes")
            try bench.server.command("REPLICAOF", "127.0.0.1", "1")
        }
        let run = bench.run(["edit", Self.alice] + options, editor: "touch \(bench.home.path)/opened")
        #expect(run.status == .usage && run.err.contains(reason), "\(run.err)")
        #expect(!FileManager.default.fileExists(atPath: bench.home.path + "/opened"))
    }

    /// A secret that is typed is shown to nobody else.
    @Test func aNewSecretIsMasked() throws {
        let bench = try tomcat()
        defer { bench.server.stop() }
        let run = bench.run(
            ["edit", Self.carol, "csrf", "--dry-run"],
            editor: "sed -i 's/{\"$masked\":.[0-9,]*.}/{\"class\":\"java.lang.String\",\"value\":\"TOPSECRET\"}/'")
        #expect(
            run.status == .done && run.out.contains("csrf: ") && !run.out.contains("TOPSECRET"), "\(run.out)\(run.err)")
    }

    @Test func onlyItsOwnerMayRead() throws {
        let bench = try spring()
        defer { bench.server.stop() }
        let modes = bench.home.path + "/modes"
        _ = bench.run(
            ["edit", Self.alice, "--yes"], editor: "sh -c 'stat -c %a $0 $(dirname $0) > \(modes); cat $0 >> \(modes)'")
        let text = try String(contentsOfFile: modes, encoding: .utf8)
        #expect(text.hasPrefix("600\n700\n// \(Self.alice) (spring, indexed, alice) in unix://"), "\(text)")
        #expect(text.contains(#""theme": {"class":"java.lang.String","value":"dark","bytes":[4,7]}"#), "\(text)")
    }

    // MARK: Changes

    @Test func changesValuesOfAHash() throws {
        let bench = try spring()
        defer { bench.server.stop() }
        let run = try bench.edit(Self.alice, [("\"dark\"", "\"light\""), ("\"value\":3", "\"value\":44")])
        #expect(run.status == .done && run.err.contains("changed 1 of 1 session"), "\(run.err)")
        #expect(bench.get(Self.alice, "theme") == "light\n" && bench.get(Self.alice, "cartSize") == "44\n")
        let undone = bench.run(["undo", "--yes"], editor: "false")
        #expect(undone.status == .done && bench.get(Self.alice, "theme") == "dark\n")
    }

    @Test func addsRemovesAndRenamesAttributes() throws {
        for (bench, id, old) in [(try spring(), Self.alice, "theme"), (try tomcat(), Self.carol, "lastUrl")] {
            defer { bench.server.stop() }
            let before = bench.get(id, old)
            let run = try bench.edit(
                id, [("\"\(old)\": ", "\"new\": [\"a\", 1, {\"b\": null}], \"other name\": ")], ["--yes"])
            #expect(run.status == .done, "\(run.err)")
            #expect(bench.get(id, "other name") == before)
            #expect(bench.get(id, "new") == "[\"a\",1,{\"b\":null}]\n")
            #expect(CommandRun(["get", id, old], on: bench.server).status == .notFound)
        }
    }

    @Test func changesObjectsInsideOfAStream() throws {
        let bench = try tomcat()
        defer { bench.server.stop() }
        let items = bench.get(Self.carol, "cart.items['SKU-0002']")
        let run = try bench.edit(
            Self.carol,
            [
                (#"{"class":"java.lang.String","value":"WELCOME10","bytes":[767,12]},"#, ""),
                (#""quantity": {"class":"int","value":2}"#, #""quantity": {"class":"int","value":22}"#),
                (#""enum":"PAID""#, #""enum":"NEW""#),
            ], ["--yes"])
        #expect(run.status == .done, "\(run.err)")
        #expect(bench.get(Self.carol, "cart.coupons") == "[\"SPRING\"]\n")
        #expect(bench.get(Self.carol, "cart.items['SKU-0001'].quantity") == "22\n")
        #expect(bench.get(Self.carol, "cart.items['SKU-0001'].status") == "NEW\n")
        #expect(bench.get(Self.carol, "cart.items['SKU-0002']") == items)
        // Two fields lead to this one.
        #expect(bench.get(Self.carol, "cart.last") == bench.get(Self.carol, "cart.items['SKU-0030']"))
    }

    /// An attribute that only its class can read stays what it is, and is not changed.
    @Test func whatIsKeptUnreadStays() throws {
        let bench = try tomcat()
        defer { bench.server.stop() }
        let id = CommandRun(["list", "--where", "finding = opaque", "-o", "raw"], on: bench.server).out
            .split(separator: "\n").map(String.init).first { bench.get($0, "customer") != "" }
        let found = try #require(id)
        let before = CommandRun(["get", found, "raw", "-o", "raw"], on: bench.server).outBytes
        let run = try bench.edit(found, [("anne@example.org", "b@x.org")])
        #expect(run.status == .done, "\(run.err)")
        #expect(CommandRun(["get", found, "raw", "-o", "raw"], on: bench.server).outBytes == before)
        #expect(bench.get(found, "customer").contains("b@x.org"))
        let refused = try bench.edit(found, [("\"undecodable\"", "\"text\"")])
        #expect(refused.status == .usage && refused.err.contains("kept unread"), "\(refused.err)")
    }

    /// What is masked stays as it is, and what stands beside it can be changed.
    @Test func masksStayWhatTheyAre() throws {
        let bench = try tomcat()
        defer { bench.server.stop() }
        let secret = CommandRun(["get", Self.carol, "csrf", "--reveal"], on: bench.server).out
        let run = try bench.edit(Self.carol, [("\"/cart?page=2\"", "\"/x\""), ("\"csrf\": ", "\"csrf\":   ")])
        #expect(run.status == .done, "\(run.err)")
        #expect(
            CommandRun(["get", Self.carol, "csrf", "--reveal"], on: bench.server).out == secret && secret.count > 10)
        let moved = try bench.edit(Self.carol, [("\"csrf\": {", "\"moved\": {")])
        #expect(moved.status == .done && !moved.err.contains(secret.dropLast()), "\(moved.err)")
        #expect(CommandRun(["get", Self.carol, "moved", "--reveal"], on: bench.server).out == secret)
    }

    @Test(arguments: ["spring-session-2.7.4-json", "spring-session-3.5.7-simple-json"])
    func changesJSONWhereItDiffersAlone(_ store: String) throws {
        let bench = try EditBench(store)
        defer { bench.server.stop() }
        var edited = 0
        for id in CommandRun("list -o raw", on: bench.server).out.split(separator: "\n").map(String.init) {
            let before = CommandRun(["get", id, "addresses", "-o", "raw", "--reveal"], on: bench.server).out
            guard before.contains("\"street\":\"a\"") else { continue }
            let run = try bench.edit(
                id,
                [("\"street\":\"a\"", "\"street\":\"new\""), ("\"country\":\"\"},null]", "\"country\":\"\"},7,null]")])
            #expect(run.status == .done, "\(run.err)")
            let after = CommandRun(["get", id, "addresses", "-o", "raw", "--reveal"], on: bench.server).out
            #expect(
                after.replacing("\"new\"", with: "\"a\"").replacing("},7,null", with: "},null") == before, "\(after)")
            edited += 1
        }
        #expect(edited > 0)
    }

    /// The names of classes by which Jackson reads the values stay, and new values have them as well.
    @Test(arguments: [
        ("\"java.util.ArrayList\"", "\"java.util.LinkedList\""),
        ("\"@class\":\"demo.shop.Address\",", ""), ("\"country\":\"\"},null]", "\"country\":\"\"},[1],null]"),
        ("\"country\":\"\"},null]", "\"country\":\"\"},{\"a\":1},null]"),
    ]) func namesOfClassesStayInJSON(_ old: String, _ new: String) throws {
        let bench = try EditBench("spring-session-2.7.4-json")
        defer { bench.server.stop() }
        let ids = CommandRun("list -o raw", on: bench.server).out.split(separator: "\n").map(String.init)
        let id = try #require(ids.first { bench.get($0, "addresses") != "" })
        let before = try bench.everything()
        let run = bench.run(["edit", id, "addresses", "--yes"], editor: try bench.sed([(old, new)]))
        #expect(run.status == .usage && run.err.contains("class"), "\(run.err)")
        #expect(try bench.everything() == before)
    }

    // MARK: Errors and questions

    @Test(arguments: [
        ("\"value\":3", "\"value\":\"x\"", "cartSize"), ("\"theme\": ", "\"theme\" ", "instead of ':'"),
        ("\"java.lang.String\"", "\"java.lang.Strong\"", "has another 'class'"),
    ]) func saysTheLineOfAnError(_ old: String, _ new: String, _ reason: String) throws {
        let bench = try spring()
        defer { bench.server.stop() }
        let before = try bench.everything()
        let run = try bench.edit(Self.alice, [(old, new)])
        #expect(
            run.status == .usage && run.err.hasPrefix("sessionctl: line ") && run.err.contains(reason), "\(run.err)")
        #expect(try bench.everything() == before && bench.leftovers() == [])
    }

    /// The text is shown again with the reason above its line, and taken over when it is mended.
    @Test func showsAnErrorAtItsLine() throws {
        let bench = try spring()
        defer { bench.server.stop() }
        let copy = bench.home.path + "/copy"
        let editor =
            "sh -c 'if grep -q error: $0; then cp $0 \(copy); sed -i s/:.four./:4/ $0; else sed -i s/:3}/:\\\"four\\\"}/ $0; fi'"
        let run = bench.run(["edit", Self.alice], editor: editor, answer: "1")
        #expect(run.status == .done && run.err.contains("line 5: "), "\(run.err)")
        let shown = try String(contentsOfFile: copy, encoding: .utf8).split(separator: "\n")
        let line = try #require(shown.firstIndex { $0.hasPrefix("// error: ") })
        #expect(shown[line + 1].contains("\"four\"") && shown[line].contains("cartSize"), "\(shown)")
        #expect(bench.get(Self.alice, "cartSize") == "4\n")
    }

    @Test func showsTheDifferenceAndAsks() throws {
        let bench = try spring()
        defer { bench.server.stop() }
        let run = bench.run(["edit", Self.alice, "theme"], editor: "sed -i s/dark/light/", answer: "no")
        #expect(run.status == .usage && run.err.contains("\n  theme: \"dark\" → \"light\"\n"), "\(run.err)")
        #expect(bench.get(Self.alice, "theme") == "dark\n")
        let dry = bench.run(["edit", Self.alice, "--dry-run"], editor: "sed -i s/dark/light/")
        #expect(dry.out.contains("  theme: \"dark\" → \"light\"\n") && bench.get(Self.alice, "theme") == "dark\n")
    }

    /// While the editor was open somebody else was there.
    @Test(arguments: [("theme", 5), ("cartSize", 0)]) func whatOthersHaveChangedIsNotOverwritten(
        _ name: String, _ status: Int32
    ) throws {
        let bench = try spring()
        defer { bench.server.stop() }
        let field = "sessionAttr:" + name
        let value = name == "theme" ? "plain" : "7"
        let other =
            "redis-cli -s \(bench.server.socketPath) hset spring:session:sessions:\(Self.alice) \(field) \(value)"
        let run = bench.run(
            ["edit", Self.alice, "--yes"], editor: "sh -c '\(other) > /dev/null; sed -i s/dark/light/ $0'")
        #expect(run.status.rawValue == status, "\(run.err)")
        #expect(bench.get(Self.alice, "theme") == (name == "theme" ? "plain\n" : "light\n"))
        #expect(bench.get(Self.alice, "cartSize") == (name == "theme" ? "3\n" : "7\n"))
    }

    @Test(arguments: [
        (["edit"], "name a session"), (["edit", "user:alice"], "stands for 2 sessions"),
        (["edit", alice, "nothing"], "no attribute 'nothing'"), (["edit", "nobody-is-here"], "no session"),
    ]) func saysWhatIsMissing(_ words: [String], _ reason: String) throws {
        let bench = try spring()
        defer { bench.server.stop() }
        let run = bench.run(words, editor: "false")
        #expect(run.status != .done && run.err.contains(reason), "\(run.err)")
    }
}
