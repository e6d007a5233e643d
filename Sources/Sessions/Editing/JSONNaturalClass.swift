import JavaSerialization

/// Values without a class around them where any may stand: Jackson tells their class by their form (session-formats, ch. 5.3), so that another
/// form is another class.
extension JSONNode {
    /// The class that Jackson reads a text, a truth value or a number as; nil for others.
    var naturalClass: JavaValueType? {
        switch value {
        case .string: .string
        case .bool: .boolean
        case .number(let number): Self.naturalClass(ofNumber: number.text)
        case .null, .array, .object: nil
        }
    }

    /// The same of a number: a whole one is of the smallest class that holds it.
    static func naturalClass(ofNumber text: String) -> JavaValueType {
        if Array(text.utf8)[...].isFraction { return .double }
        guard let number = Int64(text) else { return .bigInteger }
        return Int32(exactly: number) == nil ? .long : .integer
    }
}

extension JSONValueForm {
    /// A text, truth value or number of JSON in the place of one without a class, as the class that stands there; nil where the form
    /// that it has already says so.
    func kept(_ new: JSONNode, like old: JSONNode) throws(EditError) -> [UInt8]? {
        guard let present = old.naturalClass, let given = new.naturalClass, present != given else { return nil }
        guard case .number(let number) = new.value, old.kind == .number else {
            throw Self.noOther(than: present, given, place)
        }
        return try self.number(number.text, as: present)
    }

    /// A number in the form by which Jackson reads it as the class that stands there, with the name of the class where it takes that.
    func number(_ text: String, as present: JavaValueType) throws(EditError) -> [UInt8] {
        let number = try number(text)
        let given = JSONNode.naturalClass(ofNumber: String(decoding: number, as: UTF8.self))
        // What names no classes is read by a type that only its application knows.
        if present != .double, given != .double, style.namesClasses == false { return number }
        switch (present, given) {
        case (.double, _): return Self.fraction(number)
        case (.long, .integer), (.bigInteger, .integer), (.bigInteger, .long):
            return try self.text(of: .text(String(decoding: number, as: UTF8.self), type: present), like: nil)
        case _ where present == given: return number
        default: throw Self.noOther(than: present, given, place)
        }
    }

    private static func noOther(than present: JavaValueType, _ given: JavaValueType, _ place: String) -> EditError {
        EditError(
            "\(place) holds a \(present.className), and Jackson would read this as a \(given.className): --type \(given.rawValue) puts one there"
        )
    }
}
