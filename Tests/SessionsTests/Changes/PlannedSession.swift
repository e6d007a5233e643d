@testable import Sessions

/// A session made by hand, for what no library's database holds.
struct PlannedSession {
    static let now: Int64 = 1_800_000_000_000

    var record: StoredRecord
    var others: [(role: GroupedKey.Role, content: GroupedRecord.Content)] = []

    /// A hash with fields of these bytes.
    init(_ key: String, _ fields: [(String, [UInt8])], life: TimeToLive = .milliseconds(1_000_000)) {
        let fields = fields.map { StoredField(Array($0.0.utf8), $0.1) }
        record = StoredRecord(key: Array(key.utf8), content: .hash(fields), timeToLive: life)
    }

    /// A string.
    init(_ key: String, text: String, life: TimeToLive = .none) {
        record = StoredRecord(key: Array(key.utf8), content: .string(Array(text.utf8)), timeToLive: life)
    }

    /// The group, in which keys of roles without content are missing. A shadow key with content stands beside an indexed session.
    func group() throws -> SessionGroup {
        var record = record
        record.hasShadowKey = others.contains { $0.role == .shadow && $0.content == .string([]) }
        record.hasIndexKey = others.contains { $0.role == .sessionIndex }
        guard let session = SessionFormats.session(from: record, now: Self.now) else { throw SessionMissing() }
        let keys = SessionFormats.keyGroup(of: session).dropFirst()
        return SessionGroup(
            session: session, record: record,
            others: keys.map { key in
                GroupedRecord(key: key, content: others.first { $0.role == key.role }?.content ?? .missing)
            })
    }

    /// The fields of a Spring session, used a minute ago, as this serializer's example writes numbers.
    static func spring(
        interval: Int64 = 1800, like example: (Int64, BoxedNumber.Box) -> [UInt8]
    ) -> [(String, [UInt8])] {
        [
            ("creationTime", example(now - 600_000, .long)), ("lastAccessedTime", example(now - 60_000, .long)),
            ("maxInactiveInterval", example(interval, .integer)),
        ]
    }

    static func text(_ number: Int64, _ box: BoxedNumber.Box) -> [UInt8] { number.decimal }
}

private struct SessionMissing: Error {}

extension ChangePlan {
    /// The commands as people would type them; the namespace `s` of the tests stays as it is.
    var lines: [String] { commands.map { $0.words.map { EscapedName.text(of: $0) }.joined(separator: " ") } }
}

extension [UInt8] {
    /// The bytes of a text.
    static func utf8(_ text: String) -> [UInt8] { Array(text.utf8) }
}

/// What a format says against a change; nil where it has a plan.
func refusal(_ plan: () throws(ChangeRefusal) -> ChangePlan) -> String? {
    do {
        _ = try plan()
        return nil
    } catch {
        return error.description
    }
}
