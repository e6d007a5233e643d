import Sessions
import Terminal

/// Writes the first sessions at once, and those of a long list on a second thread: to decode all values of a session and to
/// write them takes longer than to get them, and both can be done side by side.
///
/// The order is that of the sessions, and nothing is held for long: sessions go over in small groups.
struct ThreadedListWriter: SessionListWriter {
    private let sink: OutputSink
    /// What the writer writes before it comes to `sink`.
    private let gathered = OutputSink.memory()
    private var writer: any SessionListWriter
    private var thread: RenderingThread?
    private var batch = RenderingThread.Batch()
    private var written = 0

    /// So many sessions are written before a thread is worth its start.
    static let startsAfter = 500
    /// Sessions of a group, and the bytes of theirs that make it full before.
    private static let sessionsAtOnce = 64
    private static let bytesAtOnce = 1 << 20
    /// What a session takes whose size is not known, for a guess.
    private static let usualBytes = 4096

    /// `make` gets a sink and makes the writer for it.
    init(to sink: OutputSink, _ make: (OutputSink) -> any SessionListWriter) {
        self.sink = sink
        writer = make(gathered)
    }

    mutating func write(_ session: Session, now: Int64) {
        written += 1
        if written == Self.startsAfter { thread = RenderingThread(writer, gathered: gathered) }
        guard let thread else {
            writer.write(session, now: now)
            return sink.write(bytes: gathered.takeHeld())
        }
        batch.sessions.append((session, now))
        batch.bytes += session.sizeBytes ?? Self.usualBytes
        guard batch.sessions.count >= Self.sessionsAtOnce || batch.bytes >= Self.bytesAtOnce else { return }
        handOver(to: thread)
    }

    private mutating func handOver(to thread: RenderingThread) {
        let full = batch
        batch = RenderingThread.Batch()
        sink.write(bytes: thread.hand(over: full, waits: full.bytes > Self.bytesAtOnce))
    }

    mutating func finish() {
        guard thread == nil else { return end(isComplete: true) }
        writer.finish()
        sink.write(bytes: gathered.takeHeld())
    }

    mutating func abandon() { end(isComplete: false) }

    private mutating func end(isComplete: Bool) {
        guard let thread else { return }
        self.thread = nil
        if !batch.sessions.isEmpty { handOver(to: thread) }
        sink.write(bytes: thread.end(isComplete: isComplete))
    }
}
