import Foundation
import TestSupport
import Testing

@testable import Terminal

@Suite struct StandardStreamTests {
    @Test func asksATerminalForItsSize() throws {
        let terminal = try PseudoTerminal(rows: 33, columns: 101)
        #expect(TerminalSize(descriptor: terminal.slave) == TerminalSize(rows: 33, columns: 101))
    }

    @Test func knowsNoSizeWhereNoneIs() throws {
        let terminal = try PseudoTerminal(rows: 0, columns: 0)
        #expect(TerminalSize(descriptor: terminal.slave) == nil)
        #expect(TerminalSize(descriptor: -1) == nil)
    }
}
