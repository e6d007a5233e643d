import Foundation
import TestSupport
import Testing

@testable import Terminal

@Suite(.serialized) struct OutputSinkTests {
    private let reading: Int32
    private let writing: Int32

    init() throws {
        // As the program does.
        signal(SIGPIPE, SIG_IGN)
        var ends: [Int32] = [-1, -1]
        try #require(pipe(&ends) == 0)
        reading = ends[0]
        writing = ends[1]
    }

    /// Everything that arrives at the pipe until its writing end is closed.
    private func arrived() -> [UInt8] {
        [UInt8](FileHandle(fileDescriptor: reading, closeOnDealloc: true).readDataToEndOfFile())
    }

    @Test func keepsOutputUntilItIsWorthACall() throws {
        let sink = OutputSink(descriptor: writing)
        sink.write("a")
        sink.write(bytes: [0x62])
        #expect(sink.held == Array("ab".utf8))
        try sink.flush()
        #expect(sink.held.isEmpty)
        sink.write("c")
        try sink.finish()
        close(writing)
        #expect(arrived() == Array("abc".utf8))
    }

    @Test func writesEverythingThroughANarrowPipe() throws {
        let bytes = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        Thread.detachNewThread { [writing] in
            let sink = OutputSink(descriptor: writing)
            for start in stride(from: 0, to: bytes.count, by: 10_000) {
                sink.write(bytes: Array(bytes[start..<start + 10_000]))
            }
            try? sink.finish()
            close(writing)
        }
        #expect(arrived() == bytes)
    }

    @Test func waitsForASlowReaderOfANonBlockingPipe() throws {
        _ = fcntl(writing, F_SETFL, O_NONBLOCK)
        let bytes = [UInt8](repeating: 0x78, count: 1_000_000)
        Thread.detachNewThread { [writing] in
            let sink = OutputSink(descriptor: writing)
            sink.write(bytes: bytes)
            try? sink.finish()
            close(writing)
        }
        Thread.sleep(forTimeInterval: 0.3)
        #expect(arrived() == bytes)
    }

    @Test func endsQuietlyWhenTheReaderIsGone() throws {
        close(reading)
        let sink = OutputSink(descriptor: writing)
        sink.write("x")
        #expect(sink.wantsMore)
        try sink.flush()
        #expect(sink.readerIsGone && !sink.wantsMore && sink.failure == nil)
        sink.write("y")
        try sink.finish()
        #expect(sink.held.isEmpty)
        close(writing)
    }

    @Test func reportsADiskThatIsFull() {
        let full = open("/dev/full", O_WRONLY)
        defer { close(full) }
        let sink = OutputSink(descriptor: full)
        sink.write(String(repeating: "x", count: OutputSink.capacity))
        #expect(sink.failure == .cannotWrite(code: ENOSPC))
        #expect(throws: TerminalError.cannotWrite(code: ENOSPC)) { try sink.finish() }
    }

    @Test func stopsWaitingWhenInterrupted() {
        _ = fcntl(writing, F_SETFL, O_NONBLOCK)
        let sink = OutputSink(descriptor: writing, interruption: { true })
        sink.write(String(repeating: "x", count: 1_000_000))
        #expect(throws: TerminalError.interrupted) { try sink.finish() }
        close(writing)
        close(reading)
    }
}
