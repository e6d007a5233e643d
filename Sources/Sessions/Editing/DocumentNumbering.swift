/// How a value is numbered in two printings of typed JSON (docs/json.md): where its objects begin in the stream, and the ids by which they
/// refer to each other.
struct DocumentNumbering {
    private var places: [Int: (offset: Int, count: Int)] = [:]
    /// How what is masked is written in the second printing.
    private var masks: [Int: String] = [:]
    private var ids: [Int64: Int64] = [:]
    /// Ids of the first printing, also of values that were not paired.
    private let known: Set<Int64>

    /// - Parameter first: the first printing as a whole.
    init(of first: JSONNode) { known = Set(DocumentIndex(of: first).numbered.keys) }

    /// References that are the same only if the numbering is that of all pairs.
    typealias References = [(before: Int64, after: Int64)]

    /// Takes up how an equal value is numbered in each printing; nil where they differ in more than that.
    mutating func pair(_ before: JSONNode, _ after: JSONNode) -> References? {
        var references: References = []
        var open = [(before, after)]
        while let (one, other) = open.popLast() {
            switch (one.value, other.value) {
            case (.array(let left), .array(let right)):
                guard left.count == right.count else { return nil }
                open += zip(left, right)
            case (.object(let left), .object(let right)):
                guard left.count == right.count else { return nil }
                for (member, second) in zip(left, right) {
                    guard member.name == second.name else { return nil }
                    if !note(member.name, member.value, second.value, &references) {
                        open.append((member.value, second.value))
                    }
                }
            default: if one != other { return nil }
            }
        }
        return references
    }

    /// Whether a member is one that numbers.
    private mutating func note(
        _ name: JSONString, _ before: JSONNode, _ after: JSONNode, _ references: inout References
    ) -> Bool {
        switch String(decoding: name.bytes, as: UTF8.self) {
        case "bytes":
            guard let range = before.byteRange, let other = after.byteRange else { return false }
            places[range.offset] = other
        case "$masked":
            guard let range = before.maskedRange, let other = after.maskedRange else { return false }
            places[range.offset] = other
            masks[range.offset] = String(decoding: after.document.source[after.textRange], as: UTF8.self)
        case "id":
            guard let id = before.number?.int64, let other = after.number?.int64 else { return false }
            ids[id] = other
        case "ref":
            guard let id = before.number?.int64, let other = after.number?.int64 else { return false }
            references.append((id, other))
        default: return false
        }
        return true
    }

    /// Whether references lead to the same objects in both printings.
    func agrees(_ references: References) -> Bool { references.allSatisfy { ids[$0.before] == $0.after } }

    /// A value with the numbers of the first printing, as it is written with those of the second.
    ///
    /// - Returns: nil where it has an object of which that is not known.
    func carried(_ node: JSONNode) -> [UInt8]? {
        var replacements: [(range: Range<Int>, text: String)] = []
        for index in node.index..<Int(node.row.next) {
            for member in JSONNode(document: node.document, index: index).object.map({ Array($0) }) ?? [] {
                switch renumbered(member.name, member.value) {
                case .same: break
                case .unknown: return nil
                case .other(let text): replacements.append((member.value.textRange, text))
                }
            }
        }
        return Self.text(of: node, replacements.sorted { $0.range.lowerBound < $1.range.lowerBound })
    }

    private enum Number {
        case same
        case unknown
        case other(String)
    }

    private func renumbered(_ name: JSONString, _ value: JSONNode) -> Number {
        switch String(decoding: name.bytes, as: UTF8.self) {
        case "bytes":
            guard let range = value.byteRange else { return .same }
            return places[range.offset].map { .other("[\($0.offset),\($0.count)]") } ?? .unknown
        case "$masked":
            guard let range = value.maskedRange else { return .same }
            return masks[range.offset].map { .other($0) } ?? .unknown
        case "at":
            guard let offset = value.number?.int64.flatMap({ Int(exactly: $0) }) else { return .same }
            return places[offset].map { .other("\($0.offset)") } ?? .unknown
        case "id", "ref":
            guard let id = value.number?.int64 else { return .same }
            // One that nobody has yet is that of a new value.
            return ids[id].map { .other("\($0)") } ?? (known.contains(id) ? .unknown : .same)
        default: return .same
        }
    }

    private static func text(of node: JSONNode, _ replacements: [(range: Range<Int>, text: String)]) -> [UInt8] {
        let source = node.document.source
        var text: [UInt8] = []
        var position = node.textRange.lowerBound
        for (range, new) in replacements {
            text += source[position..<range.lowerBound] + Array(new.utf8)
            position = range.upperBound
        }
        return text + source[position..<node.textRange.upperBound]
    }
}
