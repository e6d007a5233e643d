/// A way into a session's attributes: `cart.items[0].qty`, `prefs['a.b']`, `byNumber[5]`, `[null]`, `[#3]`,
/// `customer.Super::name`. The first part is the attribute.
public struct AttributePath: Sendable, Hashable {
    /// One step.
    public enum Step: Sendable, Hashable {
        /// A field, a map's key, or, where it is a number, an index.
        case name(String)
        /// A quoted name: a field or a map's key, whatever characters it has.
        case quoted(String)
        /// An index of a list or array, or a number as a map's key.
        case number(Int64)
        /// The null key of a map.
        case null
        /// The entry of a map at a position, from 0.
        case position(Int)
        /// A field of one class, where two classes of the hierarchy declare the same name.
        case field(of: String, String)
    }

    /// The steps behind the attribute.
    public var steps: [Step]
    /// The attribute's name as written: everything up to the first step where names have no dots.
    public var attribute: String

    /// Parses `text`; the attribute is the longest of `attributes` that stands at its start, since their names often hold dots.
    ///
    /// - Throws: `FilterError` with the column.
    public init(_ text: String, attributes: [String] = []) throws(FilterError) {
        var parser = PathParser(text)
        let known = attributes.filter { parser.begins(withAttribute: $0) }.max { $0.utf8.count < $1.utf8.count }
        if let known {
            attribute = known
            parser.skip(known.unicodeScalars.count)
            steps = try parser.steps()
            return
        }
        var all = try parser.steps()
        guard !all.isEmpty else {
            throw FilterError(message: "the path is empty; begin with an attribute's name", column: 1)
        }
        switch all.removeFirst() {
        case .name(let name), .quoted(let name): attribute = name
        case .number(let number): attribute = String(number)
        case .null, .position, .field:
            throw FilterError(
                message: "a path begins with an attribute's name, such as cart, or ['a.b'] in brackets", column: 1)
        }
        steps = all
    }
}

extension AttributePath {
    /// The names on the way: of the attribute, of fields and of keys.
    public var names: [String] {
        [attribute]
            + steps.compactMap { step in
                switch step {
                case .name(let name), .quoted(let name), .field(_, let name): name
                case .number, .null, .position: nil
                }
            }
    }
}

/// Splits a path into steps.
struct PathParser {
    private let text: [Unicode.Scalar]
    private var index = 0

    init(_ text: String) { self.text = Array(text.unicodeScalars) }

    /// Whether `name` stands at the start and a step or the end follows.
    func begins(withAttribute name: String) -> Bool {
        let characters = Array(name.unicodeScalars)
        // The empty name stands before everything: [''] says that it is meant.
        guard !characters.isEmpty || text.isEmpty, text.starts(with: characters) else { return false }
        return text.count == characters.count || text[characters.count] == "." || text[characters.count] == "["
    }

    mutating func skip(_ count: Int) { index += count }

    mutating func steps() throws(FilterError) -> [AttributePath.Step] {
        var steps: [AttributePath.Step] = []
        while index < text.count {
            if text[index] == "[" {
                steps.append(try bracket())
            } else {
                if text[index] == "." { index += 1 }
                steps.append(try name())
            }
        }
        return steps
    }

    private static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        var text = ""
        text.unicodeScalars.append(contentsOf: scalars)
        return text
    }

    private mutating func name() throws(FilterError) -> AttributePath.Step {
        let start = index
        while index < text.count, text[index] != ".", text[index] != "[" { index += 1 }
        let word = Self.string(text[start..<index])
        guard !word.isEmpty else {
            throw FilterError(message: "a name is missing; an empty one is written ['']", column: start + 1)
        }
        if let colons = Self.qualifier(word) { return .field(of: colons.class, colons.field) }
        return .name(word)
    }

    private static func qualifier(_ word: String) -> (class: String, field: String)? {
        let characters = Array(word.unicodeScalars)
        guard characters.count >= 4 else { return nil }
        for index in 1..<characters.count - 2 where characters[index] == ":" && characters[index + 1] == ":" {
            return (string(characters[..<index]), string(characters[(index + 2)...]))
        }
        return nil
    }

    /// `[5]`, `['a.b']`, `["a"]`, `[null]`, `[#3]`
    private mutating func bracket() throws(FilterError) -> AttributePath.Step {
        let start = index
        index += 1
        if index < text.count, text[index] == "'" || text[index] == "\"" {
            let value = try quoted()
            if index < text.count, text[index] != "]" {
                throw FilterError(
                    message: "'\(text[index])' stands where ']' is due; a quote within a key is written twice",
                    column: index + 1)
            }
            try close(start)
            return .quoted(value)
        }
        let from = index
        while index < text.count, text[index] != "]" { index += 1 }
        let word = Self.string(text[from..<index])
        try close(start)
        if word == "null" { return .null }
        if word.hasPrefix("#"), let position = Int(word.dropFirst()), position >= 0 { return .position(position) }
        if let number = Int64(word) { return .number(number) }
        throw FilterError(
            message:
                "[\(word)]: brackets hold a number, a quoted key such as ['\(word.isEmpty ? "a.b" : word)'], null, "
                + "or # and a position", column: start + 1)
    }

    private mutating func close(_ start: Int) throws(FilterError) {
        guard index < text.count, text[index] == "]" else {
            throw FilterError(message: "the bracket is not closed: ']' is due", column: start + 1)
        }
        index += 1
    }

    /// Text between quotes; a doubled quote stands for one.
    private mutating func quoted() throws(FilterError) -> String {
        let start = index
        let quote = text[index]
        var value = ""
        index += 1
        while index < text.count {
            if text[index] == quote {
                index += 1
                guard index < text.count, text[index] == quote else { return value }
            }
            value.unicodeScalars.append(text[index])
            index += 1
        }
        throw FilterError(
            message: "the quote is not closed; within quotes it is written twice, as in ['it''s']", column: start + 1)
    }
}
