import Sessions

extension FuzzedInput {
    /// A filter, a path, a field, a regular expression and a name, as somebody types them.
    public mutating func look(atQuery bytes: [UInt8]) {
        let text = String(decoding: bytes, as: UTF8.self)
        let now: Int64 = 1_795_420_000_000
        _ = EscapedName.readings(of: text)
        if let filter = try? SessionFilter(text, now: now) {
            countReadable()
            for session in Self.sessions {
                var tally = FilterTally()
                let holds = filter.matches(session, now: now, tally: &tally)
                let decision = filter.decision(on: session, now: now, known: filter.parts)
                precondition(decision == nil || decision == holds, "a filter decides otherwise than it matches")
            }
        }
        if let path = try? AttributePath(text, attributes: ["a", "a.b"]) {
            for session in Self.sessions { _ = try? path.value(in: session.attributes ?? []) }
        }
        if let field = try? SessionField(word: text) {
            for session in Self.sessions { _ = session.value(of: field, now: now) }
        }
        if let pattern = try? RegularExpression(text) { _ = pattern.isFound(in: text) }
    }

    /// One of nobody, and one with attributes of each encoding.
    private static var sessions: [Session] {
        let nobody = Session(id: [0xFF], format: "x", key: [], timeToLive: .none)
        var alice = Session(id: Array("abc".utf8), format: "spring", key: [], timeToLive: .milliseconds(5))
        alice.principal = "alice"
        (alice.createdAt, alice.lastAccessedAt, alice.maxInactiveSeconds) = (0, .max, .min)
        alice.attributes = [
            ("a", Array(#"{"@class":"demo.A","b":["java.util.ArrayList",[1,{"c":null}]],"d":1e400}"#.utf8)),
            ("a.b", [0xAC, 0xED, 0, 5, 0x74, 0, 1, 0x78]), ("c", Array("2026-01-31".utf8)), ("d", [0xFF]),
        ].map { SessionAttribute(name: Array($0.utf8), value: .stored($1)) }
        return [nobody, alice]
    }
}
