import Sessions

extension SessionGroup {
    /// Whether it is what was written of a session behind its end.
    var isRemnant: Bool {
        guard case .hash(let fields) = record.content else { return false }
        return SessionFormats.isRemnant(of: session.format, fields)
    }

    /// Whether nobody is logged in with it: it is such a remnant, or the placeholder of an id.
    var isNone: Bool { isRemnant || session.isPlaceholder }
}
