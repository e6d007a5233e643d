/// Reads some batches ahead of the one that is being worked on, on a thread of its own: to read and to plan takes as long as to write.
///
/// The reader is used by one thread at a time.
final class ReadAhead<Wanted, Batch>: @unchecked Sendable {
    /// Reads as much of what is wanted as may be held at once, and says what is left of it; nil where nothing is, or it is given up.
    typealias Reader = (Wanted) -> (batch: Batch, rest: Wanted?)

    /// Batches that wait to be taken: more would only take memory.
    private let mostRead = 2

    private let reader: Reader
    private let reading = ThreadLock()
    private var thread: PosixThread?

    // Both threads', under the lock.
    private var wanted: [Wanted] = []
    private var read: [Batch] = []
    private var isThreaded = false
    private var isEnding = false
    private let lock = ThreadLock()

    init(_ reader: @escaping Reader) { self.reader = reader }

    /// Begins to read; returns at once. Without a thread to be had it returns when all is read.
    func begin(_ some: Wanted) {
        guard hasThread() else { return readAll(some) }
        lock.hold {
            wanted.append(some)
            lock.tell()
        }
    }

    private func hasThread() -> Bool {
        guard thread == nil else { return true }
        // Before it starts, so that it finds what it needs.
        isThreaded = true
        thread = PosixThread { [self] in run() }
        isThreaded = thread != nil
        return isThreaded
    }

    /// The first of what was begun and has not been taken, when it is read: as much as may be held at once.
    func take() -> Batch {
        lock.hold {
            while read.isEmpty { lock.wait() }
            lock.tell()
            return read.removeFirst()
        }
    }

    /// Reads the first of these at once, beside what was begun.
    func read(_ some: Wanted) -> Batch { reading.hold { reader(some).batch } }

    /// Ends the thread; what was begun and not taken is given up.
    func end() {
        lock.hold {
            isEnding = true
            lock.tell()
        }
        thread?.join()
        thread = nil
    }

    // MARK: The thread

    private func run() {
        while let some = next() { readAll(some) }
    }

    /// Reads all of these, in one batch or several.
    private func readAll(_ some: Wanted) {
        var rest: Wanted? = some
        while let some = rest {
            let (batch, left) = reading.hold { reader(some) }
            let goesOn = lock.hold {
                while read.count >= mostRead, isThreaded, !isEnding { lock.wait() }
                read.append(batch)
                lock.tell()
                return !isEnding
            }
            rest = goesOn ? left : nil
        }
    }

    private func next() -> Wanted? {
        lock.hold {
            while wanted.isEmpty, !isEnding { lock.wait() }
            return isEnding ? nil : wanted.removeFirst()
        }
    }
}
