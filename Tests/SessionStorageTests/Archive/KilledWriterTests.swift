import Foundation
import TestSupport
import Testing

@testable import SessionStorage

/// A process that is killed while it keeps sessions: this very program, started again to run one test.
struct KilledWriterTests {
    private static let variable = "SESSIONCTL_KILLED_WRITER"
    private static let batch = 20

    /// Keeps sessions until somebody ends it; runs only where the other test asks for it.
    @Test(.enabled(if: ProcessInfo.processInfo.environment[variable] != nil, "is run by the other test"))
    func keepsSessionsUntilItIsKilled() throws {
        let home = try #require(ProcessInfo.processInfo.environment[Self.variable])
        let archive = try UndoArchive.open(environment: ["XDG_STATE_HOME": home])
        let change = try archive.begin(.sample, at: 0)
        var kept = 0
        while kept < 200_000 {
            let places = try archive.keep(KeptSession.samples(Self.batch, from: kept), of: change)
            try archive.record(places.map { _ in .changed }, from: places.lowerBound, of: change)
            kept = places.upperBound
        }
    }

    @Test(.enabled(if: ProcessInfo.processInfo.environment[variable] == nil, "it would start itself"))
    func leavesWholeBatches() throws {
        let home = try TemporaryDirectory()
        let environment = ["XDG_STATE_HOME": home.path]
        for number in Int64(1)...4 {
            let process = try start(home.path)
            defer {
                if process.isRunning { kill(process.processIdentifier, SIGKILL) }
                process.waitUntilExit()
            }
            let seen = try waitForSessions(of: number, environment)
            #expect(try UndoArchive.open(environment: environment).change(number)?.state == .running)
            // At any time: between batches and within them.
            usleep(UInt32.random(in: 0...30_000))
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
            try check(number, atLeast: seen, environment)
        }
    }

    private func check(_ number: Int64, atLeast seen: Int, _ environment: [String: String]) throws {
        let archive = try UndoArchive.open(environment: environment)
        let change = try #require(try archive.change(number))
        #expect(change.state == .interrupted)
        #expect(change.counts.sessions >= seen)
        #expect(change.counts.sessions % Self.batch == 0)
        // Outcomes go in one step for a batch, too; those of the last may be missing.
        #expect([0, Self.batch].contains(change.counts.unknown))
        #expect(try archive.all(of: number).map(\.session) == KeptSession.samples(change.counts.sessions))
        #expect(try archive.changes().map(\.number) == (1...number).reversed())
    }

    private func start(_ home: String) throws -> Process {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: CommandLine.arguments[0])
        process.arguments = ["--testing-library", "swift-testing", "--filter", "keepsSessionsUntilItIsKilled"]
        process.environment = ProcessInfo.processInfo.environment.merging([Self.variable: home]) { $1 }
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        return process
    }

    /// Reads from this process what the other one writes, until it has written some batches.
    private func waitForSessions(of number: Int64, _ environment: [String: String]) throws -> Int {
        let end = Date().addingTimeInterval(30)
        while Date() < end {
            let archive = try UndoArchive.openExisting(environment: environment)
            if let count = try archive?.change(number)?.counts.sessions, count >= 3 * Self.batch { return count }
            usleep(5000)
        }
        throw FixtureError("nothing was written")
    }
}
