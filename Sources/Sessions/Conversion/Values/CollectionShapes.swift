import JavaSerialization

/// The classes of `CollectionClass` that `JavaStreamBuilder` does not begin by itself, from the class itself up, as Java 8 to 25 describe
/// them.
enum CollectionShapes {
    typealias Field = ClassShape.Field

    private static let object = "Ljava/lang/Object;"
    /// `SC_SERIALIZABLE`, and the same with `SC_WRITE_METHOD`.
    private static let (plain, annotated) = (UInt8(2), UInt8(3))

    static let objects = [ClassShape("[Ljava.lang.Object;", uid: -8_012_369_246_846_506_644, flags: plain)]

    static let vector = [
        ClassShape(
            "java.util.Vector", uid: -2_767_605_614_048_989_439, flags: annotated,
            fields: [
                Field("capacityIncrement", "I"), Field("elementCount", "I"),
                Field("elementData", "[Ljava/lang/Object;"),
            ])
    ]
    static let stack = [ClassShape("java.util.Stack", uid: 1_224_463_164_541_339_165, flags: plain)] + vector
    static let arrayDeque = [
        ClassShape("java.util.ArrayDeque", uid: 2_340_985_798_034_038_923, flags: annotated)
    ]
    static let copyOnWriteList = [
        ClassShape(
            "java.util.concurrent.CopyOnWriteArrayList", uid: 8_673_264_195_747_942_595, flags: annotated)
    ]
    static let copyOnWriteSet = [
        ClassShape(
            "java.util.concurrent.CopyOnWriteArraySet", uid: 5_457_747_651_344_034_263, flags: plain,
            fields: [Field("al", "Ljava/util/concurrent/CopyOnWriteArrayList;")])
    ]
    static let hashtable = [
        ClassShape(
            "java.util.Hashtable", uid: 1_421_746_759_512_286_392, flags: annotated,
            fields: [Field("loadFactor", "F"), Field("threshold", "I")])
    ]

    // MARK: Views that cannot be changed

    private static let unmodifiable = [
        ClassShape(
            "java.util.Collections$UnmodifiableCollection", uid: 1_820_017_752_578_914_078, flags: plain,
            fields: [Field("c", "Ljava/util/Collection;")])
    ]
    /// Also of `UnmodifiableRandomAccessList`, which writes one of these and is made of it again.
    static let unmodifiableList =
        [
            ClassShape(
                "java.util.Collections$UnmodifiableList", uid: -283_967_356_065_247_728, flags: plain,
                fields: [Field("list", "Ljava/util/List;")])
        ] + unmodifiable
    static let unmodifiableSet =
        [ClassShape("java.util.Collections$UnmodifiableSet", uid: -9_215_047_833_775_013_803, flags: plain)]
        + unmodifiable
    static let unmodifiableMap = [
        ClassShape(
            "java.util.Collections$UnmodifiableMap", uid: -1_034_234_728_574_286_014, flags: plain,
            fields: [Field("m", "Ljava/util/Map;")])
    ]
    static let emptyList = [constant("EmptyList", 8_842_843_931_221_139_166)]
    static let emptySet = [constant("EmptySet", 1_582_296_315_990_362_920)]
    static let emptyMap = [constant("EmptyMap", 6_428_348_081_105_594_320)]
    static let singletonList = [constant("SingletonList", 3_093_736_618_740_652_951, Field("element", object))]
    static let singletonSet = [constant("SingletonSet", 3_193_687_207_550_431_679, Field("element", object))]
    static let singletonMap = [
        constant("SingletonMap", -6_979_724_477_215_052_911, Field("k", object), Field("v", object))
    ]

    private static func constant(_ name: String, _ uid: Int64, _ fields: Field...) -> ClassShape {
        ClassShape("java.util.Collections$" + name, uid: uid, flags: plain, fields: fields)
    }

    // MARK: ConcurrentHashMap

    /// Writes the segments of Java 7, which later versions write as well, and do not look at.
    static let concurrentMap = [
        ClassShape(
            "java.util.concurrent.ConcurrentHashMap", uid: 7_249_069_246_763_182_397, flags: annotated,
            fields: [
                Field("segmentMask", "I"), Field("segmentShift", "I"), Field("segments", segmentArray),
            ])
    ]
    private static let segmentArray = "[Ljava/util/concurrent/ConcurrentHashMap$Segment;"
    static let segments = [
        ClassShape(
            "[Ljava.util.concurrent.ConcurrentHashMap$Segment;", uid: 5_942_287_782_593_116_532, flags: plain)
    ]
    static let segment = [
        ClassShape(
            "java.util.concurrent.ConcurrentHashMap$Segment", uid: 2_249_069_246_763_182_397, flags: plain,
            fields: [Field("loadFactor", "F")]),
        lock(
            "ReentrantLock", 7_373_984_872_572_414_699,
            Field("sync", "Ljava/util/concurrent/locks/ReentrantLock$Sync;")),
    ]
    static let sync = [
        lock("ReentrantLock$NonfairSync", 7_316_153_563_782_823_691),
        lock("ReentrantLock$Sync", -5_179_523_762_034_025_860),
        lock("AbstractQueuedSynchronizer", 7_373_984_972_572_414_691, Field("state", "I")),
        lock("AbstractOwnableSynchronizer", 3_737_899_427_754_241_961),
    ]

    private static func lock(_ name: String, _ uid: Int64, _ fields: Field...) -> ClassShape {
        ClassShape("java.util.concurrent.locks." + name, uid: uid, flags: plain, fields: fields)
    }
}
