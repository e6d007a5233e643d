/// What `java.time.chrono` writes: one class, `java.time.chrono.Ser`, for chronologies and for the dates of the other calendars.
extension KnownObject {
    /// A chronology by its name, a date of a calendar by that calendar's name, era and date; all else by what was written.
    func chronology() throws(JavaStreamError) -> JavaValue {
        var cursor = written()
        let type = try cursor.byte()
        switch type {
        case 1:
            let name = try cursor.utf()
            let classes = [
                "ISO": "IsoChronology", "Hijrah-umalqura": "HijrahChronology", "Japanese": "JapaneseChronology",
                "Minguo": "MinguoChronology", "ThaiBuddhist": "ThaiBuddhistChronology",
            ]
            return resolved(to: "java.time.chrono." + (classes[name] ?? "Chronology"), .text(JavaText(name)))
        case 4: return try date("JapaneseDate", &cursor, japanese)
        case 6:
            cursor = BlockCursor(object: self, item: cursor.nextItem + 1)
            return try date("HijrahDate", &cursor) { year, month, day in
                "Hijrah-umalqura AH " + Self.numbers(year, month, day)
            }
        case 7:
            return try date("MinguoDate", &cursor) { year, month, day in
                "Minguo " + (year >= 1 ? "ROC " : "BEFORE_ROC ") + Self.numbers(year >= 1 ? year : 1 - year, month, day)
            }
        case 8:
            return try date("ThaiBuddhistDate", &cursor) { year, month, day in
                "ThaiBuddhist " + (year >= 1 ? "BE " : "BEFORE_BE ")
                    + Self.numbers(year >= 1 ? year : 1 - year, month, day)
            }
        default: return JavaValue(className, .externalizable)
        }
    }

    private func date(
        _ name: String, _ cursor: inout BlockCursor, _ text: (Int64, Int, Int) -> String
    ) throws(JavaStreamError) -> JavaValue {
        let (year, month, day) = (Int64(try cursor.int32()), Int(try cursor.int8()), Int(try cursor.int8()))
        guard (1...12).contains(month), (1...31).contains(day) else { throw fail("has a date that does not exist") }
        return resolved(to: "java.time.chrono." + name, .text(JavaText(text(year, month, day))))
    }

    private static func numbers(_ year: Int64, _ month: Int, _ day: Int) -> String {
        "\(year)-\(IsoText.two(month))-\(IsoText.two(day))"
    }

    /// Years count from the first year of the era that the day is in.
    private func japanese(_ year: Int64, _ month: Int, _ day: Int) -> String {
        let eras: [(name: String, year: Int64, month: Int, day: Int)] = [
            ("Reiwa", 2019, 5, 1), ("Heisei", 1989, 1, 8), ("Showa", 1926, 12, 25), ("Taisho", 1912, 7, 30),
        ]
        let era = eras.first { (year, month, day) >= ($0.year, $0.month, $0.day) } ?? ("Meiji", 1868, 1, 1)
        return "Japanese \(era.name) " + Self.numbers(year - era.year + 1, month, day)
    }
}
