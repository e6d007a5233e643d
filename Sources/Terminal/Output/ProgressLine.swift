/// Shows how far a long job is: a line that is redrawn on a terminal, a line every few seconds in a log, nothing when
/// quiet.
///
/// Short jobs show nothing. Whoever writes to the same terminal calls `hide()` first.
package final class ProgressLine {
    package enum Mode: Sendable, Equatable {
        case terminal(columns: Int)
        case log
        case silent
    }

    /// Seconds between two lines in a log, between two drawings on a terminal, and before anything is shown.
    static let logInterval = 5.0
    static let drawInterval = 0.1
    static let patience = 0.5

    private let label: String
    private let unit: String
    private let mode: Mode
    private let sink: OutputSink
    private let now: () -> Double
    private let start: Double
    private var nextShow: Double
    private var isShown = false

    /// - Parameters:
    ///   - label, unit: what is done with what, as in "scanning … keys".
    ///   - sink: standard error.
    ///   - now: a clock in seconds that never goes back.
    package init(label: String, unit: String, mode: Mode, sink: OutputSink, now: @escaping () -> Double) {
        self.label = TerminalText.escape(label)
        self.unit = TerminalText.escape(unit)
        self.mode = mode
        self.sink = sink
        self.now = now
        start = now()
        nextShow = start + (mode == .log ? Self.logInterval : Self.patience)
    }

    /// Says how much is done. Cheap enough to be called for every batch.
    package func update(done: Int, total: Int? = nil) {
        guard mode != .silent else { return }
        let time = now()
        guard time >= nextShow else { return }
        let report = ProgressReport(label: label, unit: unit, done: done, total: total, elapsed: time - start)
        switch mode {
        case .silent: return
        case .log:
            nextShow = time + Self.logInterval
            sink.write(report.text + "\n")
        case .terminal(let columns):
            nextShow = time + Self.drawInterval
            draw(report, columns: columns)
        }
        flush()
    }

    /// Takes the line off the terminal, until the next update.
    package func hide() {
        guard isShown else { return }
        isShown = false
        sink.write("\r\u{1B}[K")
        flush()
    }

    /// The line stays one column short of the edge, where some terminals would already wrap.
    private func draw(_ report: ProgressReport, columns: Int) {
        let text = report.text(columns: columns - 1)
        let room = columns - 1 - DisplayWidth.columns(of: text) - 2
        let bar = room >= 12 ? report.bar(columns: min(room, 30)) : ""
        let line = bar.isEmpty ? text : bar + "  " + text
        sink.write("\r" + line + "\u{1B}[K")
        isShown = true
    }

    /// Progress that cannot be shown is no reason to stop the job.
    private func flush() {
        try? sink.flush()
    }
}
