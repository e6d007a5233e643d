/// How far a long job is, in words.
struct ProgressReport {
    let label: String
    let unit: String
    let done: Int
    /// How many there will be, as far as it is known.
    let total: Int?
    /// Seconds since the job began.
    let elapsed: Double

    /// `scanning 12,345 of 200,000 keys  6 %  45,210/s  4 s left`
    var text: String { ([count] + [percentage, speed, timeLeft].compactMap { $0 }).joined(separator: "  ") }

    /// As much of it as fits; how long it still takes goes last.
    func text(columns: Int) -> String {
        let shorter = [
            [count, percentage, timeLeft], [count, timeLeft], ["\(label) \(Self.grouped(done))", timeLeft],
        ]
        let texts = [text] + shorter.map { $0.compactMap { $0 }.joined(separator: "  ") }
        return texts.first { DisplayWidth.columns(of: $0) <= columns }
            ?? TerminalText.fit(text, columns: max(0, columns))
    }

    private var count: String {
        "\(label) \(Self.grouped(done))" + (total.map { " of \(Self.grouped($0))" } ?? "") + " \(unit)"
    }

    private var percentage: String? { fraction.map { "\(Int($0 * 100)) %" } }
    private var speed: String? { rate.map { "\(Self.grouped(Int($0)))/s" } }
    private var timeLeft: String? { secondsLeft.map { "\(Self.duration($0)) left" } }

    /// A bar of `columns` columns, empty where the end is not known.
    func bar(columns: Int) -> String {
        guard let fraction, columns > 2 else { return "" }
        let filled = Int(fraction * Double(columns - 2))
        return "[" + String(repeating: "=", count: filled) + String(repeating: " ", count: columns - 2 - filled) + "]"
    }

    /// From 0 to 1; a total that turned out too small counts as reached.
    private var fraction: Double? {
        guard let total, total > 0 else { return nil }
        return min(1, max(0, Double(done) / Double(total)))
    }

    private var rate: Double? {
        elapsed >= 0.1 && done > 0 ? min(Double(done) / elapsed, 1e15) : nil
    }

    private var secondsLeft: Int? {
        guard let total, let rate, rate > 0, total > done else { return nil }
        return Int(min((Double(total) - Double(done)) / rate, 1e9).rounded(.up))
    }

    /// `1234567` as `1,234,567`.
    static func grouped(_ number: Int) -> String {
        let digits = String(number.magnitude)
        var result = number < 0 ? "-" : ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { result += "," }
            result.append(digit)
        }
        return result
    }

    /// `45 s`, `3 min 20 s`, `2 h 5 min`.
    static func duration(_ seconds: Int) -> String {
        switch seconds {
        case ..<60: "\(seconds) s"
        case ..<3600: "\(seconds / 60) min \(seconds % 60) s"
        default: "\(seconds / 3600) h \(seconds / 60 % 60) min"
        }
    }
}
