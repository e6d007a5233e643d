import Foundation
import TestSupport
import Testing

@testable import Commands

/// `archive:FILE` and `rdb:FILE` as stores of commands that read.
struct FileStoresIntegrationTests {
    /// Exports the source, and dumps it.
    private func files(_ bench: ExportBench) throws -> [String] {
        let archive = bench.export("a.sqlite")
        let lines = bench.export("a.jsonl")
        #expect(archive.status == .done && lines.status == .done, "\(archive.err) \(lines.err)")
        // What has ended and lies there still is not exported.
        let exported = Set(
            bench.run("list", "-o", "raw", "-u", "archive:" + bench.path("a.sqlite")).out.split(separator: "\n"))
        for key in CommandRun("list -o raw", on: bench.source).out.split(separator: "\n") where !exported.contains(key)
        {
            try bench.source.command("DEL", String(key))
        }
        try bench.source.command("SAVE")
        return [
            "archive:" + bench.path("a.sqlite"), "archive:" + bench.path("a.jsonl"),
            "rdb:" + bench.source.directory.path + "/dump.rdb",
        ]
    }

    @Test func theyAreReadAsTheStoreIs() throws {
        let bench = try ExportBench("spring-session-2.7.4-simple", "redisson-tomcat-3.52.0")
        let id = try #require(
            CommandRun("list --fields id --sort id --where format='spring'", on: bench.source).out
                .split(separator: "\n").first)
        let lines = [
            ["list", "--fields", "id,format,variant,principal,created,interval", "--sort", "id"],
            ["list", "--fields", "id,attributes", "--sort", "id", "-o", "jsonl", "--reveal"],
            ["show", String(id), "-o", "tree"], ["count", "--by", "format"], ["users"], ["keys", String(id)],
            ["stats", "--quick", "-o", "json"],
        ]
        for store in try files(bench) {
            for line in lines {
                let words = line[0] == "show" || line[0] == "users" || line[0] == "stats" || line[0] == "keys"
                let wanted = CommandRun(line, on: bench.source, environment: bench.environment)
                let run = CommandRun(line + ["-u", store], environment: bench.environment)
                #expect(run.status == wanted.status, "\(store) \(line): \(run.err)")
                if words {
                    // The lives of keys go on meanwhile.
                    #expect(abs(run.out.count - wanted.out.count) < 20 && !run.out.isEmpty, "\(store) \(line)")
                } else {
                    #expect(run.out == wanted.out && !run.out.isEmpty, "\(store) \(line): \(run.err)")
                }
            }
            let verified = bench.run("verify", "unix://\(bench.source.socketPath)", store)
            #expect(verified.status == .done, "\(store): \(verified.out) \(verified.err)")
            let reversed = bench.run("verify", store, "unix://\(bench.source.socketPath)")
            #expect(reversed.status == .done, "\(store): \(reversed.out) \(reversed.err)")
        }
        #expect(try bench.leftovers().isEmpty)
    }

    @Test func aDumpIsMigratedAndImported() throws {
        let bench = try ExportBench("spring-session-2.7.4-simple")
        try bench.source.command("SAVE")
        let dump = bench.source.directory.path + "/dump.rdb"
        let before = try bench.source.everything()
        let run = bench.run("migrate", "rdb:" + dump, bench.targetURL, "--yes")
        #expect(run.status == .done, "\(run.err)")
        #expect(try bench.target.everything() == before)
        try bench.target.command("FLUSHALL")
        let carried = CommandRun(
            ["import", dump, bench.targetURL, "--yes", "--anew"], environment: bench.environment)
        #expect(carried.status == .done, "\(carried.err)")
        #expect(try bench.target.everything() == before)
        // The same as a URL, which may name another database of the dump.
        let named = CommandRun(
            ["import", "rdb:" + dump + "?db=0", bench.targetURL, "--yes"], environment: bench.environment)
        #expect(named.status == .done && named.err.contains("unneeded"), "\(named.err)")
        let other = CommandRun(
            ["import", "rdb:" + dump + "?db=7", bench.targetURL, "--yes"], environment: bench.environment)
        #expect(other.err.contains("no session fits"), "\(other.err)")
    }

    @Test func whatHasExpiredSinceIsCounted() throws {
        let bench = try ExportBench("spring-session-2.7.4-simple")
        let keys = try bench.source.everything().keys.sorted { $0.lexicographicallyPrecedes($1) }
        for key in keys.prefix(2) { try bench.source.command([Array("PEXPIRE".utf8), key, Array("1500".utf8)]) }
        let stores = try files(bench)
        usleep(1_600_000)
        for store in stores {
            let run = bench.run("count", "-u", store)
            #expect(run.status == .done && run.out == "\(keys.count - 2)\n", "\(store): \(run.out) \(run.err)")
            let words = store.hasPrefix("rdb") ? "2 keys had expired since the dump" : "2 sessions have ended since"
            #expect(run.err.contains(words), "\(store): \(run.err)")
        }
    }

    @Test func anotherDatabaseOfADump() throws {
        let bench = try ExportBench("spring-session-2.7.4-simple")
        #expect(bench.export("a.sqlite").status == .done)
        let list = bench.run("list", "-o", "raw", "-u", "archive:" + bench.path("a.sqlite"))
        let key = try #require(list.out.split(separator: "\n").first, "\(list.err)")
        try bench.source.command("MOVE", String(key), "9")
        try bench.source.command("SAVE")
        let dump = "rdb:" + bench.source.directory.path + "/dump.rdb"
        #expect(bench.run("count", "-u", dump + "?db=9").out == "1\n")
        #expect(bench.run("count", "-u", dump, "-n", "9").out == "1\n")
        let shell = try BuiltProgram.run(
            ["shell", "-u", dump],
            input:
                "count\ncount -n 9\nexport \(bench.path("one.jsonl")) -n 9\ncount -u archive:\(bench.path("one.jsonl"))\n",
            environment: bench.environment)
        #expect(shell.status == 0 && shell.output.hasSuffix("\n1\n1\n"), "\(shell.output) \(shell.errors)")
        let change = try BuiltProgram.run(
            ["shell", "-u", dump], input: "expire user:alice --yes -n 9\n", environment: bench.environment)
        #expect(change.status == 2 && change.errors.contains("is a file: nothing was changed"), "\(change.errors)")
    }

    // MARK: Refusals

    @Test func nothingIsChangedInAFile() throws {
        let bench = try ExportBench("spring-session-2.7.4-indexed")
        for store in try files(bench) {
            for line in ["expire user:alice", "set user:alice note=red", "touch user:alice"] {
                let words = line.split(separator: " ").map(String.init) + ["-u", store, "--yes", "--write"]
                let run = CommandRun(words, environment: bench.environment)
                #expect(run.status == .usage && run.err.contains("is a file: nothing was changed"), "\(run.err)")
            }
            for words in [["migrate", bench.targetURL, store], ["migrate", store, bench.targetURL, "--move"]] {
                let run = CommandRun(words + ["--yes"], environment: bench.environment)
                #expect(run.status == .usage && run.err.contains("is a file: nothing was changed"), "\(run.err)")
            }
            let host = bench.run("list", "-u", store, "-h", "example.org")
            #expect(host.status == .usage && host.err.contains("-h does not apply"), "\(host.err)")
        }
        let database = bench.run("list", "-u", "archive:" + bench.path("a.sqlite"), "-n", "1")
        #expect(database.status == .usage && database.err.contains("-n does not apply"), "\(database.err)")
        #expect(try bench.target.everything().isEmpty)
    }

    @Test func whatIsMissingOrForeignIsNamed() throws {
        let bench = try ExportBench("spring-session-2.7.4-simple")
        let stores = try files(bench)
        try bench.put(Data("hello\nworld\n".utf8), "note")
        try bench.put(Data(), "nothing")
        try bench.put(Data("SQLite format 3\u{0}and no more".utf8), "beginning")
        let dump = String(stores[2].dropFirst(4))
        let cases: [(String, String)] = [
            ("archive:" + bench.path("none"), "No such file"), ("rdb:" + bench.path("none"), "No such file"),
            ("archive:" + bench.path("note"), "is no export of sessions"),
            ("archive:" + bench.path("nothing"), "is no export of sessions"),
            ("archive:" + bench.path("beginning"), "is damaged"),
            ("rdb:" + bench.path("note"), "is no dump of a Redis"), ("archive:" + dump, "name it as rdb:"),
            ("rdb:" + bench.path("a.sqlite"), "is archive:"), ("archive:" + bench.home.path, "is a folder"),
            ("archive:", "needs the name of a file"), ("archive:x?db=1", "takes neither db nor timeout"),
        ]
        for (store, words) in cases {
            let run = bench.run("list", "-u", store)
            #expect(run.status == .usage && run.err.contains(words) && run.out.isEmpty, "\(store): \(run.err)")
        }
        let noServer = CommandRun(
            ["list", "-u", stores[0]], environment: bench.environment.merging(["PATH": "/nowhere"]) { $1 })
        #expect(noServer.status == .connection, "\(noServer.err)")
        #expect(noServer.err.contains("needs a redis-server of its own, and there is none on the PATH"))
        #expect(noServer.err.contains("apt-get install redis-server"))
    }

    @Test func whatIsDamagedIsRefused() throws {
        let bench = try ExportBench("spring-session-2.7.4-simple")
        let stores = try files(bench)
        let archive = try bench.bytes("a.sqlite")
        let lines = try bench.bytes("a.jsonl")
        let dump = try Data(contentsOf: URL(fileURLWithPath: String(stores[2].dropFirst(4))))
        func expect(_ bytes: Data, _ kind: String, _ words: String..., status: Commands.ExitStatus = .usage) throws {
            try bench.put(bytes, "damaged")
            let run = bench.run("list", "-u", "\(kind):" + bench.path("damaged"))
            #expect(run.status == status && words.contains { run.err.contains($0) } && run.out.isEmpty, "\(run.err)")
        }
        try expect(archive.prefix(archive.count / 2), "archive", "is damaged")
        // A byte of a session, which SQLite does not notice.
        let place = try #require(archive.range(of: Data("sessionAttr:".utf8), options: .backwards)).lowerBound
        var changed = archive
        changed[place] ^= 1
        try expect(changed, "archive", "wrong checksum")
        let text = String(decoding: lines, as: UTF8.self)
        let parts = text.split(separator: "\n", omittingEmptySubsequences: false)
        try expect(
            Data((parts[..<2] + parts[3...]).joined(separator: "\n").utf8), "archive", "sessions should stand before it"
        )
        try expect(
            Data(text.replacing("\"key\":\"", with: "\"key\":\"?", maxReplacements: 1).utf8), "archive",
            "line 2: a key is not in Base64")
        try expect(
            Data((parts[..<2] + ["{\"sessionctl\":\"later\"}"] + parts[2...]).joined(separator: "\n").utf8), "archive",
            "line 3: a newer program has written it")
        try expect(dump.prefix(dump.count / 2), "rdb", "cannot be loaded: ", status: .undecodable)
        var flipped = dump
        flipped[dump.count / 2] ^= 0x55
        try expect(flipped, "rdb", "cannot be loaded: ", status: .undecodable)
        var newer = dump
        newer.replaceSubrange(5..<9, with: Data("9999".utf8))
        try expect(newer, "rdb", "cannot be loaded: Can't handle RDB format version", status: .undecodable)
        #expect(try bench.leftovers().isEmpty)
    }

    @Test func theServerEndsWithTheProgram() throws {
        let bench = try ExportBench("spring-session-2.7.4-simple")
        let stores = try files(bench)
        // A shell that waits for lines holds the file open.
        let process = Process()
        process.executableURL = URL(fileURLWithPath: BuiltProgram.path)
        process.arguments = ["shell", "-u", stores[0]]
        process.environment = bench.environment.merging(["PATH": "/usr/bin:/bin", "HOME": bench.home.path]) { $1 }
        let input = Pipe()
        process.standardInput = input
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        for _ in 0..<500 where try bench.leftovers().isEmpty { usleep(10_000) }
        let folder = bench.home.path + "/tmp/" + (try #require(try bench.leftovers().first))
        let mode = try FileManager.default.attributesOfItem(atPath: folder)[.posixPermissions] as? Int
        #expect(mode == 0o700)
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        for _ in 0..<500 where try !bench.leftovers().isEmpty { usleep(10_000) }
        #expect(try bench.leftovers().isEmpty)
        for _ in 0..<100 where try !RunningProcesses.mentioning(folder).isEmpty { usleep(10_000) }
        #expect(try RunningProcesses.mentioning(folder).isEmpty)
    }
}
