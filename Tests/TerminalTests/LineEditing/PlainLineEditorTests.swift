import Foundation
import Testing

@testable import Terminal

@Suite struct PlainLineEditorTests {
    /// What the editor makes of bytes that come through a pipe.
    private func lines(_ bytes: [UInt8]) throws -> [String] {
        let pipe = Pipe()
        let editor = PlainLineEditor(descriptor: pipe.fileHandleForReading.fileDescriptor)
        Thread.detachNewThread {
            pipe.fileHandleForWriting.write(Data(bytes))
            pipe.fileHandleForWriting.closeFile()
        }
        var result: [String] = []
        while case .line(let line) = try editor.readLine(prompt: "ignored> ") { result.append(line) }
        #expect(try editor.readLine(prompt: "") == .endOfInput)
        return result
    }

    @Test func readsLineByLine() throws {
        #expect(try lines([]) == [])
        #expect(try lines(Array("one\n\ntwo\r\nthree".utf8)) == ["one", "", "two", "three"])
        #expect(try lines(Array("grün\n世界\n".utf8)) == ["grün", "世界"])
    }

    @Test func readsLinesAcrossReads() throws {
        let long = (0..<1000).map { String(repeating: "x", count: $0) }
        #expect(try lines(Array(long.joined(separator: "\n").utf8)) == long)
    }

    @Test func refusesBytesThatAreNoText() {
        #expect(throws: TerminalError.notText(line: 2)) { try lines([0x61, 0x0A, 0xFF, 0x0A]) }
    }

    @Test func refusesALineWithoutEnd() {
        let bytes = [UInt8](repeating: 0x61, count: PlainLineEditor.longestLine + 100_000)
        #expect(throws: TerminalError.lineTooLong(line: 1, limit: PlainLineEditor.longestLine)) { try lines(bytes) }
    }

    @Test func saysThatInputCannotBeRead() {
        #expect(throws: TerminalError.cannotRead(code: EBADF)) {
            try PlainLineEditor(descriptor: -1).readLine(prompt: "")
        }
    }
}
