import Redis
import SessionStorage
import TestSupport

extension RedisServer {
    /// The server's database 0 as a store, at a time that does not move; over a slow link where one is given, or at the socket of another one.
    func store(
        user: String? = nil, password: String = "", over link: SlowLink? = nil, at path: String? = nil,
        now: Int64 = 1_800_000_000_000
    ) throws -> SessionStore {
        let endpoint = RedisEndpoint(.unix(path: path ?? link?.socketPath ?? socketPath))
        let credentials = user.map { RedisCredentials(user: $0, password: Secret(Array(password.utf8))) } ?? .none
        return try SessionStore(
            connect: { () throws(RedisError) in try RedisConnection.connect(to: endpoint, credentials: credentials) },
            now: { now })
    }
}
