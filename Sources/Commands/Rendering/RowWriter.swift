import Sessions
import Terminal

/// Writes rows of a few named values in one of the output forms: what commands print that is no session.
struct RowWriter {
    /// A column: its word in tables and CSV, and its member in JSON.
    struct Column {
        let name: String
        let jsonName: String
        let table: TableColumn

        init(_ name: String, json: String? = nil, isFlexible: Bool = false, isNumber: Bool = false) {
            self.name = name
            jsonName = json ?? name
            let header = name.uppercased()
            table = isFlexible ? .flexible(header) : .rigid(header, isNumber ? .trailing : .leading)
        }
    }

    /// One value.
    enum Cell {
        case missing
        case text([UInt8], TextRole? = nil)
        case number(Int64)
        /// Milliseconds since 1970.
        case time(Int64)
        /// Milliseconds.
        case duration(Int64)
        case size(Int64)
        case list([String])
        case flag(Bool)

        static func text(_ text: String, _ role: TextRole? = nil) -> Cell { .text(Array(text.utf8), role) }
    }

    private let columns: [Column]
    private let form: OutputForm
    private let sink: JSONSink
    private var table: Table
    private var tsv: TSVWriter
    private var csv: CSVWriter
    private var isFirst = true

    init(_ columns: [Column], _ form: OutputForm, _ output: OutputOptions, _ context: CommandContext) {
        self.columns = columns
        self.form = form
        sink = JSONSink(sink: context.output, isForTerminal: context.screen != nil)
        table = Table(
            columns.map { $0.table }, width: context.screen?.columns, palette: output.palette(context),
            sink: context.output)
        tsv = TSVWriter(sink: context.output)
        csv = CSVWriter(sink: context.output)
        if form == .csv {
            for column in columns { csv.field(column.name) }
            csv.endRow()
        }
    }

    mutating func write(_ cells: [Cell]) {
        switch form {
        case .json, .jsonl: writeJSON(cells)
        case .csv:
            for cell in cells { csv.field(bytes: cell.plain) }
            csv.endRow()
        case .table, .tree: table.append(cells.map { $0.styled })
        case .tsv, .text, .raw, .prometheus:
            for cell in cells { tsv.field(bytes: cell.plain) }
            tsv.endRow()
        }
        isFirst = false
    }

    mutating func finish() {
        switch form {
        case .json: sink.write(Array((isFirst ? "[]\n" : "\n]\n").utf8))
        case .table, .tree: table.finish()
        default: break
        }
    }

    private func writeJSON(_ cells: [Cell]) {
        var writer = JSONWriter()
        writer.beginObject()
        for (column, cell) in zip(columns, cells) {
            writer.name(column.jsonName)
            cell.write(to: &writer)
        }
        writer.endObject()
        let end = form == .jsonl ? "\n" : ""
        let start = form == .json ? isFirst ? "[\n" : ",\n" : ""
        sink.write(Array(start.utf8) + writer.takeBytes() + Array(end.utf8))
    }
}

extension RowWriter.Cell {
    /// For programs: the units of JSON.
    fileprivate var plain: [UInt8] {
        switch self {
        case .missing: []
        case .text(let bytes, _): bytes
        case .number(let number), .duration(let number), .size(let number): Array(String(number).utf8)
        case .time(let time): Array(RFC3339.text(milliseconds: time).utf8)
        case .list(let texts): Array(texts.joined(separator: " ").utf8)
        case .flag(let isOn): Array(String(isOn).utf8)
        }
    }

    fileprivate var styled: StyledText {
        switch self {
        case .missing: StyledText("-", .faint)
        case .text(let bytes, let role): StyledText(bytes: bytes, role)
        case .number(let number): StyledText(String(number), .number)
        case .time(let time): StyledText(RFC3339.text(milliseconds: time))
        case .duration(let span): StyledText(DurationText.short(milliseconds: span))
        case .size(let bytes): StyledText(SizeText.short(bytes: bytes), .number)
        case .flag(let isOn): isOn ? StyledText("yes") : StyledText("-", .faint)
        case .list(let texts): texts.isEmpty ? StyledText("-", .faint) : StyledText(texts.joined(separator: " "))
        }
    }

    fileprivate func write(to writer: inout JSONWriter) {
        switch self {
        case .missing: writer.null()
        case .text(let bytes, _): writer.string(bytes: bytes)
        case .number(let number), .duration(let number), .size(let number): writer.integer(number)
        case .time(let time): writer.time(milliseconds: time)
        case .list(let texts):
            writer.beginArray()
            for text in texts { writer.string(text) }
            writer.endArray()
        case .flag(let isOn): writer.bool(isOn)
        }
    }
}
