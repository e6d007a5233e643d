import TestSupport
import Testing

@testable import Commands

/// Values that are put where others stand, as they are typed: what becomes of their classes, and what is asked.
struct KeptClassesIntegrationTests {
    private static let alice = "107fe95d-17d0-4470-b9cd-c9c8f35e27f9"
    private static let carol = "13C0914CBFE7B240A06898DCE2341471.node1"

    private func bench() throws -> EditBench { try EditBench("spring-session-2.7.4-indexed") }
    private func tomcat() throws -> EditBench { try EditBench("tomcat-redis-session-manager-2.0.0") }

    @Test func aSetStaysASet() throws {
        for (bench, id) in [(try bench(), Self.alice), (try tomcat(), Self.carol)] {
            defer { bench.server.stop() }
            let typed = #"hset=json:{"class":"java.util.HashSet","items":["a"]}"#
            #expect(bench.run("set", id, typed, "--yes").status == .done)
            let run = bench.run("set", id, #"hset=json:["b","c"]"#, "--yes")
            #expect(run.status == .done, "\(run.err)")
            let after = bench.run("get", id, "hset", "--typed").out
            #expect(after.contains("java.util.HashSet") && bench.get(id, "hset") == "[\"b\",\"c\"]\n", "\(after)")
            for word in ["hset=json:{\"a\":1}", "hset=hex:00", "hset=b64:AA==", "hset=json:5", "hset=x"] {
                let refused = bench.run("set", id, word, "--yes")
                #expect(refused.status == .usage, "\(word)")
                #expect(refused.err.contains("hset holds a java.util.HashSet"), "\(refused.err)")
            }
            #expect(bench.run("set", id, "hset=5", "--type", "Integer", "--yes").status == .done)
        }
    }

    /// A name with an equals sign is quoted; otherwise the value begins at the first.
    @Test func anEqualsSignInAName() throws {
        for (bench, id) in [(try bench(), Self.alice), (try tomcat(), Self.carol)] {
            defer { bench.server.stop() }
            #expect(bench.run("set", id, "['x=y']=1", "--yes").status == .done)
            for word in ["x=y=2", "x=y.z=2", "x=y[0]=2"] {
                let run = bench.run("set", id, word, "--yes")
                #expect(
                    run.status == .usage
                        && run.err.contains(
                            "there is no attribute 'x', and one 'x=y': that is written ['x=y'], and x=text:… adds a new one"
                        ),
                    "\(run.err)")
            }
            #expect(bench.run("set", id, "['x=y']=2", "--yes").status == .done && bench.get(id, "x=y") == "2\n")
            #expect(bench.run("set", id, "x=text:y=2", "--yes").status == .done && bench.get(id, "x") == "y=2\n")
            // An attribute that is there is meant.
            #expect(bench.run("set", id, "x=y=3", "--yes").status == .done && bench.get(id, "x") == "y=3\n")
        }
    }

    /// Nobody is asked whether nothing is to become of a session.
    @Test func nothingIsAskedWhereNothingWouldChange() throws {
        let bench = try bench()
        defer { bench.server.stop() }
        let before = try bench.everything()
        let run = bench.run("set", Self.alice, "theme=dark", "cartSize=3", answer: "no")
        #expect(
            run.status == .done && run.err.contains("changed 0 of 1 session: 1 unneeded") && !run.err.contains("theme"),
            "\(run.status) \(run.err)")
        #expect(try bench.everything() == before)
        let other = bench.run("set", Self.alice, "theme=dark", "cartSize=4", answer: "no")
        #expect(other.status == .usage && other.err.contains("cartSize: 3 → 4"), "\(other.err)")
        // Of several sessions those are told that would change.
        let several = bench.run("set", "user:alice", "theme=dark", answer: "no")
        #expect(several.status == .usage || several.status == .done, "\(several.err)")
    }

    /// Attributes of a Spring session are streams of their own: what is moved becomes a copy.
    @Test func anEditMovesValuesBetweenAttributes() throws {
        let bench = try bench()
        defer { bench.server.stop() }
        let theme = #"{"class":"java.lang.String","value":"dark","bytes":[4,7]}"#
        let size = #"{"class":"java.lang.Integer","bytes":[4,77],"value":3}"#
        let editor = try bench.sed([
            ("\"cartSize\": \(size)", "\"cartSize\": \(theme)"), ("\"theme\": \(theme)", "\"theme\": \(size)"),
        ])
        let dry = bench.run(["edit", Self.alice, "--dry-run"], editor: editor)
        #expect(dry.out.contains("\n  theme: \"dark\" → 3 (a copy)\n"), "\(dry.out)\(dry.err)")
        #expect(bench.run(["edit", Self.alice, "--yes"], editor: editor).status == .done)
        #expect(bench.get(Self.alice, "theme") == "3\n" && bench.get(Self.alice, "cartSize") == "dark\n")
        let invented = try bench.edit(
            Self.alice,
            [("\"theme\": ", "\"n\": {\"class\":\"java.lang.String\",\"value\":\"x\",\"bytes\":[4,99]},\n\"theme\": ")])
        #expect(invented.status == .usage && invented.err.contains("n has bytes at which no value"), "\(invented.err)")
    }
}
