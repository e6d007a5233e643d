/// The classes of the Java platform that new values are of, from the class itself up. They are the same in Java 8 to 25.
///
/// Source: the serialized forms of `java.lang`, `java.math`, `java.util` and `java.time`.
enum PlatformShapes {
    typealias Field = ClassShape.Field

    static let number = [ClassShape("java.lang.Number", uid: -8_742_448_824_652_078_965, flags: 2)]

    static let boolean = [
        ClassShape("java.lang.Boolean", uid: -3_665_804_199_014_368_530, flags: 2, fields: [Field("value", "Z")])
    ]
    static let character = [
        ClassShape("java.lang.Character", uid: 3_786_198_910_865_385_080, flags: 2, fields: [Field("value", "C")])
    ]
    static let byte = box("Byte", "B", -7_183_698_231_559_129_828)
    static let short = box("Short", "S", 7_515_723_908_773_894_738)
    static let integer = box("Integer", "I", 1_360_826_667_806_852_920)
    static let long = box("Long", "J", 4_290_774_380_558_885_855)
    static let float = box("Float", "F", -2_671_257_302_660_747_028)
    static let double = box("Double", "D", -9_172_774_392_245_257_468)

    private static func box(_ name: String, _ descriptor: String, _ uid: Int64) -> [ClassShape] {
        [ClassShape("java.lang." + name, uid: uid, flags: 2, fields: [Field("value", descriptor)])] + number
    }

    static let bigInteger =
        [
            ClassShape(
                "java.math.BigInteger", uid: -8_287_574_255_936_472_291, flags: 3,
                fields: [
                    Field("bitCount", "I"), Field("bitLength", "I"), Field("firstNonzeroByteNum", "I"),
                    Field("lowestSetBit", "I"), Field("signum", "I"), Field("magnitude", "[B"),
                ])
        ] + number
    static let bigDecimal =
        [
            ClassShape(
                "java.math.BigDecimal", uid: 6_108_874_887_143_696_463, flags: 3,
                fields: [Field("scale", "I"), Field("intVal", "Ljava/math/BigInteger;")])
        ] + number

    static let date = [ClassShape("java.util.Date", uid: 7_523_967_970_034_938_905, flags: 3)]
    static let timestamp =
        [
            ClassShape("java.sql.Timestamp", uid: 2_745_179_027_874_758_501, flags: 2, fields: [Field("nanos", "I")])
        ] + date
    static let uuid = [
        ClassShape(
            "java.util.UUID", uid: -4_856_846_361_193_249_489, flags: 2,
            fields: [Field("leastSigBits", "J"), Field("mostSigBits", "J")])
    ]
    static let time = [ClassShape("java.time.Ser", uid: -7_683_839_454_370_182_990, flags: 12)]

    static let arrayList = [
        ClassShape("java.util.ArrayList", uid: 8_683_452_581_122_892_189, flags: 3, fields: [Field("size", "I")])
    ]
    static let linkedList = [ClassShape("java.util.LinkedList", uid: 876_323_262_645_176_354, flags: 3)]
    static let treeSet = [ClassShape("java.util.TreeSet", uid: -2_479_143_000_061_671_589, flags: 3)]
    static let treeMap = [
        ClassShape(
            "java.util.TreeMap", uid: 919_286_545_866_124_006, flags: 3,
            fields: [Field("comparator", "Ljava/util/Comparator;")])
    ]
    static let hashMap = [
        ClassShape(
            "java.util.HashMap", uid: 362_498_820_763_181_265, flags: 3,
            fields: [Field("loadFactor", "F"), Field("threshold", "I")])
    ]
    static let linkedHashMap =
        [
            ClassShape(
                "java.util.LinkedHashMap", uid: 3_801_124_242_820_219_131, flags: 2, fields: [Field("accessOrder", "Z")]
            )
        ] + hashMap
    static let hashSet = [ClassShape("java.util.HashSet", uid: -5_024_744_406_713_321_676, flags: 3)]
    static let linkedHashSet =
        [ClassShape("java.util.LinkedHashSet", uid: -2_851_667_679_971_038_690, flags: 2)] + hashSet

    /// An enum, which has the version 0 and no fields (Java Object Serialization Specification §1.12).
    static func enumeration(_ name: String) -> [ClassShape] {
        [name, "java.lang.Enum"].map { ClassShape($0, uid: 0, flags: ClassFlag.serializable | ClassFlag.enum) }
    }

    /// Arrays of primitives.
    static func array(of type: PrimitiveType) -> [ClassShape] {
        let uid: Int64 =
            switch type {
            case .byte: -5_984_413_125_824_719_648
            case .char: -5_753_798_564_021_173_076
            case .double: 4_514_449_696_888_150_558
            case .float: 836_686_056_779_680_834
            case .int: 5_600_894_804_908_749_477
            case .long: 8_655_923_659_555_304_851
            case .short: -1_188_055_269_542_874_886
            case .boolean: 6_309_297_032_502_205_922
            }
        return [ClassShape("[" + String(UnicodeScalar(type.rawValue)), uid: uid, flags: 2)]
    }

    /// All of them, for who wants to see whether they are right.
    static var all: [[ClassShape]] {
        [
            boolean, character, byte, short, integer, long, float, double, bigInteger, bigDecimal, date, timestamp,
            uuid, time, arrayList, linkedList, hashMap, linkedHashMap, treeMap, hashSet, linkedHashSet, treeSet,
        ] + [.byte, .char, .double, .float, .int, .long, .short, .boolean].map { array(of: $0) }
    }
}
