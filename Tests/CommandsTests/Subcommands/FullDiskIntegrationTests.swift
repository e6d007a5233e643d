import Foundation
import TestSupport
import Testing

/// A disk without room for the undo archive, through the program itself: nothing is done by half, and what was done is told.
struct FullDiskIntegrationTests {
    /// Sessions on a server, and the home of a user whose archive lies in `state`.
    private final class Bench {
        let server: RedisServer
        let home: TemporaryDirectory

        init(_ count: Int) throws {
            server = try RedisServer { $0.configuration = ["enable-debug-command yes"] }
            home = try TemporaryDirectory()
            let value = String(repeating: "x", count: 2000)
            try server.pipeline(
                (0..<count).map { number in
                    let words =
                        ["HSET", "spring:session:sessions:session-\(number)", "creationTime", "1795419000000"]
                        + [
                            "lastAccessedTime", "1795419000000", "maxInactiveInterval", "604800", "sessionAttr:v",
                            value,
                        ]
                    return words.map { Array($0.utf8) }
                })
        }

        deinit {
            _ = try? call("umount", "-l", home.path + "/state/sessionctl")
            server.stop()
        }

        /// Runs the program; `limits` are lines of a shell before it.
        func run(_ words: String, _ limits: String = "") throws -> (status: Int32, errors: String) {
            let errors = home.path + "/errors"
            let line = "\(limits) exec '\(BuiltProgram.path)' \(words) -s '\(server.socketPath)'"
            let status = try call("bash", "-c", "exec 2>'\(errors)'; \(line)")
            return (status, try String(contentsOfFile: errors, encoding: .utf8))
        }

        func call(_ words: String...) throws -> Int32 {
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
            process.arguments = words
            process.environment = [
                "PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": home.path, "XDG_STATE_HOME": home.path + "/state",
            ]
            process.standardOutput = FileHandle.nullDevice
            process.standardError = FileHandle.nullDevice
            try process.run()
            process.waitUntilExit()
            return process.terminationStatus
        }

        /// Puts a file system of this size in the place of the archive's folder; false where that is not possible.
        func mount(_ size: String) throws -> Bool {
            let folder = home.path + "/state/sessionctl"
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            return try call("mount", "-t", "tmpfs", "-o", "size=\(size),mode=700", "tmpfs", folder) == 0
        }

        func remount(_ size: String) throws -> Bool {
            try call("mount", "-o", "remount,size=\(size)", home.path + "/state/sessionctl") == 0
        }

        func size() throws -> Int64 {
            guard case .integer(let size) = try server.command("DBSIZE") else { return -1 }
            return size
        }
    }

    private static let expire = "expire --all --yes --at-most 2000 --settle 0"

    /// What was taken back stays so, and is told with the way on, before what could not be written.
    private func check(_ bench: Bench, _ limits: String = "", makeRoom: () throws -> Void) throws {
        let run = try bench.run("undo 1 --yes", limits)
        #expect(run.status == 5, "\(run.errors)")
        let back = try bench.size()
        #expect(back > 0 && back < 700, "\(run.errors)")
        #expect(run.errors.contains("took back \(back) of 700 sessions: \(700 - back) not reached"), "\(run.errors)")
        #expect(run.errors.contains("what was taken back could not be recorded: "), "\(run.errors)")
        #expect(run.errors.contains("the same command goes on: it takes back what is as the change left it"))
        try makeRoom()
        let again = try bench.run("undo 1 --yes")
        #expect(again.status == 0, "\(again.errors)")
        #expect(
            again.errors.contains("took back \(700 - back) of 700 sessions: \(back) are as they were"),
            "\(again.errors)")
        #expect(try bench.run("undo 1 --yes").status == 1)
    }

    @Test func undoGoesOnWhereTheFileCouldNotGrow() throws {
        let bench = try Bench(700)
        let before = try bench.server.everything()
        #expect(try bench.run(Self.expire).status == 0)
        #expect(try bench.size() == 0)
        try check(bench, "trap '' XFSZ; ulimit -f 40;") {}
        #expect(try bench.server.everything() == before)
    }

    @Test(.enabled(if: geteuid() == 0, "only root can mount")) func undoGoesOnWhereTheDiskWasFull() throws {
        let bench = try Bench(700)
        guard try bench.mount("90m") else { return }
        let before = try bench.server.everything()
        #expect(try bench.run(Self.expire).status == 0)
        let folder = bench.home.path + "/state/sessionctl"
        // All of the room but for what is needed to open the file.
        _ = try bench.call(
            "sh", "-c", "dd if=/dev/zero of='\(folder)/filler' bs=1k; truncate -s -48K '\(folder)/filler'")
        try check(bench) { _ = try bench.call("rm", folder + "/filler") }
        #expect(try bench.server.everything() == before)
    }

    /// It is looked at beforehand, by the sessions that come first, how much all will need.
    @Test(.enabled(if: geteuid() == 0, "only root can mount")) func aChangeIsRefusedThatWouldFillTheDisk() throws {
        let bench = try Bench(700)
        guard try bench.mount("65m") else { return }
        let before = try bench.server.everything()
        let run = try bench.run(Self.expire)
        #expect(run.status == 2 && run.errors.contains("the undo archive would take about"), "\(run.errors)")
        #expect(run.errors.contains("make room") && run.errors.contains("--no-undo"), "\(run.errors)")
        #expect(!run.errors.contains("to take it back"), "\(run.errors)")
        #expect(try bench.server.everything() == before)
        #expect(try bench.remount("100m"))
        let again = try bench.run(Self.expire)
        #expect(again.status == 0 && again.errors.contains("undo 1 -s"), "\(again.errors)")
    }

    /// What was done until then can be taken back.
    @Test func aChangeThatFillsTheDiskIsTakenBackAsFarAsItCame() throws {
        let bench = try Bench(1500)
        let before = try bench.server.everything()
        // Enough for some batches, and not for all.
        let run = try bench.run(Self.expire, "trap '' XFSZ; ulimit -f 1800;")
        let left = try bench.size()
        #expect(run.status == 5 && left > 0 && left < 1500, "\(left) \(run.errors)")
        #expect(run.errors.contains("logged out \(1500 - left) of 1500 sessions: \(left) not reached"), "\(run.errors)")
        #expect(run.errors.contains("to take it back: sessionctl undo 1 -s"), "\(run.errors)")
        let undo = try bench.run("undo 1 --yes")
        #expect(undo.status == 0, "\(undo.errors)")
        #expect(try bench.server.everything() == before)
    }
}
