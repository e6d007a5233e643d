/// What somebody has made of the text of a session, as a text of the same session as it has become meanwhile.
public struct CarriedText: Sendable {
    /// An attribute that others have changed as well: the text has what they made of it.
    public struct Conflict: Sendable {
        /// The attribute's name, as the text has it.
        public let name: JSONString
        /// What was to stand there, as JSON; nil where it was to be removed.
        public let yours: [UInt8]?
    }

    /// The JSON, without a layout.
    public let json: [UInt8]
    /// In the order of the text.
    public let conflicts: [Conflict]
}

extension AttributeDocument {
    /// Whether a later reading of the session is what this one is, so that a text of one is a text of the other.
    public func isSame(as later: AttributeDocument) -> Bool {
        guard before.root == later.before.root else { return false }
        // Objects of one stream are changed in the whole value.
        if case .string(let bytes) = record.content, case .string(let other) = later.record.content {
            return bytes == other
        }
        return zip(attributes, later.attributes).allSatisfy { $0.value.bytes == $1.value.bytes }
    }

    /// Carries what somebody has made of this document over to a later one of the same session.
    ///
    /// Attributes that only others have changed are as they left them; those that only the text changes are as it has them, with their
    /// objects found again; what both have changed is a conflict.
    ///
    /// - Throws: `DocumentError` where the text is no JSON, or no object.
    public func carried(_ text: [UInt8], to later: AttributeDocument) throws(DocumentError) -> CarriedText {
        let mine: JSONDocument
        do throws(SessionError) {
            mine = try JSONReader.read(text)
        } catch {
            throw DocumentError(error.problem.description, at: error.offset)
        }
        var merge = DocumentMerge(self, later)
        try merge.take(mine.root)
        return CarriedText(json: merge.json, conflicts: merge.conflicts)
    }
}

/// The members of three documents put together: as a session was shown, what somebody made of that, and what the session is by now.
private struct DocumentMerge {
    private let before: [JSONString: JSONNode]
    private let later: [(name: JSONString, value: JSONNode)]
    /// Attributes that others have changed, added or removed, or that cannot be found again.
    private var touched: Set<JSONString> = []
    /// Of values that stand in one stream.
    private var numbering: DocumentNumbering?
    private var members: [(name: JSONString, text: [UInt8])] = []
    private(set) var conflicts: [CarriedText.Conflict] = []

    init(_ first: AttributeDocument, _ second: AttributeDocument) {
        before = Dictionary(Self.members(of: first.before.root)) { $1 }
        later = Self.members(of: second.before.root)
        let old = Dictionary(zip(Self.members(of: first.before.root).map(\.0), first.attributes)) { $1 }
        var same: [(JSONNode, JSONNode, JSONString)] = []
        for ((name, value), attribute) in zip(later, second.attributes) {
            guard let printed = before[name], let one = old[name], let print = PathValue.attribute(one).fingerprint,
                print == PathValue.attribute(attribute).fingerprint
            else {
                touched.insert(name)
                continue
            }
            same.append((printed, value, name))
        }
        touched.formUnion(Set(before.keys).subtracting(later.map(\.name)))
        if case .node? = first.attributes.first?.value { number(same, first.before.root) }
    }

    private static func members(of node: JSONNode) -> [(JSONString, JSONNode)] {
        node.object?.map { ($0.name, $0.value) } ?? []
    }

    /// Finds the objects of untouched attributes in the later document.
    private mutating func number(_ same: [(JSONNode, JSONNode, JSONString)], _ root: JSONNode) {
        var numbering = DocumentNumbering(of: root)
        let pairs = same.map { ($0.2, numbering.pair($0.0, $0.1)) }
        for (name, references) in pairs where !(references.map { numbering.agrees($0) } ?? false) {
            touched.insert(name)
        }
        self.numbering = numbering
    }

    // MARK: Members

    mutating func take(_ mine: JSONNode) throws(DocumentError) {
        guard mine.kind == .object else {
            throw DocumentError("the text has to be an object with a member for each attribute", at: mine)
        }
        let yours = Dictionary(Self.members(of: mine)) { $1 }
        for (name, value) in later { take(name, before[name], yours[name], value) }
        let there = Set(later.map(\.name))
        for (name, value) in Self.members(of: mine) where !there.contains(name) {
            guard let printed = before[name] else {
                add(name, value)
                continue
            }
            if printed != value { conflicts.append(CarriedText.Conflict(name: name, yours: Array(value.text))) }
        }
    }

    /// An attribute that the session has.
    private mutating func take(_ name: JSONString, _ before: JSONNode?, _ mine: JSONNode?, _ now: JSONNode) {
        if mine == before || mine == now { return members.append((name, Array(now.text))) }
        if !touched.contains(name) {
            guard let mine else { return }
            if let text = carried(mine) { return members.append((name, text)) }
        }
        members.append((name, Array(now.text)))
        conflicts.append(CarriedText.Conflict(name: name, yours: mine.map { Array($0.text) }))
    }

    /// A new attribute; one that has the value of another that others have changed cannot be told.
    private mutating func add(_ name: JSONString, _ value: JSONNode) {
        let isOld = numbering == nil && before.contains { $0.value == value && touched.contains($0.key) }
        guard !isOld, let text = carried(value) else {
            return conflicts.append(CarriedText.Conflict(name: name, yours: Array(value.text)))
        }
        members.append((name, text))
    }

    /// Values of other encodings have no numbers.
    private func carried(_ value: JSONNode) -> [UInt8]? {
        guard let numbering, value["encoding"] == nil else { return Array(value.text) }
        return numbering.carried(value)
    }

    var json: [UInt8] {
        var json: [UInt8] = []
        for (name, text) in members {
            var writer = JSONWriter()
            writer.string(name)
            json += (json.isEmpty ? [] : [UInt8(ascii: ",")]) + writer.takeBytes() + [UInt8(ascii: ":")] + text
        }
        return [UInt8(ascii: "{")] + json + [UInt8(ascii: "}")]
    }
}
