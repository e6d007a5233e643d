extension ConnectionOptions {
    /// The words that lead another command to the same store: as they were given, but for a password, which is asked for instead.
    var words: [String] {
        var words: [String] = []
        func add(_ name: String, _ value: (some CustomStringConvertible)?) {
            if let value { words += [name, value.description] }
        }
        add("-u", url.map { StoreURL.withoutPassword(of: $0) })
        add("-h", host)
        add("-p", port)
        add("-s", socket)
        add("-n", database)
        add("--user", user)
        if asksForPassword { words.append("--askpass") }
        add("-t", connectTimeout)
        add("--timeout", timeout)
        for name in namespaces { add("--namespace", name) }
        add("--max-inactive-interval", managerInterval)
        for template in jwtKeys { add("--jwt-keys", template) }
        return words
    }

    private var asksForPassword: Bool {
        askPassword || password != nil || url.map { StoreURL.withoutPassword(of: $0) != $0 } ?? false
    }
}
