/// The names of Redisson's keys (session-formats, ch. 10.1 and 13).
enum RedissonKeys {
    private static let tomcat = Array("redisson:tomcat_session:".utf8)
    /// Before 2.12.0 and 3.7.0.
    private static let tomcatBefore = Array("redisson_tomcat_session:".utf8)
    private static let singleSignOn = Array("redisson:tomcat_sso".utf8)
    private static let nodes = Array("redisson:tomcat_notified_nodes:".utf8)
    /// Where `RedissonSessionRepository` keeps its hashes; Spring Session has `sessions:` behind it.
    private static let repository = Array("spring:session:".utf8)
    private static let colon = UInt8(ascii: ":")

    static func role(of key: [UInt8]) -> KeyRole {
        if isRepository(key) { return .session(id: repository.count..<key.count, namespace: 0..<repository.count - 1) }
        if start(of: nodes, in: key) != nil { return .auxiliary(GroupedKey.Role.notifiedNodes.rawValue) }
        for name in [tomcat, tomcatBefore] {
            guard let start = start(of: name, in: key) else { continue }
            let id = start + name.count
            guard id < key.count else { return .undecided }
            if key[id...].elementsEqual(singleSignOn) { return .auxiliary("single sign-on") }
            return .session(id: id..<key.count, namespace: 0..<max(0, start - 1))
        }
        return .undecided
    }

    /// Where `name` stands in `key`: at its start, or behind a prefix and a colon.
    private static func start(of name: [UInt8], in key: [UInt8]) -> Int? {
        guard key.count >= name.count, let start = key.firstIndex(of: name) else { return nil }
        return start == 0 || key[start - 1] == colon ? start : nil
    }

    /// `spring:session:<id>`, where an id has no colon.
    static func isRepository(_ key: [UInt8]) -> Bool {
        key.count > repository.count && key.hasPrefix(repository) && !key[repository.count...].contains(colon)
    }

    static func shadowKey(of key: [UInt8]) -> [UInt8]? {
        guard isRepository(key) else { return nil }
        return SpringKeys.shadowKey(namespace: repository.dropLast(), id: key[repository.count...])
    }

    static func keys(ofId id: [UInt8], namespaces: [[UInt8]]) -> [[UInt8]] {
        [repository + id, tomcat + id, tomcatBefore + id] + namespaces.map { $0 + [colon] + tomcat + id }
    }

    static func group(of session: Session) -> [GroupedKey] {
        if isRepository(session.key) { return repositoryGroup(of: session) }
        let prefix = session.namespace.map { $0 + [colon] } ?? []
        return [GroupedKey(key: prefix + nodes + session.id, role: .notifiedNodes, isExpected: false)]
    }

    /// Sessions that never end have no shadow key; the index holds ids as plain text (ch. 13).
    private static func repositoryGroup(of session: Session) -> [GroupedKey] {
        var keys: [GroupedKey] = []
        if let shadow = shadowKey(of: session.key) {
            keys.append(
                GroupedKey(key: shadow, role: .shadow, isExpected: session.maxInactiveSeconds.map { $0 >= 0 } ?? true))
        }
        if let principal = session.principalName {
            let index = ":index:\(SpringPrincipal.indexAttribute):"
            keys.append(
                GroupedKey(
                    key: repository.dropLast() + Array(index.utf8) + principal, role: .principalIndex,
                    members: [session.id]))
        }
        return keys
    }
}
