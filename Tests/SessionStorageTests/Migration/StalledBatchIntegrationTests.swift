import Foundation
import Redis
import Sessions
import TestSupport
import Testing

@testable import SessionStorage

/// A server that stalls in the middle of a batch: what it has answered so far is in the journal while the rest is waited for.
struct StalledBatchIntegrationTests {
    private static let ids = ["107fe95d-17d0-4470-b9cd-c9c8f35e27f9", "7684f03b-61c4-44ff-972a-c60c970fe02e"]
    private static let keys = ids.map { Array("spring:session:sessions:\($0)".utf8) }

    private static func fill(_ server: RedisServer, at time: Int64) throws {
        for (id, letter) in zip(ids, ["a", "b"]) {
            try server.command(
                "HSET", "spring:session:sessions:\(id)", "creationTime", String(time), "lastAccessedTime", String(time),
                "maxInactiveInterval", "1800", "sessionAttr:text", String(repeating: letter, count: 4096))
            try server.command("PEXPIREAT", "spring:session:sessions:\(id)", String(time + 2_100_000))
        }
    }

    /// What is known of the sessions while the job runs.
    private static func noted(_ home: TemporaryDirectory) -> [Bool] {
        let environment = ["XDG_STATE_HOME": home.path]
        guard let journal = try? MigrationJournal.existing(identity: "job", environment: environment, now: 0),
            let entries = try? journal.entries(of: keys)
        else { return [] }
        return keys.map { entries[$0]?.answered != nil }
    }

    @Test(arguments: [(true, false), (false, false), (true, true)])
    func whatIsAnsweredIsNotedBeforeTheRestIs(_ readsBack: Bool, _ moves: Bool) throws {
        let (source, target, home) = (try RedisServer(), try RedisServer(), try TemporaryDirectory())
        defer {
            source.stop()
            target.stop()
        }
        let time = try source.now()
        try Self.fill(source, at: time)
        let link = try ActingLink(to: target, bytes: 512)
        defer { link.stop() }
        let seen = Noted()
        // Only the write has so much of it in one piece, and the server has all of the first session's by then.
        link.act(at: [String(repeating: "b", count: 300)]) {
            usleep(500_000)
            seen.set(Self.noted(home))
        }
        var manner = MigrationBatch.Manner(
            conversion: nil, movesAway: moves, readsBack: readsBack, filter: SessionFilter(all: []))
        manner.conflict = .fail
        let journal = try MigrationJournal.open(
            identity: "job", environment: ["XDG_STATE_HOME": home.path], now: time)
        let sides = try [source.store(now: time), target.store(at: link.socketPath, now: time)].map { store in
            MigrationBatch.Side(store, try ChangeServer(of: store.connection))
        }
        var batch = try MigrationBatch(manner, from: sides[0], to: sides[1], journal: journal)
        defer { batch.endReading() }
        let sessions = try batch.run(Self.keys) { MigrationBatch.Times(source: time, target: time) }
        #expect(sessions.map(\.outcome) == Self.keys.map { _ in moves ? .moved : .migrated })
        #expect(link.count == 1 && seen.get == [true, false], "\(seen.get)")
    }
}

/// What was noted, as another thread has seen it.
private final class Noted: @unchecked Sendable {
    private let lock = NSLock()
    private var value: [Bool] = []

    var get: [Bool] { lock.withLock { value } }
    func set(_ value: [Bool]) { lock.withLock { self.value = value } }
}
