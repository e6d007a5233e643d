import Sessions
import Terminal

struct TreeListWriter: SessionListWriter {
    init(_ style: SessionListStyle, _ sink: OutputSink) {}
    mutating func write(_ session: Session, now: Int64) {}
    mutating func finish() {}
}
