import Sessions
import Testing

/// Numbers stay as written, and their values are exact.
struct JSONNumberTests {
    @Test(arguments: ["0", "-0", "1.0", "1e0", "123456789012345678901234567890", "0.1000", "1E+5", "-1.5e-7"])
    func keepsItsDigits(_ text: String) throws {
        let node = try JSONReader.read(Array(text.utf8)).root
        #expect(node.number?.text == text)
        #expect(JSONNumber(text)?.text == text)
    }

    @Test(arguments: ["", " 1", "1 ", "01", "+1", "1.", ".5", "0x1", "NaN", "\"1\"", "null", "1,2"])
    func refusesOtherText(_ text: String) {
        #expect(JSONNumber(text) == nil)
    }

    @Test(
        arguments: [
            ("0", 0), ("-0", 0), ("0e99999999999999999999", 0), ("1e3", 1000), ("1.0", 1), ("-12.50e1", -125),
            ("1500e-2", 15), ("9223372036854775807", .max), ("-9223372036854775808", .min),
            ("922337203685477580.7e1", .max), ("0.00001e5", 1),
        ] as [(String, Int64)])
    func isAWholeNumber(_ text: String, _ value: Int64) {
        #expect(JSONNumber(text)?.int64 == value)
    }

    @Test(arguments: [
        "0.5", "-0.5", "1e19", "9223372036854775808", "-9223372036854775809", "1e400", "1e-1", "1e99999999999999999999",
        "1e-99999999999999999999", "18446744073709551616", "99999999999999999999",
    ])
    func isNoWholeNumberOf64Bits(_ text: String) throws {
        #expect(try #require(JSONNumber(text)).int64 == nil)
    }

    @Test(
        arguments: [
            ("1767225600.5", 3, 1_767_225_600_500), ("1767225599.9999", 3, 1_767_225_599_999), ("-0.0001", 3, -1),
            ("-1.5", 0, -2), ("-1.0", 0, -1), ("1e-400", 3, 0), ("-1e-400", 3, -1), ("0.9", 0, 0), ("123", -2, 1),
            ("123", -9, 0), ("9223372036854775.807", 3, .max), ("-9223372036854775.808", 3, .min),
        ] as [(String, Int, Int64)])
    func scalesAndRoundsDown(_ text: String, _ power: Int, _ value: Int64) throws {
        #expect(try #require(JSONNumber(text)).scaled(byPowerOfTen: power)?.floor == value)
    }

    @Test(arguments: ["9223372036854775.808", "-9223372036854775.8081", "1e17", "1e400"])
    func saysWhenItIsTooLarge(_ text: String) throws {
        #expect(try #require(JSONNumber(text)).scaled(byPowerOfTen: 3) == nil)
        #expect(try #require(JSONNumber(text)).scaled(byPowerOfTen: .max) == nil)
    }

    @Test func survivesExtremeScales() throws {
        #expect(try #require(JSONNumber("1")).scaled(byPowerOfTen: .min)?.floor == 0)
        #expect(try #require(JSONNumber("1e-999999999999")).scaled(byPowerOfTen: .min) == nil)
    }

    @Test func takesIntegersOfAnySize() {
        #expect(JSONNumber(UInt64.max).text == "18446744073709551615")
        #expect(JSONNumber(Int64.min).int64 == .min)
    }

    @Test func isNegativeBelowZeroOnly() {
        #expect(JSONNumber("-0.0")?.isNegative == false)
        #expect(JSONNumber("-1e-9")?.isNegative == true)
        #expect(JSONNumber("1")?.isNegative == false)
    }

    @Test func becomesTheNearestDouble() {
        #expect(JSONNumber("0.1")?.double == 0.1)
        #expect(JSONNumber("1e400")?.double == .infinity)
    }
}
