import JavaSerialization

/// Access tokens of Spring Security OAuth's `RedisTokenStore` (session-formats, ch. 13): `access:<token>`.
public enum OAuthFormat: SessionFormat {
    /// The word `oauth`.
    public static let name = "oauth"

    private static let access = Array("access:".utf8)
    private static let packageName = "org.springframework.security.oauth2."
    private static let auxiliaryNames = [
        ("auth_to_access:", "access token by authentication"),
        ("refresh_auth:", GroupedKey.Role.authentication.rawValue),
        ("refresh_to_access:", GroupedKey.Role.refreshToken.rawValue),
        ("access_to_refresh:", GroupedKey.Role.refreshToken.rawValue),
        ("client_id_to_access_z:", "access tokens by client"), ("client_id_to_access:", "access tokens by client"),
        ("uname_to_access_z:", "access tokens by user"), ("uname_to_access:", "access tokens by user"),
    ].map { (Array($0.utf8), $1) }

    /// Names that nothing else has; `access:`, `auth:` and `refresh:` are common words, so the values tell.
    public static func role(ofKey key: [UInt8]) -> KeyRole {
        for (word, kind) in auxiliaryNames where key.hasPrefix(word) { return .auxiliary(kind) }
        return .undecided
    }

    /// The keys under which a session of this id would lie.
    public static func keys(ofId id: [UInt8], namespaces: [[UInt8]]) -> [[UInt8]] { [access + id] }

    /// What a record without a session is for, where its bytes tell.
    public static func auxiliaryKind(of record: StoredRecord) -> String? {
        switch className(of: record) {
        case "common.DefaultOAuth2RefreshToken", "common.DefaultExpiringOAuth2RefreshToken":
            GroupedKey.Role.refreshToken.rawValue
        case "provider.OAuth2Authentication": GroupedKey.Role.authentication.rawValue
        default: nil
        }
    }

    /// The class of the stream's first object, without the package that all have; nil for other values.
    private static func className(of record: StoredRecord) -> String? {
        guard case .string(let value) = record.content, value.hasPrefix([0xAC, 0xED, 0, 5, 0x73, 0x72]) else {
            return nil
        }
        var cursor = ByteCursor(value, at: 6)
        guard let name = cursor.counted(), name.hasPrefix(Array(packageName.utf8)) else { return nil }
        return String(decoding: name.dropFirst(packageName.utf8.count), as: UTF8.self)
    }

    /// The keys beside its own that exist, or should, because of `session`.
    public static func keyGroup(of session: Session) -> [GroupedKey] {
        let prefix = session.namespace.map { $0 + [UInt8(ascii: ":")] } ?? []
        var keys = [
            GroupedKey(
                key: prefix + Array("auth:".utf8) + session.id, role: .authentication, isExpected: false)
        ]
        guard let token = refreshToken(of: session) else { return keys }
        for word in ["refresh:", "refresh_auth:", "refresh_to_access:"] {
            let role = word == "refresh_auth:" ? GroupedKey.Role.authentication : .refreshToken
            keys.append(
                GroupedKey(key: prefix + Array(word.utf8) + token, role: role, isExpected: word == "refresh:"))
        }
        return keys
    }

    private static func refreshToken(of session: Session) -> [UInt8]? {
        for attribute in session.attributes ?? [] where attribute.name.elementsEqual("refreshToken".utf8) {
            guard case .node(let graph, let node?) = attribute.value else { return nil }
            return graph.reference("value", of: node).flatMap { graph.wtf8(of: $0) }
        }
        return nil
    }

    /// Reads the session that `record` holds, or nil where it holds none of this format.
    public static func session(from record: StoredRecord, now: Int64) -> Session? {
        guard className(of: record) == "common.DefaultOAuth2AccessToken", case .string(let value) = record.content,
            let start = record.key.lastIndex(of: access), start + access.count < record.key.count,
            start == 0 || record.key[start - 1] != UInt8(ascii: "_")
        else { return nil }
        let id = Array(record.key[(start + access.count)...])
        var session = Session(id: id, format: name, key: record.key, timeToLive: record.timeToLive)
        if start > 0 {
            let isSeparated = record.key[start - 1] == UInt8(ascii: ":")
            session.namespace = Array(record.key[..<(isSeparated ? start - 1 : start)])
        }
        session.endsWithItsKey = true
        session.sizeBytes = record.sizeBytes
        if record.isWhole { read(value, &session) }
        return session
    }

    /// The token's fields as attributes; who it was given to is in another key.
    private static func read(_ value: [UInt8], _ session: inout Session) {
        session.attributes = []
        do {
            let graph = try JavaGraph.reading(value)
            guard let node = graph.content(0), let data = graph.classData(of: node).last else { return }
            for field in graph.fields(of: data.javaClass) {
                guard case .reference(let target)? = graph.value(of: field, in: data) else { continue }
                session.attributes?.append(SessionAttribute(name: Array(field.name.utf8), value: .node(graph, target)))
            }
            if let date = graph.reference("expiration", of: node),
                case .date(let end) = try graph.value(of: date).content
            {
                session.statedEnd = end
            }
        } catch {
            session.findings.append(Finding("undecodable", "the token cannot be read to its end: \(error)"))
        }
    }
}
