import Sessions

/// Objects as a JSON array, or one a line.
struct JSONObjects {
    private let sink: JSONSink
    private let isArray: Bool
    private var isEmpty = true

    init(isArray: Bool, _ context: CommandContext) {
        self.isArray = isArray
        sink = JSONSink(sink: context.output, isForTerminal: context.screen != nil)
    }

    /// Writes the next object.
    mutating func write(_ object: JSONWriter) {
        let start = isArray ? isEmpty ? "[\n" : ",\n" : ""
        isEmpty = false
        sink.write(Array(start.utf8) + object.bytes + Array((isArray ? "" : "\n").utf8))
    }

    /// Writes what ends an array.
    func finish() {
        if isArray { sink.write(Array((isEmpty ? "[]\n" : "\n]\n").utf8)) }
    }
}
