import Sessions

// What is told of sessions that never end: versions 3.4 to 4.1 of Spring's indexed repository lose them (session-formats, ch. 6.3).

extension Session {
    /// Whether it is one of an indexed repository, and never ends.
    var isEndlessInSpring: Bool {
        format == SpringFormat.name && variant == SpringLayout.Repository.indexed.rawValue
            && maxInactiveSeconds.map { $0 < 0 } ?? false
    }
}

extension SessionConversion {
    /// Whether an application of the layout may end a session that never ends.
    func endsTooSoon(_ session: PortableSession) -> Bool {
        guard case .spring(let layout) = layout, layout.repository == .indexed, layout.version >= .threeFour else {
            return false
        }
        return session.maxInactiveSeconds < 0
    }
}

extension MigrationPreflight.Look {
    /// How many never end, and what becomes of such.
    var endlessLines: [String] {
        guard endless > 0 else { return [] }
        return [
            (endless == 1 ? "1 session never ends" : "\(endless) sessions never end")
                + ": the indexed repository of Spring Session 3.4 to 4.1 ends such five minutes after it saves them; a long interval is kept"
        ]
    }
}
