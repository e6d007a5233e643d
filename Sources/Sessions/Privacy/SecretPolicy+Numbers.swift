public import JavaSerialization

// One-time passwords, PINs and card numbers are kept as numbers as often as in text.

extension SecretPolicy {
    /// Whether a primitive, or its box, is masked under the name of a secret: numbers and characters, not truth values.
    public static func canBeSecret(_ primitive: JavaPrimitive) -> Bool {
        if case .boolean = primitive { false } else { true }
    }

    /// Whether a value of a Java stream is a number or a character, or an array of them, and so masked under the name of a secret.
    /// Arrays of bytes and of characters are judged by what is in them, too.
    public static func isNumeric(_ node: JavaNode, _ value: JavaValue, of graph: JavaGraph) -> Bool {
        switch value.content {
        case .box(let primitive), .atomic(let primitive): canBeSecret(primitive)
        case .bigInteger, .bigDecimal: true
        case .array: graph.elementType(of: node).map { $0 != .boolean } ?? false
        default: false
        }
    }

    /// Whether a number of JSON is masked under the name of a secret: any but the times that Jackson wrote as numbers.
    public static func canBeSecret(_ value: JacksonValue) -> Bool {
        value.node.kind == .number && value.epochMilliseconds == nil
    }
}
