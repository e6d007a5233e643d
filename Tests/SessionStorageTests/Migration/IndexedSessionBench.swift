import Redis
import Sessions
import TestSupport

@testable import SessionStorage

/// Two servers, the journal of jobs between them, and a session of an indexed repository at the source.
struct IndexedSessionBench {
    static let key = "spring:session:sessions:107fe95d-17d0-4470-b9cd-c9c8f35e27f9"
    static let shadow = "spring:session:sessions:expires:107fe95d-17d0-4470-b9cd-c9c8f35e27f9"

    let source: RedisServer
    let target: RedisServer
    let home: TemporaryDirectory
    /// When the session ends, and the time of the runs, in milliseconds since 1970.
    let end: Int64
    let time: Int64

    /// - Parameter clusterPort: where the source listens to other nodes, if it is to be a cluster of its own.
    init(clusterPort: Int? = nil) throws {
        source = try RedisServer {
            if let clusterPort { $0.configuration = ["cluster-enabled yes", "cluster-port \(clusterPort)"] }
        }
        if clusterPort != nil {
            try source.command("CLUSTER", "ADDSLOTSRANGE", "0", "16383")
            try source.waitForCluster()
        }
        target = try RedisServer()
        home = try TemporaryDirectory()
        time = try source.now()
        end = time + 1_800_000
        try use("first")
        try source.command("SET", Self.shadow, "", "PXAT", String(end))
    }

    /// Somebody uses the session at the source, or at another server.
    ///
    /// - Parameter past: so many milliseconds before the runs.
    func use(_ text: String, _ past: Int64 = 0, at server: RedisServer? = nil) throws {
        let server = server ?? source
        try server.command(
            "HSET", Self.key, "creationTime", String(time - 60_000), "lastAccessedTime", String(time - past),
            "maxInactiveInterval", "1800", "sessionAttr:text", text)
        try server.command("HSETNX", Self.key, "sessionAttr:same", "it")
        try server.command("PEXPIREAT", Self.key, String(end + 300_000))
    }

    /// Runs a job of migration of the session.
    ///
    /// - Parameters:
    ///   - stores: what makes jobs such of the same two stores.
    ///   - path: the socket by which the target is reached, where it is not its own.
    ///   - other: the same of the source.
    ///   - now: tells the time, before the session is read and once it is written.
    func run(
        _ job: String = "job", of stores: String? = nil, at path: String? = nil, from other: String? = nil,
        _ change: (inout MigrationBatch.Manner) -> Void = { _ in }, now: (() -> MigrationBatch.Times)? = nil
    ) throws -> MigrationOutcome? {
        let journal = try journal(job, of: stores)
        return try run(journal, [source.store(at: other, now: time), target.store(at: path, now: time)], change, now)
    }

    /// The same the other way, from the target to the source.
    func back(
        _ job: String, _ change: (inout MigrationBatch.Manner) -> Void = { _ in }
    ) throws -> MigrationOutcome? {
        let stores = Self.stores("stores")
        let journal = try MigrationJournal.open(
            identity: job, of: MigrationJournal.Stores(pair: stores.back, back: stores.pair),
            environment: ["XDG_STATE_HOME": home.path], now: time)
        return try run(journal, [target.store(now: time), source.store(now: time)], change, nil)
    }

    private func run(
        _ journal: MigrationJournal, _ stores: [SessionStore], _ change: (inout MigrationBatch.Manner) -> Void,
        _ now: (() -> MigrationBatch.Times)?
    ) throws -> MigrationOutcome? {
        var manner = MigrationBatch.Manner(conversion: nil, filter: SessionFilter(all: []))
        change(&manner)
        let sides = try stores.map { MigrationBatch.Side($0, try ChangeServer(of: $0.connection)) }
        var batch = try MigrationBatch(manner, from: sides[0], to: sides[1], journal: journal)
        defer { batch.endReading() }
        let time = time
        let sessions = try batch.run(
            [Array(Self.key.utf8)], at: now ?? { MigrationBatch.Times(source: time, target: time) })
        return sessions.first?.outcome
    }

    func journal(_ job: String = "job", of stores: String? = nil) throws -> MigrationJournal {
        try MigrationJournal.open(
            identity: job, of: stores.map { Self.stores($0) }, environment: ["XDG_STATE_HOME": home.path], now: time)
    }

    /// Two stores, and a name for them.
    static func stores(_ name: String) -> MigrationJournal.Stores {
        MigrationJournal.Stores(pair: name, back: name + ", the other way")
    }

    /// What is known of the session.
    func entry(_ job: String = "job") throws -> MigrationJournal.Entry? {
        try journal(job).entries(of: [Array(Self.key.utf8)])[Array(Self.key.utf8)]
    }

    func has(_ key: String, _ server: RedisServer) throws -> Bool {
        try server.command("EXISTS", key) == .integer(1)
    }

    /// Its user logs out at the target.
    func logOut() throws { try target.command("DEL", Self.key, Self.shadow) }

    /// An outcome as it is told.
    static func text(_ outcome: MigrationOutcome?) -> String {
        outcome.map { "\($0.word): \($0.detail ?? "")" } ?? "nothing"
    }

    func stop() {
        source.stop()
        target.stop()
    }
}
