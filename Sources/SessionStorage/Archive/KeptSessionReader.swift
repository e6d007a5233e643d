import Sessions

/// What is wrong with a record of the undo archive.
struct RecordFault: Error, Hashable {
    /// What, without anything of the content.
    let reason: String
    /// Where, in bytes from the start.
    let offset: Int
}

/// Reads the records that ``KeptSessionWriter`` writes. The bytes are foreign: every length and number is looked at first.
struct KeptSessionReader {
    private let bytes: [UInt8]
    private let end: Int
    private var position = 0

    /// The session of a record.
    static func session(of record: [UInt8]) throws(RecordFault) -> KeptSession {
        var reader = try KeptSessionReader(record)
        return try reader.session()
    }

    private init(_ record: [UInt8]) throws(RecordFault) {
        bytes = record
        end = record.count - 4
        guard end >= 1 else { throw RecordFault(reason: "too short", offset: 0) }
        let found = record[end...].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        guard found == CRC32.of(record[..<end]) else { throw RecordFault(reason: "wrong checksum", offset: end) }
    }

    private mutating func session() throws(RecordFault) -> KeptSession {
        guard try byte() == KeptSessionWriter.version else { throw fault("unknown version") }
        let (id, key, format) = (try part(), try part(), try text())
        let variant = try byte() == 0 ? nil : try text()
        let states = try list(of: 10) { reader throws(RecordFault) in try reader.state() }
        let result = try list(of: 9) { reader throws(RecordFault) in try reader.condition() }
        guard position == end else { throw fault("too long") }
        return KeptSession(id: id, key: key, format: format, variant: variant, states: states, result: result)
    }

    private mutating func state() throws(RecordFault) -> KeyState {
        let key = try part()
        guard let role = GroupedKey.Role(rawValue: try text()) else { throw fault("unknown role") }
        let expiry = try byte() == 0 ? nil : try number()
        let extent = try extent()
        return KeyState(key: key, role: role, content: try content(), expiresAt: expiry, extent: extent)
    }

    /// Stands before the content where it is not the whole.
    private mutating func extent() throws(RecordFault) -> KeyState.Extent {
        guard position < end else { throw fault("too short") }
        switch bytes[position] {
        case 5:
            position += 1
            return .content
        case 6:
            position += 1
            return .fields(try list(of: 4) { reader throws(RecordFault) in try reader.part() })
        default: return .whole
        }
    }

    private mutating func content() throws(RecordFault) -> KeyState.Content {
        switch try byte() {
        case 0: return .missing
        case 1: return .string(try part())
        case 2: return .hash(try list(of: 8) { r throws(RecordFault) in StoredField(try r.part(), try r.part()) })
        case 3: return .set(try list(of: 4) { r throws(RecordFault) in try r.part() })
        case 4: return .shared(try list(of: 5) { r throws(RecordFault) in SharedMember(try r.part(), try r.place()) })
        default: throw fault("unknown content")
        }
    }

    private mutating func place() throws(RecordFault) -> SharedMember.Place {
        switch try byte() {
        case 0: return .outside
        case 1: return .inside
        case 2: return .scored(try part())
        default: throw fault("unknown place")
        }
    }

    private mutating func condition() throws(RecordFault) -> PlanCondition {
        let key = try part()
        guard let meaning = PlanCondition.Meaning(rawValue: try text()) else { throw fault("unknown meaning") }
        return PlanCondition(key, try test(), otherwise: meaning)
    }

    private mutating func test() throws(RecordFault) -> PlanCondition.Test {
        switch try byte() {
        case 0: return .exists
        case 1: return .missing
        case 2: return .field(try part(), try byte() == 0 ? nil : try part())
        case 3: return .fieldDigest(try part(), try part())
        case 4: return .fieldCount(Int(clamping: try number()))
        case 5: return .digest(try part())
        case 6: return .lifeAtMost(try number())
        case 7: return .lifeIsEndless
        case 8: return .member(try part())
        case 9: return .endsAt(try number())
        case 10: return .hashDigest(try part())
        default: throw fault("unknown condition")
        }
    }

    // MARK: The parts

    /// Elements behind their number, each of at least `size` bytes: so no number asks for more memory than the record has.
    private mutating func list<Element>(
        of size: Int, _ read: (inout Self) throws(RecordFault) -> Element
    ) throws(RecordFault) -> [Element] {
        let count = try length()
        guard count <= (end - position) / size else { throw fault("too many elements") }
        var elements: [Element] = []
        elements.reserveCapacity(count)
        for _ in 0..<count { elements.append(try read(&self)) }
        return elements
    }

    private mutating func text() throws(RecordFault) -> String {
        guard let text = String(validating: try part(), as: UTF8.self) else { throw fault("no UTF-8") }
        return text
    }

    private mutating func part() throws(RecordFault) -> [UInt8] { Array(try take(try length())) }

    private mutating func length() throws(RecordFault) -> Int {
        Int(try take(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) })
    }

    private mutating func number() throws(RecordFault) -> Int64 {
        Int64(bitPattern: try take(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
    }

    private mutating func byte() throws(RecordFault) -> UInt8 {
        guard position < end else { throw fault("too short") }
        defer { position += 1 }
        return bytes[position]
    }

    private mutating func take(_ count: Int) throws(RecordFault) -> ArraySlice<UInt8> {
        guard count <= end - position else { throw fault("too short") }
        defer { position += count }
        return bytes[position..<position + count]
    }

    private func fault(_ reason: String) -> RecordFault { RecordFault(reason: reason, offset: position) }
}
