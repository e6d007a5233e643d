import JavaSerialization

/// Where in a document of typed JSON the objects of a stream stand, and those that others refer to.
struct DocumentIndex {
    /// The values with their content, by the byte at which they begin in the stream.
    private(set) var values: [Int: JSONNode] = [:]
    /// Bytes at which a value begins of which the document shows no content: it is masked.
    private(set) var masked: [Int: JSONNode] = [:]
    /// Objects by their number.
    private(set) var numbered: [Int64: JSONNode] = [:]
    /// The first number that two objects have.
    private(set) var twice: JSONNode?

    /// Of nothing.
    init() {}

    /// - Parameter others: rows of values that are none of this document.
    init(of root: JSONNode, without others: [Int: Int] = [:]) {
        let rows = root.document.rows
        var index = root.index
        while index < Int(root.row.next) {
            defer { index = others[index] == nil ? index + 1 : Int(rows[index].next) }
            guard rows[index].kind == .object, others[index] == nil else { continue }
            add(JSONNode(document: root.document, index: index))
        }
    }

    private mutating func add(_ node: JSONNode) {
        if let mark = node.onlyMember("$masked"), let range = mark.maskedRange {
            return masked[range.offset] = node
        }
        guard let object = node.object, object.count > 1 else { return }
        var (isValue, isMasked) = (false, false)
        var (range, id): ((offset: Int, count: Int)?, JSONNode?)
        for member in object {
            switch member.name.bytes {
            case Self.className: isValue = member.value.kind == .string
            case Self.mark: isMasked = member.value.bool == true
            case Self.bytes: range = member.value.byteRange
            case Self.number: id = member.value
            default: break
            }
        }
        guard isValue else { return }
        if let range, isMasked {
            masked[range.offset] = node
        } else if let range, values[range.offset] == nil {
            values[range.offset] = node
        }
        guard let id = id?.number?.int64 else { return }
        if numbered.updateValue(node, forKey: id) != nil { twice = twice ?? node }
    }

    private static let className = Array("class".utf8)
    private static let mark = Array("masked".utf8)
    private static let bytes = Array("bytes".utf8)
    private static let number = Array("id".utf8)
}

extension JSONNode {
    /// `[offset, length]` of a value in its stream.
    var byteRange: (offset: Int, count: Int)? {
        guard let array, array.count == 2 else { return nil }
        let numbers = array.compactMap { $0.number?.int64 }.compactMap { Int(exactly: $0) }
        return numbers.count == 2 ? (numbers[0], numbers[1]) : nil
    }

    /// The same of the mark of a masked value, which may have the name of its attribute behind it.
    var maskedRange: (offset: Int, count: Int)? {
        guard let array, array.count == 3 else { return byteRange }
        let parts = Array(array)
        guard parts[2].string != nil, let offset = parts[0].number?.int64.flatMap({ Int(exactly: $0) }),
            let count = parts[1].number?.int64.flatMap({ Int(exactly: $0) })
        else { return nil }
        return (offset, count)
    }

    /// Whether it stands for a value whose content is not shown.
    var isMasked: Bool { onlyMember("$masked") != nil || kind == .object && self["masked"]?.bool == true }
}
