import Sessions

/// Writes sessions as records of the undo archive (docs/undo-archive.md).
///
/// One writer for many sessions: the memory is taken once.
struct KeptSessionWriter {
    /// The first byte of a record.
    static let version: UInt8 = 1

    private var bytes: [UInt8] = []

    /// The record: bytes behind their length, numbers with the highest byte first, and a checksum at the end.
    mutating func record(of session: KeptSession) -> [UInt8] {
        bytes.removeAll(keepingCapacity: true)
        bytes.append(Self.version)
        append(session.id)
        append(session.key)
        append(text: session.format)
        append(session.variant) { $0.append(text: $1) }
        append(count: session.states.count)
        for state in session.states { append(state) }
        append(count: session.result.count)
        for condition in session.result { append(condition) }
        append(CRC32.of(bytes))
        return bytes
    }

    private mutating func append(_ state: KeyState) {
        append(state.key)
        append(text: state.role.rawValue)
        append(state.expiresAt) { $0.append(UInt64(bitPattern: $1)) }
        switch state.extent {
        case .whole: break
        case .content: bytes.append(5)
        case .fields(let names):
            bytes.append(6)
            append(count: names.count)
            for name in names { append(name) }
        }
        switch state.content {
        case .missing: bytes.append(0)
        case .string(let string):
            bytes.append(1)
            append(string)
        case .hash(let fields):
            bytes.append(2)
            append(count: fields.count)
            for field in fields {
                append(field.field)
                append(field.value)
            }
        case .set(let members):
            bytes.append(3)
            append(count: members.count)
            for member in members { append(member) }
        case .shared(let members):
            bytes.append(4)
            append(count: members.count)
            for member in members { append(member) }
        }
    }

    private mutating func append(_ member: SharedMember) {
        append(member.member)
        switch member.place {
        case .outside: bytes.append(0)
        case .inside: bytes.append(1)
        case .scored(let score):
            bytes.append(2)
            append(score)
        }
    }

    private mutating func append(_ condition: PlanCondition) {
        append(condition.key)
        append(text: condition.otherwise.rawValue)
        switch condition.test {
        case .exists: bytes.append(0)
        case .missing: bytes.append(1)
        case .field(let name, let value):
            bytes.append(2)
            append(name)
            append(value) { $0.append($1) }
        case .fieldDigest(let name, let digest):
            bytes.append(3)
            append(name)
            append(digest)
        case .fieldCount(let count):
            bytes.append(4)
            append(UInt64(bitPattern: Int64(count)))
        case .digest(let digest):
            bytes.append(5)
            append(digest)
        case .lifeAtMost(let life):
            bytes.append(6)
            append(UInt64(bitPattern: life))
        case .lifeIsEndless: bytes.append(7)
        case .member(let member):
            bytes.append(8)
            append(member)
        case .endsAt(let end):
            bytes.append(9)
            append(UInt64(bitPattern: end))
        case .hashDigest(let digest):
            bytes.append(10)
            append(digest)
        }
    }

    // MARK: The parts

    private mutating func append<Value>(_ value: Value?, _ write: (inout Self, Value) -> Void) {
        bytes.append(value == nil ? 0 : 1)
        if let value { write(&self, value) }
    }

    private mutating func append(text: String) {
        append(count: text.utf8.count)
        bytes.append(contentsOf: text.utf8)
    }

    private mutating func append(_ part: [UInt8]) {
        append(count: part.count)
        bytes.append(contentsOf: part)
    }

    /// A record with a longer part is too long for the archive, whatever stands here.
    private mutating func append(count: Int) { append(UInt32(truncatingIfNeeded: count)) }

    private mutating func append(_ number: some FixedWidthInteger) {
        withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
    }
}
