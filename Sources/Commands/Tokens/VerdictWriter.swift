import Sessions
import Terminal
import Tokens

/// Writes what verifying tokens came to: rows for people, an object a token for programs (docs/json.md).
struct VerdictWriter {
    private let form: OutputForm
    private let reveal: Bool
    private var objects: JSONObjects
    private var rows: RowWriter
    private var count = 0

    init(_ form: OutputForm, _ output: OutputOptions, _ context: CommandContext) {
        self.form = form
        reveal = output.reveal
        objects = JSONObjects(isArray: form == .json, context)
        rows = RowWriter(
            [
                .init("token", isNumber: true), .init("verdict"), .init("code"), .init("about"),
                .init("message", isFlexible: true),
            ], form, output, context)
    }

    /// Writes the verdict on the next token.
    mutating func write(_ verdict: TokenVerdict) {
        count += 1
        switch form {
        case .json, .jsonl: writeJSON(verdict)
        default: writeRows(verdict)
        }
    }

    mutating func finish() {
        switch form {
        case .json, .jsonl: objects.finish()
        default: rows.finish()
        }
    }

    // MARK: Rows

    private mutating func writeRows(_ verdict: TokenVerdict) {
        for refusal in verdict.refusals {
            row("refused", refusal.code, Self.place(refusal.part, refusal.name), refusal.message)
        }
        guard let verified = verdict.token else { return }
        rows.write([
            .number(Int64(count)), .text("valid", .success), .missing, .missing, .text(Self.summary(verified, reveal)),
        ])
        for note in verified.notes { row("note", note.code.rawValue, Self.place(note.part, note.name), note.message) }
        guard !verified.unchecked.isEmpty else { return }
        let options = verified.unchecked.map { "--" + $0 }.joined(separator: ", ")
        row("note", "not-compared", nil, "\(verified.unchecked.joined(separator: ", ")): compared only with \(options)")
    }

    private mutating func row(_ verdict: String, _ code: String, _ place: [UInt8]?, _ message: String) {
        rows.write([
            .number(Int64(count)), .text(verdict, verdict == "refused" ? .failure : .warning), .text(code),
            place.map { .text($0) } ?? .missing, .text(message),
        ])
    }

    /// `payload.exp`, or the part alone.
    private static func place(_ part: JWTFinding.Part, _ name: JSONString?) -> [UInt8] {
        Array(part.rawValue.utf8) + (name.map { [UInt8(ascii: ".")] + $0.bytes } ?? [])
    }

    /// What whoever accepts the token wants to know first.
    private static func summary(_ verified: VerifiedToken, _ reveal: Bool) -> String {
        var parts = [verified.algorithm.rawValue]
        if let id = verified.keyID { parts.append("kid " + shown(id, reveal)) }
        if let subject = verified.subject { parts.append("sub " + shown(subject, reveal)) }
        parts.append(verified.end.map { "until " + RFC3339.text(milliseconds: $0) } ?? "without an end")
        return parts.joined(separator: ", ")
    }

    private static func shown(_ string: JSONString, _ reveal: Bool) -> String {
        let text = EscapedName.text(of: string.bytes)
        return reveal ? text : SecretPolicy.masked(text) ?? text
    }

    // MARK: JSON

    private mutating func writeJSON(_ verdict: TokenVerdict) {
        var writer = JSONWriter()
        writer.beginObject()
        writer.name("token")
        writer.integer(count)
        writer.name("verdict")
        writer.string(verdict.token == nil ? "refused" : "valid")
        writer.name("reasons")
        writer.beginArray()
        for refusal in verdict.refusals { refusal.write(to: &writer) }
        writer.endArray()
        if let token = verdict.token { token.write(to: &writer, reveal: reveal) }
        writer.endObject()
        objects.write(writer)
    }
}

extension JWT {
    /// `exp` in milliseconds since 1970; nil where there is none, or none that a clock can hold.
    var end: Int64? {
        let date = claims?.last(named: JSONString("exp"))?.number.map(JWTNumericDate.init)
        return date.flatMap { $0.isOutOfRange ? nil : $0.milliseconds }
    }
}

extension VerifiedToken {
    /// `sub`, where it is a string.
    var subject: JSONString? { token.claims?.last(named: JSONString("sub"))?.string }

    /// See ``JWT/end``.
    var end: Int64? { token.end }

    /// Writes the members that only a valid token has: what a refused one says is not to be relied on.
    fileprivate func write(to writer: inout JSONWriter, reveal: Bool) {
        writer.name("algorithm")
        writer.string(algorithm.rawValue)
        writer.name("keyId")
        keyID.map { writer.string($0) } ?? writer.null()
        writer.name("expiresAt")
        writer.time(milliseconds: end)
        writer.name("notes")
        writer.beginArray()
        for note in notes { note.write(to: &writer) }
        writer.endArray()
        writer.name("notCompared")
        writer.beginArray()
        for name in unchecked { writer.string(name) }
        writer.endArray()
        writer.name("claims")
        token.writeClaims(to: &writer, reveal: reveal)
    }
}

extension TokenRefusal {
    /// Writes the reason as an object, with the members of a finding but its severity.
    fileprivate func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.name("code")
        writer.string(code)
        writer.name("part")
        writer.string(part.rawValue)
        writer.name("name")
        name.map { writer.string($0) } ?? writer.null()
        writer.name("message")
        writer.string(message)
        writer.endObject()
    }
}
