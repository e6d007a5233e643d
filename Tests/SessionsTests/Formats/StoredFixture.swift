import Foundation
import TestSupport

@testable import Sessions

/// The keys of one fixture database as the program's own records, read through the formats as a scan would.
struct StoredFixture {
    /// What the keys turned out to be.
    struct Counts: Equatable {
        var sessions = 0
        var auxiliary: [String: Int] = [:]
        var others = 0
    }

    /// The sessions, by the bytes of their keys.
    private(set) var sessions: [[UInt8]: Session] = [:]
    private(set) var counts = Counts()
    /// The records whose key holds a session.
    private(set) var records: [[UInt8]: StoredRecord] = [:]

    /// Reads all keys of `part`; `now` is the time at which the lives of the keys are counted.
    init(_ store: FixtureStore, _ part: FixtureStore.Part = .main, now: Int64) throws {
        let stored = try store.records(part)
        let all = Dictionary(stored.map { ($0.key, $0) }) { $1 }
        for fixture in stored {
            if case .auxiliary(let kind) = SessionFormats.role(ofKey: fixture.key) {
                counts.auxiliary[kind, default: 0] += 1
                continue
            }
            let record = Self.record(fixture, among: all)
            guard let session = SessionFormats.session(from: record, now: now) else {
                if let kind = SessionFormats.auxiliaryKind(of: record) {
                    counts.auxiliary[kind, default: 0] += 1
                } else {
                    counts.others += 1
                }
                continue
            }
            counts.sessions += 1
            sessions[fixture.key] = session
            records[fixture.key] = record
        }
    }

    private static func record(_ fixture: FixtureRecord, among all: [[UInt8]: FixtureRecord]) -> StoredRecord {
        let content: StoredRecord.Content
        switch fixture.content {
        case .string(let bytes): content = .string(bytes)
        case .hash(let fields): content = .hash(fields.map { StoredField($0.name, $0.value) })
        case .set, .sortedSet, .list: content = .other(type: fixture.type)
        }
        var record = StoredRecord(key: fixture.key, content: content, timeToLive: TimeToLive(pttl: fixture.pttl))
        record.hasShadowKey = SessionFormats.shadowKey(ofKey: fixture.key).map { all[$0] != nil }
        record.hasIndexKey = SpringFormat.indexKey(ofKey: fixture.key).map { all[$0] != nil }
        addCompanions(to: &record, from: all)
        return record
    }

    /// As a fetch of a single session does, until nothing more is named.
    private static func addCompanions(to record: inout StoredRecord, from all: [[UInt8]: FixtureRecord]) {
        guard let session = SessionFormats.session(from: record, now: 0) else { return }
        while true {
            let known = Set(record.companions?.map(\.key) ?? [])
            let keys = SessionFormats.companionKeys(of: session, record).filter { !known.contains($0) }
            guard !keys.isEmpty else { return }
            let found = keys.map { key -> StoredCompanion in
                switch all[key]?.content {
                case .string(let bytes): StoredCompanion(key: key, content: .string(bytes))
                case .set(let members): StoredCompanion(key: key, content: .members(members))
                case nil: StoredCompanion(key: key, content: .missing)
                default: StoredCompanion(key: key, content: .other)
                }
            }
            record.companions = (record.companions ?? []) + found
        }
    }
}

extension TestJSON {
    /// The names of an object's members as the bytes in which attributes are named.
    var byteNames: [[UInt8]] { members?.map { Array(String(decoding: $0.name, as: UTF16.self).utf8) } ?? [] }
}

extension [[UInt8]] {
    /// In the order of their bytes, to compare what has no order.
    var inByteOrder: [[UInt8]] { sorted { $0.lexicographicallyPrecedes($1) } }
}
