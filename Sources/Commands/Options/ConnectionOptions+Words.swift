import Redis

extension ConnectionOptions {
    /// The words that lead another command to the same store: as they were given, but for a password, which is asked for instead.
    var words: [String] {
        var words: [String] = []
        func add(_ name: String, _ value: (some CustomStringConvertible)?) {
            if let value { words += [name, value.description] }
        }
        add("-u", url.map { Self.withoutUser(StoreURL.withoutPassword(of: $0)) })
        add("-h", host)
        add("-p", port)
        add("-s", socket.map { Self.whole($0) })
        add("-n", database)
        // A name in a URL would be masked like a password wherever the line is told.
        add("--user", user ?? url.flatMap { (try? StoreURL($0))?.user })
        if asksForPassword { words.append("--askpass") }
        add("-t", connectTimeout)
        add("--timeout", timeout)
        for name in namespaces { add("--namespace", name) }
        add("--max-inactive-interval", managerInterval)
        for template in jwtKeys { add("--jwt-keys", template) }
        return words
    }

    /// The line may be given in another folder.
    private static func whole(_ socket: String) -> String {
        guard case .unix(let path) = RedisEndpoint(.unix(path: socket)).canonical.address else { return socket }
        return path
    }

    private static func withoutUser(_ url: String) -> String {
        guard let info = StoreURL.userInfo(in: url) else { return url }
        return String(url[..<info.lowerBound] + url[info.upperBound...].dropFirst())
    }

    private var asksForPassword: Bool {
        askPassword || password != nil || url.map { StoreURL.withoutPassword(of: $0) != $0 } ?? false
    }
}
