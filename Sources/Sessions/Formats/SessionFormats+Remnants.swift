extension SessionFormats {
    /// Whether a hash is what a request, or another node, has written of a session behind its end: whole ones have said when they were created from
    /// the first write on (session-formats, ch. 6.6 and 10).
    ///
    /// - Parameter record: all of it.
    package static func isRemnant(_ session: Session, _ record: StoredRecord) -> Bool {
        guard let created = creationTime(of: session.format), case .hash(let fields) = record.content else {
            return false
        }
        return !fields.contains { $0.field == created }
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
