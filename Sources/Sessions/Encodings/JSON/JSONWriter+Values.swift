extension JSONWriter {
    /// The member that stands for bytes that are no UTF-8, alone in an object: `{"$base64": "…"}`.
    public static let base64Name = "$base64"

    /// Writes the name of the next member.
    public mutating func name(_ name: String) {
        let text = name.utf8Span.span
        rawName(text, isPlain: JSONEscapes.isPlain(text))
    }

    /// Writes the name of the next member.
    public mutating func name(_ name: JSONString) { rawName(name.bytes.span) }

    /// Writes any bytes as the name of the next member: UTF-8 as it is, others as `$base64:` and their Base64. A name
    /// that begins with `$base64:` of itself is written that way too, so that every name can be told.
    public mutating func name(bytes name: [UInt8]) {
        let isMarked = name.first == Self.base64Mark[0] && name.starts(with: Self.base64Mark)
        if JSONEscapes.isPlain(name.span), !isMarked { return rawName(name.span, isPlain: true) }
        if isUTF8(name), !isMarked { return rawName(name.span) }
        rawName((Self.base64Mark + Array(Base64.encode(name).utf8)).span)
    }

    private static let base64Mark = Array((base64Name + ":").utf8)

    /// A finished JSON value, written before by another writer.
    public mutating func json(_ value: [UInt8]) { rawValue(value) }

    /// Writes `null`.
    public mutating func null() { rawValue("null".utf8) }

    /// Writes `true` or `false`.
    public mutating func bool(_ value: Bool) { rawValue((value ? "true" : "false").utf8) }

    /// Writes a whole number in digits, however large. Readers that keep numbers as floating point lose precision
    /// beyond 2⁵³.
    public mutating func integer(_ value: some BinaryInteger) {
        if let short = Int64(exactly: value) { rawInteger(short) } else { rawValue(String(value).utf8) }
    }

    /// Writes a number as it is written.
    public mutating func number(_ value: JSONNumber) { rawValue(value.text.utf8) }

    /// Writes a string.
    public mutating func string(_ value: String) {
        let text = value.utf8Span.span
        rawString(text, isPlain: JSONEscapes.isPlain(text))
    }

    /// Writes a string; unpaired surrogates are escaped and so come back.
    public mutating func string(_ value: JSONString) { rawString(value.bytes.span) }

    /// Writes the name of the next member from modified UTF-8; `units` are its UTF-16 units, asked for where it is not plain.
    mutating func name(modifiedUTF8 name: Span<UInt8>, units: () -> [UInt16]) {
        if JSONEscapes.isPlain(name) { rawName(name, isPlain: true) } else { self.name(JSONString(utf16: units())) }
    }

    /// Writes a string from modified UTF-8; `units` are its UTF-16 units, asked for where it is not plain.
    mutating func string(modifiedUTF8 value: Span<UInt8>, units: () -> [UInt16]) {
        if JSONEscapes.isPlain(value) { rawString(value, isPlain: true) } else { string(JSONString(utf16: units())) }
    }

    /// Writes any bytes: UTF-8 as a string, others as `{"$base64": "…"}`, never with U+FFFD in place of what was
    /// there.
    public mutating func string(bytes value: [UInt8]) {
        if JSONEscapes.isPlain(value.span) { return rawString(value.span, isPlain: true) }
        if isUTF8(value) { rawString(value.span) } else { base64(value) }
    }

    /// Writes bytes as `{"$base64": "…"}` even if they are UTF-8.
    public mutating func base64(_ value: [UInt8]) {
        beginObject()
        name(Self.base64Name)
        rawString(Base64.encode(value).utf8Span.span)
        endObject()
    }

    /// Writes a time, given in milliseconds since 1970-01-01, as RFC 3339 in UTC; nil, a time that is not known, as
    /// `null`.
    public mutating func time(milliseconds: Int64?) {
        guard let milliseconds else { return null() }
        plainString { RFC3339.append(milliseconds: milliseconds, to: &$0) }
    }

    /// Writes a value that was read, with all that is in it, in this writer's layout; numbers as they were written.
    public mutating func value(_ node: JSONNode) {
        for event in node.events { write(event) }
    }

    /// Writes one step of a walk (``JSONNode/events``).
    public mutating func write(_ event: JSONEvent) {
        switch event {
        case .beginObject: beginObject()
        case .endObject: endObject()
        case .beginArray: beginArray()
        case .endArray: endArray()
        case .name(let value): name(value)
        case .null: null()
        case .bool(let value): bool(value)
        case .number(let value): number(value)
        case .string(let value): string(value)
        }
    }

    private func isUTF8(_ bytes: [UInt8]) -> Bool {
        (try? UTF8Span(validating: bytes.span)) != nil
    }
}
