import Sessions
import Terminal

/// Statistics for people: counts as tables, histograms drawn with block characters.
struct StatisticsText {
    let statistics: SessionStatistics
    let top: Int
    let isQuick: Bool
    let palette: Palette
    let width: Int
    let sink: OutputSink

    func write() {
        let users = statistics.principals.nameCount
        let title = StyledText(
            "\(statistics.sessions) sessions of \(users) user\(users == 1 ? "" : "s"), \(statistics.anonymous) of nobody"
        )
        for line in title.wrapped(to: width) { sink.write(line.painted(by: palette) + "\n") }
        counts("FORMAT", statistics.formats, .max)
        counts("PRINCIPAL", statistics.principals, top)
        if !isQuick {
            counts("CLASS", statistics.classes, top)
            counts("FINDING", statistics.findings, .max)
            attributes()
        }
        for (name, histogram) in StatisticsRows.histograms(statistics, isQuick: isQuick) { draw(name, histogram) }
    }

    private func counts(_ title: String, _ counts: BoundedCounts, _ limit: Int) {
        let most = counts.most(limit)
        guard !most.isEmpty else { return }
        sink.write("\n")
        var table = Table(
            [.flexible(title, minimum: 20), .rigid("SESSIONS", .trailing)], width: width, palette: palette, sink: sink)
        for (name, count) in most { table.append([StyledText(name), StyledText(String(count), .number)]) }
        let rest = counts.nameCount - most.count
        if rest > 0 { table.append([StyledText("… \(rest) more", .faint)]) }
        table.finish()
    }

    private func attributes() {
        let biggest = statistics.attributes.biggest(top)
        guard !biggest.isEmpty else { return }
        sink.write("\n")
        var table = Table(
            [
                .flexible("ATTRIBUTE", minimum: 20), .rigid("SESSIONS", .trailing), .rigid("BYTES", .trailing),
                .rigid("LARGEST", .trailing), .flexible("OF SESSION"),
            ], width: width, palette: palette, sink: sink)
        for (name, entry) in biggest {
            table.append([
                StyledText(bytes: name, .name), StyledText(String(entry.count), .number),
                StyledText(SizeText.short(bytes: Int64(entry.bytes)), .number),
                StyledText(SizeText.short(bytes: Int64(entry.largest)), .number),
                StyledText(bytes: entry.owner, .identifier),
            ])
        }
        table.finish()
    }

    /// A bar for each bucket, from the first that is not empty to the last.
    private func draw(_ name: String, _ histogram: Histogram) {
        guard let first = histogram.counts.firstIndex(where: { $0 > 0 }),
            let last = histogram.counts.lastIndex(where: { $0 > 0 }), let most = histogram.counts.max()
        else { return }
        sink.write("\n" + palette.paint(name.uppercased(), .header) + "\n")
        let labels = (first...last).map { Self.label($0, histogram, isSize: name == "size") }
        let wide = labels.reduce(0) { max($0, $1.count) }
        let digits = String(most).count
        let room = max(1, min(60, width - wide - digits - 4))
        for (bucket, label) in zip(first...last, labels) {
            let count = histogram.counts[bucket]
            let number = String(count)
            let bar = count == 0 ? "" : "  " + palette.paint(Self.bar(count, of: most, columns: room), .number)
            sink.write(
                String(repeating: " ", count: wide - label.count) + label + "  "
                    + String(repeating: " ", count: digits - number.count) + number + bar + "\n")
        }
        if histogram.without > 0 {
            sink.write(palette.paint("\(histogram.without) without\(name == "ttl" ? " end" : "")", .faint) + "\n")
        }
    }

    private static func label(_ bucket: Int, _ histogram: Histogram, isSize: Bool) -> String {
        let isLast = bucket == histogram.bounds.count
        let bound = histogram.bounds[isLast ? bucket - 1 : bucket]
        let text = isSize ? SizeText.bound(bytes: bound) : DurationText.short(milliseconds: bound)
        return (isLast ? "> " : "≤ ") + text
    }

    /// A bar in eighths of a column; what is not nothing is seen.
    static func bar(_ count: Int, of most: Int, columns: Int) -> String {
        guard count > 0, most > 0 else { return "" }
        let eighths = max(1, Int((Double(count) / Double(most) * Double(columns * 8)).rounded()))
        let partial = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
        return String(repeating: "█", count: eighths / 8) + partial[eighths % 8]
    }
}
