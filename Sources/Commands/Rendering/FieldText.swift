import Sessions
import Terminal

/// One field of a session as a cell.
enum FieldText {
    /// For people: short durations, sizes with units, a dash for what is not known.
    static func styled(
        _ field: SessionField, of session: Session, now: Int64, _ rendering: ValueRendering
    ) -> StyledText {
        switch field {
        case .attribute(let attribute):
            return text(of: attribute, in: session, rendering).map { StyledText(bytes: $0) } ?? missing
        case .id: return StyledText(bytes: session.id, .identifier)
        case .key: return StyledText(bytes: session.key, .identifier)
        case .namespace: return session.namespace.map { StyledText(bytes: $0) } ?? missing
        case .principal: return session.principalName.map { StyledText(bytes: $0) } ?? missing
        case .attributes: return StyledText(bytes: names(of: session))
        default: break
        }
        switch (session.value(of: field, now: now), field.kind) {
        case (.missing, _): return missing
        case (.never, _): return StyledText("never", .faint)
        case (.text(let text), _): return StyledText(text)
        case (.many(let values), _):
            return StyledText(values.joined(separator: " "), field == .finding ? .warning : nil)
        case (.number(let value), .duration): return StyledText(DurationText.short(milliseconds: value))
        case (.number(let value), .time): return StyledText(RFC3339.text(milliseconds: value))
        case (.number(let value), .size): return StyledText(SizeText.short(bytes: value), .number)
        case (.number(let value), _): return StyledText(String(value))
        case (.decimal, _), (.boolean, _), (.time, _), (.parts, _): return missing
        }
    }

    /// For programs: the units of the JSON form (milliseconds, seconds for the interval, bytes, RFC 3339); empty for what is
    /// not known, `never` for what has no end.
    static func plain(_ field: SessionField, of session: Session, now: Int64, _ rendering: ValueRendering) -> [UInt8] {
        switch field {
        case .attribute(let attribute): return text(of: attribute, in: session, rendering) ?? []
        case .id: return session.id
        case .key: return session.key
        case .namespace: return session.namespace ?? []
        case .principal: return session.principalName ?? []
        case .attributes: return names(of: session)
        default: break
        }
        switch session.value(of: field, now: now) {
        case .missing: return []
        case .never: return Array("never".utf8)
        case .text(let text): return Array(text.utf8)
        case .many(let values): return joined(values)
        case .number(let value):
            if field.kind == .time { return Array(RFC3339.text(milliseconds: value).utf8) }
            return Array(String(field == .interval ? value / 1000 : value).utf8)
        case .decimal, .boolean, .time, .parts: return []
        }
    }

    /// A value inside the attributes: text and numbers bare, what has parts as JSON; nil where there is none.
    private static func text(
        of attribute: AttributeField, in session: Session, _ rendering: ValueRendering
    ) -> [UInt8]? {
        guard let found = attribute.find(in: session) else { return nil }
        let name = PathValueText.judgingName(found.path, in: session.attributes ?? [])
        let text = PathValueText(rendering: rendering)
        if let bare = text.bare(found.value, name: name) { return bare }
        var writer = JSONWriter()
        text.writeJSON(found.value, Array(name.utf8), to: &writer)
        return writer.takeBytes()
    }

    private static let missing = StyledText("-", .faint)

    private static func joined(_ texts: [String]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(texts.reduce(0) { $0 + $1.utf8.count + 1 })
        for (index, text) in texts.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: " ")) }
            var text = text
            text.withUTF8 { bytes.append(contentsOf: $0) }
        }
        return bytes
    }

    private static func names(of session: Session) -> [UInt8] {
        Array(session.attributes?.map { $0.name }.joined(separator: " ".utf8) ?? [].joined(separator: " ".utf8))
    }

    /// The column of a table that shows `field`.
    static func column(_ field: SessionField) -> TableColumn {
        switch field {
        case .id, .key: .rigid(header(field))
        case .idle, .ttl, .interval, .size: .rigid(header(field), .trailing)
        case .created, .accessed, .expires, .format, .variant: .rigid(header(field))
        // A code that is cut cannot be looked up.
        case .finding: .wrapping(header(field))
        case .principal, .namespace, .attributes, .class, .role, .attribute: .flexible(header(field))
        }
    }

    /// Capitals; a path as it was written, since its case has a meaning.
    private static func header(_ field: SessionField) -> String {
        if case .attribute = field { field.name } else { field.name.uppercased() }
    }
}
