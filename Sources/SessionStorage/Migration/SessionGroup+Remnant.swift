import Sessions

extension SessionGroup {
    /// Whether it is what a request has written of a session of Spring's behind its end: whole ones have said when they were created from the first
    /// write on (session-formats, ch. 6.6).
    var isRemnant: Bool {
        guard session.format == SpringFormat.name, case .hash(let fields) = record.content else { return false }
        return !fields.contains { $0.field == SpringFormat.Field.creationTime }
    }

    /// Whether nobody is logged in with it: it is such a remnant, or the placeholder of an id.
    var isNone: Bool { isRemnant || session.isPlaceholder }
}
