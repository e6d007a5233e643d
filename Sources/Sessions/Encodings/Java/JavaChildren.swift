import JavaSerialization

/// The parts of a value in order, as people see them: elements, entries, fields. Plain numbers, so that a walk may keep many.
enum JavaChildren {
    case items(SlotRange)
    case entries(keys: SlotRange, values: SlotRange)
    /// The fields of the object, by their places in the walk's layouts.
    case fields(JavaNode, Range<Int>)
    /// One part with a name of ours, such as a throwable's cause.
    case named(NamedPart, JavaNode?)
    /// Key and value of an entry outside of a map.
    case entry(key: JavaNode?, value: JavaNode?)
    /// The value of an entry whose key is no member's name.
    case entryValue(JavaNode?)
    case none

    var count: Int {
        switch self {
        case .items(let items): items.count
        case .entries(let keys, _): keys.count
        case .fields(_, let fields): fields.count
        case .entry: 2
        case .named, .entryValue: 1
        case .none: 0
        }
    }
}

/// Names of parts that no field has.
enum NamedPart: String {
    case key, value, exception, handler, cause
}

/// Class names without their package.
package enum ShortName {
    /// `java.util.Map$Entry` becomes `Map$Entry`, `[Ljava.lang.String;` becomes `String[]`.
    package static func of(_ name: String) -> String {
        guard name.hasPrefix("[") else {
            return String(name.split(separator: ".", omittingEmptySubsequences: false).last ?? "")
        }
        let dimensions = name.prefix { $0 == "[" }.count
        let element = name.dropFirst(dimensions)
        let base: String
        if element.hasPrefix("L"), element.hasSuffix(";") {
            base = of(String(element.dropFirst().dropLast()))
        } else {
            base = element.utf8.first.flatMap { PrimitiveType(rawValue: $0)?.name } ?? String(element)
        }
        return base + String(repeating: "[]", count: min(dimensions, 255))
    }
}
