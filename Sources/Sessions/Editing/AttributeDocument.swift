import JavaSerialization

/// The attributes of a session as one JSON text, typed (docs/json.md), and what somebody has made of it.
public struct AttributeDocument {
    /// An edit, and its parts in words.
    public typealias Edited = (edit: SessionEdit, changes: [DocumentChange])

    private let group: SessionGroup
    let attributes: [SessionAttribute]
    let before: JSONDocument

    /// - Parameters:
    ///   - group: the session as it was read.
    ///   - attributes: those of it that the text shows.
    ///   - before: the text, an object with a member for each of them in their order.
    public init(_ group: SessionGroup, of attributes: [SessionAttribute], before: JSONDocument) {
        self.group = group
        self.attributes = attributes
        self.before = before
    }

    var record: StoredRecord { group.record }

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
        try requireFree(parts)
        var inner: Inner
        if case .node? = attributes.first?.value {
            inner = try shared(parts, text)
        } else {
            inner = try stored(parts)
            for (name, value) in parts.added where !parts.isWritten(value) { try addBuilt(name, value, to: &inner) }
        }
        for (name, value) in parts.added where parts.isWritten(value) { try addWritten(name, value, to: &inner) }
        let whole = parts.wholeChanges()
        return (
            SessionEdit(inner.edits + whole.map(\.edit), replacement: inner.replacement),
            inner.changes + whole.map(\.change)
        )
    }

    /// Refuses names that attributes have which the text does not show.
    private func requireFree(_ parts: DocumentMembers) throws(DocumentError) {
        let names = (group.session.attributes ?? []).map(\.name).filter { name in
            !parts.removed.contains { $0.attribute.name == name }
        }
        let new = parts.added + parts.renamed.map { ($0.name, $0.value) }
        for (name, value) in new {
            do throws(EditError) {
                _ = try AttributePath.newName(EscapedName.text(of: name.bytes), among: names)
            } catch {
                throw DocumentError(error.description, at: value)
            }
        }
    }

    /// A new attribute that is tried in the way in which it will be added.
    func addWritten(_ name: JSONString, _ value: JSONNode, to inner: inout Inner) throws(DocumentError) {
        let edit = AttributeEdit(AttributePath.text(ofAttribute: name.bytes), .set(try DocumentMembers.written(value)))
        do throws(ChangeRefusal) {
            _ = try SessionChanges.edit(group, SessionEdit([edit]), ChangeContext(now: 0))
        } catch {
            throw DocumentError(error.description, at: value)
        }
        inner.edits.append(edit)
        inner.changes.append(
            DocumentChange(path: EscapedName.text(of: name.bytes), before: nil, after: DocumentText.short(value)))
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
    /// Those that are not in the text any more, those that have another name in it, and those that were not in it.
    private(set) var removed: [Pair] = []
    private(set) var renamed: [(pair: Pair, name: JSONString, value: JSONNode)] = []
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
        let unknown = new.filter { values[$0.name] != nil }
        for member in unknown { try take(member.name, member.value, among: unknown.map(\.value)) }
    }

    /// A name that was not there: an attribute whose value is that of one that is gone has another name by now.
    private mutating func take(
        _ name: JSONString, _ value: JSONNode, among new: [JSONNode]
    ) throws(DocumentError) {
        guard let index = removed.firstIndex(where: { $0.before == value }) else { return added.append((name, value)) }
        // Attributes that are masked may look the same and be different.
        let isOne = new.count { $0 == value } == 1 && (removed + pairs).count { $0.before == value } == 1
        guard isOne || !value.hasMasks else {
            throw DocumentError(
                "several masked values look like this one, so that nobody could tell which gets this name: "
                    + "'set --rename' renames them one by one, and --reveal shows them", at: value)
        }
        renamed.append((removed.remove(at: index), name, value))
    }

    /// Attributes that are removed, or have another name by now.
    func wholeChanges() -> [Whole] {
        let removals = removed.map { pair -> Whole in
            let name = EscapedName.text(of: pair.attribute.name)
            return (
                AttributeEdit(AttributePath.text(ofAttribute: pair.attribute.name), .remove),
                DocumentChange(path: name, before: DocumentText.short(pair.before), after: nil)
            )
        }
        return removals
            + renamed.map { pair, name, _ in
                let (old, new) = (EscapedName.text(of: pair.attribute.name), EscapedName.text(of: name.bytes))
                return (
                    AttributeEdit(AttributePath.text(ofAttribute: pair.attribute.name), .rename(new)),
                    DocumentChange(path: "name of \(old)", before: old, after: new)
                )
            }
    }

    /// Whether a new value says itself how it is stored.
    func isWritten(_ value: JSONNode) -> Bool {
        value["encoding"] != nil || value["class"] != nil && value[TypedStream.member] != nil
    }

    /// A value that was not there: typed, plain, or with the name of its encoding.
    static func written(_ value: JSONNode) throws(DocumentError) -> NewValue {
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

extension JSONNode {
    /// The first object in it, or it itself, for which something is true.
    func firstObject(_ isWanted: (JSONNode) -> Bool) -> JSONNode? {
        for index in self.index..<Int(row.next) where document.rows[index].kind == .object {
            let node = JSONNode(document: document, index: index)
            if isWanted(node) { return node }
        }
        return nil
    }

    /// Whether something of it is masked.
    var hasMasks: Bool { firstObject { $0.isMasked } != nil }
}

extension AttributePath {
    /// The path of a whole attribute, whatever characters its name has.
    static func text(ofAttribute name: [UInt8]) -> String {
        "['" + EscapedName.text(of: name).replacing("'", with: "''") + "']"
    }
}
