import JavaSerialization

extension Session {
    /// What is wrong with the session, its attributes looked into: those that are damaged or that only their own class can read,
    /// and why. Decodes them now, so it is for where somebody asks.
    public var findingsWithValues: [Finding] {
        let graph = GraphPool.take()
        let unread = (attributes ?? []).compactMap { attribute -> Finding? in
            // Of other values the reader of the session has said it.
            guard case .stored = attribute.value else { return nil }
            let name = "attribute '\(EscapedName.text(of: attribute.name))'"
            return switch attribute.value.decoded(into: graph) {
            case .undecodable(_, let reason): Finding("undecodable", "the \(name): \(reason)")
            case .opaque(_, let reason): Finding("opaque", "\(name) is kept unread: \(reason)")
            default: nil
            }
        }
        return findings + unread
    }
}
