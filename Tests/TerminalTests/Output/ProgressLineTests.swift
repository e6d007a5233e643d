import Testing

@testable import Terminal

@Suite struct ProgressLineTests {
    private final class Clock {
        var time = 100.0
    }

    private let clock = Clock()
    private let sink = OutputSink.memory()

    private func line(_ mode: ProgressLine.Mode) -> ProgressLine {
        ProgressLine(label: "scanning", unit: "keys", mode: mode, sink: sink) { [clock] in clock.time }
    }

    private var shown: String { String(decoding: sink.held, as: UTF8.self) }

    @Test func redrawsOneLineOnATerminal() {
        let progress = line(.terminal(columns: 100))
        progress.update(done: 1, total: 100)
        #expect(shown.isEmpty, "short jobs show nothing")
        clock.time += 2
        progress.update(done: 50_000, total: 200_000)
        let bar = "[=======                     ]"
        #expect(shown == "\r\(bar)  scanning 50,000 of 200,000 keys  25 %  25,000/s  6 s left\u{1b}[K")
        progress.update(done: 50_001, total: 200_000)
        #expect(shown.split(separator: "\r").count == 1, "too soon to draw again")
        progress.hide()
        progress.hide()
        #expect(shown.hasSuffix("left\u{1b}[K\r\u{1b}[K"))
    }

    @Test func staysInsideANarrowTerminal() throws {
        let progress = line(.terminal(columns: 20))
        clock.time += 2
        progress.update(done: 50_000, total: 200_000)
        #expect(shown == "\rscanning 50,000 of…\u{1b}[K")
    }

    /// How long it still takes is what somebody waits for: the rest gives way to it.
    @Test(arguments: [
        (55, "scanning 50,000 of 200,000 keys  25 %  6 s left"), (45, "scanning 50,000 of 200,000 keys  6 s left"),
        (30, "scanning 50,000  6 s left"),
    ]) func keepsTheTimeThatIsLeft(_ columns: Int, _ text: String) {
        let progress = line(.terminal(columns: columns))
        clock.time += 2
        progress.update(done: 50_000, total: 200_000)
        #expect(shown == "\r\(text)\u{1b}[K")
    }

    @Test func writesALineNowAndThenToALog() {
        let progress = line(.log)
        for _ in 0..<12 {
            clock.time += 1
            progress.update(done: Int(clock.time - 100) * 10)
        }
        #expect(shown == "scanning 50 keys  10/s\nscanning 100 keys  10/s\n")
        progress.hide()
        #expect(!shown.contains("\u{1b}"))
    }

    @Test func isSilentWhenAsked() {
        let progress = line(.silent)
        clock.time += 100
        progress.update(done: 5)
        progress.hide()
        #expect(shown.isEmpty)
    }

    @Test(arguments: [
        (0, nil, 0.0, "x 0 y"), (5, 0, 1, "x 5 of 0 y  5/s"), (300, 200, 1, "x 300 of 200 y  100 %  300/s"),
        (1, 1_000_000, 1, "x 1 of 1,000,000 y  0 %  1/s  277 h 46 min left"), (-1, 10, 1, "x -1 of 10 y  0 %"),
        (
            Int.max, Int.max, 0.2,
            "x 9,223,372,036,854,775,807 of 9,223,372,036,854,775,807 y  100 %  1,000,000,000,000,000/s"
        ),
        (100, 20_000, 1, "x 100 of 20,000 y  0 %  100/s  3 min 19 s left"),
    ]) func saysItInWords(done: Int, total: Int?, elapsed: Double, text: String) {
        #expect(ProgressReport(label: "x", unit: "y", done: done, total: total, elapsed: elapsed).text == text)
    }
}
