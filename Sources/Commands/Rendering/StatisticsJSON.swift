import Sessions

/// Statistics as one JSON object (docs/json.md).
struct StatisticsJSON {
    let statistics: SessionStatistics
    let top: Int
    let isQuick: Bool

    func bytes() -> [UInt8] {
        var writer = JSONWriter(layout: .indented)
        writer.beginObject()
        member("sessions", statistics.sessions, &writer)
        member("sessionsWithoutPrincipal", statistics.anonymous, &writer)
        member("principalCount", statistics.principals.nameCount, &writer)
        counts("formats", "format", statistics.formats, .max, &writer)
        counts("principals", "principal", statistics.principals, top, &writer)
        if !isQuick {
            counts("classes", "class", statistics.classes, top, &writer)
            counts("findings", "code", statistics.findings, .max, &writer)
            attributes(&writer)
        }
        for (name, histogram) in StatisticsRows.histograms(statistics, isQuick: isQuick) {
            write(histogram, name == "size" ? "sizeBytes" : name + "Milliseconds", &writer)
        }
        writer.endObject()
        return writer.takeBytes() + [UInt8(ascii: "\n")]
    }

    private func member(_ name: String, _ value: Int, _ writer: inout JSONWriter) {
        writer.name(name)
        writer.integer(Int64(value))
    }

    private func counts(
        _ name: String, _ member: String, _ counts: BoundedCounts, _ limit: Int, _ writer: inout JSONWriter
    ) {
        writer.name(name)
        writer.beginArray()
        for (name, count) in counts.most(limit) {
            writer.beginObject()
            writer.name(member)
            writer.string(name)
            self.member("count", count, &writer)
            writer.endObject()
        }
        writer.endArray()
    }

    private func attributes(_ writer: inout JSONWriter) {
        writer.name("attributes")
        writer.beginArray()
        for (name, entry) in statistics.attributes.biggest(top) {
            writer.beginObject()
            writer.name("name")
            writer.string(bytes: name)
            member("count", entry.count, &writer)
            member("bytes", entry.bytes, &writer)
            member("largestBytes", entry.largest, &writer)
            writer.name("largestOfSession")
            writer.string(bytes: entry.owner)
            writer.endObject()
        }
        writer.endArray()
    }

    private func write(_ histogram: Histogram, _ name: String, _ writer: inout JSONWriter) {
        writer.name(name)
        writer.beginObject()
        member("count", histogram.count, &writer)
        member("without", histogram.without, &writer)
        writer.name("buckets")
        writer.beginArray()
        for (index, count) in histogram.counts.enumerated() {
            writer.beginObject()
            writer.name("atMost")
            if index < histogram.bounds.count { writer.integer(histogram.bounds[index]) } else { writer.null() }
            member("count", count, &writer)
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
    }
}
