import Foundation
import TestSupport
import Testing

@testable import Commands

/// Attributes that `edit` adds, and those that have another name in its text.
struct EditNewAttributesIntegrationTests {
    private static let alice = "107fe95d-17d0-4470-b9cd-c9c8f35e27f9"
    private static let carol = "13C0914CBFE7B240A06898DCE2341471.node1"

    private func spring() throws -> EditBench { try EditBench("spring-session-2.7.4-indexed") }
    private func tomcat() throws -> EditBench { try EditBench("tomcat-redis-session-manager-2.0.0") }

    /// A session in each layout, and an attribute before which another is written.
    private func benches() throws -> [(bench: EditBench, id: String, old: String)] {
        [(try spring(), Self.alice, "theme"), (try tomcat(), Self.carol, "lastUrl")]
    }

    /// The line is that of the wrong value, and not of the attribute.
    @Test(arguments: [
        (#"{"class":"java.lang.Integer","value":"zero"}"#, "'zero' is no int"),
        (#"{"class":"demo.Nothing","x":1}"#, "cannot be made of a demo.Nothing"),
        (#"{"ref":99}"#, "refers to an id that no object"), (#"{"class":"byte[]","base64":"?"}"#, "new"),
    ]) func isCheckedWhereItIsWritten(_ value: String, _ reason: String) throws {
        for (bench, id, old) in try benches() {
            defer { bench.server.stop() }
            let before = try bench.everything()
            let run = try bench.edit(id, [("\"\(old)\": ", "\"new\": [\n1,\n\(value)],\n\"\(old)\": ")])
            _ = bench.run(["edit", id, "--yes"], editor: "sh -c 'cat $0 > \(bench.home.path)/copy'")
            let text = try String(contentsOfFile: bench.home.path + "/copy", encoding: .utf8).split(separator: "\n")
            let line = try #require(text.firstIndex { $0.contains("\"\(old)\": ") })
            #expect(run.status == .usage && run.err.contains("line \(line + 3): new"), "\(line) \(run.err)")
            #expect(run.err.contains(reason), "\(run.err)")
            #expect(try bench.everything() == before)
        }
    }

    @Test(arguments: ["\"theme\": 1, \"theme\": ", "\"\": 1, \"theme\": ", "\"cartSize\": 1, \"theme\": "])
    func aNameThatCannotBeIsRefused(_ new: String) throws {
        let bench = try spring()
        defer { bench.server.stop() }
        let run = try bench.edit(Self.alice, [("\"theme\": ", new)])
        #expect(run.status == .usage && run.err.contains("line "), "\(run.err)")
        // Also where the text does not show it.
        let hidden = bench.run(
            ["edit", Self.alice, "theme", "--yes"],
            editor: try bench.sed([("{\"theme\":", "{\"cartSize\":1,\"theme\":")]))
        #expect(
            hidden.status == .usage && hidden.err.contains("line 4: there is an attribute 'cartSize' already"),
            "\(hidden.err)")
    }

    // MARK: Objects that are there

    /// In one stream a reference leads to the object itself.
    @Test func anObjectOfAnotherAttributeStaysOne() throws {
        let bench = try tomcat()
        defer { bench.server.stop() }
        let run = try bench.edit(
            Self.carol, [("\"lastUrl\": ", "\"same\": {\"ref\":1}, \"list\": [{\"ref\":1}, 5], \"lastUrl\": ")])
        #expect(run.status == .done, "\(run.err)")
        #expect(bench.get(Self.carol, "same") == bench.get(Self.carol, "cart.last"))
        #expect(bench.run("set", Self.carol, "same.quantity=77", "--shared", "--yes").status == .done)
        #expect(bench.get(Self.carol, "cart.items['SKU-0030'].quantity") == "77\n")
        #expect(bench.get(Self.carol, "list[0].quantity") == "77\n")
    }

    /// Streams of their own have copies, also of objects of the application's classes.
    @Test func aCopyIsSaidToBeOne() throws {
        let bench = try spring()
        defer { bench.server.stop() }
        let id = "22fcf331-4711-49bd-9681-7b6ce14ffe4c"
        let value = bench.run("get", id, "nullField", "--typed").out.dropLast()
        let editor = try bench.sed([("\"nullField\": ", "\"twin\": \(value),\n\"nullField\": ")])
        let dry = bench.run(["edit", id, "--dry-run"], editor: editor)
        #expect(dry.status == .done && dry.out.contains("(a copy)\n"), "\(dry.out)\(dry.err)")
        #expect(bench.run(["edit", id, "--yes"], editor: editor).status == .done)
        #expect(bench.get(id, "twin") == bench.get(id, "nullField"))
    }

    // MARK: Masks

    /// A masked attribute gets another name where it is sure which one it is.
    @Test func aMaskCanBeRenamed() throws {
        let bench = try spring()
        defer { bench.server.stop() }
        #expect(bench.run("set", Self.alice, "csrf=TOPSECRET", "password=OTHERSECRET", "--yes").status == .done)
        let run = try bench.edit(Self.alice, [("\"csrf\": ", "\"renamed\": ")])
        #expect(run.status == .done && bench.get(Self.alice, "renamed") == "TOPSECRET\n", "\(run.err)")
        #expect(CommandRun(["get", Self.alice, "csrf"], on: bench.server).status == .notFound)
    }

    /// Masked values at the same place of their streams are told by their names.
    @Test func aMaskThatLooksLikeAnotherCanBeRenamed() throws {
        let bench = try spring()
        defer { bench.server.stop() }
        #expect(bench.run("set", Self.alice, "csrf=TOPSECRET", "password=NEXTSECRE", "--yes").status == .done)
        let run = try bench.edit(Self.alice, [("\"csrf\": ", "\"renamed\": ")])
        #expect(run.status == .done && bench.get(Self.alice, "renamed") == "TOPSECRET\n", "\(run.err)")
        #expect(bench.run("get", Self.alice, "password", "--reveal").out == "NEXTSECRE\n")
    }

    @Test(arguments: [
        (#""csrf": {"#, #""csrf": {"$masked":[4,12,"csrf"]}, "again": {"#, "--reveal shows"),
        (
            #""csrf": {"$masked":[4,12,"csrf"]}"#,
            #""csrf": [{"$masked":[4,12,"csrf"]}], "new": [{"$masked":[4,12,"csrf"]}]"#, "--reveal shows"
        ),
        (
            #""csrf": {"$masked":[4,12,"csrf"]}"#, #""csrf": {"$masked":[4,12,"password"]}"#,
            "stands for no value that is masked"
        ),
        (
            #""csrf": {"$masked":[4,12,"csrf"]}"#, #""csrf": {"$masked":[4,12]}"#, "stands for no value that is masked"
        ),
    ]) func aMaskThatMayBeAnotherIsRefused(_ old: String, _ new: String, _ reason: String) throws {
        let bench = try spring()
        defer { bench.server.stop() }
        #expect(bench.run("set", Self.alice, "csrf=TOPSECRET", "password=NEXTSECRE", "--yes").status == .done)
        let before = try bench.everything()
        let run = try bench.edit(Self.alice, [(old, new)])
        #expect(run.status == .usage && run.err.contains(reason), "\(run.err)")
        #expect(try bench.everything() == before)
    }

    /// Maps of one shape have their secrets at the same place of their streams: which is which is said, and none taken for another.
    @Test func aMaskedValueIsTakenForNoOther() throws {
        let bench = try spring()
        defer { bench.server.stop() }
        for (name, secret) in [("mapA", "aaaaaaaa"), ("mapB", "bbbbbbbb")] {
            let value = #"\#(name)=json:{"password":"\#(secret)","n":1}"#
            #expect(bench.run("set", Self.alice, value, "--yes").status == .done)
        }
        let before = try bench.everything()
        let run = try bench.edit(Self.alice, [(#","mapA"]}"#, #","mapB"]}"#)])
        #expect(run.status != .done && run.err.contains("stands for no value that is masked"), "\(run.err)")
        #expect(try bench.everything() == before)
        let changed = try bench.edit(Self.alice, [("\"value\":1", "\"value\":2")])
        #expect(changed.status == .done, "\(changed.err)")
        #expect(bench.run("get", Self.alice, "mapA", "--reveal").out.contains("aaaaaaaa"))
        #expect(bench.run("get", Self.alice, "mapB", "--reveal").out.contains("bbbbbbbb"))
    }
}
