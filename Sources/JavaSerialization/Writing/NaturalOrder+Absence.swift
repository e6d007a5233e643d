extension JavaGraph {
    /// The class of a value that has no natural order, as it is not `Comparable`; nil where it is, or only the application knows.
    ///
    /// Whoever sorts such a value gets a `ClassCastException`, also where it is the only one (`TreeMap.put` compares a first key with itself).
    ///
    /// Source: the class declarations of the JDK, Java 8 to 25.
    func classWithoutOrder(of node: JavaNode) -> String? {
        switch kind(of: node) {
        case .array: return JavaTypeName.source(className(of: node))
        case .classObject, .classDescription: return "java.lang.Class"
        case .object: break
        default: return nil
        }
        guard let value = try? value(of: node), KnownClass.isPlatformClass(value.className) else { return nil }
        switch value.content {
        case .sequence, .map, .entry, .atomic, .reference, .bits, .locale, .pattern, .throwable: return value.className
        case .text: return Self.hasOrder(textClass: value.className) ? nil : value.className
        default: return nil
        }
    }

    /// Of the classes that people know by their text. String builders have an order since Java 11.
    private static func hasOrder(textClass name: String) -> Bool {
        if name.hasPrefix("java.time.") { return name != "java.time.Period" && name != "java.time.ZoneRegion" }
        return comparableTexts.contains(name)
    }

    private static let comparableTexts: Set<String> = [
        "java.util.UUID", "java.net.URI", "java.io.File", "java.lang.StringBuilder", "java.lang.StringBuffer",
    ]
}
