import Sessions
import Testing
import TestSupport

/// Milliseconds since the epoch and their text.
struct RFC3339Tests {
    @Test(
        arguments: [
            (0, "1970-01-01T00:00:00.000Z"),
            (-1, "1969-12-31T23:59:59.999Z"),
            (1, "1970-01-01T00:00:00.001Z"),
            (1_700_000_000_000, "2023-11-14T22:13:20.000Z"),
            (951_782_400_000, "2000-02-29T00:00:00.000Z"),
            (951_868_799_999, "2000-02-29T23:59:59.999Z"),
            (951_868_800_000, "2000-03-01T00:00:00.000Z"),
            (-2_203_891_200_000, "1900-03-01T00:00:00.000Z"),
            (-2_203_891_200_001, "1900-02-28T23:59:59.999Z"),
            (4_107_542_400_000, "2100-03-01T00:00:00.000Z"),
            (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
            (253_402_300_800_000, "+010000-01-01T00:00:00.000Z"),
            (-62_167_219_200_000, "0000-01-01T00:00:00.000Z"),
            (-62_167_219_200_001, "-000001-12-31T23:59:59.999Z"),
            (.max, "+292278994-08-17T07:12:55.807Z"),
            (.min, "-292275055-05-16T16:47:04.192Z"),
        ] as [(Int64, String)])
    func writesAndReads(_ milliseconds: Int64, _ text: String) throws {
        #expect(RFC3339.text(milliseconds: milliseconds) == text)
        #expect(try RFC3339.milliseconds(text) == milliseconds)
    }

    @Test(arguments: [
        ("1985-04-12T23:20:50.52Z", "1985-04-12T23:20:50.520Z"),
        ("1996-12-19T16:39:57-08:00", "1996-12-20T00:39:57.000Z"),
        ("1990-12-31T23:59:60Z", "1991-01-01T00:00:00.000Z"),
        ("1990-12-31T15:59:60-08:00", "1991-01-01T00:00:00.000Z"),
        ("1937-01-01T12:00:27.87+00:20", "1937-01-01T11:40:27.870Z"),
        ("2026-01-01", "2026-01-01T00:00:00.000Z"),
        ("2026-01-01t00:00:00z", "2026-01-01T00:00:00.000Z"),
        ("2026-01-01 00:00:00Z", "2026-01-01T00:00:00.000Z"),
        ("2026-01-01T00:00:00.123999999Z", "2026-01-01T00:00:00.123Z"),
        ("2026-01-01T00:00:00-00:00", "2026-01-01T00:00:00.000Z"),
        ("0000-02-29", "0000-02-29T00:00:00.000Z"),
    ])
    func readsOtherForms(_ text: String, _ same: String) throws {
        #expect(RFC3339.text(milliseconds: try RFC3339.milliseconds(text)) == same)
    }

    @Test(
        arguments: [
            ("", 0, .notRFC3339), ("2026", 4, .notRFC3339), ("2026-1-1", 6, .notRFC3339), ("26-01-01", 2, .notRFC3339),
            ("2026-01-01T", 11, .notRFC3339), ("2026-01-01T00:00Z", 16, .notRFC3339),
            ("2026-01-01T00:00:00", 19, .notRFC3339), ("2026-01-01T00:00:00.Z", 20, .notRFC3339),
            ("2026-01-01T00:00:00Zx", 20, .notRFC3339), ("2026-01-01T00:00:00+0100", 22, .notRFC3339),
            ("2026-01-01x", 10, .notRFC3339), ("+2026-01-01", 1, .notRFC3339), ("-", 1, .notRFC3339),
            ("2026-13-01", 10, .noSuchTime), ("2026-00-01", 10, .noSuchTime), ("2026-01-32", 10, .noSuchTime),
            ("2026-02-29", 10, .noSuchTime), ("1900-02-29", 10, .noSuchTime), ("2026-04-31", 10, .noSuchTime),
            ("2026-01-01T24:00:00Z", 11, .noSuchTime), ("2026-01-01T00:60:00Z", 14, .noSuchTime),
            ("2026-01-01T00:00:61Z", 17, .noSuchTime), ("2026-01-01T00:00:60Z", 20, .noSuchTime),
            ("2026-01-01T00:00:00+24:00", 20, .noSuchTime),
            ("+292278994-08-17T07:12:55.808Z", 0, .timeOutOfRange),
            ("-292275055-05-16T16:47:04.191Z", 0, .timeOutOfRange),
            ("+999999999-12-31T23:59:59Z", 0, .timeOutOfRange), ("-999999999-01-01T00:00:00Z", 0, .timeOutOfRange),
        ] as [(String, Int, EncodingProblem)])
    func refuses(_ text: String, _ offset: Int, _ problem: EncodingProblem) {
        #expect(throws: SessionError(.encoding(problem), offset: offset), "\(text)") {
            try RFC3339.milliseconds(text)
        }
    }

    @Test func everyTimeComesBack() throws {
        var random = SeededRandom(for: "RFC 3339 of random times")
        for shift in 0..<64 {
            for _ in 0..<50 {
                let time = Int64.random(in: .min ... .max, using: &random) >> Int64(shift)
                #expect(try RFC3339.milliseconds(RFC3339.text(milliseconds: time)) == time)
            }
        }
    }

    @Test func everyDayOfFourCenturiesFollowsTheOneBefore() throws {
        var days = 0
        for year in 1900..<2300 {
            for month in 1...12 {
                let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
                let count = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
                for day in 1...count {
                    let text = "\(year)-" + (month < 10 ? "0" : "") + "\(month)-" + (day < 10 ? "0" : "") + "\(day)"
                    let time = (Int64(days) - 25_567) * 86_400_000
                    guard try RFC3339.milliseconds(text) == time else {
                        Issue.record("\(text) is not day \(days)")
                        return
                    }
                    days += 1
                }
            }
        }
        #expect(days == 146_097)
    }
}
