import Sessions
import Terminal

/// Writes sessions one after the other in one of the output forms.
protocol SessionListWriter {
    mutating func write(_ session: Session, now: Int64)
    /// Ends a list that is complete.
    mutating func finish()
    /// Ends a list that breaks off: sees that what was written is on its way. After `finish` it does nothing.
    mutating func abandon()
}

extension SessionListWriter {
    mutating func abandon() {}
}

/// How a list is written.
struct SessionListStyle {
    let fields: [SessionField]
    let palette: Palette
    let width: Int?
    let rendering: ValueRendering
    /// Show also what the format stores beside the attributes.
    var showsDetails = false
}

extension OutputForm {
    /// The writer of this form; the compiler asks here for each new one.
    func listWriter(_ style: SessionListStyle, to sink: OutputSink, isForTerminal: Bool) -> any SessionListWriter {
        // Where all values are written that takes longer than all else, and is worth a thread.
        guard [.json, .jsonl].contains(self), style.fields.contains(.attributes), !isForTerminal else {
            return plainWriter(style, to: sink, isForTerminal: isForTerminal)
        }
        return ThreadedListWriter(to: sink) { plainWriter(style, to: $0, isForTerminal: false) }
    }

    private func plainWriter(
        _ style: SessionListStyle, to sink: OutputSink, isForTerminal: Bool
    ) -> any SessionListWriter {
        switch self {
        case .table: TableListWriter(style, sink)
        case .tree: TreeListWriter(style, sink)
        case .tsv, .text, .prometheus: TSVListWriter(style, sink)
        case .csv: CSVListWriter(style, sink)
        case .json: JSONListWriter(style, sink, isArray: true, isForTerminal: isForTerminal)
        case .jsonl: JSONListWriter(style, sink, isArray: false, isForTerminal: isForTerminal)
        case .raw: RawListWriter(sink: sink, isForTerminal: isForTerminal)
        }
    }
}

struct TableListWriter: SessionListWriter {
    private let fields: [SessionField]
    private let rendering: ValueRendering
    private var table: Table

    init(_ style: SessionListStyle, _ sink: OutputSink) {
        fields = style.fields
        rendering = style.rendering
        table = Table(
            style.fields.map { FieldText.column($0) }, width: style.width, palette: style.palette, sink: sink)
    }

    mutating func write(_ session: Session, now: Int64) {
        rendering.problems.session = session.id
        table.append(fields.map { FieldText.styled($0, of: session, now: now, rendering) })
    }

    mutating func finish() { table.finish() }
}

struct TSVListWriter: SessionListWriter {
    private let fields: [SessionField]
    private let rendering: ValueRendering
    private var writer: TSVWriter

    init(_ style: SessionListStyle, _ sink: OutputSink) {
        fields = style.fields
        rendering = style.rendering
        writer = TSVWriter(sink: sink)
    }

    mutating func write(_ session: Session, now: Int64) {
        rendering.problems.session = session.id
        for field in fields { writer.field(bytes: FieldText.plain(field, of: session, now: now, rendering)) }
        writer.endRow()
    }

    mutating func finish() {}
}

struct CSVListWriter: SessionListWriter {
    private let fields: [SessionField]
    private let rendering: ValueRendering
    private var writer: CSVWriter

    init(_ style: SessionListStyle, _ sink: OutputSink) {
        fields = style.fields
        rendering = style.rendering
        writer = CSVWriter(sink: sink)
        for field in fields { writer.field(field.name) }
        writer.endRow()
    }

    mutating func write(_ session: Session, now: Int64) {
        rendering.problems.session = session.id
        for field in fields { writer.field(bytes: FieldText.plain(field, of: session, now: now, rendering)) }
        writer.endRow()
    }

    mutating func finish() {}
}

/// Keys, one a line, as bytes: for `xargs`.
struct RawListWriter: SessionListWriter {
    let sink: OutputSink
    let isForTerminal: Bool

    mutating func write(_ session: Session, now: Int64) {
        if isForTerminal {
            sink.write(TerminalText.escape(bytes: session.key) + "\n")
        } else {
            sink.write(bytes: session.key + [UInt8(ascii: "\n")])
        }
    }

    mutating func finish() {}
}
