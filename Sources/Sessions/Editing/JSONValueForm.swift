import JavaSerialization

/// How a new value has to be written at a place of a JSON text, so that its library reads what is meant.
///
/// What stands there rules: text for text, a number for a number, and the class that is named around it stays and says the range.
struct JSONValueForm {
    /// The path to the place, for people.
    let place: String
    let style: JSONStyle
    /// The type of the elements, in an array of Java that has one.
    var component: JavaValueType?
    /// Whether the library looks for the name of a class there.
    var isOfAnyType = true
    /// Whether a plain value with its class around it stands beside it.
    var isBesideTyped = false
    /// The class of what is around it.
    var owner: String?
    /// Whether classes are the names of objects' only members, and not the first elements of arrays.
    var wrapsInObjects = false

    init(place: String, style: JSONStyle) { (self.place, self.style) = (place, style) }

    /// The text of a value.
    ///
    /// - Parameter old: what stands at the place; nil where nothing does.
    func text(of value: NewValue, like old: JacksonValue?) throws(EditError) -> [UInt8] {
        if let content = try value.resolved(holdsBytes: old?.className == "[B", place) {
            return try text(of: content, like: old)
        }
        switch value {
        case .null:
            if let component, component.primitive != nil, owner?.utf8.count == 2 {
                throw EditError("\(place) is of the type \(component.primitive?.name ?? ""): write such a value")
            }
            return Array("null".utf8)
        case .bytes(let bytes): return try base64(bytes, like: old)
        case .json(let bytes): return try json(bytes, like: old)
        case .stored(let bytes): return try json(bytes, like: old)
        case .constant(let name): return try plain(name, like: old)
        case .stream, .content: throw EditError("\(place) is stored as JSON: a Java stream cannot stand there")
        case .text(let text, type: nil): return try plain(text, like: old)
        case .text(let text, type: let type?): return try typed(text, type, like: old)
        }
    }

    /// The text of a value as one more of some that are there.
    func text(of value: NewValue, beside others: [JacksonValue]) throws(EditError) -> [UInt8] {
        guard case .text(_, type: nil) = value, let like = others.first(where: { !$0.node.isNull }) else {
            return try text(of: value, like: nil)
        }
        do throws(EditError) {
            return try text(of: value, like: like)
        } catch {
            throw EditError(error.description.replacing("\(place) holds a", with: "beside it stands a"))
        }
    }

    // MARK: Text

    private func plain(_ text: String, like old: JacksonValue?) throws(EditError) -> [UInt8] {
        guard let old, !old.node.isNull || old.isWrapper else {
            return try component.map { type throws(EditError) in try literal(text, type) } ?? quoted(text)
        }
        switch old.node.value {
        case .string(let string): return old.text(with: quoted(try content(text, like: old, string)))
        case .number(let number): return old.text(with: try self.number(text, like: old, number))
        case .bool:
            try check(text, .boolean)
            return old.text(with: Array(text.utf8))
        case .null: return old.text(with: quoted(text))
        case .array, .object:
            let types = JavaValueType.allCases.map(\.rawValue).joined(separator: ", ")
            let name = old.className ?? "JSON \(old.node.kind)"
            throw EditError(
                "\(place) holds a \(name), which plain text cannot stand for; write JSON, or give the type: \(types)")
        }
    }

    private func quoted(_ text: String) -> [UInt8] { style.quoted(Array(text.utf8)) }

    /// What is to stand between the quotation marks.
    private func content(_ text: String, like old: JacksonValue, _ present: JSONString) throws(EditError) -> String {
        if old.className == "[B" {
            guard Self.isBase64(Array(text.utf8)) else {
                throw EditError(place, text, "a byte[] stands there as Base64, and '\(text)' is none")
            }
        }
        guard let type = type(at: old) else { return text }
        if type == .date {
            guard Self.shape(Array(text.utf8)) == Self.shape(present.bytes) else {
                throw EditError("\(place) holds a date as text: write it in the same form as the one that is there")
            }
            return text
        }
        try check(text, type)
        return type == .uuid ? Self.hyphenated(text) : text
    }

    private func number(_ text: String, like old: JacksonValue, _ present: JSONNumber) throws(EditError) -> [UInt8] {
        if let type = type(at: old) {
            try check(text, type)
            return try number(text)
        }
        let number = try number(text)
        // Without a fraction Jackson would read an Integer where a Double was.
        return old.isWrapper || !Self.isFraction(Array(present.text.utf8)) ? number : Self.fraction(number)
    }

    /// The type that the class around the value or the array says.
    private func type(at old: JacksonValue) -> JavaValueType? {
        guard let name = old.className else { return component }
        switch name {
        case "java.sql.Timestamp", "java.sql.Date", "java.util.GregorianCalendar": return .date
        case "java.util.concurrent.atomic.AtomicLong": return .long
        case "java.util.concurrent.atomic.AtomicInteger": return .integer
        default: return JavaValueType(className: name)
        }
    }

    /// Throws where the text is no value of the type.
    private func check(_ text: String, _ type: JavaValueType) throws(EditError) {
        var builder = JavaStreamBuilder()
        do throws(JavaValueTextError) {
            try builder.value(text, as: type)
        } catch {
            throw EditError(place, text, error)
        }
    }

    private func number(_ text: String) throws(EditError) -> [UInt8] {
        if JSONNumber(text) != nil { return Array(text.utf8) }
        if let number = Int64(text) { return number.decimal }
        throw EditError(
            place, text, "'\(text)' is no number that JSON can hold: write one such as 12, -0.5 or 1e3")
    }

    // MARK: Types

    private func typed(_ text: String, _ type: JavaValueType, like old: JacksonValue?) throws(EditError) -> [UInt8] {
        if let old, old.isWrappedScalar, old.className == type.className { return try plain(text, like: old) }
        if let component {
            guard component == type else {
                throw EditError("\(place) is of the type \(component.rawValue): write such a value")
            }
            return try literal(text, type)
        }
        let literal = try literal(text, type)
        return try Self.isNatural(type, text) ? literal : wrapped(literal, type.className, old)
    }

    /// The value without its class.
    private func literal(_ text: String, _ type: JavaValueType) throws(EditError) -> [UInt8] {
        try check(text, type)
        switch type {
        case .string, .character: return quoted(text)
        case .uuid: return quoted(Self.hyphenated(text))
        case .boolean: return Array(text.utf8)
        case .double: return Self.fraction(try number(text))
        default: return try number(text)
        }
    }

    /// Whether Jackson reads the class from the value alone; a whole number beyond the range of an `Integer` is a `Long`.
    private static func isNatural(_ type: JavaValueType, _ text: String) -> Bool {
        switch type {
        case .string, .boolean, .integer, .double: true
        case .long: Int64(text).map { Int32(exactly: $0) == nil } ?? false
        default: false
        }
    }

    /// The value with its class around it.
    private func wrapped(_ literal: [UInt8], _ name: String, _ old: JacksonValue?) throws(EditError) -> [UInt8] {
        if !isBesideTyped, !(old?.isWrappedScalar ?? false) {
            guard isOfAnyType else {
                throw EditError(
                    "\(place) is inside of a \(owner ?? "value that names no class"), which alone knows the types of what it "
                        + "holds: JSON cannot name them there, so leave the type out")
            }
            guard style.namesClasses ?? true else {
                throw EditError("\(place): this JSON names no classes, so a \(name) would not be read back as one")
            }
        }
        if let reason = style.refusal(ofClass: name) { throw EditError("\(place): \(reason)") }
        let quoted = style.quoted(Array(name.utf8))
        if wrapsInObjects || old?.isObjectWrapper ?? false {
            return Array("{".utf8) + quoted + Array(":".utf8) + literal + Array("}".utf8)
        }
        return Array("[".utf8) + quoted + Array(",".utf8) + literal + Array("]".utf8)
    }

    // MARK: Bytes

    private func base64(_ bytes: [UInt8], like old: JacksonValue?) throws(EditError) -> [UInt8] {
        let text = quoted(Base64.encode(bytes))
        guard let old, !old.node.isNull else { return try wrapped(text, "[B", nil) }
        guard let present = old.node.string, !old.isWrapper || old.className == "[B", Self.isBase64(present.bytes)
        else {
            throw EditError("\(place) holds no Base64, which is how JSON has a byte[]: bytes cannot stand there")
        }
        return old.text(with: text)
    }

    private static func isBase64(_ text: [UInt8]) -> Bool { (try? Base64.decode(text)) != nil }

    // MARK: JSON

    /// The value as it is written; the class that stands at the place stays, where the new value names none.
    private func json(_ bytes: [UInt8], like old: JacksonValue?) throws(EditError) -> [UInt8] {
        let root: JSONNode
        do throws(SessionError) {
            root = try JSONReader.read(bytes).root
        } catch {
            throw EditError("\(place): the new value is no JSON that can be read: \(error)")
        }
        guard JacksonValue(root).className == nil, !root.isNull else { return Array(root.text) }
        if let old, let name = old.className, !old.node.isNull { return try json(root, like: old, name) }
        if let component { try check(root, component) }
        let isPlain = root.kind != .array && root.kind != .object
        if !isPlain, old.map({ $0.node.kind != root.kind }) ?? true, isOfAnyType, style.namesClasses == true {
            throw EditError(
                "\(place): the library names the class of each object and list there, and cannot read one without: begin with "
                    + #"{"@class":"java.util.LinkedHashMap",…} or ["java.util.ArrayList",[…]]"#)
        }
        return Array(root.text)
    }

    private func json(_ new: JSONNode, like old: JacksonValue, _ name: String) throws(EditError) -> [UInt8] {
        guard new.kind == old.node.kind else {
            throw EditError(
                "\(place) holds a \(name) as a JSON \(old.node.kind): write such a value, or one that names its class")
        }
        switch new.value {
        case .number(let number): _ = try plain(number.text, like: old)
        case .string(let string): if let text = string.text { _ = try plain(text, like: old) }
        case .object(let object) where !old.isWrapper: return try withClass(of: old, new, object)
        default: break
        }
        return old.text(with: Array(new.text))
    }

    /// The object with the member that names the class, as it stands in the old one.
    private func withClass(of old: JacksonValue, _ new: JSONNode, _ object: JSONObject) throws(EditError) -> [UInt8] {
        let children = JSONChildren(of: old.node)
        guard let index = children.names.firstIndex(where: { $0.bytes.elementsEqual(JacksonValue.classMember.utf8) })
        else { return Array(new.text) }
        let member = old.node.document.source[
            children.nameRanges[index].lowerBound..<children.values[index].textRange.upperBound]
        return Array("{".utf8) + member + (object.count == 0 ? [] : Array(",".utf8)) + new.text.dropFirst()
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

    // MARK: Forms

    private static func isFraction(_ number: [UInt8]) -> Bool { number.contains { ".eE".utf8.contains($0) } }

    private static func fraction(_ number: [UInt8]) -> [UInt8] {
        isFraction(number) ? number : number + Array(".0".utf8)
    }

    /// Which characters are digits, signs or letters, and how many there are.
    private static func shape(_ text: [UInt8]) -> [UInt8] {
        text.map { byte in
            switch byte {
            case 0x30...0x39: UInt8(ascii: "0")
            case UInt8(ascii: "-"): UInt8(ascii: "+")
            default: byte
            }
        }
    }

    /// 32 digits in the groups in which Java writes a UUID.
    private static func hyphenated(_ text: String) -> String {
        var digits = Array(text.lowercased().utf8.filter { $0 != UInt8(ascii: "-") })
        guard digits.count == 32 else { return text }
        for place in [20, 16, 12, 8] { digits.insert(UInt8(ascii: "-"), at: place) }
        return String(decoding: digits, as: UTF8.self)
    }
}

extension NewValue {
    /// The value as a JSON text of its own: text without a type is a string, and a class that the text alone does not tell is named.
    ///
    /// - Parameter others: texts by the same library, which show how it writes.
    func newJSON(_ place: String, beside others: [[UInt8]] = []) throws(EditError) -> [UInt8] {
        try JSONValueForm(place: place, style: JSONStyle(of: nil, beside: others)).text(of: self, like: nil)
    }
}
