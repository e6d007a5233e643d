import Testing

@testable import SessionStorage

/// What PTTL and the times around it tell of an end.
struct EndReadingTests {
    @Test(arguments: [(0, 1500), (1, 1500), (2, 1501)] as [(Int64, Int64)])
    func timesThatAreCloseTellTheEnd(between: Int64, end: Int64) {
        let reading = EndReading(life: 500, before: 1000, after: 1000 + between)
        #expect(reading.isClose && reading.end == end)
    }

    /// Also by a clock that was put back.
    @Test(arguments: [3, 60, -1] as [Int64])
    func othersDoNot(between: Int64) {
        let reading = EndReading(life: 500, before: 1000, after: 1000 + between)
        #expect(!reading.isClose && reading.end == nil)
    }

    @Test(arguments: [-1, -2] as [Int64])
    func whatHasNoEndNeedsNoTimes(life: Int64) {
        let reading = EndReading(life: life, before: 1000, after: 5000)
        #expect(reading.isClose && reading.end == nil)
    }

    @Test func anEndBeyondAllNumbersIsNone() {
        #expect(EndReading(life: .max, before: 1000, after: 1000).end == nil)
    }
}
