/// The names of keys that Tomcat's session managers use beside the bare id (session-formats, ch. 12).
enum TomcatKeys {
    private static let sessions = Array("sessions".utf8)
    private static let overitSessions = Array("tomcat:sessions".utf8)
    private static let overit = Array(":session:".utf8)
    private static let chexagon = Array("_rsm_".utf8)

    /// Pivotal's and zinin's `sessions` and Overit's `tomcat:sessions` hold ids; all other names say nothing.
    static func role(of key: [UInt8]) -> KeyRole {
        key == sessions || key == overitSessions ? .auxiliary(GroupedKey.Role.sessionIds.rawValue) : .undecided
    }

    static func keys(ofId id: [UInt8], namespaces: [[UInt8]]) -> [[UInt8]] {
        [chexagon + id] + ([Array("tomcat".utf8)] + namespaces).map { $0 + overit + id }
    }

    /// Which manager wrote a bare `StandardSession` is not known: its set of ids is shown where there is one.
    static func group(of session: Session) -> [GroupedKey] {
        guard session.variant == TomcatFraming.raw.rawValue else { return [] }
        guard let namespace = session.namespace else {
            return [GroupedKey(key: sessions, role: .sessionIds, members: [session.id], isExpected: false)]
        }
        // Overit's prefix is `tomcat` unless it is told otherwise; `session` stands behind it.
        let tail = Array(":session".utf8)
        guard namespace.count > tail.count, namespace.hasPrefix(tail, at: namespace.count - tail.count) else {
            return []
        }
        let key = namespace.dropLast(tail.count) + [UInt8(ascii: ":")] + sessions
        return [GroupedKey(key: Array(key), role: .sessionIds, members: [session.id])]
    }
}
