import Sessions
import Terminal

/// Statistics in the text exposition format of Prometheus, version 0.0.4.
struct StatisticsMetrics {
    let statistics: SessionStatistics
    let top: Int
    let isQuick: Bool

    func text() -> String {
        var text = ""
        family("sessionctl_sessions", "gauge", "Sessions in the store, by format.", &text)
        if statistics.formats.nameCount == 0 { text += "sessionctl_sessions 0\n" }
        counts("sessionctl_sessions", "format", statistics.formats, .max, &text)
        family("sessionctl_sessions_without_principal", "gauge", "Sessions of which nobody is logged in.", &text)
        text += "sessionctl_sessions_without_principal \(statistics.anonymous)\n"
        family("sessionctl_principals", "gauge", "Different principals that have sessions.", &text)
        text += "sessionctl_principals \(statistics.principals.nameCount)\n"
        family("sessionctl_principal_sessions", "gauge", "Sessions of the principals with most of them.", &text)
        counts("sessionctl_principal_sessions", "principal", statistics.principals, top, &text)
        if !isQuick { content(&text) }
        histogram("sessionctl_session_idle_seconds", "Time since the last use.", statistics.idle, 1000, &text)
        histogram("sessionctl_session_age_seconds", "Time since the creation.", statistics.age, 1000, &text)
        histogram("sessionctl_session_ttl_seconds", "Remaining life of the key.", statistics.timeToLive, 1000, &text)
        if !isQuick { histogram("sessionctl_session_size_bytes", "Stored content.", statistics.size, 1, &text) }
        return text
    }

    private func content(_ text: inout String) {
        family("sessionctl_class_sessions", "gauge", "Sessions with values of the most frequent classes.", &text)
        counts("sessionctl_class_sessions", "class", statistics.classes, top, &text)
        family("sessionctl_findings", "gauge", "What is wrong with sessions, by code.", &text)
        counts("sessionctl_findings", "code", statistics.findings, .max, &text)
        family("sessionctl_attribute_bytes", "gauge", "Bytes of the attributes that take most.", &text)
        for (name, entry) in statistics.attributes.biggest(top) {
            text +=
                "sessionctl_attribute_bytes{attribute=\"\(Self.escaped(EscapedName.text(of: name)))\"} \(entry.bytes)\n"
        }
    }

    private func family(_ name: String, _ type: String, _ help: String, _ text: inout String) {
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
    }

    private func counts(_ metric: String, _ label: String, _ counts: BoundedCounts, _ limit: Int, _ text: inout String)
    {
        for (name, count) in counts.most(limit) { text += "\(metric){\(label)=\"\(Self.escaped(name))\"} \(count)\n" }
    }

    /// Buckets are cumulative; the last is that of all.
    private func histogram(
        _ metric: String, _ help: String, _ histogram: Histogram, _ unit: Int64, _ text: inout String
    ) {
        family(metric, "histogram", help, &text)
        var sum = 0
        for (bound, count) in zip(histogram.bounds, histogram.counts) {
            sum += count
            text += "\(metric)_bucket{le=\"\(bound / unit)\"} \(sum)\n"
        }
        text += "\(metric)_bucket{le=\"+Inf\"} \(histogram.count)\n"
        text += "\(metric)_sum \(histogram.sum / Double(unit))\n"
        text += "\(metric)_count \(histogram.count)\n"
    }

    /// A label's value: what could drive a terminal is an escape, as in all output, and backslashes and quotation marks are
    /// escaped as the format asks.
    static func escaped(_ value: String) -> String {
        var escaped = ""
        for scalar in TerminalText.escape(value).unicodeScalars {
            if scalar == "\\" || scalar == "\"" { escaped.append("\\") }
            escaped.unicodeScalars.append(scalar)
        }
        return escaped
    }
}
