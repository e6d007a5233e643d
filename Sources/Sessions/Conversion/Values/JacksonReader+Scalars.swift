import JavaSerialization

extension JacksonReader {
    /// Writes a value that has no parts, by the class around it; false for one that has, and for classes that are not known.
    mutating func writeScalar(_ node: JSONNode, _ name: String) throws(ValueProblem) -> Bool {
        if let type = JavaValueType(className: name) {
            try write(node, as: type)
            return true
        }
        if JavaGraph.platformConstants(of: name) != nil {
            try write(constant: node, name)
            return true
        }
        switch name {
        case "[B":
            guard let text = node.string, let bytes = try? Base64.decode(text.bytes) else { throw misfit(node, name) }
            builder.array(of: .byte, bytes)
        case "[C":
            guard let text = node.string else { throw misfit(node, name) }
            builder.array(of: .char, JSONValueBuilder.units(text).flatMap { JavaPrimitive.char($0).bytes })
        case "java.sql.Date":
            guard let time = node.number?.int64 else { throw misfit(node, name) }
            builder.sqlDate(time)
        case "java.net.URI", "java.util.Currency":
            guard let text = node.string, !text.bytes.isEmpty else { throw misfit(node, name) }
            builder.beginObject(name == "java.net.URI" ? TextShapes.uri : TextShapes.currency)
            builder.string(wtf8: text.bytes)
            if name == "java.net.URI" { builder.endAnnotation() }
        case "java.util.Locale":
            guard let text = node.string?.text, builder.locale(text) else { throw misfit(node, name) }
        case "java.util.concurrent.atomic.AtomicInteger", "java.util.concurrent.atomic.AtomicLong",
            "java.util.concurrent.atomic.AtomicBoolean":
            try write(atomic: node, name)
        default: return false
        }
        return true
    }

    /// A value of a class of which text stands for every value.
    mutating func write(_ node: JSONNode, as type: JavaValueType) throws(ValueProblem) {
        let name = type.className
        if type == .character {
            let units = node.string.map { JSONValueBuilder.units($0) } ?? []
            guard units.count == 1 else { throw misfit(node, name) }
            builder.box(.char(units[0]))
            return
        }
        if type == .string {
            guard let text = node.string else { throw misfit(node, name) }
            builder.string(wtf8: text.bytes)
            return
        }
        guard let text = text(of: node, type) else { throw misfit(node, name) }
        do throws(JavaValueTextError) {
            try builder.value(text, as: type)
        } catch {
            throw misfit(node, name)
        }
    }

    private func text(of node: JSONNode, _ type: JavaValueType) -> String? {
        if type.className.hasPrefix("java.time.") { return JacksonTimes.text(of: node, type) }
        switch (node.value, type) {
        case (.bool(let value), .boolean): return String(value)
        case (_, .boolean): return nil
        case (.number(let number), .bigDecimal): return number.text.uppercased()
        case (.number(let number), _): return number.text
        // What is no number, and dates where they are written as text.
        case (.string(let text), .float), (.string(let text), .double), (.string(let text), .uuid),
            (.string(let text), .date), (.string(let text), .timestamp):
            return text.text
        default: return nil
        }
    }

    private mutating func write(constant node: JSONNode, _ name: String) throws(ValueProblem) {
        guard let text = node.string?.text, JavaGraph.platformConstants(of: name)?.contains(text) == true else {
            throw misfit(node, name)
        }
        builder.enumConstant(TextShapes.enumeration(name), text)
    }

    private mutating func write(atomic node: JSONNode, _ name: String) throws(ValueProblem) {
        let value: JavaPrimitive? =
            switch name {
            case "java.util.concurrent.atomic.AtomicInteger":
                node.number?.int64.flatMap { Int32(exactly: $0) }.map { .int($0) }
            case "java.util.concurrent.atomic.AtomicLong": node.number?.int64.map { .long($0) }
            default: node.bool.map { .int($0 ? 1 : 0) }
            }
        guard let value else { throw misfit(node, name) }
        builder.beginObject(TextShapes.atomic(name))
        builder.primitive(value)
    }

    /// Opens an array; false for one of classes that are not known.
    mutating func openArray(_ node: JSONNode, _ name: String) throws(ValueProblem) -> Bool {
        if name.utf8.count == 2, let letter = name.utf8.last, let type = PrimitiveType(rawValue: letter) {
            var bytes: [UInt8] = []
            for element in node.array.map({ Array($0) }) ?? [] {
                guard let value = primitive(element, type) else { throw misfit(node, name) }
                bytes += value.bytes
            }
            builder.array(of: type, bytes)
            return true
        }
        if name == "[Ljava.lang.Object;" {
            openArray(node, CollectionShapes.objects, type: nil)
            return true
        }
        guard name.hasPrefix("[Ljava.lang."), let type = JavaValueType(className: String(name.dropFirst(2).dropLast())),
            let version = TextShapes.arrays[name]
        else { return false }
        openArray(node, [ClassShape(name, uid: version, flags: 2)], type: type)
        return true
    }

    private func primitive(_ node: JSONNode, _ type: PrimitiveType) -> JavaPrimitive? {
        switch type {
        case .boolean: node.bool.map { .boolean($0) }
        case .short: node.number?.int64.flatMap { Int16(exactly: $0) }.map { .short($0) }
        case .int: node.number?.int64.flatMap { Int32(exactly: $0) }.map { .int($0) }
        case .long: node.number?.int64.map { .long($0) }
        case .float: (node.number?.text ?? node.string?.text).flatMap { try? PrimitiveType.float.value(of: $0) }
        case .double: (node.number?.text ?? node.string?.text).flatMap { try? PrimitiveType.double.value(of: $0) }
        case .byte, .char: nil
        }
    }

    /// That JSON stands for no value of its class. The value itself is not told.
    private func misfit(_ node: JSONNode, _ name: String) -> ValueProblem {
        problem(name, "the JSON \(node.kind) is no \(name) that Jackson would write")
    }
}
