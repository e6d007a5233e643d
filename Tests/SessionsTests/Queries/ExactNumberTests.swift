import Testing

@testable import Sessions

/// Numbers of attributes, compared without rounding.
struct ExactNumberTests {
    /// Each below the next.
    private static let rising = [
        "-Infinity", "-1E+1000000", "-9007199254740993", "-9007199254740992", "-10", "-1.5", "-1", "-0.001", "0",
        "1e-400", "0.001",
        "0.1", "0.11", "1", "1.0000000000000000000000001", "9", "10", "9007199254740992", "9007199254740993",
        "18446744073709551616", "1E308", "1E309", "1E+1000000", "Infinity",
    ]

    @Test func areInOrder() throws {
        let numbers = try Self.rising.map { try #require(ExactNumber($0), "\($0)") }
        var compared = 0
        for (i, left) in numbers.enumerated() {
            for (j, right) in numbers.enumerated() {
                #expect((left < right) == (i < j) && (left == right) == (i == j), "\(Self.rising[i]) \(Self.rising[j])")
                compared += 1
            }
        }
        #expect(compared == 576)
    }

    @Test(
        arguments: [
            ("1", "1.0"), ("1", "01"), ("1000", "1E+3"), ("0", "-0.0"), ("0.5", ".5"), ("5", "5."), ("1.50", "15e-1"),
            ("-100", "-1e2"), ("+7", "7"), ("0e999", "0"), ("1E-3", "0.001"),
        ])
    func areEqual(_ left: String, _ right: String) throws {
        #expect(try #require(ExactNumber(left)) == #require(ExactNumber(right)), "\(left) \(right)")
    }

    @Test(arguments: [
        "", "-", ".", "e5", "1e", "1e+", "1x", "x1", "NaN", "infinity", " 1", "1 ", "0x10", "1_000", "--1",
    ])
    func areNone(_ text: String) { #expect(ExactNumber(text) == nil) }

    @Test(arguments: [
        ("12.50", "12.5"), ("1E3", "1000"), ("-0.001", "-0.001"), ("0", "0"), ("1e-5", "0.00001"),
        ("-Infinity", "-Infinity"),
    ])
    func areWrittenPlainly(_ text: String, _ plain: String) { #expect(ExactNumber(text)?.plainText == plain) }

    @Test func areReadBack() throws {
        for text in Self.rising {
            let number = try #require(ExactNumber(text))
            #expect(ExactNumber(number.text) == number, "\(text)")
        }
        #expect(ExactNumber(String(repeating: "9", count: 10_001)) == nil)
        #expect(ExactNumber("1e99999999999999999999") != nil)
    }
}
