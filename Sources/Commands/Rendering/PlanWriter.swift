import SessionStorage
import Sessions
import Terminal

/// What would be done to one session, as `--dry-run` shows it.
struct ShownPlan {
    enum Decision {
        /// The commands would be sent.
        case plan(ChangePlan)
        /// The format refuses the change; the reason.
        case refused(String)
        /// Nothing would be done; why.
        case left(String)
    }

    let id: [UInt8]
    let key: [UInt8]
    let format: String
    let variant: String?
    let principal: String?
    let decision: Decision
    /// What becomes of single values; nothing where the commands say it all.
    var changes: [ValueChange] = []
    /// What else is to be said of it.
    var notes: [String] = []

    /// A session that was read.
    init(_ group: SessionGroup, _ decision: Decision) {
        (id, key) = (group.session.id, group.session.key)
        (format, variant, principal) = (group.session.format, group.session.variant, group.session.principal)
        self.decision = decision
    }

    /// A session as the undo archive has it.
    init(_ kept: KeptSession, _ decision: Decision) {
        (id, key, format, variant, principal) = (kept.id, kept.key, kept.format, kept.variant, nil)
        self.decision = decision
    }
}

/// What becomes of one value of a session, in words and with masks.
struct ValueChange {
    let path: String
    /// Nil where nothing stands there.
    let before: String?
    /// Nil where nothing is to stand there.
    let after: String?

    var text: String { "\(path): \(before ?? "nothing") → \(after ?? "nothing")" }
}

/// Writes plans, for people as words and commands, for programs as JSON with every byte (docs/json.md).
struct PlanWriter {
    private let form: OutputForm
    private let sink: OutputSink
    /// Whether values of sessions are written that may be secret.
    private let reveals: Bool
    private var isFirst = true

    init(_ form: OutputForm, _ context: CommandContext) {
        self.form = form
        sink = context.output
        reveals = context.reveals
    }

    mutating func write(_ shown: ShownPlan) {
        switch form {
        case .json:
            sink.write(isFirst ? "[\n" : ",\n")
            sink.write(bytes: shown.json(reveals: reveals))
        case .jsonl:
            sink.write(bytes: shown.json(reveals: reveals))
            sink.write("\n")
        default: writeText(shown)
        }
        isFirst = false
    }

    mutating func finish() {
        if form == .json { sink.write(isFirst ? "[]\n" : "\n]\n") }
    }

    // MARK: For people

    private func writeText(_ shown: ShownPlan) {
        let kind = [shown.format, shown.variant, shown.principal].compactMap { $0 }.joined(separator: ", ")
        sink.write("\(TerminalText.escape(bytes: shown.id)) (\(TerminalText.escape(kind)))\n")
        for change in shown.changes { sink.write("  \(TerminalText.escape(change.text))\n") }
        for note in shown.notes { sink.write("  \(TerminalText.escape(note))\n") }
        for line in lines(of: shown.decision) { sink.write("  \(line)\n") }
    }

    private func lines(of decision: ShownPlan.Decision) -> [String] {
        switch decision {
        case .refused(let reason): return ["refused: \(TerminalText.escape(reason))"]
        case .left(let reason): return ["left: \(TerminalText.escape(reason))"]
        case .plan(let plan):
            let commands = (plan.commands + plan.afterwards).map { text(of: $0) }
            let doubt = plan.doubt.map { ["outcome would be unknown: \(TerminalText.escape($0))"] } ?? []
            return (plan.commands.isEmpty ? ["nothing to do"] : []) + commands + doubt
        }
    }

    /// As redis-cli takes it: in quotes where it is no plain word, and byte by byte where it is no text.
    private func text(of command: PlannedCommand) -> String {
        command.words.enumerated().map { place, word in
            if !reveals, command.values.contains(place) { return SecretPolicy.mask + "(\(word.count) bytes)" }
            let isText = String(validating: word, as: UTF8.self) != nil
            let text = isText ? TerminalText.escape(bytes: word) : word.map { Self.escaped($0) }.joined()
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
}
