import TestSupport
import Testing

@testable import Commands

/// `set`, `unset` and `edit` of attributes that Jackson wrote.
struct SetJSONIntegrationTests {
    /// The session that has an attribute.
    private static func bench(_ store: String, with attribute: String) throws -> (bench: EditBench, id: String) {
        let bench = try EditBench(store)
        let ids = bench.run("list", "-o", "raw").out.split(separator: "\n").map(String.init)
        return (bench, try #require(ids.first { bench.get($0, attribute) != "" }))
    }

    private static let stores = [
        "spring-session-2.7.4-json", "spring-session-3.5.7-simple-json", "redisson-tomcat-3.52.0-json",
    ]

    @Test(arguments: stores) func writesWhatJacksonReads(_ store: String) throws {
        let (bench, id) = try Self.bench(store, with: "linked")
        defer { bench.server.stop() }
        for (words, path, expected) in [
            (["linked=json:[1,[2]]"], "linked", #"["java.util.LinkedList",[1,["java.util.ArrayList",[2]]]]"#),
            (["new=json:{\"a\":[1]}"], "new", #"{"@class":"java.util.LinkedHashMap","a":["java.util.ArrayList",[1]]}"#),
            (["map.a=text:00123"], "map", #""a":"00123""#), (["map.a=7", "--type", "Integer"], "map", #""a":7,"#),
            (["date=2023-11-14T22:13:20Z"], "date", #"["java.util.Date",1700000000000]"#),
            (["since=2023-11-14T22:13:20Z", "--type", "Date"], "since", #"["java.util.Date",1700000000000]"#),
            (["map.when=2023-11-14T22:13:20Z", "--type", "Date"], "map", #""when":["java.util.Date",1700000000000]}"#),
        ] {
            let run = bench.run(["set", id] + words + ["--yes", "--non-sticky"])
            #expect(run.status == .done, "\(run.err)")
            #expect(bench.run("get", id, path, "-o", "raw", "--reveal").out.contains(expected), "\(path)")
        }
    }

    @Test(arguments: [
        ("visits=1.5", "visits: a whole number stands there, and '1.5' is none: --type Double puts"),
        ("visits=1e3", "visits: a whole number stands there"),
        ("new=json:[1]", "new: no list or object of the session"),
        ("new=json:{\"a\":[1,2]}", "write it with the name of its class"), ("visits.x=1", "visits is a plain value"),
        ("user.x=1", "user is no object of its own"),
    ]) func refusesWhatJacksonWouldNotRead(_ word: String, _ reason: String) throws {
        let (bench, id) = try Self.bench("spring-session-2.7.4-json", with: "visits")
        defer { bench.server.stop() }
        let before = try bench.everything()
        let run = bench.run("set", id, word, "--yes")
        #expect(run.status == .usage && run.err.contains(reason), "\(run.err)")
        #expect(try bench.everything() == before)
    }

    @Test func anObjectKeepsTheMembersOfItsClass() throws {
        let (bench, id) = try Self.bench("spring-session-2.7.4-json", with: "address")
        defer { bench.server.stop() }
        for (word, reason) in [
            ("address.phone=1", "address.phone: the demo.shop.Address there has no such member"),
            ("address.phone=1", "it has street, city, zip, country"),
            ("addresses[0].city=json:[\"x\"]", "addresses[0].city: a JSON string stands there, in a demo.shop.Address"),
            ("address=json:{\"phone\":\"1\"}", "address.phone: the demo.shop.Address"),
        ] {
            let run = bench.run("set", id, word, "--yes")
            #expect(run.status == .usage && run.err.contains(reason), "\(run.err)")
        }
        #expect(bench.run("set", id, "address.phone=1", "--type", "String", "--yes").status == .done)
        #expect(bench.get(id, "address.phone") == "1\n")
        #expect(bench.run("unset", id, "address.zip", "addresses[0].street", "--yes").status == .done)
        let raw = bench.run("get", id, "address", "-o", "raw").out
        #expect(raw.contains(#""zip":null,"country":"DE","phone":"1"}"#), "\(raw)")
        #expect(bench.run("get", id, "addresses", "-o", "raw").out.contains(#""street":null,"city":"b""#))
    }

    @Test func aPlanSaysThatTextIsText() throws {
        let (bench, id) = try Self.bench("spring-session-2.7.4-json", with: "visits")
        defer { bench.server.stop() }
        #expect(bench.run("set", id, "visits=text:007", "--dry-run").out.contains("\n  visits: 3 → \"007\"\n"))
        #expect(bench.run("set", id, "visits=7", "--dry-run").out.contains("\n  visits: 3 → 7\n"))
        #expect(bench.run("set", id, "visits=json:7", "--dry-run").out.contains("\n  visits: 3 → 7\n"))
        let secret = bench.run("set", id, #"note=json:"redis://me:hunter2@host""#, "--dry-run").out
        #expect(secret.contains(#"note: nothing → "redis://me:••••@host""#), "\(secret)")
        #expect(bench.run("set", id, "visits=text:007", "--yes").status == .done && bench.get(id, "visits") == "007\n")
    }

    @Test func theDifferenceHasThePathsOfGet() throws {
        let (bench, id) = try Self.bench("spring-session-2.7.4-json", with: "list")
        defer { bench.server.stop() }
        let editor = try bench.sed([("\"one\",2,3.5", "\"two\",2,3.5,[]")])
        let told = bench.run(["edit", id, "list"], editor: editor, answer: "no").err
        #expect(told.contains("\n  list[0]: \"one\" → \"two\"\n"), "\(told)")
        #expect(told.contains("\n  list[3]: nothing → a list of 0\n"), "\(told)")
    }
}
