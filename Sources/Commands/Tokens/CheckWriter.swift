import SessionStorage
import Sessions
import Terminal

/// Writes where tokens stand: rows for people, an object a token for programs (docs/json.md).
struct CheckWriter {
    private let form: OutputForm
    private var objects: JSONObjects
    private var rows: RowWriter
    private var count = 0

    init(_ form: OutputForm, _ output: OutputOptions, _ context: CommandContext) {
        self.form = form
        objects = JSONObjects(isArray: form == .json, context)
        rows = RowWriter(
            [
                .init("token", isNumber: true), .init("verdict"), .init("code"), .init("key"), .init("ttl"),
                .init("message", isFlexible: true),
            ], form, output, context)
    }

    /// Writes what the next token came to.
    mutating func write(_ token: CheckedToken) {
        count += 1
        switch form {
        case .json, .jsonl: writeJSON(token)
        default: writeRows(token)
        }
    }

    mutating func finish() {
        switch form {
        case .json, .jsonl: objects.finish()
        default: rows.finish()
        }
    }

    // MARK: Rows

    private mutating func writeRows(_ token: CheckedToken) {
        for reason in token.reasons { row(token.verdict, .failure, reason) }
        if token.reasons.isEmpty, let standing = token.standing {
            rows.write([
                .number(Int64(count)), .text(token.verdict, .success), .missing, .missing, .missing,
                .text(Self.summary(standing)),
            ])
        }
        for note in token.notes { row("note", .warning, note) }
    }

    private mutating func row(_ word: String, _ role: TextRole, _ line: CheckedToken.Line) {
        let life: RowWriter.Cell =
            switch line.timeToLive {
            case .unknown: .missing
            case .none: .text("never")
            case .milliseconds(let left): .duration(left)
            }
        rows.write([
            .number(Int64(count)), .text(word, role), .text(line.code), line.key.map { .text($0) } ?? .missing, life,
            .text(line.message),
        ])
    }

    /// What whoever accepts the token wants to know first.
    private static func summary(_ standing: TokenStanding) -> String {
        var parts = standing.token.principal.map { ["sub \($0)"] } ?? []
        parts.append(
            standing.token.statedEnd.map { "until " + RFC3339.text(milliseconds: $0) } ?? "no end is known")
        if !standing.entries.isEmpty { parts.append("on the allow-list") }
        parts.append(standing.asked.count == 1 ? "1 key asked" : "\(standing.asked.count) keys asked")
        return parts.joined(separator: ", ")
    }

    // MARK: JSON

    private mutating func writeJSON(_ token: CheckedToken) {
        var writer = JSONWriter()
        writer.beginObject()
        writer.name("token")
        writer.integer(count)
        writer.name("verdict")
        writer.string(token.verdict)
        Self.write(token.reasons, as: "reasons", to: &writer)
        Self.write(token.notes, as: "notes", to: &writer)
        writer.name("id")
        token.standing.map { writer.string(bytes: $0.token.id) } ?? writer.null()
        writer.name("principal")
        token.standing?.token.principal.map { writer.string($0) } ?? writer.null()
        writer.name("expiresAt")
        writer.time(milliseconds: token.standing?.token.statedEnd)
        Self.write(token.standing?.entries ?? [], as: "entries", to: &writer)
        Self.write(token.standing?.asked ?? [], as: "asked", to: &writer)
        writer.endObject()
        objects.write(writer)
    }

    private static func write(_ lines: [CheckedToken.Line], as name: String, to writer: inout JSONWriter) {
        writer.name(name)
        writer.beginArray()
        for line in lines {
            writer.beginObject()
            writer.name("code")
            writer.string(line.code)
            writer.name("key")
            line.key.map { writer.string(bytes: $0) } ?? writer.null()
            writer.name("ttlMilliseconds")
            switch line.timeToLive {
            case .unknown: writer.null()
            case .none: writer.integer(-1)
            case .milliseconds(let left): writer.integer(left)
            }
            writer.name("message")
            writer.string(line.message)
            writer.endObject()
        }
        writer.endArray()
    }

    private static func write(_ keys: [[UInt8]], as name: String, to writer: inout JSONWriter) {
        writer.name(name)
        writer.beginArray()
        for key in keys { writer.string(bytes: key) }
        writer.endArray()
    }
}
