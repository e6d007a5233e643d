import Sessions

/// A line of an export as JSON lines (docs/exporting-sessions.md): what it is of, a session, or its end.
enum SessionLine {
    /// The first line.
    case beginning(ExportOrigin)
    case session(KeptSession)
    /// Behind all sessions of a run, with how many lines of sessions stand before it.
    case end(lines: Int)

    /// Of the lines.
    static let version: Int64 = 1
    /// The name by which the lines that are no sessions are known.
    static let mark = "sessionctl"

    /// How every file begins.
    static let beginning = Array("{\"\(mark)\":\"export\",".utf8)

    // MARK: Writing

    static func beginning(of origin: ExportOrigin) -> [UInt8] {
        line { writer in
            text("export", mark, &writer)
            writer.name("version")
            writer.integer(version)
            text(origin.identity, "identity", &writer)
            text(origin.source, "source", &writer)
            text(origin.version, "program", &writer)
            writer.name("began")
            writer.integer(origin.began)
        }
    }

    static func end(of lines: Int, at milliseconds: Int64) -> [UInt8] {
        line { writer in
            text("end", mark, &writer)
            writer.name("lines")
            writer.integer(lines)
            writer.name("ended")
            writer.integer(milliseconds)
        }
    }

    /// The id and the principal are for people: what is read back are the keys.
    static func line(of session: ExportedSession) -> [UInt8] {
        let kept = session.kept
        return line { writer in
            writer.name("id")
            writer.string(bytes: kept.id)
            text(kept.format, "format", &writer)
            text(kept.variant, "variant", &writer)
            text(session.principal, "principal", &writer)
            writer.name("keys")
            writer.beginArray()
            for state in kept.states { write(state, &writer) }
            writer.endArray()
            writer.name("session")
            writer.json(session.json)
        }
    }

    private static func line(_ body: (inout JSONWriter) -> Void) -> [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        body(&writer)
        writer.endObject()
        writer.endLine()
        return writer.takeBytes()
    }

    private static func write(_ state: KeyState, _ writer: inout JSONWriter) {
        writer.beginObject()
        base64(state.key, "key", &writer)
        text(state.role.rawValue, "role", &writer)
        writer.name("expires")
        if let end = state.expiresAt { writer.integer(end) } else { writer.null() }
        switch state.content {
        case .missing: text("none", "type", &writer)
        case .string(let bytes):
            text("string", "type", &writer)
            base64(bytes, "value", &writer)
        case .hash(let fields):
            text("hash", "type", &writer)
            list("fields", fields, &writer) { pair($0.field, $0.value, &$1) }
        case .set(let members):
            text("set", "type", &writer)
            list("members", members, &writer) { $1.string(Base64.encode($0)) }
        case .shared(let members): write(members, &writer)
        }
        writer.endObject()
    }

    private static func write(_ members: [SharedMember], _ writer: inout JSONWriter) {
        let isScored = members.contains { if case .scored = $0.place { true } else { false } }
        text(isScored ? "zset" : "set", "type", &writer)
        writer.name("shared")
        writer.bool(true)
        list("members", members, &writer) { member, writer in
            guard case .scored(let score) = member.place else { return writer.string(Base64.encode(member.member)) }
            writer.beginArray()
            writer.string(Base64.encode(member.member))
            writer.string(String(decoding: score, as: UTF8.self))
            writer.endArray()
        }
    }

    private static func list<Element>(
        _ name: String, _ elements: [Element], _ writer: inout JSONWriter,
        _ body: (Element, inout JSONWriter) -> Void
    ) {
        writer.name(name)
        writer.beginArray()
        for element in elements { body(element, &writer) }
        writer.endArray()
    }

    private static func pair(_ one: [UInt8], _ other: [UInt8], _ writer: inout JSONWriter) {
        writer.beginArray()
        writer.string(Base64.encode(one))
        writer.string(Base64.encode(other))
        writer.endArray()
    }

    private static func base64(_ bytes: [UInt8], _ name: String, _ writer: inout JSONWriter) {
        text(Base64.encode(bytes), name, &writer)
    }

    private static func text(_ text: String?, _ name: String, _ writer: inout JSONWriter) {
        writer.name(name)
        if let text { writer.string(text) } else { writer.null() }
    }
}
