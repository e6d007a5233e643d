import JavaSerialization

/// Apache Shiro's sessions in Redis: `shiro:session:<id>`, a `SimpleSession` each (session-formats, ch. 13).
public enum ShiroFormat: SessionFormat {
    /// The word `shiro`.
    public static let name = "shiro"

    private static let sessions = Array("shiro:session:".utf8)
    private static let caches = Array("shiro:cache:".utf8)
    private static let principals = "org.apache.shiro.subject.support.DefaultSubjectContext_PRINCIPALS_SESSION_KEY"

    /// The prefix is configurable, so the value tells the session.
    public static func role(ofKey key: [UInt8]) -> KeyRole {
        key.hasPrefix(caches) ? .auxiliary("cache") : .undecided
    }

    /// The keys under which a session of this id would lie.
    public static func keys(ofId id: [UInt8], namespaces: [[UInt8]]) -> [[UInt8]] { [sessions + id] }

    /// Reads the session that `record` holds, or nil where it holds none of this format.
    public static func session(from record: StoredRecord, now: Int64) -> Session? {
        guard case .string(let value) = record.content, SimpleSessionHeader.looksLikeSession(value) else { return nil }
        var session = Session(id: record.key, format: name, key: record.key, timeToLive: record.timeToLive)
        session.sizeBytes = record.sizeBytes
        let header = SimpleSessionHeader(value)
        if record.isWhole { readAttributes(value, header, &session) }
        header.fill(&session, isWhole: record.isWhole)
        place(header.id, &session)
        session.noteKeyWithoutLife(unlessIntervalIsBelow: 0)
        return session
    }

    private static func place(_ id: [UInt8]?, _ session: inout Session) {
        let known = session.key.hasPrefix(sessions) ? Array(session.key[sessions.count...]) : nil
        guard let id = id ?? known, let prefix = TomcatId.prefix(of: session.key, before: id) else { return }
        session.id = id
        session.namespace = prefix
    }

    /// The map of attributes is the last object that the session wrote.
    private static func readAttributes(_ value: [UInt8], _ header: SimpleSessionHeader, _ session: inout Session) {
        session.attributes = []
        let graph = GraphPool.take()
        do {
            try graph.read(value)
            guard header.hasAttributes, let node = graph.content(0), let data = graph.classData(of: node).last,
                let map = data.annotation.last(where: { $0.map { graph.kind(of: $0) == .object } ?? false })
                    .flatMap({ $0 })
            else { return }
            let attributes = try MapAttributes.attributes(of: map, in: graph, &session.findings)
            session.attributes = attributes
            takePrincipal(attributes, graph, &session)
        } catch {
            session.findings.append(Finding("undecodable", "the session cannot be read to its end: \(error)"))
        }
    }

    /// The primary principal: the first of the first realm (`SimplePrincipalCollection.getPrimaryPrincipal`).
    private static func takePrincipal(_ attributes: [SessionAttribute], _ graph: JavaGraph, _ session: inout Session) {
        guard let attribute = attributes.first(where: { $0.name.elementsEqual(principals.utf8) }),
            case .node(_, let collection?) = attribute.value
        else {
            session.principalName = nil
            return
        }
        guard let realms = graph.reference("realmPrincipals", of: collection),
            case .map(let map) = try? graph.value(of: realms).content, let first = map.values.first.flatMap({ $0 }),
            case .sequence(let principals) = try? graph.value(of: first).content,
            let primary = principals.elements.first.flatMap({ $0 })
        else { return }
        session.principalName =
            TomcatPrincipal.name(of: primary, in: graph)
            ?? graph.reference("username", of: primary).flatMap { graph.wtf8(of: $0) }
    }
}
