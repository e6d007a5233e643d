extension SessionFormats {
    /// Whether a hash is what a request, or another node, has written of a session behind its end: whole ones have said when they were created from
    /// the first write on (session-formats, ch. 6.6 and 10).
    ///
    /// - Parameters:
    ///   - format: of the session that the hash would be.
    ///   - fields: all of the hash.
    package static func isRemnant(of format: String, _ fields: [StoredField]) -> Bool {
        creationTime(of: format).map { created in !fields.contains { $0.field == created } } ?? false
    }

    /// The field that says when a session was created; nil for formats that keep all of a session in one value.
    private static func creationTime(of format: String) -> [UInt8]? {
        switch format {
        case SpringFormat.name: SpringFormat.Field.creationTime
        case RedissonFormat.name: RedissonFormat.Field.creationTime
        default: nil
        }
    }
}
