import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Terminal

/// readline itself on a pseudo-terminal, one test at a time because there is one readline in a process.
@Suite(.serialized) final class ReadlineEditorTests {
    private let terminal: PseudoTerminal
    private let folder: TemporaryDirectory
    private let requests = Mutex<[CompletionRequest]>([])

    /// The user's own settings must not decide whether tests pass. Set once: other tests read the environment meanwhile.
    private static let environment: Void = {
        setenv("INPUTRC", "/dev/null", 1)
        setenv("TERM", "xterm", 1)
    }()

    init() throws {
        Self.environment
        terminal = try PseudoTerminal()
        folder = try TemporaryDirectory()
    }

    private func editor(historyFile: String? = nil) -> ReadlineEditor {
        ReadlineEditor(historyFile: historyFile, input: terminal.slave, output: terminal.slave) { [self] request in
            requests.withLock { $0.append(request) }
            if request.word.hasPrefix("@") { return .words(["@files/"], endsWord: false) }
            if request.word.hasPrefix("/") { return .fileNames }
            if request.word == "many" { return .words((0..<500).map { "many\($0)" }) }
            return .words(["list", "show", "shout\u{1b}[2J", "grün", "other"])
        }
    }

    /// Reads one line while `typist` does what a person would.
    private func read(
        _ editor: ReadlineEditor, prompt: String = "ready> ",
        typist: @escaping @Sendable (PseudoTerminal) throws -> Void
    ) throws -> LineInput {
        let problem = Mutex<(any Error)?>(nil)
        let done = DispatchSemaphore(value: 0)
        let visible = String(prompt.split(separator: "\u{1b}[0m").first?.suffix(3) ?? "> ")
        Thread.detachNewThread { [terminal] in
            do {
                try terminal.wait(for: visible)
                try typist(terminal)
            } catch {
                problem.withLock { $0 = error }
                // Lets the reader go on to its end.
                terminal.type("\u{3}")
            }
            done.signal()
        }
        let input = try editor.readLine(prompt: prompt)
        done.wait()
        if let error = problem.withLock({ $0 }) { throw error }
        return input
    }

    @Test func readsLinesThatAreEdited() throws {
        let editor = editor()
        #expect(try read(editor) { $0.type("shwo\u{8}\u{8}ow x\r") } == .line("show x"))
        #expect(try read(editor) { $0.type("b\u{1}a\u{5}c\r") } == .line("abc"))
        #expect(try read(editor) { $0.type("grün 世界😀\u{7f}!\r") } == .line("grün 世界!"))
        #expect(try read(editor) { $0.type("\r") } == .line(""))
    }

    @Test func takesControlCAsAKeyAndAsksAgain() throws {
        let before = terminal.settings
        let editor = editor()
        let interrupted = try read(editor) { terminal in
            terminal.type("half a li")
            try terminal.wait(for: "half a li")
            terminal.type("\u{3}")
            try terminal.wait(for: "^C")
        }
        #expect(interrupted == .interrupted)
        #expect(terminal.settings == before)
        #expect(try read(editor) { $0.type("list\r") } == .line("list"))
        #expect(try read(editor) { $0.type("\u{3}") } == .interrupted)
    }

    @Test func leavesSearchAndQuestionsByControlC() throws {
        let editor = editor()
        editor.addHistory("show something")
        let searching = try read(editor) { terminal in
            terminal.type("\u{12}some")
            try terminal.wait(for: "thing")
            terminal.type("\u{3}")
        }
        #expect(searching == .interrupted)
        let asked = try read(editor) { terminal in
            terminal.type("many\t\t")
            try terminal.wait(for: "possibilities?")
            terminal.type("\u{3}")
        }
        #expect(asked == .interrupted)
        #expect(try read(editor) { $0.type("ok\r") } == .line("ok"))
    }

    @Test func endsByControlD() throws {
        let before = terminal.settings
        #expect(try read(editor()) { $0.type("\u{4}") } == .endOfInput)
        #expect(terminal.settings == before)
    }

    @Test func completesTheWordUnderTheCursor() throws {
        let editor = editor()
        #expect(try read(editor) { $0.type("use li\t0\r") } == .line("use list 0"))
        #expect(requests.withLock { $0 } == [CompletionRequest(line: "use li", word: "li")])
        #expect(try read(editor) { $0.type("gr\tx\r") } == .line("grün x"))
        #expect(try read(editor) { $0.type("@\tx\r") } == .line("@files/x"))
        #expect(try read(editor) { $0.type("/et\t\r") } == .line("/etc/"))
    }

    @Test func neverOffersWhatWouldDriveTheTerminal() throws {
        #expect(try read(editor()) { $0.type("sho\tx\r") } == .line("show x"))
    }

    @Test func listsSeveralCandidates() throws {
        let input = try read(editor()) { terminal in
            terminal.type("\t\t")
            let screen = try terminal.wait(for: "show")
            #expect(screen.contains("grün") && screen.contains("list") && screen.contains("other"))
            #expect(!screen.contains("shout"))
            terminal.type("x\r")
        }
        #expect(input == .line("x"))
    }

    @Test func remembersLinesAcrossRuns() throws {
        let file = folder.path + "/state/history"
        let first = editor(historyFile: file)
        #expect(first.historyProblem == nil)
        for line in ["list", "show a", "show a", "grün"] { first.addHistory(line) }
        #expect(try String(contentsOfFile: file, encoding: .utf8) == "list\nshow a\ngrün\n")
        let second = editor(historyFile: file)
        #expect(try read(second) { $0.type("\u{1b}[A\u{1b}[A\r") } == .line("show a"))
    }

    @Test func keepsTheHistoryPrivateAndBounded() throws {
        let file = folder.path + "/history"
        let lines = (0..<1500).map { "line \($0)\n" }.joined()
        try Data(lines.utf8).write(to: URL(fileURLWithPath: file))
        chmod(file, 0o644)
        editor(historyFile: file).addHistory("new")
        let kept = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n")
        #expect(kept.count == 1001 && kept.first == "line 500" && kept.last == "new")
        var status = stat()
        #expect(stat(file, &status) == 0)
        #expect(status.st_mode & 0o777 == 0o600)
    }

    @Test func worksWithoutAHistoryThatCannotBeUsed() throws {
        let editor = editor(historyFile: "/proc/nowhere/history")
        #expect(editor.historyProblem == .historyUnavailable(path: "/proc/nowhere/history", code: ENOENT))
        editor.addHistory("x")
        #expect(try read(editor) { $0.type("a\r") } == .line("a"))
    }

    @Test func handsOutThePastedLinesOneByOne() throws {
        let editor = editor()
        #expect(try read(editor) { $0.type("\u{1b}[200~one\ntwo\n\u{1b}[201~three\r") } == .line("one"))
        #expect(try editor.readLine(prompt: "") == .line("two"))
        #expect(try editor.readLine(prompt: "") == .line("three"))
    }

    @Test func refusesBytesThatAreNoText() throws {
        let editor = editor()
        #expect(throws: TerminalError.notText(line: 1)) {
            try read(editor) { $0.type(bytes: [0x61, 0xFF, 0x0D]) }
        }
    }

    @Test func countsNoColumnsForThePromptsColours() throws {
        let prompt = Palette(isEnabled: true).paint("ready", .prompt) + "> "
        #expect(ReadlineEditor.marked(prompt) == "\u{1}\u{1b}[1;32m\u{2}ready\u{1}\u{1b}[0m\u{2}> ")
        #expect(try read(editor(), prompt: prompt) { $0.type("ok\r") } == .line("ok"))
    }
}
