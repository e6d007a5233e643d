import Sessions
import Terminal

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

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
    /// As much as the first thread has.
    private static let stackBytes = 8 << 20

    // The thread's, and after its end the caller's.
    private var writer: any SessionListWriter
    private let gathered: OutputSink

    // Both threads', under the lock.
    private var waiting: [Batch] = []
    private var isRendering = false
    private var rendered: [UInt8] = []
    private var isEnding = false
    private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

    #if canImport(Darwin)
        private var thread: pthread_t?
    #else
        private var thread: pthread_t = 0
    #endif

    /// Starts a thread for `writer`, which writes to `gathered`, a sink in memory; nil where the system has none to give.
    init?(_ writer: any SessionListWriter, gathered: OutputSink) {
        self.writer = writer
        self.gathered = gathered
        pthread_mutex_init(lock, nil)
        pthread_cond_init(changed, nil)
        guard start() else { return nil }
    }

    deinit {
        pthread_cond_destroy(changed)
        pthread_mutex_destroy(lock)
        changed.deallocate()
        lock.deallocate()
    }

    private func start() -> Bool {
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setstacksize(&attributes, Self.stackBytes)
        // Signals are for the first thread, which waits for the server and must wake up: the new one inherits the mask.
        var (all, before) = (sigset_t(), sigset_t())
        sigfillset(&all)
        pthread_sigmask(SIG_BLOCK, &all, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
        let context = Unmanaged.passRetained(self)
        let status = pthread_create(
            &thread, &attributes,
            { argument in
                let context: UnsafeMutableRawPointer? = argument
                guard let context else { return nil }
                Unmanaged<RenderingThread>.fromOpaque(context).takeRetainedValue().run()
                return nil
            }, context.toOpaque())
        if status != 0 { context.release() }
        return status == 0
    }

    // MARK: The first thread

    /// Hands over a batch, and returns what has been written since the last time.
    ///
    /// - Parameter waits: returns only when all is written, for sessions so large that there must not be several.
    func hand(over batch: Batch, waits: Bool) -> [UInt8] {
        pthread_mutex_lock(lock)
        defer { pthread_mutex_unlock(lock) }
        while waiting.count >= Self.mostWaiting { pthread_cond_wait(changed, lock) }
        waiting.append(batch)
        pthread_cond_broadcast(changed)
        while waits, isRendering || !waiting.isEmpty { pthread_cond_wait(changed, lock) }
        return takeRendered()
    }

    /// Ends the thread when it has written all, and returns what has been written since the last time, with the end that the
    /// writer puts below the last session if the list `isComplete`.
    func end(isComplete: Bool) -> [UInt8] {
        pthread_mutex_lock(lock)
        isEnding = true
        pthread_cond_broadcast(changed)
        pthread_mutex_unlock(lock)
        join()
        if isComplete { writer.finish() }
        return takeRendered() + gathered.takeHeld()
    }

    private func join() {
        #if canImport(Darwin)
            if let thread { pthread_join(thread, nil) }
        #else
            pthread_join(thread, nil)
        #endif
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
            pthread_mutex_lock(lock)
            rendered += bytes
            isRendering = false
            pthread_cond_broadcast(changed)
            pthread_mutex_unlock(lock)
        }
    }

    /// The batch that has waited longest; nil at the end.
    private func next() -> Batch? {
        pthread_mutex_lock(lock)
        defer { pthread_mutex_unlock(lock) }
        while waiting.isEmpty {
            if isEnding { return nil }
            pthread_cond_wait(changed, lock)
        }
        isRendering = true
        pthread_cond_broadcast(changed)
        return waiting.removeFirst()
    }
}
