/// The one way by which output leaves the program: buffered, with errors kept until somebody can act on them.
///
/// Writing never throws. After the reader has gone, after an error and after Ctrl-C everything written is dropped;
/// a long job looks at `wantsMore` between its steps, and `flush()` or `finish()` reports what went wrong.
/// A reader that has gone (`| head`, or `q` in the pager) is no error. The process must ignore SIGPIPE.
package final class OutputSink {
    private enum Destination {
        case descriptor(Int32)
        /// Held back until it is known whether the output fits on the screen.
        case undecided(Int32, Pager, ScreenMeter)
        /// The descriptor is where the output goes if the pager cannot be run.
        case pager(RunningPager, insteadOf: Int32)
        case memory
    }

    /// Bytes gathered before the system is called.
    static let capacity = 64 * 1024

    private var destination: Destination
    private var buffer: [UInt8] = []
    private let interruption: () -> Bool
    package private(set) var readerIsGone = false
    package private(set) var failure: TerminalError?

    /// Writes to `descriptor`, which stays open; through `pager` if there is one and the output is taller than its
    /// screen.
    ///
    /// `interruption` is asked when a signal arrives or a reader is slow: true ends the output with
    /// `TerminalError.interrupted`.
    package init(descriptor: Int32, pager: Pager? = nil, interruption: @escaping () -> Bool = { false }) {
        destination =
            pager.map { .undecided(descriptor, $0, ScreenMeter(screen: $0.screen)) } ?? .descriptor(descriptor)
        self.interruption = interruption
        buffer.reserveCapacity(Self.capacity)
    }

    /// Keeps everything in memory, for output that is looked at by the program itself.
    package static func memory() -> OutputSink { OutputSink(.memory) }

    private init(_ destination: Destination) {
        self.destination = destination
        interruption = { false }
    }

    /// What was written to a sink in memory; for others, what is not yet on its way.
    package var held: [UInt8] { buffer }

    /// Takes what was written to a sink in memory, and keeps the memory for more.
    package func takeHeld() -> [UInt8] {
        defer { buffer.removeAll(keepingCapacity: buffer.count <= 4 * Self.capacity) }
        return buffer
    }

    /// False when writing more is pointless.
    package var wantsMore: Bool { !readerIsGone && failure == nil }

    /// Writes a string as UTF-8.
    package func write(_ text: String) {
        guard wantsMore else { return }
        let start = buffer.count
        buffer.append(contentsOf: text.utf8)
        appended(from: start)
    }

    /// Writes bytes as they are.
    package func write(bytes: [UInt8]) {
        guard wantsMore else { return }
        let start = buffer.count
        buffer.append(contentsOf: bytes)
        appended(from: start)
    }

    /// Sends what is buffered on its way, unless it is still open whether a pager is needed.
    package func flush() throws(TerminalError) {
        if case .undecided = destination { return }
        send()
        if let failure { throw failure }
    }

    /// Sends everything, and waits for the person to leave the pager. Nothing can be written afterwards but to a
    /// plain descriptor.
    package func finish() throws(TerminalError) {
        if case .undecided(let descriptor, _, _) = destination { destination = .descriptor(descriptor) }
        send()
        if case .pager(let running, let descriptor) = destination { leave(running, for: descriptor) }
        if let failure { throw failure }
    }

    private func appended(from start: Int) {
        if case .undecided(let descriptor, let pager, var meter) = destination {
            meter.add(buffer[start...])
            destination = .undecided(descriptor, pager, meter)
            if meter.isFull { startPager(pager, insteadOf: descriptor) }
        } else if buffer.count >= Self.capacity {
            send()
        }
    }

    /// Where no pager can be started the output goes to the terminal as it is: better long than lost.
    private func startPager(_ pager: Pager, insteadOf descriptor: Int32) {
        destination = pager.start().map { .pager($0, insteadOf: descriptor) } ?? .descriptor(descriptor)
        send()
    }

    private func send() {
        switch destination {
        case .descriptor(let descriptor): send(to: descriptor)
        case .pager(let running, let descriptor):
            running.keep(buffer)
            send(to: running.descriptor)
            // A shell that has no such program ends before it reads anything, and a person who leaves does so after.
            if readerIsGone, running.mayHaveReadNothing { leave(running, for: descriptor) }
        case .undecided, .memory: break
        }
    }

    /// Waits for the end of the pager. What it could not show goes to the terminal, and all that is written afterwards.
    private func leave(_ pager: RunningPager, for descriptor: Int32) {
        destination = .memory
        readerIsGone = true
        do throws(TerminalError) {
            let unread = try pager.finish()
            guard !unread.isEmpty else { return }
            destination = .descriptor(descriptor)
            readerIsGone = false
            buffer = unread
            send()
        } catch {
            failure = failure ?? error
        }
    }

    private func send(to descriptor: Int32) {
        if wantsMore {
            switch DescriptorWriter.write(buffer, to: descriptor, interruption: interruption) {
            case .done: break
            case .readerIsGone: readerIsGone = true
            case .failed(let error): failure = error
            }
        }
        buffer.removeAll(keepingCapacity: buffer.count <= 4 * Self.capacity)
    }
}
