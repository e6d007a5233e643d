import JavaSerialization
import TestSupport
import Testing

@testable import Sessions

/// Filters, paths and statistics on values that were damaged: an answer in bounded time, and never a trap.
@Suite struct DamagedQueriesTests {
    private static let now: Int64 = 1_800_000_000_000

    private func values() throws -> [[UInt8]] {
        var values: Set<[UInt8]> = []
        for store in try FixtureStore.all() {
            for record in try store.records() {
                switch record.content {
                case .string(let value): values.insert(value)
                case .hash(let fields): for field in fields { values.insert(field.value) }
                default: break
                }
            }
        }
        return values.filter { $0.count < 20_000 }.sorted { $0.lexicographicallyPrecedes($1) }
    }

    private func changed(_ bytes: [UInt8], _ random: inout SeededRandom) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 0...3, using: &random) where !bytes.isEmpty {
            bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
        }
        return bytes
    }

    private func sessions(_ bytes: [UInt8], _ random: inout SeededRandom) -> [Session] {
        var single = Session(id: [0xFF], format: "x", key: [0xFE], timeToLive: .milliseconds(.max))
        single.createdAt = Int64.random(in: .min ... .max, using: &random)
        single.lastAccessedAt = Int64.random(in: .min ... .max, using: &random)
        single.attributes = [SessionAttribute(name: Array("a.b".utf8), value: .stored(bytes))]
        let record = StoredRecord(key: Array("0123456789ABCDEF".utf8), content: .string(bytes), sizeBytes: bytes.count)
        return [single] + [TomcatFormat.session(from: record, now: Self.now)].compactMap { $0 }
    }

    @Test(.timeLimit(.minutes(5))) func everyQueryHasAnAnswer() throws {
        var random = SeededRandom(for: "damaged queries")
        var statistics = SessionStatistics()
        var asked = 0
        for value in try values() {
            for _ in 0..<8 {
                for session in sessions(changed(value, &random), &random) {
                    statistics.add(session, now: Self.now)
                    _ = session.classNames
                    for path in session.attributePaths(limit: 10) {
                        let filter = try SessionFilter(
                            "attr.\(path) > 5 or attr.\(path) < 2026-01-01 or attr.\(path) ~ x or has(\(path))", now: 0)
                        _ = filter.matches(session, now: Self.now)
                        asked += 1
                    }
                }
            }
        }
        #expect(asked > 5000 && statistics.sessions > 5000, "\(asked) of \(statistics.sessions)")
        #expect(statistics.classes.nameCount > 100 && statistics.classes.unnamed == 0)
    }
}
