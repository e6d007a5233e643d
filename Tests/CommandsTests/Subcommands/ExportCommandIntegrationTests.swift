import Foundation
import TestSupport
import Testing

@testable import Commands

/// `export` and `import` as they are typed, between two servers.
struct ExportCommandIntegrationTests {
    // MARK: Key for key

    @Test(arguments: ["sqlite", "jsonl"]) func everyKeyOfEveryStoreComesBack(_ suffix: String) throws {
        let bench = try ExportBench()
        var keys = 0
        for store in try FixtureStore.all() {
            try bench.source.command("FLUSHALL")
            try bench.target.command("FLUSHALL")
            try bench.source.load(store)
            let before = try bench.source.everything()
            let name = "\(store.name).\(suffix)"
            let export = bench.export(name)
            #expect(export.status == .done && export.out.isEmpty, "\(store.name): \(export.err)")
            #expect(try bench.source.everything() == before, "\(store.name)")
            let carried = bench.importFile(name)
            #expect(carried.status == .done, "\(store.name): \(carried.err)")
            let after = try bench.target.everything()
            for (key, state) in after {
                // A set that sessions share ends when it did, whoever of them was carried over.
                let isPart = ExportBench.isShared(key) && before[key]?.first != state.first
                if !isPart { keys += 1 }
                #expect(
                    isPart ? before[key]?.last == state.last : before[key] == state,
                    "\(store.name) \(String(decoding: key, as: UTF8.self))")
            }
            #expect(!after.isEmpty, "\(store.name)")
            let verified = bench.run("verify", "unix://\(bench.source.socketPath)", bench.targetURL)
            #expect(verified.status == .done, "\(store.name): \(verified.out)\(verified.err)")
        }
        #expect(keys > 180, "\(keys)")
        #expect(try bench.leftovers().isEmpty)
    }

    @Test func intoAnotherLayoutFromAFile() throws {
        let bench = try ExportBench("tomcat-redis-session-manager-2.0.0")
        #expect(bench.export("tomcat.sqlite").status == .done)
        let words = ["--to", "spring", "--max-inactive-interval", "315360000", "--unconvertible", "skip-attribute"]
        let run = CommandRun(
            ["import", bench.path("tomcat.sqlite"), bench.targetURL, "--yes"] + words, environment: bench.environment)
        #expect(run.status == .done || run.status == .partial, "\(run.err)")
        let count = CommandRun("count --where format='spring'", on: bench.target)
        #expect(Int(count.out.dropLast()) ?? 0 > 3, "\(count.out) \(run.err)")
    }

    @Test func linesGoThroughAPipe() throws {
        let bench = try ExportBench("spring-session-2.7.4-indexed")
        let export = bench.export("-")
        #expect(
            export.status == .done && export.err.contains("exported 8 sessions to standard output"), "\(export.err)")
        let lines = export.out.split(separator: "\n")
        #expect(lines.count == 10 && lines.allSatisfy { $0.hasPrefix("{") })
        let run = try BuiltProgram.run(
            ["import", "-", bench.targetURL, "--yes"], input: export.out, environment: bench.environment)
        #expect(run.status == 0, "\(run.errors)")
        #expect(CommandRun("count", on: bench.target).out == "8\n")
        // What was typed for people and programs stands beside the keys.
        let session = try #require(lines.first { $0.contains("\"grace\"") || $0.contains("alice") })
        #expect(session.contains("\"session\":{\"id\":") && session.contains("\"class\":"))
    }

    // MARK: Files

    @Test(arguments: ["a.sqlite", "a.jsonl"]) func filesAreTheOwnersAlone(_ name: String) throws {
        let bench = try ExportBench("spring-session-2.7.4-simple")
        // A process of its own: files of other tests would be open to all.
        let run = try BuiltProgram.run(
            ["export", bench.path(name), "-s", bench.source.socketPath], environment: bench.environment,
            under: ["sh", "-c", "umask 0; exec \"$0\" \"$@\""])
        #expect(run.status == 0 && run.errors.contains("in clear"), "\(run.errors)")
        #expect(try bench.mode(name) == 0o600)
        // Nothing has changed: nothing is written.
        let before = try bench.bytes(name)
        let again = bench.export(name)
        #expect(again.status == .done && again.err.contains("of which 0 were new or changed"), "\(again.err)")
        #expect(!again.err.contains("in clear"))
        #expect(try bench.bytes(name) == before)
    }

    @Test(arguments: ["a.sqlite", "a.jsonl"]) func neverWritesOverAnythingElse(_ name: String) throws {
        let bench = try ExportBench("spring-session-2.7.4-simple")
        try bench.put(Data("a note of mine\n".utf8), name)
        let note = bench.export(name)
        #expect(note.status == .usage && note.err.contains("is there already, and it is no "), "\(note.err)")
        #expect(try bench.bytes(name) == Data("a note of mine\n".utf8))
        // Others could read what was written to it.
        try bench.put(Data(), name, mode: 0o644)
        #expect(bench.export(name).err.contains("may be read or written by others"))
        try FileManager.default.removeItem(atPath: bench.path(name))
        try FileManager.default.createSymbolicLink(atPath: bench.path(name), withDestinationPath: "/dev/null")
        let link = bench.export(name)
        #expect(link.status == .usage && link.err.contains("is a symbolic link"), "\(link.err)")
        try FileManager.default.removeItem(atPath: bench.path(name))
        // Nor over another export.
        #expect(bench.export(name).status == .done)
        let before = try bench.bytes(name)
        let other = bench.export(name, "--where", "user = 'alice'")
        #expect(other.status == .usage && other.err.contains("holds another export"), "\(other.err)")
        #expect(try bench.bytes(name) == before)
        let folder = CommandRun(["export", bench.home.path], on: bench.source, environment: bench.environment)
        #expect(folder.status == .usage && folder.err.contains("is a folder"), "\(folder.err)")
    }

    @Test(arguments: ["a.sqlite", "a.jsonl"]) func takesWhatIsNewOrHasChanged(_ name: String) throws {
        let bench = try ExportBench("spring-session-3.5.7-simple")
        #expect(bench.export(name).status == .done)
        let list = bench.run("list", "-o", "raw", "-u", "archive:" + bench.path(name))
        let keys = list.out.split(separator: "\n").map { Array($0.utf8) }
        let all = keys.count
        #expect(all > 2, "\(list.err)")
        try bench.source.command([Array("HSET".utf8), keys[0], Array("sessionAttr:new".utf8), Array("1".utf8)])
        try bench.source.command([Array("DEL".utf8), keys[1]])
        let run = bench.export(name)
        #expect(
            run.err.contains("exported \(all - 1) sessions") && run.err.contains("of which 1 was new or changed")
                && run.err.contains("1 session of earlier runs is in it too, which was not found now"), "\(run.err)")
        // The last line of a session holds; what has gone at the store stays in the file.
        let carried = bench.importFile(name)
        #expect(carried.status == .done, "\(carried.err)")
        let (before, after) = (try bench.source.everything(), try bench.target.everything())
        #expect(after.count == all && after[keys[1]] != nil && after[keys[0]] == before[keys[0]])
    }

    @Test func whatWasExportedByAFilter() throws {
        let bench = try ExportBench("spring-session-2.7.4-indexed")
        let run = bench.export("alice.jsonl", "--where", "user = 'alice'")
        #expect(run.status == .done && run.err.contains("exported 1 session to"), "\(run.err)")
        let list = bench.run("list", "-u", "archive:" + bench.path("alice.jsonl"), "--fields", "principal")
        #expect(list.status == .done && list.out == "alice\n", "\(list.err)")
    }

    @Test func readsWithoutWriting() throws {
        let bench = try ExportBench("spring-session-2.7.4-indexed")
        try bench.source.command("ACL", "SETUSER", "reader", "on", ">pw", "~*", "&*", "+@all", "-@write")
        let before = try bench.source.everything()
        let run = CommandRun(
            ["export", bench.path("a.sqlite"), "--user", "reader"], on: bench.source,
            environment: bench.environment.merging(["REDISCLI_AUTH": "pw"]) { $1 })
        #expect(run.status == .done, "\(run.err)")
        #expect(try bench.source.everything() == before)
    }

    // MARK: Interruptions

    @Test(arguments: ["a.sqlite", "a.jsonl"]) func goesOnAfterItWasKilled(_ name: String) throws {
        let bench = try ExportBench("spring-session-2.7.4-indexed")
        let words = ["export", bench.path(name), "-s", bench.source.socketPath]
        try bench.kill(words + ["--rate", "10"], after: 500)
        let archive = "archive:" + bench.path(name)
        if name.hasSuffix("jsonl") {
            // It may be killed in the middle of a line.
            let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: bench.path(name)))
            try handle.seekToEnd()
            try handle.write(contentsOf: Data("{\"id\":\"half a li".utf8))
            try handle.close()
        }
        let some = bench.run("count", "-u", archive)
        #expect(some.err.contains("the export was not finished"), "\(some.err)")
        let count = Int(some.out.dropLast()) ?? 0
        #expect(count > 0 && count < 8, "\(some.out)")
        // Nobody takes it for the whole by mistake.
        let refused = bench.importFile(name)
        #expect(refused.status == .usage && refused.err.contains("nothing was written"), "\(refused.err)")
        #expect(try bench.target.everything().isEmpty)
        #expect(bench.importFile(name, "--incomplete").status == .done)
        #expect(CommandRun("count", on: bench.target).out == some.out)

        let again = bench.export(name)
        #expect(again.err.contains("of which \(8 - count) were new"), "\(again.err)")
        let carried = bench.importFile(name)
        #expect(carried.status == .done && !carried.err.contains("not finished"), "\(carried.err)")
        #expect(CommandRun("count", on: bench.target).out == "8\n")
    }

    @Test func goesOnWhenThereIsRoomAgain() throws {
        let bench = try ExportBench("spring-session-2.7.4-indexed")
        let words = ["export", bench.path("a.jsonl"), "-s", bench.source.socketPath, "--rate", "10"]
        let full = try BuiltProgram.run(
            words, environment: bench.environment, under: ["sh", "-c", "ulimit -f 20; exec \"$0\" \"$@\""])
        #expect(full.status == 5 && full.errors.contains("File too large"), "\(full.errors)")
        #expect(full.errors.contains("so far; the same command goes on with it"), "\(full.errors)")
        let run = bench.export("a.jsonl")
        #expect(run.status == .done, "\(run.err)")
        #expect(bench.run("count", "-u", "archive:" + bench.path("a.jsonl")).out == "8\n")
    }

    @Test(arguments: ["a.sqlite", "a.jsonl"]) func twoAtOnceAreRefused(_ name: String) throws {
        let bench = try ExportBench("spring-session-2.7.4-indexed")
        let process = Process()
        process.executableURL = URL(fileURLWithPath: BuiltProgram.path)
        process.arguments = ["export", bench.path(name), "-s", bench.source.socketPath, "--rate", "1"]
        process.environment = bench.environment
        process.standardError = FileHandle.nullDevice
        try process.run()
        usleep(700_000)
        let run = bench.export(name)
        #expect(run.status == .usage && run.err.contains("another sessionctl"), "\(run.err)")
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        #expect(process.terminationReason == .uncaughtSignal)
        // Whoever was killed holds it no more.
        #expect(bench.export(name).status == .done)
    }

    @Test func whatWasImportedAndIsGoneComesOnlyAnew() throws {
        let bench = try ExportBench("spring-session-2.7.4-simple")
        #expect(bench.export("a.sqlite").status == .done)
        #expect(bench.importFile("a.sqlite").status == .done)
        let before = try bench.target.everything()
        try bench.target.command("FLUSHALL")
        // They may have logged out meanwhile.
        let again = bench.importFile("a.sqlite")
        #expect(again.status == .partial && again.err.contains(" absent"), "\(again.err)")
        #expect(try bench.target.everything().isEmpty)
        #expect(bench.importFile("a.sqlite", "--anew").status == .done)
        #expect(try bench.target.everything() == before && !before.isEmpty)
    }
}
