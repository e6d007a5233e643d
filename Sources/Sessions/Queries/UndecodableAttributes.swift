import JavaSerialization

extension Session {
    /// What is wrong with the session, its attributes looked into: those that cannot be decoded, and why. Decodes them now, so it
    /// is for where somebody asks.
    public var findingsWithValues: [Finding] {
        let graph = GraphPool.take()
        let undecodable = (attributes ?? []).compactMap { attribute -> Finding? in
            guard case .undecodable(_, let reason) = attribute.value.decoded(into: graph) else { return nil }
            return Finding("undecodable", "the attribute '\(EscapedName.text(of: attribute.name))': \(reason)")
        }
        return findings + undecodable
    }
}
