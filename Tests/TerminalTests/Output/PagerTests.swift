import Foundation
import TestSupport
import Testing

@testable import Terminal

@Suite(.serialized) struct PagerTests {
    private let screen = TerminalSize(rows: 5, columns: 20)
    private let folder: TemporaryDirectory

    init() throws {
        signal(SIGPIPE, SIG_IGN)
        folder = try TemporaryDirectory()
    }

    private func pager(_ command: String) throws -> Pager {
        let environment = ["PATH": "/usr/bin:/bin", "SESSIONCTL_PAGER": command, "OUT": folder.path + "/paged"]
        return try #require(Pager(environment: environment, screen: screen))
    }

    /// Writes `text` to a file as if it were the terminal, and returns what was written there and what the pager got.
    private func show(_ text: String, with pager: Pager) throws -> (direct: String, paged: String?) {
        let file = folder.path + "/direct"
        let descriptor = open(file, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        defer { close(descriptor) }
        let sink = OutputSink(descriptor: descriptor, pager: pager)
        for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() { sink.write("\(line)\n") }
        try sink.finish()
        let paged = try? String(contentsOfFile: folder.path + "/paged", encoding: .utf8)
        return (try String(contentsOfFile: file, encoding: .utf8), paged)
    }

    @Test func choosesAsTheEnvironmentSays() {
        func command(_ environment: [String: String]) -> String? {
            Pager(environment: ["PATH": "/usr/bin:/bin"].merging(environment) { $1 }, screen: screen)?.command
        }
        #expect(command([:]) == (access("/usr/bin/less", X_OK) == 0 ? "less" : nil))
        #expect(command(["PAGER": "more -s"]) == "more -s")
        #expect(command(["PAGER": "more", "SESSIONCTL_PAGER": "less -S"]) == "less -S")
        #expect(command(["PAGER": ""]) == nil)
        #expect(command(["PAGER": "cat"]) == nil)
        #expect(command(["PATH": "/nowhere"]) == nil)
        #expect(command(["PAGER": "more", "TERM": "dumb"]) == nil)
        #expect(Pager(environment: ["PAGER": "more"], screen: nil) == nil)
    }

    @Test func asksLessToShowColoursUnlessTheUserHasAnOpinion() throws {
        let plain = try #require(Pager(environment: ["PAGER": "less", "X": "y"], screen: screen)).childEnvironment
        #expect(plain["LESS"] == "FRX" && plain["LESSCHARSET"] == "utf-8" && plain["X"] == "y")
        let chosen = try #require(Pager(environment: ["PAGER": "less", "LESS": "-S"], screen: screen)).childEnvironment
        #expect(chosen["LESS"] == "-S")
    }

    @Test func startsOnlyForMoreThanAScreen() throws {
        let short = "1\n2\n3\n4\n"
        let shortResult = try show(short, with: try pager("cat > $OUT"))
        #expect(shortResult.direct == short && shortResult.paged == nil)
        let tall = short + "5\n"
        let tallResult = try show(tall, with: try pager("cat > $OUT"))
        #expect(tallResult.direct.isEmpty && tallResult.paged == tall)
    }

    @Test func countsTheRowsOfLongLines() throws {
        let long = String(repeating: "x", count: 81) + "\n"
        #expect(try show(long, with: try pager("cat > $OUT")).paged == long)
        let coloured = String(repeating: "\u{1b}[1mab\u{1b}[0m", count: 10) + "\n"
        #expect(try show(coloured, with: try pager("cat > $OUT.2")).direct == coloured)
    }

    @Test func endsQuietlyWhenThePagerIsLeftEarly() throws {
        let text = String(repeating: "line\n", count: 200_000)
        #expect(try show(text, with: try pager("head -n 2 > $OUT")).paged == "line\nline\n")
    }

    /// However much is written, and whether the shell or the pager is quicker.
    @Test(arguments: [10, 200_000], ["no-such-pager 2>/dev/null", "/ 2>/dev/null", "sleep 0.2; exit 127"])
    func writesWhatNoPagerCouldShow(_ lines: Int, _ command: String) throws {
        let text = String(repeating: "line\n", count: lines)
        let result = try show(text, with: try pager(command))
        #expect(result.direct == text, "\(result.direct.utf8.count) of \(text.utf8.count) bytes")
    }

    @Test func saysWhenAPagerFailsThatHasReadSomething() throws {
        let command = "head -c 300000 > /dev/null; exit 127"
        #expect(throws: TerminalError.pagerFailed(command: command, status: 127)) {
            try show(String(repeating: "line\n", count: 200_000), with: try pager(command))
        }
    }

    @Test func givesThePagerTheUsualSignals() throws {
        let text = String(repeating: "line\n", count: 10)
        let result = try show(text, with: try pager("grep -E 'Sig(Ign|Blk)' /proc/self/status > $OUT; cat > /dev/null"))
        let masks = try #require(result.paged).split(separator: "\n").map { $0.split(separator: "\t").last }
        for mask in masks {
            let bits = try #require(mask.flatMap { UInt64($0, radix: 16) })
            for signal in [SIGPIPE, SIGINT, SIGTERM] { #expect(bits & (1 << UInt64(signal - 1)) == 0) }
        }
        #expect(masks.count == 2)
    }
}
