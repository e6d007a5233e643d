/// What makes a text of JSON another one: the texts of the values that differ, and nothing else.
///
/// It is compared what somebody was shown, which may have masks in it, with what was made of that; the text itself has the same shape as
/// what was shown.
struct JSONDifference {
    private(set) var changes: [DocumentChange] = []
    private var found: [(range: Range<Int>, text: [UInt8])] = []
    private let root: JSONNode
    private let name: String
    /// Whether values have the names of their classes with them, by which their library reads them.
    private let namesClasses: Bool

    private struct Visit {
        let text: JSONNode
        let before: JSONNode
        let after: JSONNode
        let steps: [AttributePath.Step]
    }

    /// - Parameter name: the attribute, for people.
    init(of root: JSONNode, _ name: String) {
        self.root = root
        self.name = name
        namesClasses = Self.namesClass(root)
    }

    private static func namesClass(_ node: JSONNode) -> Bool { JacksonValue(node).className != nil }

    /// What is replaced, in the order of the text.
    var replacements: [(range: Range<Int>, text: [UInt8])] {
        found.sorted { ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound) }
    }

    /// Compares what was shown with what was made of it; keeps its own stack.
    mutating func compare(_ before: JSONNode, _ after: JSONNode) throws(DocumentError) {
        var work = [Visit(text: root, before: before, after: after, steps: [])]
        while let visit = work.popLast() {
            if visit.before != visit.after { try look(visit, &work) }
        }
    }

    private mutating func look(_ visit: Visit, _ work: inout [Visit]) throws(DocumentError) {
        try requireClass(visit)
        let (text, before) = (JSONChildren(of: visit.text), JSONChildren(of: visit.before))
        let after = JSONChildren(of: visit.after)
        let isContainer = visit.after.kind == visit.before.kind && visit.text.kind == visit.before.kind
        guard isContainer, visit.text.kind == .object || visit.text.kind == .array,
            text.values.count == before.values.count
        else { return try replace(visit) }
        if before.names == after.names, before.values.count == after.values.count {
            for index in before.values.indices.reversed() where before.values[index] != after.values[index] {
                work.append(
                    Visit(
                        text: text.values[index], before: before.values[index], after: after.values[index],
                        steps: visit.steps + [Self.step(index, before)]))
            }
        } else if visit.text.kind == .array {
            try compareElements(visit, text, before, after, &work)
        } else {
            try compareMembers(visit, text, before, after, &work)
        }
    }

    private static func step(_ index: Int, _ children: JSONChildren) -> AttributePath.Step {
        children.names.isEmpty ? .number(Int64(index)) : .key(EscapedName.text(of: children.names[index].bytes))
    }

    /// A value keeps the class that stands with it.
    private func requireClass(_ visit: Visit) throws(DocumentError) {
        guard namesClasses, let before = JacksonValue(visit.before).className,
            JacksonValue(visit.after).className != before, !visit.after.isNull
        else { return }
        let way = AttributePath.text(of: visit.steps, behind: name)
        throw DocumentError("\(way) has to keep the name of its class, \(before), by which it is read", at: visit.after)
    }

    /// New lists and objects have to say their class, where others do; keeps its own stack.
    private func requireClasses(in node: JSONNode, _ steps: [AttributePath.Step]) throws(DocumentError) {
        var work = namesClasses ? [node] : []
        while let next = work.popLast() {
            guard next.kind == .array || next.kind == .object else { continue }
            let value = JacksonValue(next)
            guard value.className != nil else {
                let way = AttributePath.text(of: steps, behind: name)
                throw DocumentError(
                    "\(way) has no name of its class, by which it could be read: write [\"java.util.ArrayList\", […]], or an object "
                        + "with \"@class\"", at: next)
            }
            work += JSONChildren(of: value.node).values
        }
    }

    private mutating func replace(_ visit: Visit) throws(DocumentError) {
        try requireUnmasked(visit.after, besides: visit.before)
        // What stood there without a class has a type that its owner declares.
        if Self.namesClass(visit.before) || visit.before.kind != visit.after.kind {
            try requireClasses(in: visit.after, visit.steps)
        }
        found.append((visit.text.textRange, Array(visit.after.text)))
        note(visit.steps, visit.before, visit.after)
    }

    /// A mask stands for something only where it stood.
    private func requireUnmasked(_ node: JSONNode, besides before: JSONNode? = nil) throws(DocumentError) {
        guard Array(node.text).firstRange(of: Array(SecretPolicy.mask.utf8)) != nil else { return }
        throw DocumentError("a masked value cannot be moved: --reveal shows it", at: node)
    }

    private mutating func note(_ steps: [AttributePath.Step], _ before: JSONNode?, _ after: JSONNode?) {
        changes.append(
            DocumentChange(
                path: AttributePath.text(of: steps, behind: name), before: before.map { DocumentText.short($0) },
                after: after.map { DocumentText.short($0) }))
    }

    // MARK: More or fewer

    /// Elements that are the same at both ends stay; between them some go and others come.
    private mutating func compareElements(
        _ visit: Visit, _ text: JSONChildren, _ before: JSONChildren, _ after: JSONChildren, _ work: inout [Visit]
    ) throws(DocumentError) {
        let most = min(before.values.count, after.values.count)
        let head = zip(before.values, after.values).prefix { $0 == $1 }.count
        let tail = zip(before.values.reversed(), after.values.reversed()).prefix(most - head).prefix { $0 == $1 }.count
        let (old, new) = (head..<before.values.count - tail, head..<after.values.count - tail)
        let common = min(old.count, new.count)
        for offset in 0..<common {
            work.append(
                Visit(
                    text: text.values[head + offset], before: before.values[head + offset],
                    after: after.values[head + offset], steps: visit.steps + [.number(Int64(head + offset))]))
        }
        for index in old.dropFirst(common) { note(visit.steps + [.number(Int64(index))], before.values[index], nil) }
        found += text.removing(Array(old.dropFirst(common))).replacements
        for index in new.dropFirst(common) {
            try requireUnmasked(after.values[index])
            try requireClasses(in: after.values[index], visit.steps + [.number(Int64(index))])
            note(visit.steps + [.number(Int64(index))], nil, after.values[index])
        }
        let texts = new.dropFirst(common).map { after.values[$0].text }
        guard !texts.isEmpty else { return }
        found += text.inserting(Array(texts.joined(separator: [UInt8(ascii: ",")])), at: old.upperBound).replacements
    }

    /// Members that both have stay where they are; others go, or come behind the last.
    private mutating func compareMembers(
        _ visit: Visit, _ text: JSONChildren, _ before: JSONChildren, _ after: JSONChildren, _ work: inout [Visit]
    ) throws(DocumentError) {
        guard Set(before.names).count == before.names.count, Set(after.names).count == after.names.count else {
            return try replace(visit)
        }
        let places = Dictionary(uniqueKeysWithValues: zip(after.names, after.values))
        let gone = before.names.indices.filter { places[before.names[$0]] == nil }
        for index in before.names.indices {
            guard let value = places[before.names[index]] else {
                note(visit.steps + [Self.step(index, before)], before.values[index], nil)
                continue
            }
            work.append(
                Visit(
                    text: text.values[index], before: before.values[index], after: value,
                    steps: visit.steps + [Self.step(index, before)]))
        }
        found += text.removing(gone).replacements
        let known = Set(before.names)
        let new = after.names.indices.filter { !known.contains(after.names[$0]) }
        for index in new {
            try requireUnmasked(after.values[index])
            try requireClasses(in: after.values[index], visit.steps + [Self.step(index, after)])
            note(visit.steps + [Self.step(index, after)], nil, after.values[index])
        }
        guard !new.isEmpty else { return }
        let start = new.map { index in
            Array(after.values[index].document.source[after.nameRanges[index]]) + [UInt8(ascii: ":")]
                + after.values[index].text
        }
        let isEmptied = gone.count == before.names.count
        let joined = Array(start.joined(separator: [UInt8(ascii: ",")]))
        found += isEmptied ? replacing(visit, joined) : text.inserting(joined, at: text.values.count).replacements
    }

    /// Nothing of what was there stays.
    private mutating func replacing(_ visit: Visit, _ members: [UInt8]) -> [(range: Range<Int>, text: [UInt8])] {
        found.removeAll { visit.text.textRange.contains($0.range.lowerBound) }
        let text = [UInt8(ascii: "{")] + members + [UInt8(ascii: "}")]
        return [(visit.text.textRange, text)]
    }
}
