import SessionStorage
import Sessions
import Terminal

/// Writes the keys of sessions in one of the output forms.
struct KeyGroupWriter {
    private let form: OutputForm
    private let sink: OutputSink
    private let isForTerminal: Bool
    private var table: Table
    private var tsv: TSVWriter
    private var csv: CSVWriter
    private var isFirst = true

    init(_ form: OutputForm, palette: Palette, width: Int?, to sink: OutputSink, isForTerminal: Bool) {
        self.form = form
        self.sink = sink
        self.isForTerminal = isForTerminal
        table = Table(
            [.rigid("ROLE"), .rigid("TYPE"), .rigid("TTL", .trailing), .rigid("STATE"), .wrapping("KEY")],
            width: width, palette: palette, sink: sink)
        tsv = TSVWriter(sink: sink)
        csv = CSVWriter(sink: sink)
        if form == .csv {
            for name in ["role", "type", "ttl", "state", "key"] { csv.field(name) }
            csv.endRow()
        }
    }

    mutating func write(_ state: KeyGroupState) {
        switch form {
        case .json, .jsonl: writeJSON(state)
        case .tsv, .text, .prometheus:
            for field in Self.fields(state) { tsv.field(bytes: field) }
            tsv.endRow()
        case .csv:
            for field in Self.fields(state) { csv.field(bytes: field) }
            csv.endRow()
        case .raw:
            let key = isForTerminal ? Array(TerminalText.escape(bytes: state.key.key).utf8) : state.key.key
            if state.type != nil { sink.write(bytes: key + [UInt8(ascii: "\n")]) }
        case .table, .tree: table.append(Self.row(state))
        }
        isFirst = false
    }

    mutating func finish() {
        switch form {
        case .json: sink.write(isFirst ? "[]\n" : "\n]\n")
        case .table, .tree: table.finish()
        default: break
        }
    }

    /// Whether the key is as it should be, in one word: what is wrong with it or what it says by its code. What type there is
    /// stands beside it; what it must be is told here.
    private static func word(_ state: KeyGroupState) -> String {
        if let finding = state.findings.first {
            let types = state.missedTypes.joined(separator: " or ")
            return types.isEmpty ? finding.code : finding.code + ": must be " + types
        }
        if state.type == nil { return "missing" }
        return state.holdsSession == false ? "without the session" : "there"
    }

    private static func fields(_ state: KeyGroupState) -> [[UInt8]] {
        [
            Array(state.key.role.rawValue.utf8), Array((state.type ?? "").utf8), Array(timeToLive(state).utf8),
            Array(word(state).utf8), state.key.key,
        ]
    }

    private static func timeToLive(_ state: KeyGroupState) -> String {
        switch state.timeToLive {
        case .unknown: ""
        case .none: "never"
        case .milliseconds(let left): String(left)
        }
    }

    private static func row(_ state: KeyGroupState) -> [StyledText] {
        let word = word(state)
        var left = StyledText("-", .faint)
        switch state.timeToLive {
        case .unknown: break
        case .none: left = StyledText("never", .faint)
        case .milliseconds(let milliseconds): left = StyledText(DurationText.short(milliseconds: milliseconds))
        }
        return [
            StyledText(state.key.role.rawValue), StyledText(state.type ?? "-"), left,
            StyledText(word, word == "there" ? .success : .warning), StyledText(bytes: state.key.key, .identifier),
        ]
    }

    private func writeJSON(_ state: KeyGroupState) {
        var writer = JSONWriter()
        writer.beginObject()
        writer.name("role")
        writer.string(state.key.role.rawValue)
        writer.name("key")
        writer.string(bytes: state.key.key)
        writer.name("type")
        if let type = state.type { writer.string(type) } else { writer.null() }
        writer.name("ttlMilliseconds")
        switch state.timeToLive {
        case .unknown: writer.null()
        case .none: writer.integer(-1)
        case .milliseconds(let left): writer.integer(left)
        }
        writer.name("holdsSession")
        if let holds = state.holdsSession { writer.bool(holds) } else { writer.null() }
        writer.name("findings")
        SessionJSON.write(state.findings, to: &writer)
        writer.endObject()
        if form == .json { sink.write(isFirst ? "[\n" : ",\n") }
        JSONSink(sink: sink, isForTerminal: isForTerminal).write(writer.takeBytes())
        if form == .jsonl { sink.write("\n") }
    }
}
