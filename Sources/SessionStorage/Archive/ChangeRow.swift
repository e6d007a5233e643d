import Sessions

/// A change as its row in the archive has it.
struct ChangeRow {
    var number: Int64
    var began: Int64
    var ended: Int64?
    var state: State
    var origin: ArchivedChange.Origin
    /// How many sessions are kept, and their bytes.
    var sessions: Int64 = 0
    var bytes: Int64 = 0

    /// As ``ArchivedChange/State``, and one that is never shown.
    enum State: String {
        case running, done, interrupted
        /// Its sessions are being taken away: it is no change any more.
        case pruned
    }

    /// In the order of ``init(reading:)``.
    static let columns =
        "number, began, ended, state, command, endpoint, database, version, sessions, bytes, checksum, server"

    /// Nil where a value is of another type, or the checksum is wrong.
    init?(reading row: SQLiteStatement) {
        guard let number = row.integer(0), let began = row.integer(1), let state = row.text(3).flatMap(State.init),
            let command = row.text(4).flatMap(Self.words), let endpoint = row.text(5),
            let database = row.integer(6).flatMap({ Int(exactly: $0) }), let version = row.text(7),
            let sessions = row.integer(8), let bytes = row.integer(9), let checksum = row.integer(10),
            let ended = row.isNull(2) ? .some(nil) : row.integer(2).map(Optional.some),
            let server = row.isNull(11) ? .some(nil) : row.text(11).map(Optional.some)
        else { return nil }
        origin = .init(command: command, endpoint: endpoint, database: database, version: version, server: server)
        (self.number, self.began, self.ended, self.state) = (number, began, ended, state)
        (self.sessions, self.bytes) = (sessions, bytes)
        guard checksum == self.checksum, (0...SessionNumber.mostPlaces).contains(sessions) else { return nil }
    }

    init(number: Int64, began: Int64, origin: ArchivedChange.Origin) {
        (self.number, self.began, self.origin) = (number, began, origin)
        state = .running
    }

    /// Over all other columns: a changed address or number must not make sessions return in another place.
    var checksum: Int64 {
        let numbers = [number, began, ended ?? .min, Int64(origin.database), sessions, bytes]
        // Rows of version 1 have no server.
        let texts = [state.rawValue, commandText, origin.endpoint, origin.version] + (origin.server.map { [$0] } ?? [])
        var bytes: [UInt8] = []
        for number in numbers { withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) } }
        for text in texts {
            withUnsafeBytes(of: UInt32(truncatingIfNeeded: text.utf8.count).bigEndian) { bytes.append(contentsOf: $0) }
            bytes.append(contentsOf: text.utf8)
        }
        return Int64(CRC32.of(bytes))
    }

    /// The words as a JSON array: any SQLite program shows it.
    var commandText: String {
        var json = JSONWriter()
        json.beginArray()
        for word in origin.command { json.string(word) }
        json.endArray()
        return String(decoding: json.bytes, as: UTF8.self)
    }

    private static func words(_ text: String) -> [String]? {
        guard let array = (try? JSONReader.read(Array(text.utf8)))?.root.array else { return nil }
        let words = array.compactMap { $0.string?.text }
        return words.count == array.count ? words : nil
    }
}

/// How sessions are numbered: the change in the upper half, the place in it in the lower.
enum SessionNumber {
    /// More sessions than one change may have, and more changes than there may be.
    static let mostPlaces: Int64 = 1 << 31

    /// The numbers that the sessions of a change have or may get.
    static func range(of change: Int64) -> ClosedRange<Int64> {
        let first = max(0, min(change, mostPlaces - 1)) << 32
        return first...first + mostPlaces
    }
}
