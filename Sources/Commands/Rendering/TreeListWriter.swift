import Sessions
import Terminal

/// Sessions as trees, one below the other.
struct TreeListWriter: SessionListWriter {
    private let rendering: ValueRendering
    private var tree: TreeText

    init(_ style: SessionListStyle, _ sink: OutputSink) {
        rendering = style.rendering
        tree = TreeText(width: style.width, palette: style.palette, sink: sink)
    }

    mutating func write(_ session: Session, now: Int64) {
        rendering.problems.session = session.id
        tree.write(SessionTree(rendering: rendering, now: now).nodes(of: session))
    }

    mutating func finish() {}
}
