#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// One database of one server.
package struct RedisEndpoint: Hashable, Sendable {
    package enum Address: Hashable, Sendable {
        /// A host name, an IPv4 or an IPv6 address (without brackets).
        case tcp(host: String, port: UInt16)
        case unix(path: String)
    }

    package var address: Address
    package var database: Int
    /// What people know it by, where a server of the program's own only serves it: the name of a file.
    package var title: String?

    package init(_ address: Address, database: Int = 0, title: String? = nil) {
        self.address = address
        self.database = database
        self.title = title
    }
}

extension RedisEndpoint {
    /// The description with the socket's whole path, so that it means the same from every folder.
    package var absolute: String {
        guard title == nil, case .unix(let path) = address, let whole = realpath(path, nil) else { return description }
        defer { free(whole) }
        var endpoint = self
        endpoint.address = .unix(path: String(cString: whole))
        return endpoint.description
    }
}

extension RedisEndpoint {
    /// The same for endpoints that are written differently and mean one: a host's name in small letters, the loopback under one
    /// name, a socket by its whole path. No name is looked up.
    package var canonical: RedisEndpoint {
        var endpoint = self
        switch address {
        case .tcp(let host, let port):
            var name = host.lowercased()
            if name.last == ".", name.count > 1 { name.removeLast() }
            name = Self.numericAddress(name) ?? name
            let isLoopback = ["localhost", "::1", "::", "0.0.0.0"].contains(name) || Self.isLoopback(name)
            endpoint.address = .tcp(host: isLoopback ? "localhost" : name, port: port)
        case .unix(let path):
            guard let whole = realpath(path, nil) else { break }
            defer { free(whole) }
            endpoint.address = .unix(path: String(cString: whole))
        }
        return endpoint
    }

    /// The usual form of a numeric address, of which there are many: `127.1`, `0x7f000001` and `::ffff:127.0.0.1` are 127.0.0.1. Nil for a name.
    private static func numericAddress(_ name: String) -> String? {
        var four = in_addr()
        if inet_aton(name, &four) != 0 { return withUnsafeBytes(of: four) { dotted($0) } }
        var six = in6_addr()
        guard inet_pton(AF_INET6, name, &six) == 1 else { return nil }
        let bytes = withUnsafeBytes(of: six) { Array($0) }
        if bytes[..<10].allSatisfy({ $0 == 0 }), bytes[10] == 0xFF, bytes[11] == 0xFF { return dotted(bytes[12...]) }
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        guard inet_ntop(AF_INET6, &six, &text, socklen_t(text.count)) != nil else { return nil }
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    private static func dotted(_ bytes: some Sequence<UInt8>) -> String {
        bytes.prefix(4).map { String($0) }.joined(separator: ".")
    }

    /// Whether a name is an IPv4 address of 127.0.0.0/8.
    private static func isLoopback(_ name: String) -> Bool {
        let parts = name.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
        return parts.count == 4 && parts[0] == 127 && !parts.contains(nil)
    }
}

extension RedisEndpoint: CustomStringConvertible {
    /// `127.0.0.1:6379/0`, `[::1]:6379/0` or `unix:///run/redis.sock?db=0`; holds no secret.
    package var description: String {
        if let title { return title }
        return switch address {
        case .tcp(let host, let port) where host.contains(":"): "[\(host)]:\(port)/\(database)"
        case .tcp(let host, let port): "\(host):\(port)/\(database)"
        case .unix(let path): "unix://\(path)?db=\(database)"
        }
    }
}
