/// Reads JSON as RFC 8259 has it, and nothing beside: no comments, no commas too many, no other encodings.
///
/// Duplicate names and unpaired surrogates are legal there, and kept.
public enum JSONReader {
    /// The document written in `bytes`.
    ///
    /// - Throws: ``SessionError`` with the byte offset of the first fault. The encoding is checked before the
    ///   grammar. A limit that is passed is named.
    public static func read(_ bytes: [UInt8], limits: JSONLimits = JSONLimits()) throws(SessionError) -> JSONDocument {
        let limit = min(limits.bytes, Int(Int32.max))
        guard bytes.count <= limit else { throw SessionError(.json(.tooManyBytes(limit: limit)), offset: limit) }
        if bytes.starts(with: [0xef, 0xbb, 0xbf]) { throw SessionError(.json(.byteOrderMark), offset: 0) }
        do {
            _ = try UTF8Span(validating: bytes.span)
        } catch {
            throw SessionError(.json(.invalidUTF8), offset: error.byteOffsets.lowerBound)
        }
        var parse = JSONParse(limits: limits)
        try parse.run(bytes.span)
        return JSONDocument(source: bytes, rows: parse.rows)
    }
}
