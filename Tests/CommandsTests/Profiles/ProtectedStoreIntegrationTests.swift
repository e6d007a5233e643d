import Foundation
import TestSupport
import Testing

@testable import Commands

/// Stores whose profile says that they are production or read-only: what changes sessions is refused, on a real RedisServer.
struct ProtectedStoreIntegrationTests {
    /// Every command that changes sessions, under each of its names.
    static let changes = [
        "expire \(ProfileBench.alice) --yes --settle 0", "logout user:alice --yes --settle 0",
        "expire --all --yes --at-most 100 --settle 0", "expire \(ProfileBench.alice) --in 30d --yes",
        "touch \(ProfileBench.alice) --yes", "extend \(ProfileBench.alice) --yes --quiet",
        "set \(ProfileBench.alice) note=red --yes", "unset \(ProfileBench.alice) note --yes",
        "edit \(ProfileBench.alice) --yes", "undo --yes", "undo 1 --yes --force",
        "jwt revoke jti:a --lifetime 1h --yes", "jwt revoke user:alice --lifetime 1h --yes",
    ]

    /// With a change that could be taken back, and a note to change.
    private func bench() throws -> ProfileBench {
        let bench = try ProfileBench()
        let run = bench.run("-s \(bench.server.socketPath) set \(ProfileBench.alice) note=blue --yes")
        #expect(run.status == .done, "\(run.err)")
        return bench
    }

    @Test func everyChangingCommandIsTried() {
        let commands = CommandTable(of: SessionctlCommand.self).commands.filter { command in
            command.options.contains { $0.names.contains("--dry-run") }
        }
        // What has two stores has a test of its own.
        let names = Self.changes.compactMap { line in
            CommandName(line.split(separator: " ").map(String.init), in: SessionctlCommand.self)?.text
        }
        let tried = Set(names).union(["migrate", "import"])
        #expect(tried == Set(commands.flatMap { [$0.name] + $0.aliases }))
        for command in commands { #expect(command.options.contains { $0.names == ["--write"] }, "\(command.name)") }
    }

    @Test(arguments: ["migrate OTHER @shop --yes", "migrate @shop OTHER --move --yes"])
    func aMigrationIsRefused(_ line: String) throws {
        let bench = try bench()
        let other = try RedisServer()
        defer { other.stop() }
        let words = line.replacing("OTHER", with: "unix://\(other.socketPath)")
        try bench.protect("production = true")
        try bench.beginToCount()
        let refused = bench.run(words)
        #expect(
            refused.status == .usage && refused.err.contains("is production: nothing was changed"), "\(refused.err)")
        #expect(try bench.calls().isEmpty)
        #expect(bench.run(words + " --write").status == .done)
        // What is only read needs no leave.
        #expect(bench.run("migrate @shop unix://\(other.socketPath) --dry-run").status == .done)
    }

    @Test func anImportIsRefused() throws {
        let bench = try bench()
        let file = bench.home.path + "/a.sqlite"
        // To export is to read.
        try bench.protect("read-only = true")
        #expect(bench.run("export \(file) -u @shop").status == .done)
        try bench.beginToCount()
        for options in ["--yes", "--yes --write"] {
            let run = bench.run("import \(file) @shop \(options)")
            #expect(run.status == .usage && run.err.contains("is read-only: nothing was changed"), "\(run.err)")
        }
        try bench.protect("production = true")
        let run = bench.run("import \(file) @shop --yes")
        #expect(run.status == .usage && run.err.contains("is production: nothing was changed"), "\(run.err)")
        #expect(try bench.calls().isEmpty)
        #expect(bench.run("import \(file) @shop --yes --write").status == .done)
        #expect(bench.run("import \(file) @shop --dry-run").status == .done)
    }

    @Test(arguments: changes) func readOnlyRefusesAlways(_ line: String) throws {
        let bench = try bench()
        try bench.protect("read-only = true")
        try bench.beginToCount()
        for options in ["-u @shop", "-u @shop --write", "-s \(bench.server.socketPath) --write", "-u @shop -n 0"] {
            let run = bench.run("\(line) \(options)", variables: ["VISUAL": "touch \(bench.home.path)/opened"])
            #expect(run.status == .usage && run.out.isEmpty, "\(options) \(run.err)")
            #expect(run.err.contains("profile 'shop' (\(bench.configuration), line 3)"), "\(run.err)")
            #expect(run.err.contains("is read-only: nothing was changed\n  --dry-run shows"), "\(run.err)")
        }
        #expect(try bench.calls().isEmpty)
        #expect(!FileManager.default.fileExists(atPath: bench.home.path + "/opened"))
    }

    @Test(arguments: changes) func productionRefusesWithoutWrite(_ line: String) throws {
        let bench = try bench()
        try bench.protect("production = true")
        try bench.beginToCount()
        for options in ["-u @shop", "-s \(bench.server.socketPath)", "-u unix://\(bench.server.socketPath)?db=0"] {
            let run = bench.run("\(line) \(options)", variables: ["VISUAL": "touch \(bench.home.path)/opened"])
            #expect(run.status == .usage && run.out.isEmpty, "\(options) \(run.err)")
            #expect(run.err.contains("is production: nothing was changed\n  --dry-run shows"), "\(run.err)")
            #expect(run.err.contains("--write goes on"), "\(run.err)")
        }
        #expect(try bench.calls().isEmpty)
        #expect(!FileManager.default.fileExists(atPath: bench.home.path + "/opened"))
    }

    @Test(arguments: changes, ["production = true", "read-only = true"])
    func aDryRunIsAllowed(_ line: String, _ protection: String) throws {
        let bench = try bench()
        try bench.protect(protection)
        try bench.beginToCount()
        let words = line.replacing("--yes", with: "--dry-run")
        let run = bench.run("\(words) -u @shop", variables: ["VISUAL": "touch"])
        #expect(run.status == .done, "\(run.err)")
        let writes = try bench.writes()
        #expect(try writes.isEmpty && !bench.calls().isEmpty, "\(writes)")
    }

    @Test(arguments: changes.filter { !$0.hasPrefix("edit") }) func writeGoesOn(_ line: String) throws {
        let bench = try bench()
        try bench.protect("production = true")
        try bench.beginToCount()
        let run = bench.run("\(line) -u @shop --write")
        #expect(run.status == .done, "\(run.err)")
        #expect(try !bench.writes().isEmpty)
    }

    @Test func anEditorOpensWithWrite() throws {
        let bench = try bench()
        try bench.protect("production = true")
        let opened = bench.home.path + "/opened"
        let run = bench.run(
            "edit \(ProfileBench.alice) --yes -u @shop --write", variables: ["VISUAL": "touch \(opened)"])
        #expect(run.status == .done && FileManager.default.fileExists(atPath: opened), "\(run.err)")
    }

    /// Where several profiles name a store, the strongest protection counts, whichever is chosen.
    @Test func theStrongestProtectionCounts() throws {
        let bench = try bench()
        let socket = "socket = \"\(bench.server.socketPath)\"\n"
        try bench.write(
            "[profiles.a]\n\(socket)[profiles.b]\n\(socket)production = true\n[profiles.c]\n\(socket)read-only = true\n"
        )
        for name in ["a", "b", "c"] {
            let run = bench.run("touch \(ProfileBench.alice) --yes --write -u @\(name)")
            #expect(run.status == .usage && run.err.contains("profile 'c'"), "\(run.err)")
        }
        try bench.write("[profiles.a]\n\(socket)[profiles.b]\n\(socket)production = true\n")
        let run = bench.run("touch \(ProfileBench.alice) --yes -u @a")
        #expect(run.status == .usage && run.err.contains("is the store of profile 'b'"), "\(run.err)")
    }

    @Test func otherDatabasesAreOtherStores() throws {
        let bench = try bench()
        try bench.protect("production = true\ndb = 3")
        let other = bench.run("touch \(ProfileBench.alice) --yes -s \(bench.server.socketPath)")
        #expect(other.status == .done, "\(other.err)")
        // Who names the profile means it.
        let chosen = bench.run("touch \(ProfileBench.alice) --yes -u @shop -n 0")
        #expect(chosen.status == .usage && chosen.err.contains("profile 'shop'"), "\(chosen.err)")
        let same = bench.run("touch \(ProfileBench.alice) --yes -s \(bench.server.socketPath) -n 3")
        #expect(same.status == .usage && same.err.contains("is production"), "\(same.err)")
    }

    /// One server is written in many ways.
    @Test func theSameServerIsKnownByItsNames() throws {
        let bench = try ProfileBench { $0.tcp = true }
        let port = bench.server.port
        try bench.write("[profiles.shop]\nurl = \"redis://LocalHost:\(port)\"\nproduction = true\n")
        for options in [
            "-p \(port)", "-h 127.0.0.1 -p \(port)", "-h localhost. -p \(port)", "-h ::1 -p \(port)",
            "-u redis://127.0.0.1:\(port)/0", "-h 127.1.2.3 -p \(port)",
        ] {
            let run = bench.run("touch user:alice --yes \(options)")
            #expect(run.status == .usage && run.err.contains("which is production"), "\(options) \(run.err)")
        }
        let link = bench.home.path + "/link.sock"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: bench.server.socketPath)
        try bench.protect("read-only = true")
        let run = bench.run("touch user:alice --yes -s \(link)")
        #expect(run.status == .usage && run.err.contains("which is read-only"), "\(run.err)")
    }

    @Test func readingIsNotRefused() throws {
        let bench = try bench()
        try bench.protect("read-only = true")
        for line in ["list", "show user:alice", "count", "undo list", "undo show 1"] {
            let options = line.hasPrefix("undo") ? "" : " -u @shop"
            let run = bench.run(line + options)
            #expect(run.status == .done && !run.out.isEmpty, "\(line) \(run.err)")
        }
    }

    /// It would ask for it for nothing.
    @Test func itIsRefusedBeforeAPasswordIsLookedFor() throws {
        let bench = try bench()
        try bench.protect("production = true\npassword-file = \"not-there\"")
        let run = bench.run("touch user:alice --yes -u @shop")
        #expect(run.status == .usage && run.err.contains("is production"), "\(run.err)")
        #expect(bench.run("list -u @shop").err.contains("not-there"))
    }
}
