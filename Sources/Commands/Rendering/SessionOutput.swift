import SessionStorage
import Sessions
import Terminal

/// Writes a few whole sessions: what `show` and `decode` have in common.
struct SessionOutput {
    let output: OutputOptions
    /// The form that was asked for.
    let wished: OutputForm?
    let typed: Bool
    let context: CommandContext

    /// Everything there is to say of a session, in the order of the JSON form.
    private static let fields: [SessionField] = [
        .id, .format, .variant, .namespace, .key, .principal, .created, .accessed, .idle, .interval, .expires, .ttl,
        .size,
        .finding, .attributes,
    ]

    /// Writes all; the status is that of the worst: bytes that could not be decoded make it `undecodable`.
    func write(_ sessions: [Session]) throws -> ExitStatus {
        let form = try form()
        let isForTerminal = context.screen != nil
        var rendering = ValueRendering(context, reveal: output.reveal)
        rendering.typed = typed
        for session in sessions { note(session, rendering) }
        if form == .tsv { return writePairs(sessions, rendering) }
        var style = SessionListStyle(
            fields: Self.fields, palette: output.palette(context), width: context.screen?.columns, rendering: rendering)
        style.showsDetails = true
        var writer = form.listWriter(style, to: context.output, isForTerminal: isForTerminal)
        for session in sessions { writer.write(session, now: context.clock()) }
        writer.finish()
        return rendering.problems.conclude(in: context, Self.status(of: sessions))
    }

    /// Of what is too large not all is shown.
    private static func status(of sessions: [Session]) -> ExitStatus {
        sessions.contains { $0.isTooLarge } ? .partial : .done
    }

    /// Findings that say that a part of the session could not be read.
    private static let undecoded: Set<String> = [
        "undecodable", "bad-count", "truncated", "bad-sequence", "bad-attribute", "missing-trailer", "bad-field",
        "bad-principal",
    ]

    private func note(_ session: Session, _ rendering: ValueRendering) {
        for finding in session.findings where Self.undecoded.contains(finding.code) {
            rendering.problems.session = session.id
            rendering.problems.note("", finding.message)
        }
    }

    private func form() throws -> OutputForm {
        let form = wished ?? (typed ? .json : context.screen == nil ? .tsv : .tree)
        if typed, form == .tree || form == .tsv {
            throw Failure.usage("--typed is a JSON form: use it with -o json or jsonl")
        }
        return form
    }

    /// One line for each field and attribute: name, tab, value; attributes as `attr.NAME` with JSON.
    private func writePairs(_ sessions: [Session], _ rendering: ValueRendering) -> ExitStatus {
        var writer = TSVWriter(sink: context.output)
        let now = context.clock()
        for session in sessions {
            rendering.problems.session = session.id
            for field in Self.fields where field != .attributes {
                writer.field(field.name)
                writer.field(bytes: FieldText.plain(field, of: session, now: now, rendering))
                writer.endRow()
            }
            for detail in session.details {
                writer.field(detail.name)
                writer.field(rendering.shown(detail.value, detail.name))
                writer.endRow()
            }
            let values = AttributeJSON(rendering)
            for attribute in session.attributes ?? [] {
                var json = JSONWriter()
                values.write(attribute, to: &json)
                writer.field(bytes: Array("attr.".utf8) + attribute.name)
                writer.field(bytes: json.takeBytes())
                writer.endRow()
            }
        }
        return rendering.problems.conclude(in: context, Self.status(of: sessions))
    }
}
