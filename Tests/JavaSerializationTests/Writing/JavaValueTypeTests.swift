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
        ("-1", .date, "-1"), ("123E4567-e89b-12d3-a456-426614174000", .uuid, "123e4567-e89b-12d3-a456-426614174000"),
    ]) func makesTheValue(_ text: String, _ type: JavaValueType, _ shown: String) throws {
        #expect(try Self.shown(text, type) == shown)
    }

    @Test(arguments: [
        ("yes", JavaValueType.boolean), ("128", .byte), ("1.0", .integer), ("", .long), (" 1", .long),
        ("0x1p3", .double),
        ("inf", .float), ("+Infinity", .double), ("😀", .character), ("", .character), ("1.5", .bigInteger),
        ("-", .bigInteger), ("1.", .bigDecimal), ("1E", .bigDecimal), ("1E99999999999", .bigDecimal), ("now", .date),
        ("123", .uuid), ("+23e4567e89b12d3a456426614174000a", .uuid),
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
            let name = ["java.lang.", "java.math.", "java.util."].map { $0 + type.rawValue }
            #expect(name.compactMap { JavaValueType(className: $0) } == [type])
        }
        #expect(JavaValueType(className: "demo.String") == nil)
    }
}
