import Redis
import SessionStorage
import Sessions

/// A private Redis full of sample sessions.
struct SampleStore {
    let socketPath: String
    /// Such as `7.0.15`.
    let version: String

    /// Fills the Redis that `server` is.
    init(on server: PrivateServer, isInterrupted: @escaping () -> Bool) throws {
        let connection = try server.connect(isInterrupted: isInterrupted)
        defer { connection.close() }
        let info = try ServerInfo(of: connection)
        socketPath = server.socketPath
        version = info.version.map(String.init).joined(separator: ".")
        try Self.load(try SampleKey.all(), into: connection, restoring: info.isAtLeast(7, 0))
    }

    /// Creates `keys` in one round trip: by RESTORE where the server knows the form of their payloads, else from their
    /// content.
    static func load(_ keys: [SampleKey], into connection: RedisConnection, restoring: Bool) throws(RedisError) {
        var batch = CommandBatch()
        for command in keys.flatMap({ restoring ? $0.restoring : $0.rebuilding }) { batch.append(command) }
        try connection.send(batch, as: restoring ? "RESTORE" : "loading the sample sessions")
        var replies = ReplyBatch()
        for _ in 0..<batch.count {
            try connection.receive(1, into: &replies)
            if let error = connection.failure(in: replies, at: 0) { throw error }
        }
    }
}
