import JavaSerialization

/// What the class that Jackson names says of the values inside (session-formats, ch. 5.3).
extension JacksonValue {
    /// Whether its library takes what is inside for values of any class: collections of Java, and arrays of objects.
    var holdsAnyType: Bool {
        guard let className else { return false }
        return className.hasPrefix("java.util.") || className == "[Ljava.lang.Object;"
            || className == "[Ljava.io.Serializable;"
    }

    /// Whether its members are entries of a map, as far as anybody can know.
    var isMap: Bool {
        guard let className else { return true }
        return className.hasPrefix("java.util.") || className.hasSuffix("Map")
    }

    /// Whether it is an object with a class of the application, whose members are that class's fields.
    var isObjectOfApplication: Bool { node.kind == .object && className != nil && !isMap }

    /// Whether it has each element once.
    var isSet: Bool {
        guard node.kind == .array, let className else { return false }
        return className.hasSuffix("Set") || className.contains("Set<")
    }

    /// The type of the elements of an array, where it is a Java array of such.
    var component: JavaValueType? {
        guard let className, className.hasPrefix("["), node.kind == .array else { return nil }
        switch className {
        case "[Z": return .boolean
        case "[B": return .byte
        case "[S": return .short
        case "[I": return .integer
        case "[J": return .long
        case "[F": return .float
        case "[D": return .double
        case "[C": return .character
        default: return JavaValueType(className: String(className.dropFirst(2).dropLast()))
        }
    }

    /// Whether the class stands around the value, and not inside of it.
    var isWrapper: Bool { whole.index != node.index }

    /// Whether the class is the name of an object's only member.
    var isObjectWrapper: Bool { isWrapper && whole.kind == .object }

    /// Whether it is a plain value with its class around it.
    var isWrappedScalar: Bool { isWrapper && node.kind != .array && node.kind != .object }

    /// The text of `inner` in the place of the value, with its class around it as it is now.
    func text(with inner: [UInt8]) -> [UInt8] {
        let source = node.document.source
        return source[whole.textRange.lowerBound..<node.textRange.lowerBound] + inner
            + source[node.textRange.upperBound..<whole.textRange.upperBound]
    }

    /// The values of its elements or members, without the name of its class.
    func members(of children: JSONChildren) -> [JacksonValue] {
        guard node.kind == .object, className != nil, !isWrapper else {
            return children.values.map { JacksonValue($0) }
        }
        return zip(children.names, children.values).filter { !$0.0.bytes.elementsEqual(Self.classMember.utf8) }
            .map { JacksonValue($0.1) }
    }
}
