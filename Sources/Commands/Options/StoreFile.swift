import Redis

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// A file that holds a store: `archive:FILE`, `rdb:FILE[?db=n]` or `tokens:FILE`.
struct StoreFile: Equatable {
    enum Kind: String, CaseIterable {
        /// What `export` wrote: an archive, or JSON lines.
        case archive
        /// A dump of a Redis.
        case rdb
        /// Tokens, a line each.
        case tokens
    }

    let kind: Kind
    /// The whole path; `-` is standard input.
    let path: String

    /// What messages call it.
    var title: String { "\(kind.rawValue):\(path)" }

    /// Where its sessions are while a server serves them; people see the file's name.
    func endpoint(at address: RedisEndpoint.Address, database: Int = 0) -> RedisEndpoint {
        RedisEndpoint(address, database: database, title: title + (database > 0 ? "?db=\(database)" : ""))
    }

    init(_ kind: Kind, path: String) {
        self.kind = kind
        self.path = path == "-" ? path : Self.whole(path)
    }

    /// The same from every folder, so that a job that is given again is known; what is not there keeps its name.
    private static func whole(_ path: String) -> String {
        guard let whole = realpath(path, nil) else { return path }
        defer { free(whole) }
        return String(cString: whole)
    }
}
