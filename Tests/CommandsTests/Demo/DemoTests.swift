import Foundation
import TestSupport
import Testing

@testable import Commands

/// What the demo shows, and that it fails in words. Its server is the program's own, not a `RedisServer` of the tests.
@Suite struct DemoTests {
    private let folder: TemporaryDirectory

    init() throws { folder = try TemporaryDirectory() }

    private func demo(
        _ options: [String] = [], path: String? = nil, interrupted: @escaping () -> Bool = { false }
    ) -> CommandRun {
        let path = path ?? ProcessInfo.processInfo.environment["PATH"] ?? ""
        // A password that is meant for another Redis must not be sent to this one.
        let environment = ["PATH": path, "TMPDIR": folder.path, "REDISCLI_AUTH": "of another server"]
        return CommandRun(["demo"] + options, environment: environment, interrupted: interrupted)
    }

    @Test func showsTheMainJobOnSampleSessions() throws {
        let run = demo()
        #expect(run.status == .done)
        #expect(run.err == "")
        try Golden.compare(Self.normalised(run.out), with: "demo.txt", in: #filePath)
        try expectNothingLeft()
    }

    /// The clock stands still, but the keys' lives begin when the server starts: moments of the run and seconds go.
    private static func normalised(_ text: String) -> String {
        var text = text
        text.replace(/Redis [0-9]+\.[0-9]+\.[0-9]+/, with: "Redis VERSION")
        text.replace(/T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z/, with: "Thh:mm:ss.mmmZ")
        text.replace(/\ *\b[0-9]{1,2}s\b/) { String(repeating: " ", count: $0.output.count - 2) + "#s" }
        return text
    }

    @Test func saysWhatToInstallWithoutAServer() throws {
        let run = demo(path: folder.path)
        #expect(run.status == .connection)
        #expect(run.err.contains("none on the PATH") && run.err.contains("apt-get install redis-server"))
        try expectNothingLeft()
    }

    @Test func saysWhatAServerSaidThatDidNotStart() throws {
        let programs = try TemporaryDirectory()
        // It knows none of the options, says so and ends.
        let fake = programs.path + "/redis-server"
        try FileManager.default.createSymbolicLink(atPath: fake, withDestinationPath: "/bin/ls")
        let run = demo(path: programs.path)
        #expect(run.status == .connection)
        #expect(run.err.contains("did not start") && run.err.contains("unrecognized option"))
        try expectNothingLeft()
    }

    /// Ctrl-C at every one of the first moments somebody looks at it.
    @Test(arguments: 0..<12)
    func leavesNothingBehindWhenInterrupted(after looks: Int) throws {
        var left = looks
        let run = demo {
            left -= 1
            return left < 0
        }
        #expect(run.status == .interrupted)
        #expect(run.err == "")
        try expectNothingLeft()
    }

    @Test func refusesTwoWaysAtOnce() throws {
        #expect(demo(["--shell", "--serve"]).status == .usage)
        try expectNothingLeft()
    }

    private func expectNothingLeft() throws {
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
        #expect(try RunningProcesses.mentioning(folder.path) == [])
    }
}
