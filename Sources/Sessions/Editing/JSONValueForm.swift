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
    /// What is known of the type of the place.
    var type = JSONPlaceType.any
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
        if case .string(let text) = value { return try string(text, like: old) }
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
        case .constant(let name): return try constant(name, like: old)
        case .stream, .content, .string: throw EditError("\(place) is stored as JSON: a Java stream cannot stand there")
        case .text(let text, type: nil): return try plain(text, like: old)
        case .text(let text, type: let type?): return try typed(text, type, like: old)
        }
    }

    /// The text of a value as one more of some that are there.
    func text(of value: NewValue, beside others: [JacksonValue]) throws(EditError) -> [UInt8] {
        if case .json(let bytes) = value, component == nil {
            try requireConstant(try root(bytes), like: others.first { !$0.node.isNull })
            return try JSONClassNames.text(of: try root(bytes), beside: others, type, style, place)
        }
        guard case .text(_, type: nil) = value, let like = others.first(where: { !$0.node.isNull }) else {
            return try text(of: value, like: nil)
        }
        do throws(EditError) {
            return try text(of: value, like: like)
        } catch {
            throw EditError(
                error.description.replacing("\(place) holds a", with: "beside it stands a")
                    .replacing(": a whole number stands there", with: ": beside it stands a whole number"))
        }
    }

    // MARK: Text

    func plain(_ text: String, like old: JacksonValue?) throws(EditError) -> [UInt8] {
        try enumPlace(like: old)?.require(text, place)
        return try literal(text, like: old)
    }

    /// The text in the form of what stands there.
    private func literal(_ text: String, like old: JacksonValue?) throws(EditError) -> [UInt8] {
        guard let old, !old.node.isNull || old.isWrapper else {
            return try component.map { type throws(EditError) in try literal(text, type, like: nil) } ?? quoted(text)
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

    /// The enum of which a constant stands there, as far as that is known.
    private func enumPlace(like old: JacksonValue?) -> JSONEnumPlace? {
        JSONEnumPlace(like: old, in: owner, style)
    }

    /// A constant of which a user says that there is one.
    private func constant(_ name: String, like old: JacksonValue?) throws(EditError) -> [UInt8] {
        if let place = enumPlace(like: old) {
            try place.require(said: name, self.place)
        } else if !EnumPlace.isIdentifier(name) {
            throw EditError("\(place): '\(name)' is no name of a constant")
        }
        return try literal(name, like: old)
    }

    /// That new text is a constant that is known, where one is due.
    func requireConstant(_ new: JSONNode, like old: JacksonValue?) throws(EditError) {
        guard let text = new.string?.text else { return }
        try enumPlace(like: old)?.require(text, place)
    }

    func quoted(_ text: String) -> [UInt8] { style.quoted(Array(text.utf8)) }

    /// Text that is to be text, also where a number or a truth value stands.
    private func string(_ text: String, like old: JacksonValue?) throws(EditError) -> [UInt8] {
        guard component == nil, let old, old.node.kind == .number || old.node.kind == .bool else {
            return try plain(text, like: old)
        }
        if let owner = type.owner {
            throw EditError(
                "\(place): a JSON \(old.node.kind) stands there, in a \(owner), whose class says its type: write such a value; --type "
                    + "String puts text there all the same")
        }
        return quoted(text)
    }

    /// What is to stand between the quotation marks.
    private func content(_ text: String, like old: JacksonValue, _ present: JSONString) throws(EditError) -> String {
        if old.className == "[B" {
            guard Self.isBase64(Array(text.utf8)) else {
                throw EditError(place, text, "a byte[] stands there as Base64, and '\(text)' is none")
            }
        }
        guard let type = type(at: old) else { return text }
        if type == .date { return try date(text, like: present) }
        try check(text, type)
        return type == .uuid ? Self.hyphenated(text) : text
    }

    private func number(_ text: String, like old: JacksonValue, _ present: JSONNumber) throws(EditError) -> [UInt8] {
        if let type = type(at: old) {
            return try literal(text, type, like: old.node)
        }
        let number = try number(text)
        if old.isWrapper { return number }
        // Without a fraction Jackson would read an Integer where a Double was.
        if Array(present.text.utf8)[...].isFraction { return Self.fraction(number) }
        guard !number[...].isFraction else {
            throw EditError(
                place, text,
                "a whole number stands there, and '\(text)' is none: --type Double puts it there all the same")
        }
        guard self.type.isAny else { return number }
        return try self.number(text, as: JSONNode.naturalClass(ofNumber: present.text))
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
    func check(_ text: String, _ type: JavaValueType) throws(EditError) {
        var builder = JavaStreamBuilder()
        do throws(JavaValueTextError) {
            try builder.value(text, as: type)
        } catch {
            throw EditError(place, text, error)
        }
    }

    func number(_ text: String) throws(EditError) -> [UInt8] {
        // Java reads a sign in front that JSON does not have.
        let unsigned = text.hasPrefix("+") ? String(text.dropFirst()) : text
        if JSONNumber(unsigned) != nil, !unsigned.hasPrefix("-") || unsigned == text { return Array(unsigned.utf8) }
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
            return try literal(text, type, like: nil)
        }
        let literal = try literal(text, type, like: nil)
        return try Self.isNatural(type, text) ? literal : wrapped(literal, type.className, old)
    }

    /// The value without its class.
    ///
    /// - Parameter present: the one that it takes the place of, which shows the form.
    private func literal(
        _ text: String, _ type: JavaValueType, like present: JSONNode?
    ) throws(EditError) -> [UInt8] {
        try check(text, type)
        switch type {
        case .date, .timestamp: return try date(text, type, like: present)
        case .string, .character: return quoted(text)
        case .uuid: return quoted(Self.hyphenated(text))
        case .boolean: return Array(text.utf8)
        case .double: return Self.fraction(try number(text))
        case .byte, .short, .integer, .long, .float, .bigInteger, .bigDecimal: return try number(text)
        default: return try time(text, type, like: present)
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
            guard type.isAny else {
                throw EditError(
                    "\(place) is inside of a \(owner ?? "value that names no class"), which alone knows the types of what it "
                        + "holds: leave the type out, or write JSON that names the class where the field takes any")
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

    // MARK: Forms

    static func fraction(_ number: [UInt8]) -> [UInt8] {
        number[...].isFraction ? number : number + Array(".0".utf8)
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
