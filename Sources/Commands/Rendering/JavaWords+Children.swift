import JavaSerialization
import Sessions
import Terminal

extension JavaWords {
    /// More children than this are never shown, so they are not prepared.
    private static let most = 20_001

    /// What is inside the value, in the order of the stream; nothing for values that are said in one line.
    func children() -> [Child] {
        switch value.content {
        case .sequence(let sequence):
            return items(sequence.elements) + (sequence.isApplicationClass ? fields() : [])
        case .map(let map): return entries(of: map) + (map.isApplicationClass ? fields() : [])
        case .array: return elements()
        case .entry(let key, let value): return [Self.child("key", key), child("value", value, namedBy: key)]
        case .reference(let target): return [Self.child("referent", target)]
        case .throwable(let throwable): return parts(of: throwable)
        case .proxy(_, let handler): return [Self.child("handler", handler)]
        case .lambda(let lambda):
            return [Self.child("implMethod", lambda.implMethodName), Self.child("implClass", lambda.implClass)]
                + items(lambda.capturedArguments)
        case .exception(let throwable): return [Self.child("exception", throwable)]
        case .object, .externalizable: return fields()
        default: return []
        }
    }

    private static func child(_ name: String, _ node: JavaNode?) -> Child {
        Child(label: named(name), name: name, value: .reference(node), path: "." + name)
    }

    /// A part whose name is a key: by it the part is judged.
    private func child(_ label: String, _ node: JavaNode?, namedBy key: JavaNode?) -> Child {
        let name = key.flatMap { graph.text(of: $0) } ?? label
        return Child(label: Self.named(label), name: name, value: .reference(node), path: "." + label)
    }

    private static func named(_ name: String) -> StyledText {
        var label = StyledText(name, .name)
        label.append("  ")
        return label
    }

    private func items(_ items: JavaItems) -> [Child] {
        (0..<min(items.count, Self.most)).map { index in
            Child(label: Self.named("[\(index)]"), name: "", value: .reference(items[index]), path: "[\(index)]")
        }
    }

    private func elements() -> [Child] {
        guard let type = graph.elementType(of: node) else { return items(graph.elements(of: node)) }
        guard type != .byte, type != .char else { return [] }
        return (0..<min(graph.elementCount(of: node), Self.most)).compactMap { index in
            graph.primitiveElement(index, of: node).map {
                Child(label: Self.named("[\(index)]"), name: "", value: .primitive($0), path: "[\(index)]")
            }
        }
    }

    /// A key that is text or a number stands in front of its value; any other gets a line of its own.
    private func entries(of map: JavaMap) -> [Child] {
        (0..<min(map.keys.count, Self.most)).flatMap { index -> [Child] in
            let key = map.keys[index]
            let value = map.values[index]
            guard let name = keyText(key) else {
                return [
                    Child(
                        label: Self.named("key [#\(index)]"), name: "", value: .reference(key), path: ".key[#\(index)]"),
                    Child(label: Self.named("value"), name: "", value: .reference(value), path: "[#\(index)]"),
                ]
            }
            return [Child(label: Self.named(name.shown), name: name.plain, value: .reference(value), path: name.path)]
        }
    }

    private func keyText(_ key: JavaNode?) -> (shown: String, plain: String, path: String)? {
        guard let key else { return ("[null]", "", "[null]") }
        if let plain = graph.wtf8(of: key).map({ EscapedName.text(of: $0) }) {
            let text = masked(plain)
            let isPlain = !text.isEmpty && text.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }
            let quoted =
                "['" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "']"
            return (isPlain ? text : quoted, plain, isPlain ? "." + text : quoted)
        }
        if let constant = graph.constantName(of: key).flatMap({ graph.text(of: $0) }) {
            return (constant, constant, "." + constant)
        }
        if case .primitive(let number) = graph.fieldValue("value", of: key),
            graph.className(of: key).hasPrefix("java.lang.")
        {
            let text = Self.isWhole(number) ? "[\(Self.plain(number))]" : "['\(Self.plain(number))']"
            return (text, "", text)
        }
        return nil
    }

    /// Whole numbers stand in brackets as they are, as in paths.
    private static func isWhole(_ primitive: JavaPrimitive) -> Bool {
        switch primitive {
        case .byte, .short, .int, .long: true
        case .boolean, .char, .float, .double: false
        }
    }

    static func plain(_ primitive: JavaPrimitive) -> String {
        switch primitive {
        case .boolean(let value): String(value)
        case .char: EscapedName.text(of: bytes(primitive))
        case .byte(let value): String(value)
        case .short(let value): String(value)
        case .int(let value): String(value)
        case .long(let value): String(value)
        case .float(let value): JavaNumberText.text(value)
        case .double(let value): JavaNumberText.text(value)
        }
    }

    /// The same as bytes, in which half a pair of surrogates stands as it is.
    static func bytes(_ primitive: JavaPrimitive) -> [UInt8] {
        guard case .char(let unit) = primitive else { return Array(plain(primitive).utf8) }
        return JSONString(utf16: [0x27, unit, 0x27]).bytes
    }

    private func parts(of throwable: JavaThrowable) -> [Child] {
        var children: [Child] = []
        if throwable.cause != nil { children.append(Self.child("cause", throwable.cause)) }
        for index in 0..<throwable.suppressed.count {
            children.append(Self.child("suppressed[\(index)]", throwable.suppressed[index]))
        }
        for index in 0..<throwable.stackTrace.count {
            guard let node = throwable.stackTrace[index], let frame = graph.stackFrame(node) else { continue }
            children.append(
                Child(
                    label: StyledText("at ", .faint), name: "", value: .text(line(of: frame)),
                    path: ".stackTrace[\(index)]"))
        }
        return children
    }

    private func line(of frame: JavaStackFrame) -> String {
        let text = { (node: JavaNode?) in node.flatMap { graph.text(of: $0) } ?? "?" }
        return "\(text(frame.declaringClass)).\(text(frame.methodName))(\(text(frame.fileName)):\(frame.lineNumber))"
    }

    /// The declared fields by class; a name that two classes declare is written `Class::name`.
    private func fields() -> [Child] {
        var names: [String: Int] = [:]
        let all = graph.classData(of: node).map { data in (data, graph.fields(of: data.javaClass)) }
        for (data, fields) in all where data.hasFields { for field in fields { names[field.name, default: 0] += 1 } }
        return all.flatMap { data, fields in
            fields.compactMap { field -> Child? in
                let owner = graph.name(of: data.javaClass)
                let isHidden = names[field.name, default: 0] > 1
                let name = isHidden ? Self.shortName(owner) + "::" + field.name : field.name
                func child(_ value: Child.Value) -> Child {
                    Child(label: Self.named(name), name: field.name, value: value, path: "." + name, owner: owner)
                }
                switch graph.value(of: field, in: data) {
                case .primitive(let value):
                    return child(.primitive(value))
                case .reference(let target):
                    return child(.reference(target))
                case nil: return nil
                }
            } + written(data)
        }
    }

    /// What a class wrote itself behind its fields.
    private func written(_ data: JavaClassData) -> [Child] {
        // What a collection of the platform wrote is shown as its elements already.
        guard !graph.name(of: data.javaClass).hasPrefix("java.") else { return [] }
        return data.annotation.enumerated().map { index, item in
            var label = StyledText("written by \(Self.shortName(graph.name(of: data.javaClass)))", .faint)
            label.append("  ")
            return Child(label: label, name: "", value: .reference(item), path: ".written[\(index)]")
        }
    }
}
