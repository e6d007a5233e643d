import TestSupport
import Testing

@testable import JavaSerialization

/// Text that stands for new values, and what it does not stand for.
struct JavaValueTypeTests {
    private static func shown(_ text: String, _ type: JavaValueType) throws -> String {
        var builder = JavaStreamBuilder()
        try builder.value(text, as: type)
        let graph = try builder.graph()
        let node = try #require(graph.content(0))
        switch try graph.value(of: node).content {
        case .string: return graph.text(of: node) ?? ""
        case .box(let value): return "\(value)"
        case .bigInteger(let digits): return digits ?? ""
        case .bigDecimal(let text, _, _): return text ?? ""
        case .date(let time): return String(time)
        case .text(let text): return text.text
        case .timestamp(let time, let nanos): return "\(time) \(nanos)"
        default: return "?"
        }
    }

    @Test(arguments: [
        ("", JavaValueType.string, ""), ("a\u{0}é😀", .string, "a\u{0}é😀"), ("true", .boolean, "boolean(true)"),
        ("-128", .byte, "byte(-128)"), ("32767", .short, "short(32767)"), ("-2147483648", .integer, "int(-2147483648)"),
        ("9223372036854775807", .long, "long(9223372036854775807)"), ("1.5", .float, "float(1.5)"),
        ("NaN", .double, "double(nan)"), ("-Infinity", .double, "double(-inf)"), ("é", .character, "char(233)"),
        ("0", .bigInteger, "0"), ("-0018446744073709551616", .bigInteger, "-18446744073709551616"),
        ("12.50", .bigDecimal, "12.50"), ("-1E+3", .bigDecimal, "-1E+3"), ("0.000", .bigDecimal, "0.000"),
        ("+1", .integer, "int(1)"), ("+1.5", .double, "double(1.5)"), ("+1e3", .float, "float(1000.0)"),
        ("+Infinity", .double, "double(inf)"), ("+5", .bigInteger, "5"), ("+12.50", .bigDecimal, "12.50"),
        ("1e-45", .float, "float(1e-45)"), ("-1", .date, "-1"),
        ("123E4567-e89b-12d3-a456-426614174000", .uuid, "123e4567-e89b-12d3-a456-426614174000"),
    ]) func makesTheValue(_ text: String, _ type: JavaValueType, _ shown: String) throws {
        #expect(try Self.shown(text, type) == shown)
    }

    /// Other forms of the same, as `java.time` and RFC 3339 have them.
    @Test(
        arguments: [
            ("2026-01-31T13:00:00.123+01:00", JavaValueType.date, "1769860800123"),
            ("+10000-01-01T00:00:00Z", .date, "253402300800000"), ("1969-12-31T23:59:59.999Z", .date, "-1"),
            ("-1", .timestamp, "-1 999000000"), ("1969-12-31T23:59:59.123456789Z", .timestamp, "-877 123456789"),
            ("2026-01-31t12:00:00z", .instant, "2026-01-31T12:00:00Z"),
            ("2026-01-31T00:00:00+01:00", .instant, "2026-01-30T23:00:00Z"),
            ("P1DT-1H", .duration, "PT23H"), ("-PT1.5S", .duration, "PT-1.5S"), ("PT-0.5S", .duration, "PT-0.5S"),
            ("P2W", .period, "P14D"), ("-P1Y-2D", .period, "P-1Y2D"),
            ("2026-01-31T12:00Z[Z]", .zonedDateTime, "no"),
        ] as [(String, JavaValueType, String)]) func takesOtherForms(
            _ text: String, _ type: JavaValueType, _ shown: String
        ) throws
    {
        #expect((try? Self.shown(text, type)) ?? "no" == shown)
    }

    /// All values of `java.time` that the JDK wrote, made anew from the text that they are shown as: the same bytes.
    @Test func makesTheTimesOfTheJDK() throws {
        var made: Set<String> = []
        let values = try Fixtures.names(in: "jdk-values/jdk-17").filter { $0.hasSuffix(".ser") }
            .map { try Fixtures.bytes("jdk-values/jdk-17/" + $0) }
        for bytes in try FixtureStreams.all().map(\.bytes) + values {
            let graph = try JavaGraph(bytes)
            for node in GraphPairing.reached(in: graph) where graph.isInstance(node, of: "java.time.Ser") {
                let value = try graph.value(of: node)
                guard case .text(let text) = value.content, let type = JavaValueType(className: value.className) else {
                    Issue.record("\(value)")
                    continue
                }
                var builder = JavaStreamBuilder()
                try builder.value(text.text, as: type)
                #expect(try builder.bytes == graph.stream(of: [node]), "\(text.text)")
                made.insert(value.className)
            }
        }
        #expect(made.count == 14, "\(made)")
    }

    @Test(arguments: [
        ("yes", JavaValueType.boolean), ("128", .byte), ("1.0", .integer), ("", .long), (" 1", .long),
        ("0x1p3", .double),
        ("inf", .float), ("++1", .double), ("-+1", .double), ("+inf", .double), ("++1", .bigInteger),
        ("+-1", .bigDecimal),
        ("1e-50", .float), ("😀", .character), ("", .character), ("1.5", .bigInteger),
        ("-", .bigInteger), ("1.", .bigDecimal), ("1E", .bigDecimal), ("1E99999999999", .bigDecimal), ("now", .date),
        ("2026-01-31T12:00:00.1234Z", .date), ("2026-02-29T00:00:00Z", .date), ("+999999999-01-01T00:00:00Z", .date),
        ("-999999999-01-01T00:00:00Z", .timestamp),
        ("-9223372036854775808", .timestamp), ("2026-01-31", .date),
        ("2026-13-01", .localDate), ("26-01-01", .localDate), ("24:00", .localTime), ("12", .localTime),
        ("2026-01-31T12:00", .instant), ("2026-01-31 12:00", .localDateTime), ("+18:01", .zoneOffset),
        ("P", .period), ("PT", .duration), ("1S", .duration), ("PT9223372036854775807H", .duration), ("x", .zoneRegion),
        ("2026-01-31T12:00[Europe/Paris]", .zonedDateTime), ("2026-01-31T12:00Z[a b]", .zonedDateTime),
        ("1000000000", .year), ("--02-30", .monthDay), ("2026-00", .yearMonth), ("123", .uuid),
        ("+23e4567e89b12d3a456426614174000a", .uuid),
    ]) func saysWhatItIsNot(_ text: String, _ type: JavaValueType) {
        var builder = JavaStreamBuilder()
        #expect(throws: JavaValueTextError.self) { try builder.value(text, as: type) }
        #expect(builder.bytes.count == 4)
    }

    /// Every length of numbers around the borders of words comes back by its digits.
    @Test func bigNumbersKeepTheirDigits() throws {
        var random = SeededRandom(seed: 3)
        for length in Array(1...60) + [200, 1000, 9864] {
            let digits = "1" + (1..<length).map { _ in String(random.next() % 10) }.joined()
            #expect(try Self.shown(digits, .bigInteger) == digits)
        }
        var builder = JavaStreamBuilder()
        #expect(throws: JavaValueTextError.self) {
            try builder.value(String(repeating: "9", count: 9865), as: .bigInteger)
        }
    }

    @Test func isKnownByItsClass() {
        for type in JavaValueType.allCases {
            let name = ["java.lang.", "java.math.", "java.util.", "java.sql.", "java.time."].map { $0 + type.rawValue }
            #expect(name.compactMap { JavaValueType(className: $0) } == [type])
        }
        #expect(JavaValueType(className: "demo.String") == nil)
    }
}
