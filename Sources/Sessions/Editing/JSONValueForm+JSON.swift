import JavaSerialization

extension JSONValueForm {
    /// JSON as it is written, with the names of classes that belong there; the class that stands at the place stays, where the new value
    /// names none.
    func json(_ bytes: [UInt8], like old: JacksonValue?) throws(EditError) -> [UInt8] {
        let root = try root(bytes)
        if root.isNull { return try text(of: .null, like: old) }
        guard JacksonValue(root).className == nil else {
            return try JSONClassNames.text(of: root, like: nil, type, style, place)
        }
        if let old, let name = old.className, !old.node.isNull {
            guard root.kind == old.node.kind else { throw Self.noOther(than: old, name, place) }
            if !root.isContainer { return old.text(with: try scalar(root, like: old)) }
        } else if let component {
            try check(root, component)
        } else {
            try requireConstant(root, like: old)
        }
        return try JSONClassNames.text(of: root, like: old, type, style, place, keepsScalars: true)
    }

    /// That JSON of another kind is none of the class that stands there.
    static func noOther(than old: JacksonValue, _ name: String, _ place: String) -> EditError {
        EditError(
            "\(place) holds a \(name) as a JSON \(old.node.kind): write such a value, or one that names its class")
    }

    func root(_ bytes: [UInt8]) throws(EditError) -> JSONNode {
        do throws(SessionError) {
            return try JSONReader.read(bytes).root
        } catch {
            throw EditError("\(place): the new value is no JSON that can be read: \(error)")
        }
    }

    /// The text of a plain value inside of the class that stands around the old one.
    func scalar(_ new: JSONNode, like old: JacksonValue) throws(EditError) -> [UInt8] {
        switch new.value {
        case .number(let number): _ = try plain(number.text, like: old)
        case .string(let string): if let text = string.text { _ = try plain(text, like: old) }
        default: break
        }
        return Array(new.text)
    }

    private func check(_ new: JSONNode, _ component: JavaValueType) throws(EditError) {
        switch new.value {
        case .number(let number): try check(number.text, component)
        case .string(let string): try check(string.lossyText, component)
        case .bool(let value): try check(String(value), component)
        case .null, .array, .object:
            throw EditError("\(place) is of the type \(component.rawValue): write such a value")
        }
    }
}
