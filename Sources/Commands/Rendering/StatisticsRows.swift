import Sessions

/// Statistics as rows of three: for `cut` and `awk`.
enum StatisticsRows {
    typealias Row = (group: String, name: [UInt8], value: Int64)

    static func all(_ statistics: SessionStatistics, top: Int, isQuick: Bool) -> [Row] {
        var rows: [Row] = [
            ("sessions", [], Int64(statistics.sessions)),
            ("sessions without principal", [], Int64(statistics.anonymous)),
            ("principals", [], Int64(statistics.principals.nameCount)),
        ]
        rows += counts("format", statistics.formats, .max) + counts("principal", statistics.principals, top)
        if !isQuick {
            rows += counts("class", statistics.classes, top) + counts("finding", statistics.findings, .max)
            for (name, entry) in statistics.attributes.biggest(top) {
                rows.append(("attribute bytes", name, Int64(entry.bytes)))
            }
        }
        for (name, histogram) in histograms(statistics, isQuick: isQuick) {
            rows += buckets(name, histogram)
        }
        return rows
    }

    /// The histograms by the names of their fields; sizes only where they were fetched.
    static func histograms(_ statistics: SessionStatistics, isQuick: Bool) -> [(name: String, histogram: Histogram)] {
        let times = [("idle", statistics.idle), ("age", statistics.age), ("ttl", statistics.timeToLive)]
        return isQuick ? times : times + [("size", statistics.size)]
    }

    private static func counts(_ group: String, _ counts: BoundedCounts, _ top: Int) -> [Row] {
        counts.most(top).map { (group, Array($0.name.utf8), Int64($0.count)) }
    }

    /// Named by their upper bounds, in milliseconds or bytes.
    private static func buckets(_ group: String, _ histogram: Histogram) -> [Row] {
        var rows = zip(histogram.bounds, histogram.counts).map { bound, count in
            (group: group, name: Array(String(bound).utf8), value: Int64(count))
        }
        rows.append((group, Array("more".utf8), Int64(histogram.counts.last ?? 0)))
        rows.append((group, Array("without".utf8), Int64(histogram.without)))
        return rows
    }
}
