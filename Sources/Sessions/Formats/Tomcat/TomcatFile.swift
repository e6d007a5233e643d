public import JavaSerialization

/// Tomcat sessions outside of Redis: the files of `FileStore` (`*.session`) and `StandardManager` (`SESSIONS.ser`), and the
/// values of Redis managers (session-formats, ch. 2.5 and 3.1).
public enum TomcatFile {
    /// What kind of file the bytes are.
    public enum Kind: String, Sendable {
        /// The value of jcoleman's or ran-jit's manager or a fork.
        case managerValue = "Tomcat session manager value"
        /// One session of `FileStore`, or of a JDBC store's data column.
        case session = "Tomcat session file"
        /// All sessions of a stopped `StandardManager`.
        case sessions = "Tomcat SESSIONS.ser"
    }

    /// The kind of the stream in `graph`, or nil where it is no Tomcat session.
    public static func kind(of graph: JavaGraph) -> Kind? {
        guard let first = graph.content(0) else { return nil }
        if framing(of: graph) != nil { return .managerValue }
        if isSequence(graph, from: 0) { return .session }
        if graph.isInstance(first, of: "java.lang.Integer"), isSequence(graph, from: 1) {
            return .sessions
        }
        return nil
    }

    /// The sessions in `graph`, with what is wrong with each.
    ///
    /// - Parameters:
    ///   - error: what kept the graph from being read to its end; the last session that is there says so.
    ///   - now: milliseconds since 1970.
    public static func sessions(
        in graph: JavaGraph, kind: Kind, brokenOffBy error: JavaStreamError? = nil, now: Int64
    ) -> [Session] {
        var sessions =
            switch kind {
            case .managerValue: [read(ContentCursor(graph, from: 1), framing(of: graph) ?? .jcoleman, error).session]
            case .session: [read(ContentCursor(graph), .raw, error).session]
            case .sessions: all(in: graph, error)
            }
        if let error, !sessions.isEmpty {
            let place = kind == .sessions ? "file" : "session"
            sessions[sessions.count - 1].findings.append(
                Finding("undecodable", "the \(place) cannot be read to its end: \(error)"))
        }
        return sessions
    }

    /// The framing of a manager's value, by its first element.
    private static func framing(of graph: JavaGraph) -> TomcatFraming? {
        guard let first = graph.content(0) else { return nil }
        if graph.kind(of: first) == .object {
            return TomcatFraming(metadataClass: Array(graph.className(of: first).utf8))
        }
        let isTime = graph.kind(of: first) == .blockData && graph.payload(of: first).count == 8
        return isTime && isSequence(graph, from: 1) ? .jcoleman1 : nil
    }

    /// Long, Long, Integer, Boolean, Boolean, Long, String: the start of ch. 2.1.
    static func isSequence(_ graph: JavaGraph, from start: Int) -> Bool {
        let classes: [StaticString] = [
            "java.lang.Long", "java.lang.Long", "java.lang.Integer", "java.lang.Boolean", "java.lang.Boolean",
            "java.lang.Long",
        ]
        guard graph.contentCount > start + classes.count else { return false }
        for (offset, name) in classes.enumerated() {
            guard let node = graph.content(start + offset), graph.isInstance(node, of: name) else { return false }
        }
        return graph.content(start + classes.count).map { graph.kind(of: $0) == .string } ?? false
    }

    private static func all(in graph: JavaGraph, _ error: JavaStreamError?) -> [Session] {
        var cursor = ContentCursor(graph)
        let count = cursor.long() ?? 0
        var sessions: [Session] = []
        while Int64(sessions.count) < count, !cursor.isAtEnd {
            let (session, rest) = read(cursor, .raw, error)
            sessions.append(session)
            cursor = rest
        }
        if Int64(sessions.count) < count, !sessions.isEmpty {
            sessions[sessions.count - 1].findings.append(
                Finding("truncated", "the file claims \(count) sessions and holds \(sessions.count)"))
        }
        return sessions
    }

    private static func read(
        _ start: ContentCursor, _ framing: TomcatFraming, _ error: JavaStreamError?
    ) -> (session: Session, rest: ContentCursor) {
        var reader = StandardSessionReader(start)
        reader.read()
        let sequence = reader.sequence
        var session = Session(id: sequence.id ?? [], format: TomcatFormat.name, key: [], timeToLive: .unknown)
        session.variant = framing.rawValue
        session.apply(sequence, of: start.graph, isWhole: true)
        session.attributes = sequence.attributes
        if error == nil, !sequence.isComplete, sequence.findings.isEmpty {
            session.findings.append(Finding("truncated", "the session ends before its last attribute"))
        }
        var cursor = reader.cursor
        if framing.hasTrailer { TomcatBlob.readTrailer(&cursor, sequence, into: &session) }
        return (session, cursor)
    }
}
