import JavaSerialization
import Testing

/// Numbers as Java writes them; the JDK's own words for 650 of them are among the fixtures.
struct JavaNumberTextTests {
    @Test(
        arguments: [
            (0, "0.0"), (-0.0, "-0.0"), (1, "1.0"), (0.001, "0.001"), (0.0009, "9.0E-4"), (9_999_999, "9999999.0"),
            (1e7, "1.0E7"), (1e23, "1.0E23"), (-123.456, "-123.456"), (.leastNonzeroMagnitude, "4.9E-324"),
            (2 * .leastNonzeroMagnitude, "9.9E-324"),
            (.greatestFiniteMagnitude, "1.7976931348623157E308"), (.nan, "NaN"), (-.infinity, "-Infinity"),
        ] as [(Double, String)])
    func writesDoubles(value: Double, text: String) {
        #expect(JavaNumberText.text(value) == text)
    }

    @Test(
        arguments: [
            (0.1, "0.1"), (16_777_216, "1.6777216E7"), (.leastNonzeroMagnitude, "1.4E-45"),
            (3.4028235e38, "3.4028235E38"),
        ] as [(Float, String)])
    func writesFloats(value: Float, text: String) {
        #expect(JavaNumberText.text(value) == text)
    }

    @Test(arguments: [
        (Int64(0), "1970-01-01T00:00:00Z"), (-1, "1969-12-31T23:59:59.999Z"),
        (Int64.max, "+292278994-08-17T07:12:55.807Z"), (Int64.min, "-292275055-05-16T16:47:04.192Z"),
    ])
    func writesEveryTime(millis: Int64, text: String) {
        #expect(JavaValue.isoText(epochMillis: millis) == text)
    }
}
