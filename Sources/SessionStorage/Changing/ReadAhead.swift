import Sessions

/// Reads some batches ahead of the one that is being changed, on a thread of its own: to read and to plan takes as long as to write.
///
/// The reader is used by one thread at a time.
final class ReadAhead: @unchecked Sendable {
    private typealias Wanted = (found: [FoundSession], context: ChangeContext)

    /// Batches that wait to be taken: more would only take memory.
    private static let mostRead = 2

    private let reader: ChangeReader
    private let reading = ThreadLock()
    private var thread: PosixThread?

    // Both threads', under the lock.
    private var wanted: [Wanted] = []
    private var read: [Result<PlannedBatch, StorageError>] = []
    private var isThreaded = false
    private var isEnding = false
    private let lock = ThreadLock()

    init(_ reader: ChangeReader) { self.reader = reader }

    /// Begins to read; returns at once. Without a thread to be had it returns when all is read.
    func begin(_ found: [FoundSession], _ context: ChangeContext) {
        guard hasThread() else { return readAll(found, context) }
        lock.hold {
            wanted.append((found, context))
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

    /// The first of what was begun and has not been taken, when it is read: as many sessions as may be held at once.
    func take() throws(StorageError) -> PlannedBatch {
        let result = lock.hold {
            while read.isEmpty { lock.wait() }
            lock.tell()
            return read.removeFirst()
        }
        return try result.get()
    }

    /// Reads the first of these at once, beside what was begun.
    func read(_ found: [FoundSession], _ context: ChangeContext) throws(StorageError) -> PlannedBatch {
        try result(found, context).get()
    }

    /// Ends the thread; what was begun and not taken is given up.
    func end() {
        lock.hold {
            isEnding = true
            lock.tell()
        }
        thread?.join()
        thread = nil
    }

    private func result(_ found: [FoundSession], _ context: ChangeContext) -> Result<PlannedBatch, StorageError> {
        reading.hold {
            do throws(StorageError) {
                return .success(try reader.read(found, context))
            } catch {
                return .failure(error)
            }
        }
    }

    // MARK: The thread

    private func run() {
        while let (found, context) = next() { readAll(found, context) }
    }

    /// Reads all of these, in one batch or several.
    private func readAll(_ found: [FoundSession], _ context: ChangeContext) {
        var rest = found[...]
        while !rest.isEmpty {
            let result = result(Array(rest), context)
            let goesOn = lock.hold {
                while read.count >= Self.mostRead, isThreaded, !isEnding { lock.wait() }
                read.append(result)
                lock.tell()
                return !isEnding
            }
            guard goesOn, case .success(let batch) = result, batch.count > 0 else { return }
            rest = rest.dropFirst(batch.count)
        }
    }

    private func next() -> Wanted? {
        lock.hold {
            while wanted.isEmpty, !isEnding { lock.wait() }
            return isEnding ? nil : wanted.removeFirst()
        }
    }
}
