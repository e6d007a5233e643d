import Foundation
import TestSupport
import Testing

@testable import Terminal

@Suite(.serialized) struct PasswordPromptTests {
    private let terminal: PseudoTerminal

    init() throws {
        terminal = try PseudoTerminal()
    }

    /// Asks on the pseudo-terminal, where `keys` are typed, and sees to it that the terminal is as before.
    private func ask(_ keys: [UInt8]) throws -> (password: Result<[UInt8], TerminalError>, screen: String) {
        let before = terminal.settings
        Thread.detachNewThread { [terminal] in
            _ = try? terminal.wait(for: "assword: ")
            terminal.type(bytes: keys)
        }
        let password = Result { () throws(TerminalError) in
            try PasswordPrompt.read(prompt: "Password: ", device: terminal.path)
        }
        #expect(terminal.settings == before)
        return (password, try terminal.wait(for: "\n"))
    }

    @Test func readsWithoutShowing() throws {
        let (password, screen) = try ask(Array("s3cret ü\r".utf8))
        #expect(password == .success(Array("s3cret ü".utf8)))
        #expect(!screen.contains("s3"))
    }

    @Test func obeysEditingKeys() throws {
        #expect(try ask(Array("wrong\u{15}abü\u{7f}\u{8}c\n".utf8)).password == .success(Array("ac".utf8)))
        #expect(try ask(Array("\u{7f}\u{7f}x\n".utf8)).password == .success(Array("x".utf8)))
        #expect(try ask(Array("x\u{4}".utf8)).password == .success(Array("x".utf8)))
    }

    @Test func restoresTheTerminalWhenInterrupted() throws {
        #expect(try ask([0x61, 0x03]).password == .failure(.interrupted))
        #expect(try ask([0x04]).password == .failure(.interrupted))
    }

    @Test func refusesAnEndlessPassword() throws {
        let keys = [UInt8](repeating: 0x61, count: PasswordPrompt.longest + 1)
        #expect(try ask(keys).password == .failure(.lineTooLong(line: 1, limit: PasswordPrompt.longest)))
    }

    @Test func needsATerminal() {
        #expect(throws: TerminalError.noTerminal(code: ENOTTY)) {
            try PasswordPrompt.read(prompt: "Password: ", device: "/dev/null")
        }
        #expect(throws: TerminalError.noTerminal(code: ENOENT)) {
            try PasswordPrompt.read(prompt: "Password: ", device: "/nowhere")
        }
    }
}
