import Sessions

extension SessionGroup {
    /// Whether it is what was written of a session behind its end.
    var isRemnant: Bool { SessionFormats.isRemnant(session, record) }

    /// Whether nobody is logged in with it: it is such a remnant, or the placeholder of an id.
    var isNone: Bool { isRemnant || session.isPlaceholder }
}
