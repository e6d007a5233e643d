import Sessions
import Terminal

/// Sessions as a JSON array, or as JSON Lines.
struct JSONListWriter: SessionListWriter {
    private let style: SessionListStyle
    private let sink: JSONSink
    private let isArray: Bool
    private let attributes: AttributeJSON
    private var writer = JSONWriter()
    private var isFirst = true

    init(_ style: SessionListStyle, _ sink: OutputSink, isArray: Bool, isForTerminal: Bool) {
        self.style = style
        self.sink = JSONSink(sink: sink, isForTerminal: isForTerminal)
        self.isArray = isArray
        attributes = AttributeJSON(style.rendering)
    }

    mutating func write(_ session: Session, now: Int64) {
        style.rendering.problems.session = session.id
        if isArray { sink.write(Array((isFirst ? "[\n" : ",\n").utf8)) }
        SessionJSON.write(session, style, attributes, now: now, to: &writer)
        if !isArray { writer.endLine() }
        sink.write(writer.bytes)
        writer.removeAll()
        isFirst = false
    }

    mutating func finish() {
        if isArray { sink.write(Array((isFirst ? "[]\n" : "\n]\n").utf8)) }
    }
}

/// Where JSON goes: on a terminal what could act on it is written as `\u` escapes, which a parser reads back the same.
struct JSONSink {
    let sink: OutputSink
    let isForTerminal: Bool

    func write(_ bytes: [UInt8]) {
        if isForTerminal {
            sink.write(TerminalText.escape(bytes: bytes, as: .json, keepLines: true))
        } else {
            sink.write(bytes: bytes)
        }
    }
}
