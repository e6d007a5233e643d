import Testing

@testable import Sessions

/// What is said of values that could not be compared: what was decided, also under `not`.
struct FilterTallyTests {
    /// - Parameter values: what the attribute `x` is in each of the sessions, a Java string of one letter.
    private func line(_ filter: String, _ values: [String]) throws -> String? {
        let filter = try SessionFilter(filter, now: 0)
        var tally = FilterTally()
        for value in values {
            var session = Session(id: [1], format: "spring", key: [1], timeToLive: .none)
            session.attributes = [
                SessionAttribute(name: Array("x".utf8), value: .stored([0xAC, 0xED, 0, 5, 0x74, 0, 1] + value.utf8))
            ]
            _ = filter.matches(session, now: 0, tally: &tally)
        }
        return tally.closingLine
    }

    @Test(
        arguments: [
            ("attr.x > 3", ["a"], "1 session has", "the session does not match"),
            ("not attr.x > 3", ["a"], "1 session has", "the session matches"),
            ("attr.x > 3", ["a", "b"], "2 sessions have", "none of them matches"),
            ("not attr.x > 3", ["a", "b"], "2 sessions have", "all of them match"),
            ("attr.x > 3 or attr.x = a", ["b", "a", "c"], "3 sessions have", "1 of them matches"),
            ("not (attr.x > 3 or attr.x = a)", ["b", "a", "c"], "3 sessions have", "2 of them match"),
        ])
    func saysWhatWasDecided(_ filter: String, _ values: [String], _ subject: String, _ decision: String) throws {
        #expect(
            try line(filter, values) == "\(subject) values that --where cannot compare, such as attr.x: "
                + "that test is false, and \(decision)")
    }

    @Test func saysNothingWhereAllCouldBeCompared() throws {
        #expect(try line("not attr.x > 3", ["5"]) == nil)
    }
}
