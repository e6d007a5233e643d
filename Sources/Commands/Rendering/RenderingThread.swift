import SessionStorage
import Sessions
import Terminal

/// Writes sessions on a thread of its own, in the order in which they come, while the first thread talks to the server.
///
/// What the thread uses is its own: the writer, the output that it gathers, and the sessions that were handed over. The first
/// thread takes the output and sends it on, so that what happens to it there is known there.
final class RenderingThread: @unchecked Sendable {
    /// Sessions that are handed over together.
    struct Batch {
        var sessions: [(session: Session, now: Int64)] = []
        var bytes = 0
    }

    /// Batches that wait: more would only take memory.
    private static let mostWaiting = 2
    // The thread's, and after its end the caller's.
    private var writer: any SessionListWriter
    private let gathered: OutputSink

    // Both threads', under the lock.
    private var waiting: [Batch] = []
    private var isRendering = false
    private var rendered: [UInt8] = []
    private var isEnding = false
    private let lock = ThreadLock()
    private var thread: PosixThread?

    /// Starts a thread for `writer`, which writes to `gathered`, a sink in memory; nil where the system has none to give.
    init?(_ writer: any SessionListWriter, gathered: OutputSink) {
        self.writer = writer
        self.gathered = gathered
        thread = PosixThread { [self] in run() }
        guard thread != nil else { return nil }
    }

    // MARK: The first thread

    /// Hands over a batch, and returns what has been written since the last time.
    ///
    /// - Parameter waits: returns only when all is written, for sessions so large that there must not be several.
    func hand(over batch: Batch, waits: Bool) -> [UInt8] {
        lock.hold {
            while waiting.count >= Self.mostWaiting { lock.wait() }
            waiting.append(batch)
            lock.tell()
            while waits, isRendering || !waiting.isEmpty { lock.wait() }
            return takeRendered()
        }
    }

    /// Ends the thread when it has written all, and returns what has been written since the last time, with the end that the
    /// writer puts below the last session if the list `isComplete`.
    func end(isComplete: Bool) -> [UInt8] {
        lock.hold {
            isEnding = true
            lock.tell()
        }
        thread?.join()
        thread = nil
        if isComplete { writer.finish() }
        return takeRendered() + gathered.takeHeld()
    }

    private func takeRendered() -> [UInt8] {
        defer { rendered = [] }
        return rendered
    }

    // MARK: The thread

    private func run() {
        while let batch = next() {
            for (session, now) in batch.sessions { writer.write(session, now: now) }
            let bytes = gathered.takeHeld()
            lock.hold {
                rendered += bytes
                isRendering = false
                lock.tell()
            }
        }
    }

    /// The batch that has waited longest; nil at the end.
    private func next() -> Batch? {
        lock.hold {
            while waiting.isEmpty {
                if isEnding { return nil }
                lock.wait()
            }
            isRendering = true
            lock.tell()
            return waiting.removeFirst()
        }
    }
}
