package import Sessions

/// Keeps sessions in order, in bounded memory however many there are.
///
/// As long as they fit, whole sessions are kept. Then only keys and the values to sort by; when these do not fit either,
/// they go in sorted runs to a temporary file that has no name any more, and are merged at the end. Of what was not kept
/// the caller fetches the sessions again, by their keys.
package struct SessionSorter {
    /// One session's place in the order.
    package struct Entry {
        package let value: FieldValue
        package let key: [UInt8]
        /// Behind a reference, since most entries have none and a session is large of itself.
        private var kept: Kept?

        private final class Kept {
            let session: Session

            init(_ session: Session) { self.session = session }
        }

        init(value: FieldValue, key: [UInt8], session: Session?) {
            self.value = value
            self.key = key
            kept = session.map { Kept($0) }
        }

        /// Nil where it was too much to keep.
        package var session: Session? { kept?.session }

        /// Lets go of the session.
        mutating func forget() { kept = nil }

        /// Bytes that the entry takes, about: measured with plain Spring sessions, room to grow included.
        var cost: Int {
            let content = session.map { 1100 + 2 * Self.bytes(of: $0) } ?? 0
            return 160 + key.count + value.textLength + content
        }

        /// All of a value that several attributes share, or those that were fetched.
        private static func bytes(of session: Session) -> Int {
            guard let attributes = session.attributes else { return 0 }
            return max(session.sizeBytes ?? 0, attributes.reduce(0) { $0 + $1.name.count + $1.value.byteCount })
        }
    }

    /// What is kept unless told otherwise: 64 MiB.
    package static let usualMemory = 64 << 20
    /// How many entries are handed over at once.
    private static let entriesAtOnce = 128

    private let field: SessionField
    private let limit: Int?
    private let memory: Int
    private let isBefore: (FieldValue, FieldValue) -> Bool
    private let temporaryFolder: String?
    private var entries: [Entry] = []
    private var cost = 0
    private var keepsSessions = true
    private var runs: SortedRuns?

    /// - Parameters:
    ///   - limit: only the first so many are asked for.
    ///   - temporaryFolder: where the runs go; nil for `/tmp`.
    ///   - isBefore: the order of the values; equal ones are ordered by their keys, so that the same store gives the same list.
    package init(
        field: SessionField, limit: Int?, memory: Int = usualMemory, temporaryFolder: String? = nil,
        isBefore: @escaping (FieldValue, FieldValue) -> Bool
    ) {
        self.field = field
        self.limit = limit
        self.memory = memory
        self.temporaryFolder = temporaryFolder
        self.isBefore = isBefore
    }

    /// How many runs went to the temporary file.
    package var runCount: Int { runs?.count ?? 0 }

    /// Takes a session.
    package mutating func insert(_ session: Session, now: Int64) throws(StorageError) {
        let value = session.value(of: field, now: now).shortened
        let entry = Entry(value: value, key: session.key, session: keepsSessions ? session : nil)
        entries.append(entry)
        cost += entry.cost
        // Twice the limit before the surplus is dropped: sorting then costs little for each session.
        if let limit, limit <= .max / 2, entries.count >= max(64, 2 * limit) { shorten(to: limit) }
        if cost > memory { try makeRoom() }
    }

    /// Hands all entries over in their order, some at a time, until `body` returns false.
    package mutating func finish(_ body: ([Entry]) throws(StorageError) -> Bool) throws(StorageError) {
        sort()
        let kept = entries
        entries = []
        var left = limit ?? .max
        var waiting: [Entry] = []
        try merge(kept) { entry throws(StorageError) in
            guard left > 0 else { return false }
            left -= 1
            waiting.append(entry)
            guard waiting.count == Self.entriesAtOnce else { return true }
            defer { waiting = [] }
            return try body(waiting)
        }
        if !waiting.isEmpty { _ = try body(waiting) }
    }

    private func precedes(_ left: Entry, _ right: Entry) -> Bool {
        if isBefore(left.value, right.value) { return true }
        return !isBefore(right.value, left.value) && left.key.lexicographicallyPrecedes(right.key)
    }

    private mutating func sort() { entries.sort(by: precedes) }

    private mutating func shorten(to count: Int) {
        sort()
        entries.removeSubrange(min(count, entries.count)...)
        recount()
    }

    private mutating func recount() { cost = entries.reduce(0) { $0 + $1.cost } }

    /// First what is surplus goes, then the sessions, then all to the file.
    private mutating func makeRoom() throws(StorageError) {
        if let limit, entries.count > limit { shorten(to: limit) }
        if cost > memory / 2, keepsSessions {
            keepsSessions = false
            for index in entries.indices { entries[index].forget() }
            recount()
        }
        guard cost > memory / 2 else { return }
        sort()
        if runs == nil { runs = try SortedRuns(folder: temporaryFolder ?? "/tmp") }
        try runs?.append(entries)
        entries = []
        cost = 0
    }

    private func merge(_ kept: [Entry], _ body: (Entry) throws(StorageError) -> Bool) throws(StorageError) {
        var heads: [(entry: Entry, source: Int)] = []
        var readers = runs?.readers() ?? []
        var rest = kept[...]
        func next(_ source: Int) throws(StorageError) -> Entry? {
            source < readers.count ? try readers[source].next() : rest.popFirst()
        }
        for source in 0...readers.count { if let entry = try next(source) { heads.append((entry, source)) } }
        // A heap would save little: there are as many runs as multiples of the memory.
        while let least = heads.indices.min(by: { precedes(heads[$0].entry, heads[$1].entry) }) {
            let (entry, source) = heads[least]
            if let following = try next(source) {
                heads[least].entry = following
            } else {
                heads.remove(at: least)
            }
            if try !body(entry) { return }
        }
    }
}

extension FieldValue {
    /// Long text is ordered by its beginning.
    fileprivate var shortened: FieldValue {
        guard case .text(let text) = self, text.utf8.count > 1 << 14 else { return self }
        return .text(String(text.prefix(1 << 12)))
    }

    fileprivate var textLength: Int {
        switch self {
        case .text(let text): text.utf8.count
        case .many(let texts): texts.reduce(0) { $0 + $1.utf8.count + 32 }
        case .decimal(let number): number.text.utf8.count
        default: 0
        }
    }
}
