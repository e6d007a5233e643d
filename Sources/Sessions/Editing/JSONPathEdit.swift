/// A change of one place inside a value that is stored as JSON, which a path leads to.
///
/// Only the text of the place becomes another, in the style of the document: every other byte stays as it is.
///
/// ```swift
/// let edit = JSONPathEdit(Array(#"{"qty": 2, "name": "x"}"#.utf8), name: "item")
/// let bytes = try edit.applying(.set(.text("3")), at: [.name("qty")])   // {"qty": 3, "name": "x"}
/// ```
struct JSONPathEdit {
    private let bytes: [UInt8]
    private let name: String
    private let others: [[UInt8]]

    /// A change of a JSON text.
    ///
    /// - Parameters:
    ///   - name: the attribute, as errors call it.
    ///   - others: other texts by the same library, which show how it writes.
    init(_ bytes: [UInt8], name: String, beside others: [[UInt8]] = []) {
        self.bytes = bytes
        self.name = name
        self.others = others
    }

    /// The text with the change made. Without steps it is about the whole value.
    ///
    /// - Throws: `EditError` where the path leads nowhere, or what is asked for cannot be done there.
    func applying(
        _ operation: AttributeEdit.Operation, at steps: [AttributePath.Step]
    ) throws(EditError) -> [UInt8] {
        let document: JSONDocument
        do throws(SessionError) {
            document = try JSONReader.read(bytes)
        } catch {
            throw EditError("\(name) is no JSON that can be read: \(error)")
        }
        let style = JSONStyle(of: document, beside: others)
        let way = AttributePath.text(of: steps, behind: name)
        if case .append(let value) = operation {
            let owner = try JSONOwner(at: steps[...], from: document.root, style, name)
            return try changed(owner, at: steps[...], try owner.appending(value, way), way)
        }
        guard let last = steps.last else { return try whole(operation, document.root, style) }
        let owner = try JSONOwner(at: steps.dropLast(), from: document.root, style, name)
        return try changed(owner, at: steps.dropLast(), try owner.change(operation, last, way), way)
    }

    private func changed(
        _ owner: JSONOwner, at steps: ArraySlice<AttributePath.Step>, _ change: JSONChange, _ way: String
    ) throws(EditError) -> [UInt8] {
        let after = try change.applied(to: bytes)
        try owner.check(after, at: steps, change, way)
        return after
    }

    private func whole(
        _ operation: AttributeEdit.Operation, _ root: JSONNode, _ style: JSONStyle
    ) throws(EditError) -> [UInt8] {
        guard case .set(let value) = operation else { throw EditError("\(name) is a whole attribute") }
        let form = JSONValueForm(place: name, style: style)
        let text = try form.text(of: value, like: JacksonValue(root))
        return try JSONChange(replacing: root.textRange, by: text).applied(to: bytes)
    }
}

/// Texts that take the place of others in a JSON text.
struct JSONChange {
    /// In the order of the text, and apart from each other.
    private(set) var replacements: [(range: Range<Int>, text: [UInt8])]
    /// How many elements or members there are more than before.
    private(set) var growth: Int

    init(replacing range: Range<Int>, by text: [UInt8]) {
        replacements = [(range, text)]
        growth = 0
    }

    init(_ replacements: [(range: Range<Int>, text: [UInt8])], growth: Int) {
        self.replacements = replacements
        self.growth = growth
    }

    /// The text with the replacements; it is read again, as nothing that cannot be read is ever written.
    func applied(to bytes: [UInt8]) throws(EditError) -> [UInt8] {
        var after: [UInt8] = []
        var position = 0
        for (range, text) in replacements {
            after += bytes[position..<range.lowerBound] + text
            position = range.upperBound
        }
        after += bytes[position...]
        do throws(SessionError) {
            _ = try JSONReader.read(after)
        } catch {
            throw EditError("with this change the JSON could not be read any more: \(error)")
        }
        return after
    }
}

extension JSONNode {
    /// Where the value is in the text; a string with its quotation marks.
    var textRange: Range<Int> {
        kind == .string ? sourceRange.lowerBound - 1..<sourceRange.upperBound + 1 : sourceRange
    }

    /// The value as it is written.
    var text: ArraySlice<UInt8> { document.source[textRange] }
}
