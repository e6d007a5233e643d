/// Where the elements of an array or the members of an object stand in the text, and how they are set apart.
struct JSONChildren {
    /// The values, in the order of the text.
    private(set) var values: [JSONNode] = []
    /// The names of members; of an array there are none.
    private(set) var names: [JSONString] = []
    /// Where the names are, with their quotation marks.
    private(set) var nameRanges: [Range<Int>] = []
    /// Where the whole elements and members are.
    private var ranges: [Range<Int>] = []
    private let node: JSONNode
    private var source: [UInt8] { node.document.source }

    /// What is directly inside of `node`; nothing where it is neither array nor object.
    init(of node: JSONNode) {
        self.node = node
        if let array = node.array {
            values = Array(array)
            ranges = values.map(\.textRange)
        } else if node.kind == .object {
            for index in MemberRows(of: node) { addMember(index) }
        }
    }

    private mutating func addMember(_ index: Int) {
        let name = JSONNode(document: node.document, index: index)
        let value = JSONNode(document: node.document, index: index + 1)
        values.append(value)
        names.append(JSONString(name.row, in: source))
        nameRanges.append(name.textRange)
        ranges.append(name.textRange.lowerBound..<value.textRange.upperBound)
    }

    func index(of value: JSONNode) -> Int? { values.firstIndex { $0.index == value.index } }

    /// The element itself; of members all that have its name, as the last of them is the one that is read.
    func indices(named index: Int) -> [Int] {
        names.isEmpty ? [index] : names.indices.filter { names[$0] == names[index] }
    }

    // MARK: Changes

    /// Without some of them, each with the comma that sets it apart.
    func removing(_ indices: [Int]) -> JSONChange {
        let gone = Set(indices)
        var isFirst = true
        var replacements: [(range: Range<Int>, text: [UInt8])] = []
        for (index, range) in ranges.enumerated() {
            guard gone.contains(index) else {
                isFirst = false
                continue
            }
            if !isFirst {
                replacements.append((ranges[index - 1].upperBound..<range.upperBound, []))
            } else if index + 1 < ranges.count {
                replacements.append((range.lowerBound..<ranges[index + 1].lowerBound, []))
            } else {
                replacements.append((range, []))
            }
        }
        return JSONChange(replacements, growth: -gone.count)
    }

    /// With one more in front of the one at `index`, or behind the last.
    func inserting(_ text: [UInt8], at index: Int) -> JSONChange {
        let comma = [UInt8(ascii: ",")] + gap
        if index < ranges.count {
            let start = ranges[index].lowerBound
            return JSONChange([(start..<start, text + comma)], growth: 1)
        }
        let end = ranges.last?.upperBound ?? node.sourceRange.lowerBound + 1
        return JSONChange([(end..<end, ranges.isEmpty ? text : comma + text)], growth: 1)
    }

    /// With one more member behind the last.
    func adding(_ name: [UInt8], _ value: [UInt8]) -> JSONChange {
        inserting(name + colon + value, at: ranges.count)
    }

    // MARK: Style

    /// The white space behind a comma: as it is here, or else in the first place of the document that has a comma.
    private var gap: ArraySlice<UInt8> {
        if ranges.count > 1 { return space(before: ranges[1].lowerBound) }
        if let first = ranges.first {
            let space = space(before: first.lowerBound)
            if space.contains(UInt8(ascii: "\n")) { return space }
        }
        let rows = node.document.rows
        for (index, row) in rows.enumerated() where row.count > 1 {
            let second = Int(rows[row.kind == .object ? index + 2 : index + 1].next)
            let start = JSONNode(document: node.document, index: second).textRange.lowerBound
            let space = space(before: start)
            return space.contains(UInt8(ascii: "\n")) ? [] : space
        }
        return []
    }

    /// What stands between a name and its value.
    private var colon: ArraySlice<UInt8> {
        if let name = nameRanges.first { return source[name.upperBound..<values[0].textRange.lowerBound] }
        let rows = node.document.rows
        guard let object = rows.firstIndex(where: { $0.kind == .object && $0.count > 0 }) else {
            return [UInt8(ascii: ":")]
        }
        let name = JSONNode(document: node.document, index: object + 1).textRange
        return source[name.upperBound..<JSONNode(document: node.document, index: object + 2).textRange.lowerBound]
    }

    private func space(before end: Int) -> ArraySlice<UInt8> {
        var start = end
        while start > 0, Hexadecimal.isSpace(source[start - 1]) { start -= 1 }
        return source[start..<end]
    }
}

/// The rows of the names of an object's members.
private struct MemberRows: Sequence, IteratorProtocol {
    private let document: JSONDocument
    private var index: Int
    private var left: Int32

    init(of node: JSONNode) {
        (document, index, left) = (node.document, node.index + 1, node.row.count)
    }

    mutating func next() -> Int? {
        guard left > 0 else { return nil }
        left -= 1
        defer { index = Int(document.rows[index + 1].next) }
        return index
    }
}
