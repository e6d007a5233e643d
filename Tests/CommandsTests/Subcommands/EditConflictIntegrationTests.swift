import Foundation
import TestSupport
import Testing

@testable import Commands

/// `edit` where others are there meanwhile, or where the text cannot be taken over: nothing that was written is lost.
struct EditConflictIntegrationTests {
    private static let alice = "107fe95d-17d0-4470-b9cd-c9c8f35e27f9"
    private static let carol = "13C0914CBFE7B240A06898DCE2341471.node1"
    /// Many of its attributes have the same objects in them.
    private static let shared = "62872F297C5216764E8DE0CB90E96E1D"

    private func spring() throws -> EditBench { try EditBench("spring-session-2.7.4-indexed") }
    private func tomcat() throws -> EditBench { try EditBench("tomcat-redis-session-manager-2.0.0") }

    /// An editor as a script of two parts: what is done the first time, and later.
    private func editor(_ bench: EditBench, first: String, later: String) throws -> String {
        let path = bench.home.path + "/editor.sh"
        let (mark, copy) = (bench.home.path + "/mark", bench.home.path + "/copy")
        let script = "if test -e \(mark); then cp $1 \(copy); \(later); else touch \(mark); \(first); fi\n"
        try Data(script.utf8).write(to: URL(fileURLWithPath: path))
        return "sh \(path)"
    }

    private func copy(_ bench: EditBench) throws -> String {
        try String(contentsOfFile: bench.home.path + "/copy", encoding: .utf8)
    }

    private func hset(_ bench: EditBench, _ name: String, _ value: String) -> String {
        "redis-cli -s \(bench.server.socketPath) hset spring:session:sessions:\(Self.alice) sessionAttr:\(name) \(value)"
    }

    /// The only text that is kept, and what the program said of it.
    private func kept(_ bench: EditBench, _ run: CommandRun) throws -> String {
        let folder = bench.home.path + "/sessionctl/edits"
        let names = try FileManager.default.contentsOfDirectory(atPath: folder)
        let name = try #require(names.first)
        #expect(names.count == 1 && run.err.contains("kept in \(folder)/\(name)"), "\(run.err)")
        let attributes = try FileManager.default.attributesOfItem(atPath: "\(folder)/\(name)")
        #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
        #expect(try bench.leftovers() == [])
        return try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
    }

    // MARK: Others

    /// What both have changed is shown as it is now, with what was written above it.
    @Test func aConflictIsShown() throws {
        let bench = try spring()
        defer { bench.server.stop() }
        let editor = try editor(
            bench, first: "\(hset(bench, "theme", "plain")) >&2; sed -i 's/dark/light/; s/:3}/:8}/' $1",
            later: "sed -i 's/\"plain\"/\"bright\"/' $1")
        let run = bench.run(["edit", Self.alice], editor: editor, answer: "1")
        #expect(run.status == .done && run.err.contains("somebody has changed theme meanwhile"), "\(run.err)")
        let lines = try copy(bench).split(separator: "\n")
        let error = try #require(lines.firstIndex { $0.hasPrefix("// error: somebody has changed theme") })
        #expect(lines[error + 1].hasPrefix("// yours: ") && lines[error + 1].contains("light"), "\(lines)")
        #expect(lines[error + 2].contains("\"theme\"") && lines[error + 2].contains("plain"), "\(lines)")
        #expect(bench.get(Self.alice, "theme") == "bright\n" && bench.get(Self.alice, "cartSize") == "8\n")
    }

    @Test(arguments: ["true", "echo '// only a remark' >> $1"]) func whoGivesUpLosesNothing(_ later: String) throws {
        let bench = try spring()
        defer { bench.server.stop() }
        let first = "\(hset(bench, "theme", "plain")) >&2; sed -i 's/dark/light/' $1"
        let run = bench.run(["edit", Self.alice], editor: try editor(bench, first: first, later: later), answer: "1")
        guard later == "true" else {
            return #expect(run.status == .done && run.err.contains("nothing was changed"), "\(run.err)")
        }
        #expect(run.status == .partial && bench.get(Self.alice, "theme") == "plain\n", "\(run.err)")
        #expect(try kept(bench, run).contains("\"light\""))
    }

    /// Objects of several attributes stay one, whatever others do to attributes that the text leaves alone.
    @Test(arguments: [nil, "1"]) func objectsOfSeveralAttributesStayOne(_ answer: String?) throws {
        let bench = try tomcat()
        defer { bench.server.stop() }
        let client = try bench.server.client()
        func value() throws -> RespValue { try client.command([Array("GET".utf8), Array(Self.shared.utf8)]) }
        let edit = [("\"value\":5}", "\"value\":55}")]
        guard case .string(let before) = try value() else { return }
        let asked = answer == nil ? ["--yes"] : []
        _ = bench.run("set", Self.shared, "arrayList=json:[\"new\",\"words\"]", "aaa=first", "--yes")
        guard case .string(let others) = try value() else { return }
        #expect(try bench.edit(Self.shared, edit).status == .done)
        let wanted = try value()
        _ = try client.command([Array("SET".utf8), Array(Self.shared.utf8), before, Array("KEEPTTL".utf8)])
        let file = bench.home.path + "/others"
        try Data(others).write(to: URL(fileURLWithPath: file))
        let editor = try editor(
            bench,
            first:
                "redis-cli -s \(bench.server.socketPath) -x set \(Self.shared) < \(file) >&2; \(try bench.sed(edit)) $1",
            later: "false")
        let run = bench.run(["edit", Self.shared] + asked, editor: editor, answer: answer)
        #expect(run.status == .done, "\(run.err)")
        #expect(try value() == wanted && wanted != .string(others))
    }

    /// Without anybody to look, the status is that of a conflict.
    @Test func aConflictOfSharedObjectsIsOne() throws {
        let bench = try tomcat()
        defer { bench.server.stop() }
        let client = try bench.server.client()
        let get = [Array("GET".utf8), Array(Self.shared.utf8)]
        guard case .string(let before) = try client.command(get) else { return }
        #expect(bench.run("set", Self.shared, "linkedList[0]=7", "--yes").status == .done)
        guard case .string(let others) = try client.command(get) else { return }
        _ = try client.command([Array("SET".utf8), Array(Self.shared.utf8), before, Array("KEEPTTL".utf8)])
        let file = bench.home.path + "/others"
        try Data(others).write(to: URL(fileURLWithPath: file))
        let change = "sed -z -i 's/\"value\":[0-9]*/\"value\":4321/' $1"
        let editor = try editor(
            bench, first: "redis-cli -s \(bench.server.socketPath) -x set \(Self.shared) < \(file) >&2; \(change)",
            later: "false")
        let run = bench.run(["edit", Self.shared, "linkedList", "arrayList", "--yes"], editor: editor)
        #expect(run.status == .partial && run.err.contains("somebody has changed linkedList"), "\(run.err)")
        #expect(try client.command(get) == .string(others))
        #expect(try kept(bench, run).contains("\"value\":4321"))
    }

    // MARK: What else may go wrong

    /// Above the text, as it has no line of its own.
    @Test func aRefusalIsShown() throws {
        let bench = try spring()
        defer { bench.server.stop() }
        let editor = try editor(
            bench, first: "sed -i 's/\"value\":\"alice\"/\"value\":\"bob\"/g' $1",
            later: "sed -i 's/\"value\":\"bob\"/\"value\":\"alice\"/g; s/dark/light/' $1")
        let run = bench.run(["edit", Self.alice], editor: editor, answer: "1")
        #expect(run.status == .done && run.err.contains("the session of another user"), "\(run.err)")
        #expect(try copy(bench).hasPrefix("// error: it would be the session of another user"))
        #expect(bench.get(Self.alice, "theme") == "light\n")
    }

    @Test func theQuestionIsNotAnswered() throws {
        let bench = try spring()
        defer { bench.server.stop() }
        let environment = [
            "XDG_STATE_HOME": bench.home.path, "TMPDIR": bench.home.path, "VISUAL": "sed -i s/dark/light/",
            "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin",
        ]
        let run = CommandRun(
            ["edit", Self.alice], on: bench.server, environment: environment, asking: { _ in nil })
        #expect(run.status == .interrupted, "\(run.err)")
        #expect(try kept(bench, run).contains("\"light\""))
    }

    @Test(arguments: [
        ("redis-cli -s SOCKET shutdown nosave", Int32(3), "redis.sock"),
        ("redis-cli -s SOCKET del spring:session:sessions:\(alice)", 1, "no session"),
        ("kill -9 $$", 2, "ended with status 137"),
    ]) func theTextOutlives(_ trouble: String, _ status: Int32, _ reason: String) throws {
        let bench = try spring()
        defer { bench.server.stop() }
        let trouble = trouble.replacing("SOCKET", with: bench.server.socketPath)
        let editor = try editor(bench, first: "sed -i s/dark/light/ $1; \(trouble) >&2", later: "false")
        let run = bench.run(["edit", Self.alice, "--yes"], editor: editor)
        #expect(run.status.rawValue == status && run.err.contains(reason), "\(run.status) \(run.err)")
        #expect(try kept(bench, run).contains("\"light\""))
    }

    @Test func theNewestTextsAreKept() throws {
        let home = try TemporaryDirectory()
        let texts = try #require(KeptText(environment: ["XDG_STATE_HOME": home.path]))
        let paths = try (0..<15).map { try texts.keep([UInt8($0)], at: 1_795_420_000_000 + Int64($0 / 2) * 2) }
        #expect(Set(paths).count == 15)
        let left = try FileManager.default.contentsOfDirectory(atPath: home.path + "/sessionctl/edits")
        #expect(Set(left.map { home.path + "/sessionctl/edits/" + $0 }) == Set(paths.suffix(KeptText.limit)))
        texts.prune(at: 1_795_420_000_000 + KeptText.longest + 14)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: home.path + "/sessionctl/edits") == [
                "1795420000014.json"
            ])
    }

    /// What somebody was shown and agreed to is what is changed, and nothing that stands there by then.
    @Test(arguments: [
        (["set", "theme=light"], ["set", "theme=plain"]), (["unset", "theme"], ["set", "theme=plain"]),
        (["set", "--rename", "theme=look"], ["set", "theme=plain"]),
        (["unset", "cart.coupons[1]"], ["unset", "cart.coupons[0]"]),
        (["set", "cart.coupons[1]=MINE"], ["set", "--insert", "cart.coupons[0]=FIRST"]),
    ]) func whatIsChangedWhileTheQuestionIsOpenStays(_ words: [String], _ others: [String]) throws {
        let hasList = words.contains { $0.hasPrefix("cart") }
        for store in ["spring-session-2.7.4-indexed", "tomcat-redis-session-manager-2.0.0"].suffix(hasList ? 1 : 2) {
            let bench = try EditBench(store)
            defer { bench.server.stop() }
            let id = store.hasPrefix("spring") ? Self.alice : Self.carol
            func command(_ words: [String]) -> [String] { [words[0], id] + words.dropFirst() }
            let run = CommandRun(
                command(words), on: bench.server, environment: ["XDG_STATE_HOME": bench.home.path],
                asking: { _ in
                    let other = bench.run(command(others) + ["--yes"])
                    #expect(other.status == .done, "\(other.err)")
                    return "1"
                })
            #expect(run.status == .partial && run.err.contains("changed"), "\(store) \(words) \(run.err)")
            #expect(run.err.contains("changed 0 of 1"), "\(store) \(words) \(run.err)")
        }
    }
}
