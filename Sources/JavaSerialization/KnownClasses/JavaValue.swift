/// What a node means to people, one level deep: what it refers to are nodes again.
///
/// Known classes are told by what they write (`KnownClass`), so a list has elements and a date has a time, whatever its
/// fields are. Of any other class the declared fields are all there is to know.
public struct JavaValue {
    /// The class as the application sees it, after `readResolve`; empty where there is none (block data, resets).
    public let className: String
    /// The class that is in the stream instead, where a known class writes another one (`java.time.Ser`); else nil.
    public let wireClassName: String?
    /// What it holds.
    public let content: Content

    /// The kinds of values.
    public enum Content {
        /// A string: see `JavaGraph.units(of:)`.
        case string
        /// A wrapper of a primitive, such as `java.lang.Integer`.
        case box(JavaPrimitive)
        /// A `BigInteger`; nil where it has more digits than are worth converting (magnitudes over 4096 bytes).
        case bigInteger(digits: String?)
        /// A `BigDecimal`: `toString`, unscaled value and scale; nil as for big integers.
        case bigDecimal(text: String?, unscaled: String?, scale: Int32)
        /// A class that people know by its `toString`: dates of `java.time`, UUID, URL, file, string builders, …
        case text(JavaText)
        /// A `Locale`: its `toString` and its IETF language tag.
        case locale(JavaLocale)
        /// A regular expression and its flags (`Pattern.CASE_INSENSITIVE` is 2).
        case pattern(JavaText, flags: Int32)
        /// A `Date`, `java.sql.Date` or `java.sql.Time`, in milliseconds since 1970-01-01 UTC.
        case date(epochMillis: Int64)
        /// A `java.sql.Timestamp`: milliseconds since 1970-01-01 UTC and all nanoseconds of its second.
        case timestamp(epochMillis: Int64, nanos: Int32)
        /// A `Calendar` of the platform.
        case calendar(JavaCalendar)
        /// An enum constant, by the node of its name.
        case enumConstant(name: JavaNode)
        /// A `Class`, by its name (`int`, `[Ljava.lang.String;`); nothing is ever loaded.
        case classObject(name: String)
        /// An `ObjectStreamClass`.
        case classDescription(JavaClass)
        /// An array: see `JavaGraph.elements(of:)` and `JavaGraph.elementType(of:)`.
        case array
        /// A list, set or queue.
        case sequence(JavaSequence)
        /// A map.
        case map(JavaMap)
        /// A `Map.Entry` outside of a map.
        case entry(key: JavaNode?, value: JavaNode?)
        /// An `AtomicInteger`, `AtomicLong`, `AtomicBoolean` or an adder.
        case atomic(JavaPrimitive)
        /// An `AtomicReference`.
        case reference(JavaNode?)
        /// A `BitSet`: the node of its words, lowest first (see `JavaGraph.setBits(of:)`); nil where it wrote none.
        case bits(words: JavaNode?)
        /// A `Throwable`.
        case throwable(JavaThrowable)
        /// A dynamic proxy: its interfaces and the handler of its calls.
        case proxy(interfaces: [String], handler: JavaNode?)
        /// A lambda or method reference.
        case lambda(JavaLambda)
        /// An object that writes itself by `writeExternal`; what it wrote is the annotation of its class data.
        case externalizable
        /// Any other object: see `JavaGraph.classData(of:)`. Of records the stream says nothing; an object that looks like
        /// one (version id 0, no methods of its own, no superclass) is taken for one.
        case object(isRecord: Bool)
        /// Primitive data that a class or the application wrote itself: see `JavaGraph.payload(of:)`.
        case blockData
        /// A failure recorded in the stream.
        case exception(JavaNode?)
        /// A point where the writer forgot its handles.
        case reset
        /// Bytes that only their class could explain: see `JavaGraph.opaqueReason`.
        case opaque
    }
}

/// The elements of a list, set or queue.
public struct JavaSequence {
    /// The elements in the order of the stream.
    public let elements: JavaItems
    /// Whether the order has a meaning.
    public let isOrdered: Bool
    /// The comparator of a sorted set or priority queue; nil for the natural order.
    public let comparator: JavaNode?
    /// Whether the class is the application's own, derived from a known one: then it has fields to show as well.
    public let isApplicationClass: Bool
}

/// The entries of a map: keys and values of the same number, in the order of the stream.
public struct JavaMap {
    /// The keys.
    public let keys: JavaItems
    /// The values, in the order of the keys.
    public let values: JavaItems
    /// Whether the order has a meaning.
    public let isOrdered: Bool
    /// The comparator of a sorted map; nil for the natural order.
    public let comparator: JavaNode?
    /// Of `Properties` only: `.some(nil)` where there are no defaults.
    public let defaults: JavaNode??
    /// Whether the class is the application's own, derived from a known one: then it has fields to show as well.
    public let isApplicationClass: Bool
}

/// What a `Calendar` keeps.
public struct JavaCalendar: Hashable, Sendable {
    /// Milliseconds since 1970-01-01 UTC.
    public let epochMillis: Int64
    /// The id of the time zone, such as `Europe/Paris`.
    public let timeZone: JavaText
    /// Whether it takes values out of range, such as January 32.
    public let isLenient: Bool
    /// 1 is Sunday.
    public let firstDayOfWeek: Int32
    /// How many days the first week of a year needs.
    public let minimalDaysInFirstWeek: Int32
}

/// What a `Throwable` keeps.
public struct JavaThrowable {
    /// The node of the message string.
    public let message: JavaNode?
    /// The cause; nil where there is none or it is the throwable itself.
    public let cause: JavaNode?
    /// The nodes of the stack frames: see `JavaGraph.stackFrame(_:)`.
    public let stackTrace: JavaItems
    /// What was suppressed by it.
    public let suppressed: JavaItems
}

/// One line of a stack trace.
public struct JavaStackFrame: Hashable, Sendable {
    /// The nodes of the strings; nil where Java has null.
    public let declaringClass, methodName, fileName: JavaNode?
    /// -2 for native methods, below zero for unknown lines.
    public let lineNumber: Int32
}

/// What `java.lang.invoke.SerializedLambda` keeps; class names with slashes, as in class files.
public struct JavaLambda {
    /// The class that contains the lambda expression.
    public let capturingClass: String
    /// The interface that it implements.
    public let functionalInterfaceClass: JavaNode?
    /// The interface's method.
    public let functionalInterfaceMethodName: JavaNode?
    /// The method's descriptor.
    public let functionalInterfaceMethodSignature: JavaNode?
    /// The class of the method that has the code.
    public let implClass: JavaNode?
    /// The method that has the code.
    public let implMethodName: JavaNode?
    /// Its descriptor.
    public let implMethodSignature: JavaNode?
    /// The kind of method handle (JVM specification §5.4.3.5).
    public let implMethodKind: Int32
    /// The descriptor after the type variables were replaced.
    public let instantiatedMethodType: JavaNode?
    /// The values that it captured.
    public let capturedArguments: JavaItems
}
