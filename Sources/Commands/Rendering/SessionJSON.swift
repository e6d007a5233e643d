import Sessions

/// A session as a JSON object (docs/json.md).
enum SessionJSON {
    static func write(
        _ session: Session, _ style: SessionListStyle, _ attributes: AttributeJSON, now: Int64,
        to writer: inout JSONWriter
    ) {
        writer.beginObject()
        for field in style.fields { member(field, of: session, now: now, attributes, style.rendering, to: &writer) }
        if style.showsDetails {
            writer.name("security")
            SecurityJSON.write(session, style.rendering, to: &writer)
            details(of: session, style.rendering, to: &writer)
        }
        writer.endObject()
    }

    private static func details(of session: Session, _ rendering: ValueRendering, to writer: inout JSONWriter) {
        writer.name("details")
        writer.beginObject()
        for detail in session.details {
            writer.name(detail.name)
            writer.string(rendering.shown(detail.value, detail.name))
        }
        writer.endObject()
    }

    private static func member(
        _ field: SessionField, of session: Session, now: Int64, _ attributes: AttributeJSON,
        _ rendering: ValueRendering, to writer: inout JSONWriter
    ) {
        writer.name(field.jsonName)
        switch field {
        case .id: writer.string(bytes: session.id)
        case .key: writer.string(bytes: session.key)
        case .namespace: if let namespace = session.namespace { writer.string(bytes: namespace) } else { writer.null() }
        case .principal: if let name = session.principalName { writer.string(bytes: name) } else { writer.null() }
        case .attributes:
            if let values = session.attributes { attributes.write(values, to: &writer) } else { writer.null() }
        case .class: strings(session.classNames, to: &writer)
        case .role: strings(session.roles, to: &writer)
        case .finding: write(session.findingsWithValues, to: &writer)
        case .attribute(let attribute):
            guard let found = attribute.find(in: session) else { return writer.null() }
            let name = PathValueText.judgingName(found.path, in: session.attributes ?? [])
            PathValueText(rendering: rendering).writeJSON(found.value, Array(name.utf8), to: &writer)
        case .interval: if let seconds = session.maxInactiveSeconds { writer.integer(seconds) } else { writer.null() }
        default: scalar(session.value(of: field, now: now), isTime: field.kind == .time, to: &writer)
        }
    }

    private static func scalar(_ value: FieldValue, isTime: Bool, to writer: inout JSONWriter) {
        switch value {
        case .missing, .many, .decimal, .boolean, .time, .parts: writer.null()
        // PTTL's own word for a key that never expires.
        case .never: writer.integer(-1)
        case .text(let text): writer.string(text)
        case .number(let number): if isTime { writer.time(milliseconds: number) } else { writer.integer(number) }
        }
    }

    private static func strings(_ texts: [String], to writer: inout JSONWriter) {
        writer.beginArray()
        for text in texts { writer.string(text) }
        writer.endArray()
    }

    /// Findings as an array of objects.
    static func write(_ findings: [Finding], to writer: inout JSONWriter) {
        writer.beginArray()
        for finding in findings {
            writer.beginObject()
            writer.name("code")
            writer.string(finding.code)
            writer.name("message")
            writer.string(finding.message)
            writer.endObject()
        }
        writer.endArray()
    }
}
