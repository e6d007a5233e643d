extension KnownObject {
    private static let dateName = Array("java.util.Date".utf8)

    /// `java.util.Date` writes its milliseconds itself; it declares no field.
    func epochMillis() throws(JavaStreamError) -> Int64 {
        var cursor = written()
        return try cursor.int64()
    }

    /// `java.sql.Timestamp`: whole seconds in what `Date` writes, and a field with the nanoseconds.
    func timestamp() throws(JavaStreamError) -> JavaValue.Content {
        let nanos = try int("nanos")
        guard let date = graph.dataRecord(of: node, named: Self.dateName) else {
            throw fail("has no data of java.util.Date")
        }
        return .timestamp(epochMillis: try with(date).epochMillis() &+ Int64(nanos / 1_000_000), nanos: nanos)
    }

    /// `java.util.Calendar` writes a simple zone in its field, for old readers, and the real one behind the fields.
    func calendar() throws(JavaStreamError) -> JavaCalendar {
        let realZone = (0..<annotation.count).lazy.compactMap { written($0) }.first {
            graph.kind(of: $0) == .object
        }
        let zone = if let realZone { realZone } else { try requiredReference("zone") }
        // Asked for by its row first: a calendar that has itself as its zone would have no end.
        guard case .text? = graph.javaClass(of: zone).flatMap({ graph.row(of: $0)?.meaning }),
            case .text(let name) = try graph.value(of: zone).content
        else { throw fail("has no time zone") }
        return JavaCalendar(
            epochMillis: try long("time"), timeZone: name, isLenient: try boolean("lenient"),
            firstDayOfWeek: try int("firstDayOfWeek"), minimalDaysInFirstWeek: try int("minimalDaysInFirstWeek"))
    }
}
