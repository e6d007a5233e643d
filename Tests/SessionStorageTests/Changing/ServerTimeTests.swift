import Redis
import Testing

@testable import SessionStorage

/// The answer to TIME, from which everything is reckoned that ends: what is no time is refused, and overflows nowhere.
struct ServerTimeTests {
    private func time(_ words: [String]) -> Int64? {
        ChangeServer.milliseconds(.array(words.map { .string(Array($0.utf8)) }))
    }

    @Test func isInMilliseconds() {
        #expect(time(["1700000000", "123999"]) == 1_700_000_000_123)
        #expect(time(["0", "0"]) == 0)
        #expect(time(["253402300799", "999999"]) == 253_402_300_799_999)
    }

    @Test(arguments: [
        ["9223372036854775", "9223372036854775807"], ["9223372036854775807", "0"], ["253402300800", "0"], ["-1", "0"],
        ["1700000000", "1000000"], ["1700000000", "-1"], ["1700000000"], ["1700000000", "x"], [],
    ])
    func whatIsNoneIsRefused(_ words: [String]) {
        #expect(time(words) == nil)
    }

    @Test func anotherAnswerIsNone() { #expect(ChangeServer.milliseconds(.integer(1_700_000_000)) == nil) }
}
