/// What is worth knowing about a server before working on it, asked once.
package struct ServerInfo: Equatable, Sendable {
    package enum Role: String, Sendable {
        case primary = "master"
        case replica = "slave"
    }

    /// `[7, 0, 15]`; empty where the server does not say.
    package var version: [Int] = []
    package var role: Role?
    /// The server still reads its data from disk; most commands fail until it is done.
    package var isLoading = false
    /// Seconds since it was started; nil where it does not say.
    package var uptime: Int64?
    /// The run id of the process; nil where it does not say.
    package var runID: String?
    /// The replication ids of its data: the present one, and the one before where it was a replica or was started with older data.
    package var replicationIDs: [String] = []
    /// Whether it is a node of a Redis Cluster.
    package var isCluster = false
    /// Bytes of memory that its data take; nil where it does not say.
    package var usedMemory: Int64?
    /// The most that they may take; nil where there is no limit.
    package var memoryLimit: Int64?
    /// What it does where they would take more: `noeviction`, `allkeys-lru`, …
    package var evictionPolicy: String?
    /// Replicas that are connected to it.
    package var replicas = 0
    /// Keys in the connection's database.
    package var keyCount = 0
}

extension ServerInfo {
    /// Asks with INFO and DBSIZE. Where the ACL denies INFO, its facts stay unknown.
    package init(of connection: RedisConnection) throws(RedisError) {
        do throws(RedisError) {
            let text = try connection.call("INFO").bytes ?? []
            self.init(parsing: String(decoding: text, as: UTF8.self))
        } catch  where error.kind == .permission {
            self.init()
        }
        keyCount = Int(try connection.call("DBSIZE").integer ?? 0)
    }

    /// Reads the answer to INFO: lines of `name:value`.
    init(parsing text: String) {
        self.init()
        for line in text.split(whereSeparator: \.isNewline) {
            guard let colon = line.firstIndex(of: ":") else { continue }
            let value = line[line.index(after: colon)...]
            switch line[..<colon] {
            case "redis_version": version = value.split(separator: ".").map { Int($0.prefix { $0.isNumber }) ?? 0 }
            case "role": role = Role(rawValue: String(value))
            case "used_memory": usedMemory = Int64(value)
            case "maxmemory": memoryLimit = Int64(value).flatMap { $0 > 0 ? $0 : nil }
            case "maxmemory_policy": evictionPolicy = String(value)
            case "connected_slaves": replicas = Int(value) ?? 0
            case "run_id": runID = String(value)
            case "master_replid", "master_replid2":
                if value.contains(where: { $0 != "0" }) { replicationIDs.append(String(value)) }
            case "uptime_in_seconds": uptime = Int64(value)
            case "cluster_enabled": isCluster = value == "1"
            case "loading": isLoading = value == "1"
            default: continue
            }
        }
    }

    /// Whether the server is at least of this version; false where it is unknown.
    package func isAtLeast(_ wanted: Int...) -> Bool {
        !version.isEmpty && !version.lexicographicallyPrecedes(wanted)
    }
}
