/// Names of types as Java source has them.
package enum JavaTypeName {
    /// `int[]` for `[I`, `demo.shop.Customer` for `Ldemo/shop/Customer;`: of a descriptor (JVM specification §4.3.2), or of the name of a
    /// class as a stream has it.
    package static func source(_ name: String) -> String {
        let element = name.drop { $0 == "[" }
        let dimensions = name.count - element.count
        let code = element.utf8.count == 1 && dimensions > 0 ? element.utf8.first : nil
        let text: String
        if let type = code.flatMap({ PrimitiveType(rawValue: $0) }) {
            text = type.name
        } else if element.hasPrefix("L"), element.hasSuffix(";") {
            text = String(element.dropFirst().dropLast().map { $0 == "/" ? "." : $0 })
        } else {
            text = String(element)
        }
        return text + String(repeating: "[]", count: dimensions)
    }

    /// The descriptor of a class or an array by its name in a stream.
    package static func descriptor(_ name: String) -> String {
        let text = String(name.map { $0 == "." ? "/" : $0 })
        return text.hasPrefix("[") ? text : "L" + text + ";"
    }
}
