/// What `java.time` writes: one class, `java.time.Ser`, for all of its types.
///
/// Source: the `writeExternal` and `writeReplace` sections of the serialized forms of `java.time` (Java 8 to 21), which have
/// not changed since they were introduced.
extension KnownObject {
    /// `java.time.Ser`: a type byte and that type's data, all as one run of primitives.
    func time() throws(JavaStreamError) -> JavaValue {
        var cursor = written()
        let type = try cursor.byte()
        let (name, text) = try time(ofType: type, &cursor)
        guard cursor.isAtBlockEnd else { throw fail("has data behind a value of type \(type)") }
        return resolved(to: "java.time." + name, .text(JavaText(text)))
    }

    private func time(
        ofType type: UInt8, _ cursor: inout BlockCursor
    ) throws(JavaStreamError) -> (name: String, text: String) {
        switch type {
        case 1: return ("Duration", IsoText.duration(seconds: try cursor.int64(), nano: try nano(&cursor)))
        case 2: return ("Instant", try instant(&cursor))
        case 3: return ("LocalDate", try localDate(&cursor))
        case 4: return ("LocalTime", try localTime(&cursor))
        case 5: return ("LocalDateTime", try localDateTime(&cursor))
        case 6: return ("ZonedDateTime", try zonedDateTime(&cursor))
        case 7: return ("ZoneRegion", try cursor.utf())
        case 8: return ("ZoneOffset", try zoneOffset(&cursor))
        case 9: return ("OffsetTime", try localTime(&cursor) + zoneOffset(&cursor))
        case 10: return ("OffsetDateTime", try localDateTime(&cursor) + zoneOffset(&cursor))
        case 11: return ("Year", String(try cursor.int32()))
        case 12: return ("YearMonth", try yearMonth(&cursor))
        case 13:
            let month = try ranged(cursor.int8(), 1...12)
            return ("MonthDay", "--" + IsoText.two(month) + "-" + IsoText.two(try ranged(cursor.int8(), 1...31)))
        case 14: return ("Period", try period(&cursor))
        default: throw fail("is of the unknown type \(type)")
        }
    }

    /// A number that is within `range` in every value that Java makes.
    private func ranged(_ number: some BinaryInteger, _ range: ClosedRange<Int>) throws(JavaStreamError) -> Int {
        guard range.contains(Int(number)) else { throw fail("has the part \(number) outside of \(range)") }
        return Int(number)
    }

    private func nano(_ cursor: inout BlockCursor) throws(JavaStreamError) -> Int {
        try ranged(try cursor.int32(), 0...999_999_999)
    }

    /// Seconds of the years ±1,000,000,000.
    private func instant(_ cursor: inout BlockCursor) throws(JavaStreamError) -> String {
        let seconds = try ranged(try cursor.int64(), -31_557_014_167_219_200...31_556_889_864_403_199)
        return IsoText.instant(seconds: Int64(seconds), nano: try nano(&cursor))
    }

    private func localDate(_ cursor: inout BlockCursor) throws(JavaStreamError) -> String {
        let year = try ranged(try cursor.int32(), -999_999_999...999_999_999)
        let month = try ranged(try cursor.int8(), 1...12)
        return IsoText.date(year: Int64(year), month: month, day: try ranged(try cursor.int8(), 1...31))
    }

    /// Zeros at the end are left out: the last part written is then the complement of its value.
    private func localTime(_ cursor: inout BlockCursor) throws(JavaStreamError) -> String {
        var (minute, second, nano) = (0, 0, 0)
        var hour = Int(try cursor.int8())
        if hour < 0 {
            hour = ~hour
        } else {
            minute = Int(try cursor.int8())
            if minute < 0 {
                minute = ~minute
            } else {
                second = Int(try cursor.int8())
                if second < 0 { second = ~second } else { nano = try self.nano(&cursor) }
            }
        }
        return IsoText.time(
            hour: try ranged(hour, 0...23), minute: try ranged(minute, 0...59), second: try ranged(second, 0...59),
            nano: nano)
    }

    private func localDateTime(_ cursor: inout BlockCursor) throws(JavaStreamError) -> String {
        let date = try localDate(&cursor)
        return date + "T" + (try localTime(&cursor))
    }

    /// In quarters of an hour, or 127 and seconds.
    private func zoneOffset(_ cursor: inout BlockCursor) throws(JavaStreamError) -> String {
        let quarters = Int(try cursor.int8())
        let seconds = quarters == 127 ? Int(try cursor.int32()) : quarters * 900
        return IsoText.offset(seconds: try ranged(seconds, -64800...64800))
    }

    /// A zone is written with its own type byte: a region or an offset.
    private func zonedDateTime(_ cursor: inout BlockCursor) throws(JavaStreamError) -> String {
        let text = try localDateTime(&cursor)
        let offset = try zoneOffset(&cursor)
        let type = try cursor.byte()
        guard type == 7 || type == 8 else { throw fail("has no time zone") }
        let zone = type == 7 ? try cursor.utf() : try zoneOffset(&cursor)
        return text + offset + (zone == offset ? "" : "[\(zone)]")
    }

    private func yearMonth(_ cursor: inout BlockCursor) throws(JavaStreamError) -> String {
        let year = try ranged(try cursor.int32(), -999_999_999...999_999_999)
        return IsoText.year(Int64(year)) + "-" + IsoText.two(try ranged(try cursor.int8(), 1...12))
    }

    private func period(_ cursor: inout BlockCursor) throws(JavaStreamError) -> String {
        let (years, months, days) = (try cursor.int32(), try cursor.int32(), try cursor.int32())
        let text = [(years, "Y"), (months, "M"), (days, "D")].filter { $0.0 != 0 }.map { "\($0.0)\($0.1)" }.joined()
        return text.isEmpty ? "P0D" : "P" + text
    }
}
