extension KnownClass {
    /// Numbers, dates, single values and what is none of the other lists.
    ///
    /// Source: the serialized forms in the documentation of the Java platform, versions 8 to 21.
    static let values: [KnownClass] = [
        KnownClass(name: "java.lang.Boolean", meaning: .box(.boolean)),
        KnownClass(name: "java.lang.Byte", meaning: .box(.byte)),
        KnownClass(name: "java.lang.Character", meaning: .box(.char)),
        KnownClass(name: "java.lang.Short", meaning: .box(.short)),
        KnownClass(name: "java.lang.Integer", meaning: .box(.int)),
        KnownClass(name: "java.lang.Long", meaning: .box(.long)),
        KnownClass(name: "java.lang.Float", meaning: .box(.float)),
        KnownClass(name: "java.lang.Double", meaning: .box(.double)),
        KnownClass(name: "java.math.BigInteger", meaning: .bigInteger),
        KnownClass(name: "java.math.BigDecimal", meaning: .bigDecimal, reach: .subclasses),
        KnownClass(name: "java.util.Locale", meaning: .locale),
        KnownClass(name: "java.util.regex.Pattern", meaning: .pattern),
        KnownClass(name: "java.util.Date", meaning: .date, reach: .platformSubclasses),
        KnownClass(name: "java.sql.Timestamp", meaning: .timestamp, reach: .subclasses),
        KnownClass(name: "java.util.Calendar", meaning: .calendar, reach: .platformSubclasses),
        KnownClass(name: "java.util.BitSet", meaning: .bits, reach: .subclasses),
        KnownClass(name: "java.util.AbstractMap$SimpleEntry", meaning: .entry),
        KnownClass(name: "java.util.AbstractMap$SimpleImmutableEntry", meaning: .entry),
        KnownClass(
            name: "java.util.concurrent.atomic.AtomicInteger", meaning: .atomic(isBoolean: false), reach: .subclasses),
        KnownClass(
            name: "java.util.concurrent.atomic.AtomicLong", meaning: .atomic(isBoolean: false), reach: .subclasses),
        KnownClass(
            name: "java.util.concurrent.atomic.AtomicBoolean", meaning: .atomic(isBoolean: true), reach: .subclasses),
        KnownClass(
            name: "java.util.concurrent.atomic.LongAdder$SerializationProxy", meaning: .atomic(isBoolean: false),
            resolvesTo: "java.util.concurrent.atomic.LongAdder"),
        KnownClass(
            name: "java.util.concurrent.atomic.DoubleAdder$SerializationProxy", meaning: .atomic(isBoolean: false),
            resolvesTo: "java.util.concurrent.atomic.DoubleAdder"),
        KnownClass(name: "java.util.concurrent.atomic.AtomicReference", meaning: .reference),
        KnownClass(name: "java.lang.Throwable", meaning: .throwable, reach: .subclasses),
        KnownClass(name: "java.lang.invoke.SerializedLambda", meaning: .lambda, resolvesTo: "<lambda>"),
    ]
}
