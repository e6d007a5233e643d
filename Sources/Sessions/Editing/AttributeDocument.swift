import JavaSerialization

/// The attributes of a session as one JSON text, typed (docs/json.md), and what somebody has made of it.
public struct AttributeDocument {
    /// An edit, and its parts in words.
    public typealias Edited = (edit: SessionEdit, changes: [DocumentChange])

    let record: StoredRecord
    let attributes: [SessionAttribute]
    let before: JSONDocument

    /// - Parameters:
    ///   - group: the session as it was read.
    ///   - attributes: those of it that the text shows.
    ///   - before: the text, an object with a member for each of them in their order.
    public init(_ group: SessionGroup, of attributes: [SessionAttribute], before: JSONDocument) {
        record = group.record
        self.attributes = attributes
        self.before = before
    }

    /// What has to be done so that the attributes become those of a text.
    ///
    /// - Throws: `DocumentError` with the place in the text that cannot be taken over.
    public func edit(to text: [UInt8]) throws(DocumentError) -> Edited {
        let after: JSONDocument
        do throws(SessionError) {
            after = try JSONReader.read(text)
        } catch {
            throw DocumentError(error.problem.description, at: error.offset)
        }
        let parts = try DocumentMembers(before: before.root, after: after.root, of: attributes)
        let inner: Inner
        if case .node? = attributes.first?.value {
            inner = try shared(parts, text)
        } else {
            inner = try stored(parts)
        }
        let whole = try parts.wholeChanges()
        return (
            SessionEdit(inner.edits + whole.map(\.edit), replacement: inner.replacement),
            inner.changes + whole.map(\.change)
        )
    }

    /// What is done to attributes that stay.
    struct Inner {
        var edits: [AttributeEdit] = []
        var changes: [DocumentChange] = []
        var replacement: SessionEdit.Replacement?
    }
}

/// The members of a document before and after, paired by their names.
struct DocumentMembers {
    /// An attribute that both have.
    struct Pair {
        let attribute: SessionAttribute
        let before: JSONNode
        let after: JSONNode
        /// The name of the member.
        let name: String

        /// Whether it is shown by the bytes that nobody could read.
        var isUnread: Bool { before["encoding"] != nil }
    }

    typealias Whole = (edit: AttributeEdit, change: DocumentChange)

    let pairs: [Pair]
    let after: JSONNode
    /// Those that are not in the text any more, and those that were not in it.
    private var removed: [Pair] = []
    private(set) var added: [(name: JSONString, value: JSONNode)] = []

    init(before: JSONNode, after: JSONNode, of attributes: [SessionAttribute]) throws(DocumentError) {
        guard let old = before.object, let new = after.object else {
            throw DocumentError("the text has to be an object with a member for each attribute", at: after)
        }
        var values: [JSONString: JSONNode] = [:]
        for member in new where values.updateValue(member.value, forKey: member.name) != nil {
            throw DocumentError("the attribute '\(member.name.lossyText)' is there twice", at: member.value)
        }
        var pairs: [Pair] = []
        for (attribute, member) in zip(attributes, old) {
            guard let value = values.removeValue(forKey: member.name) else {
                removed.append(
                    Pair(attribute: attribute, before: member.value, after: member.value, name: member.name.lossyText))
                continue
            }
            pairs.append(
                Pair(attribute: attribute, before: member.value, after: value, name: member.name.lossyText))
        }
        self.pairs = pairs
        self.after = after
        for member in new where values[member.name] != nil { added.append((member.name, member.value)) }
    }

    /// Attributes that are removed, added, or have another name by now.
    func wholeChanges() throws(DocumentError) -> [Whole] {
        var gone = removed
        var new: [Whole] = []
        for (name, value) in added {
            let shown = EscapedName.text(of: name.bytes)
            if let index = gone.firstIndex(where: { $0.before == value }) {
                let attribute = gone.remove(at: index).attribute
                let old = EscapedName.text(of: attribute.name)
                new.append(
                    (
                        AttributeEdit(AttributePath.text(ofAttribute: attribute.name), .rename(shown)),
                        DocumentChange(path: "name of \(old)", before: old, after: shown)
                    ))
                continue
            }
            let path = AttributePath.text(ofAttribute: name.bytes)
            new.append(
                (
                    AttributeEdit(path, .set(try Self.newValue(value))),
                    DocumentChange(path: shown, before: nil, after: DocumentText.short(value))
                ))
        }
        let removals = gone.map { pair -> Whole in
            let name = EscapedName.text(of: pair.attribute.name)
            return (
                AttributeEdit(AttributePath.text(ofAttribute: pair.attribute.name), .remove),
                DocumentChange(path: name, before: DocumentText.short(pair.before), after: nil)
            )
        }
        return removals + new
    }

    /// A value that was not there: typed, plain, or with the name of its encoding.
    private static func newValue(_ value: JSONNode) throws(DocumentError) -> NewValue {
        if value["$masked"] != nil {
            throw DocumentError("a masked value cannot be put under another name: --reveal shows it", at: value)
        }
        switch value["encoding"]?.string?.text {
        case "json": return .json(Array((value["value"] ?? value).text))
        case "text"?: return .stored(value["value"]?.string?.bytes ?? [])
        case "bytes"?:
            guard let text = value["value"]?["$base64"]?.string, let bytes = try? Base64.decode(text.bytes) else {
                throw DocumentError("bytes are written {\"$base64\": …}", at: value)
            }
            return .stored(bytes)
        default: return .json(Array(value.text))
        }
    }
}

extension AttributePath {
    /// The path of a whole attribute, whatever characters its name has.
    static func text(ofAttribute name: [UInt8]) -> String {
        "['" + EscapedName.text(of: name).replacing("'", with: "''") + "']"
    }
}
