import Sessions

/// The fields of `--fields` and `--sort`.
enum FieldList {
    /// What `list` shows unless told otherwise.
    static let usual: [SessionField] = [.id, .format, .principal, .idle, .ttl]

    /// The names in `text`, separated by commas.
    static func parse(_ text: String, option: String = "--fields") throws(Failure) -> [SessionField] {
        var fields: [SessionField] = []
        for word in words(of: text) {
            do {
                fields.append(try SessionField(word: String(word)))
            } catch {
                throw .usage("\(option): \(word.hasPrefix("attr") ? "\(word): \(error)" : error.message)")
            }
        }
        guard !fields.isEmpty else { throw .usage("\(option) names no field") }
        try refuseTwice(fields, option) { $0.name }
        return fields
    }

    /// Refuses a field that is there twice: JSON has each member once, and columns are counted by whoever reads them.
    static func refuseTwice<Field: Hashable>(
        _ fields: [Field], _ option: String, _ name: (Field) -> String
    ) throws(Failure) {
        var seen: Set<Field> = []
        for field in fields where !seen.insert(field).inserted {
            throw .usage("\(option) names '\(name(field))' twice", advice: "name each field once")
        }
    }
}

extension FieldList {
    /// The one field that `word` names.
    static func single(_ word: String, option: String) throws(Failure) -> SessionField {
        let fields = try parse(word, option: option)
        guard fields.count == 1, fields[0] != .attributes else {
            throw .usage("\(option) takes one field, such as \(option) format")
        }
        return fields[0]
    }

    /// Names between commas and blanks; those in the brackets of a path belong to it.
    private static func words(of text: String) -> [String] {
        var words = [""]
        var isInBrackets = false
        for character in text {
            if !isInBrackets, character == "," || character == " " {
                words.append("")
            } else {
                isInBrackets = character == "[" || isInBrackets && character != "]"
                words[words.count - 1].append(character)
            }
        }
        return words.filter { !$0.isEmpty }
    }
}

/// The order that `--sort` asks for: a field, descending with a minus in front.
struct SortOrder {
    let field: SessionField
    let isDescending: Bool

    init(_ text: String) throws(Failure) {
        isDescending = text.hasPrefix("-")
        let fields = try FieldList.parse(isDescending ? String(text.dropFirst()) : text, option: "--sort")
        guard fields.count == 1 else {
            throw .usage("--sort takes one field, such as --sort idle or --sort=-size")
        }
        guard fields[0] != .attributes else {
            throw .usage("--sort takes one field: name one attribute, such as --sort attr.cart.total")
        }
        field = fields[0]
    }

    /// Whether `left` comes before `right`; sessions without the value come last either way.
    func areInOrder(_ left: FieldValue, _ right: FieldValue) -> Bool {
        if left.isMissing || right.isMissing { return !left.isMissing && right.isMissing }
        return isDescending ? FieldValue.areInOrder(right, left) : FieldValue.areInOrder(left, right)
    }
}
