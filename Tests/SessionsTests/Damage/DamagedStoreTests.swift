import JavaSerialization
import TestSupport
import Testing

@testable import Sessions

/// Sessions of all formats cut and changed: whatever comes of it, nothing stops the reader.
struct DamagedStoreTests {
    private static let stores = ["redisson-tomcat-3.52.0", "redisson-tomcat-3.52.0-json"].map { FixtureStore($0) }

    private func records() throws -> [StoredRecord] {
        let names = try Fixtures.names(in: "java-programs").filter { $0 != "README.md" }
        let stores = names.map { FixtureStore("java-programs/" + $0) } + Self.stores
        return try stores.flatMap { store in
            Array(try StoredFixture(store, now: 0).records.values)
                .sorted { $0.key.lexicographicallyPrecedes($1.key) }
        }
    }

    /// Reads the record and looks at all that a session shows; says whether there was one.
    private func look(_ record: StoredRecord, now: Int64 = .max) -> Bool {
        guard let session = SessionFormats.session(from: record, now: now) else { return false }
        _ = SessionFormats.keyGroup(of: session)
        _ = SessionFormats.companionKeys(of: session, record)
        _ = session.jwt?.neighbours.map { JWTNeighbourFindings($0, JWTNeighbourState(), now: now).about(session) }
        _ = session.expiresAt(now: now)
        for attribute in session.attributes ?? [] {
            guard case .java(let graph, let node?) = attribute.value.decoded() else { continue }
            _ = try? graph.value(of: node)
        }
        return true
    }

    private func changed(_ bytes: [UInt8], _ random: inout SeededRandom) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...3, using: &random) where !bytes.isEmpty {
            bytes[Int.random(in: 0..<bytes.count, using: &random)] = .random(in: 0...255, using: &random)
        }
        if Bool.random(using: &random) { bytes.removeLast(Int.random(in: 0...bytes.count, using: &random)) }
        return bytes
    }

    @Test(.timeLimit(.minutes(5))) func damagedSessionsAreReadOrRefused() throws {
        var random = SeededRandom(for: "damaged stores")
        let records = try records()
        var inputs = 0
        var sessions = 0
        for record in records {
            for round in 0..<60 {
                var damaged = record
                // The first bytes hold the frames: they are changed more often.
                switch record.content {
                case .string(let value):
                    let head = round.isMultiple(of: 2) ? min(value.count, 512) : value.count
                    damaged.content = .string(changed(Array(value[..<head]), &random) + value[head...])
                case .hash(let fields):
                    damaged.content = .hash(
                        fields.map { field in
                            round.isMultiple(of: 3)
                                ? StoredField(changed(field.field, &random), field.value)
                                : StoredField(field.field, changed(field.value, &random))
                        })
                case .other: continue
                }
                if round.isMultiple(of: 5) { damaged.key = changed(record.key, &random) }
                damaged.companions = record.companions?.map {
                    StoredCompanion(
                        key: $0.key, content: $0.bytes.map { .string(changed($0, &random)) } ?? $0.content)
                }
                damaged.isWhole = !round.isMultiple(of: 4)
                damaged.timeToLive = .milliseconds(.random(in: .min...(.max), using: &random))
                damaged.managerInterval = round.isMultiple(of: 7) ? .random(in: .min...(.max), using: &random) : nil
                inputs += 1
                if look(damaged, now: .random(in: .min...(.max), using: &random)) { sessions += 1 }
            }
        }
        #expect(records.count == 320 && inputs == records.count * 60, "\(records.count)")
        #expect(sessions > inputs / 4 && sessions < inputs)
    }

    /// A value that ends early is a session with a finding, or none; every number of bytes is tried.
    @Test(
        arguments: [
            "chexagon-redis-session-manager", "memcached-session-manager-sticky", "shiro-redis", "ran-jit-4.x",
            "overit-redis-manager", "tomcat-redis-session-manager-1.2", "spring-oauth-token-store",
        ])
    func aValueThatEndsEarlySaysSo(_ name: String) throws {
        let stored = try StoredFixture(FixtureStore("java-programs/" + name), now: 0)
        let records = stored.records.values.sorted { $0.key.lexicographicallyPrecedes($1.key) }
        var cuts = 0
        for var record in records {
            guard case .string(let value) = record.content, value.count > 100, value.count < 3000,
                let whole = stored.sessions[record.key], whole.findings.isEmpty
            else { continue }
            for count in 0..<value.count {
                record.content = .string(Array(value[..<count]))
                guard let session = SessionFormats.session(from: record, now: 0) else { continue }
                #expect(!session.findings.isEmpty, "\(name) \(count) of \(value.count)")
                #expect(session.attributes?.count ?? 0 <= whole.attributes?.count ?? 0)
                cuts += 1
            }
        }
        #expect(cuts > 1000)
    }
}
