import Sessions

/// The fields of `--fields` and `--sort`.
enum FieldList {
    /// What `list` shows unless told otherwise.
    static let usual: [SessionField] = [.id, .format, .principal, .idle, .ttl]

    /// The names in `text`, separated by commas.
    static func parse(_ text: String, option: String = "--fields") throws(Failure) -> [SessionField] {
        var fields: [SessionField] = []
        for word in text.split(whereSeparator: { $0 == "," || $0 == " " }) {
            guard let field = SessionField(word: String(word)) else {
                let names = SessionField.allCases.map { $0.rawValue }.joined(separator: " ")
                throw .usage("\(option): '\(word)' is no field; the fields are \(names)")
            }
            fields.append(field)
        }
        guard !fields.isEmpty else { throw .usage("\(option) names no field") }
        return fields
    }
}

/// The order that `--sort` asks for: a field, descending with a minus in front.
struct SortOrder {
    let field: SessionField
    let isDescending: Bool

    init(_ text: String) throws(Failure) {
        isDescending = text.hasPrefix("-")
        let fields = try FieldList.parse(isDescending ? String(text.dropFirst()) : text, option: "--sort")
        guard fields.count == 1, fields[0] != .attributes else {
            throw .usage("--sort takes one field, such as --sort idle or --sort=-size")
        }
        field = fields[0]
    }

    /// Whether `left` comes before `right`; sessions without the value come last either way.
    func areInOrder(_ left: FieldValue, _ right: FieldValue) -> Bool {
        if left == .missing || right == .missing { return left != .missing && right == .missing }
        return isDescending ? FieldValue.areInOrder(right, left) : FieldValue.areInOrder(left, right)
    }
}
