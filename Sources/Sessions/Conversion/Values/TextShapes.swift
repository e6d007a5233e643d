import JavaSerialization

/// Classes of the JDK that text or a number stands for, as Java 8 to 25 describe them.
enum TextShapes {
    typealias Field = ClassShape.Field

    static let uri = [
        ClassShape(
            "java.net.URI", uid: -6_052_424_284_110_960_213, flags: 3, fields: [Field("string", "Ljava/lang/String;")])
    ]
    static let currency = [
        ClassShape(
            "java.util.Currency", uid: -158_308_464_356_906_721, flags: 2,
            fields: [Field("currencyCode", "Ljava/lang/String;")])
    ]
    static let locale = [
        ClassShape(
            "java.util.Locale", uid: 9_149_081_749_638_150_636, flags: 3,
            fields: [Field("hashcode", "I")]
                + ["country", "extensions", "language", "script", "variant"].map { Field($0, "Ljava/lang/String;") })
    ]
    static let sqlDate = [
        ClassShape("java.sql.Date", uid: 1_511_598_038_487_230_103, flags: 2),
        ClassShape("java.util.Date", uid: 7_523_967_970_034_938_905, flags: 3),
    ]

    /// The versions of arrays of objects.
    static let arrays: [String: Int64] = [
        "[Ljava.lang.String;": -5_921_575_005_990_323_385, "[Ljava.lang.Integer;": -101_421_563_860_753_893,
        "[Ljava.lang.Long;": 9_070_542_887_271_031_595,
    ]

    /// The shapes of an atomic number or truth value.
    static func atomic(_ name: String) -> [ClassShape] {
        switch name {
        case "java.util.concurrent.atomic.AtomicInteger":
            [ClassShape(name, uid: 6_214_790_243_416_807_050, flags: 2, fields: [Field("value", "I")]), number]
        case "java.util.concurrent.atomic.AtomicLong":
            [ClassShape(name, uid: 1_927_816_293_512_124_184, flags: 2, fields: [Field("value", "J")]), number]
        default: [ClassShape(name, uid: 4_654_671_469_794_556_979, flags: 2, fields: [Field("value", "I")])]
        }
    }

    private static let number = ClassShape("java.lang.Number", uid: -8_742_448_824_652_078_965, flags: 2)

    /// An enum, which has the version 0 and no fields (Java Object Serialization Specification §1.12).
    static func enumeration(_ name: String) -> [ClassShape] {
        [name, "java.lang.Enum"].map { ClassShape($0, uid: 0, flags: 0x12) }
    }
}

extension JavaStreamBuilder {
    /// A `java.sql.Date`, in milliseconds since 1970.
    mutating func sqlDate(_ milliseconds: Int64) {
        beginObject(TextShapes.sqlDate)
        block(JavaPrimitive.long(milliseconds).bytes)
        endAnnotation()
    }

    /// A `Locale` as `toString` writes one without script and extensions; false for other text.
    mutating func locale(_ text: String) -> Bool {
        let parts = text.split(separator: "_", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
        guard !text.utf8.contains(UInt8(ascii: "#")) else { return false }
        beginObject(TextShapes.locale)
        // What is hashed is not written: java.util.Locale.writeObject.
        primitive(.int(-1))
        string(parts.count > 1 ? parts[1] : "")
        let empty = string("")
        string(parts[0])
        reference(empty)
        string(parts.count > 2 ? parts[2] : "")
        endAnnotation()
        return true
    }
}
