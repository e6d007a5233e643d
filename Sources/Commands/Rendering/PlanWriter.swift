import Sessions
import Terminal

/// Writes plans, for people as words and commands, for programs as JSON with every byte (docs/json.md).
struct PlanWriter {
    private let form: OutputForm
    private let sink: OutputSink
    private let palette: Palette

    init(_ form: OutputForm, _ output: OutputOptions, _ context: CommandContext) {
        self.form = form
        sink = context.output
        palette = output.palette(context)
        isFirst = true
    }

    private var isFirst: Bool

    /// - Parameter plan: nil for a session that does not fit any more.
    mutating func write(_ group: SessionGroup, _ plan: Result<ChangePlan, ChangeRefusal>?) {
        guard let plan else { return }
        switch form {
        case .json, .jsonl: writeJSON(group, plan)
        default: writeText(group, plan)
        }
        isFirst = false
    }

    mutating func finish() {
        if form == .json { sink.write(isFirst ? "[]\n" : "\n]\n") }
    }

    // MARK: For people

    private func writeText(_ group: SessionGroup, _ plan: Result<ChangePlan, ChangeRefusal>) {
        let session = group.session
        let kind = [session.format, session.variant, session.principal].compactMap { $0 }.joined(separator: ", ")
        sink.write("\(TerminalText.escape(bytes: session.id)) (\(TerminalText.escape(kind)))\n")
        switch plan {
        case .failure(let refusal): sink.write("  refused: \(TerminalText.escape(refusal.description))\n")
        case .success(let plan):
            if plan.commands.isEmpty { sink.write("  nothing to do\n") }
            for command in plan.commands + plan.afterwards { sink.write("  \(Self.text(of: command))\n") }
            if let doubt = plan.doubt { sink.write("  outcome unknown: \(TerminalText.escape(doubt))\n") }
        }
    }

    /// As redis-cli takes it: in quotes where it is no plain word, and byte by byte where it is no text.
    private static func text(of command: PlannedCommand) -> String {
        command.words.map { word in
            let isText = String(validating: word, as: UTF8.self) != nil
            let text = isText ? TerminalText.escape(bytes: word) : word.map { escaped($0) }.joined()
            let isPlain = !text.isEmpty && text.utf8.elementsEqual(word) && !text.contains { " \"'".contains($0) }
            return isPlain ? text : "\"" + (isText ? text.replacing("\"", with: "\\\"") : text) + "\""
        }.joined(separator: " ")
    }

    private static func escaped(_ byte: UInt8) -> String {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): return "\\" + String(UnicodeScalar(byte))
        case 0x20..<0x7F: return String(UnicodeScalar(byte))
        default:
            let digits = String(byte, radix: 16)
            return "\\x" + (digits.count == 1 ? "0" : "") + digits
        }
    }

    // MARK: For programs

    private func writeJSON(_ group: SessionGroup, _ plan: Result<ChangePlan, ChangeRefusal>) {
        var writer = JSONWriter()
        writer.beginObject()
        writer.name("id")
        writer.string(bytes: group.session.id)
        writer.name("key")
        writer.string(bytes: group.session.key)
        writer.name("format")
        writer.string(group.session.format)
        writer.name("variant")
        group.session.variant.map { writer.string($0) } ?? writer.null()
        writer.name("principal")
        group.session.principal.map { writer.string($0) } ?? writer.null()
        switch plan {
        case .failure(let refusal):
            writer.name("refused")
            writer.string(refusal.description)
        case .success(let plan): write(plan, &writer)
        }
        writer.endObject()
        if form == .json { sink.write(isFirst ? "[\n" : ",\n") }
        sink.write(bytes: writer.takeBytes())
        if form == .jsonl { sink.write("\n") }
    }

    private func write(_ plan: ChangePlan, _ writer: inout JSONWriter) {
        writer.name("commands")
        writer.beginArray()
        for command in plan.commands + plan.afterwards {
            writer.beginArray()
            for word in command.words { writer.string(bytes: word) }
            writer.endArray()
        }
        writer.endArray()
        writer.name("doubt")
        plan.doubt.map { writer.string($0) } ?? writer.null()
    }
}
