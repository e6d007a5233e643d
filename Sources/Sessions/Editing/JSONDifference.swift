/// What makes a text of JSON another one: the texts of the values that differ, and nothing else.
///
/// It is compared what somebody was shown, which may have masks in it, with what was made of that; the text itself has the same shape as
/// what was shown.
struct JSONDifference {
    private(set) var changes: [DocumentChange] = []
    private var found: [(range: Range<Int>, text: [UInt8])] = []
    private let root: JSONNode
    private let name: String
    private let style: JSONStyle

    private struct Visit {
        var text: JSONNode
        var before: JSONNode
        var after: JSONNode
        let steps: [AttributePath.Step]
        /// What is known of the type of the place.
        let type: JSONPlaceType
        /// The array or object that it is in.
        var owner: JacksonValue?
        /// The value with the class that is named around it, in the array or object of which this is the inner value.
        var around: JacksonValue?

        /// What stands there, with its class.
        var value: JacksonValue { around ?? JacksonValue(before) }
        /// What is known of the places inside of it.
        var inside: JSONPlaceType { type.inside(value) }
    }

    /// - Parameters:
    ///   - name: the attribute, for people.
    ///   - style: how its library writes.
    init(of root: JSONNode, _ name: String, _ style: JSONStyle) {
        self.root = root
        self.name = name
        self.style = style
    }

    /// What is replaced, in the order of the text.
    var replacements: [(range: Range<Int>, text: [UInt8])] {
        found.sorted { ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound) }
    }

    /// Compares what was shown with what was made of it; keeps its own stack.
    mutating func compare(_ before: JSONNode, _ after: JSONNode) throws(DocumentError) {
        var work = [Visit(text: root, before: before, after: after, steps: [], type: .any)]
        while let visit = work.popLast() {
            if visit.before != visit.after { try look(visit, &work) }
        }
    }

    private mutating func look(_ visit: Visit, _ work: inout [Visit]) throws(DocumentError) {
        let visit = try unwrapped(visit)
        let inside = visit.inside
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
                        steps: visit.steps + [Self.step(index, before)], type: inside, owner: visit.value))
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

    /// A value keeps the class that stands with it. Where that stands around it, the value alone is compared: paths have no step for it.
    private func unwrapped(_ visit: Visit) throws(DocumentError) -> Visit {
        let (text, before) = (JacksonValue(visit.text), JacksonValue(visit.before))
        let after = JacksonValue(visit.after)
        guard let name = before.className, !visit.after.isNull else { return visit }
        guard after.className == name, after.isWrapper == before.isWrapper else {
            throw DocumentError(
                "\(way(visit.steps)) has to keep the name of its class, \(name), by which it is read", at: visit.after)
        }
        guard before.isWrapper, text.isWrapper else { return visit }
        guard after.node.kind == before.node.kind || after.node.isNull else {
            throw DocumentError(
                "\(way(visit.steps)) holds a \(name) as a JSON \(before.node.kind): write such a value", at: after.node)
        }
        var inner = visit
        (inner.text, inner.before, inner.after) = (text.node, before.node, after.node)
        inner.around = before
        return inner
    }

    private func way(_ steps: [AttributePath.Step]) -> String { AttributePath.text(of: steps, behind: name) }

    private mutating func replace(_ visit: Visit) throws(DocumentError) {
        try requireUnmasked(visit.after, besides: visit.before)
        let place = way(visit.steps)
        let text = try Self.located(visit.after) { () throws(EditError) in
            if visit.around == nil {
                try requireConstant(visit.after, like: JacksonValue(visit.before), in: visit.owner, place)
            }
            guard visit.around == nil || visit.after.isContainer else {
                return visit.after.isNull
                    ? Array("null".utf8)
                    : try JSONValueForm(place: place, style: style).scalar(visit.after, like: visit.value)
            }
            return try JSONClassNames.text(of: visit.after, like: JacksonValue(visit.before), visit.type, style, place)
        }
        found.append((visit.text.textRange, text))
        note(visit.steps, visit.before, visit.after)
    }

    /// The text of an element or a member that was not there.
    private mutating func new(
        _ node: JSONNode, _ visit: Visit, _ step: AttributePath.Step, beside others: [JSONNode]
    ) throws(DocumentError) -> [UInt8] {
        try requireUnmasked(node)
        let steps = visit.steps + [step]
        note(steps, nil, node)
        let (place, style, type) = (way(steps), style, visit.inside)
        return try Self.located(node) { () throws(EditError) in
            let like = others.first { !$0.isNull }.map { JacksonValue($0) }
            try requireConstant(node, like: like, in: visit.value, place)
            return try JSONClassNames.text(of: node, beside: others.map { JacksonValue($0) }, type, style, place)
        }
    }

    /// That text among the constants of an enum is one that is known.
    private func requireConstant(
        _ new: JSONNode, like old: JacksonValue?, in owner: JacksonValue?, _ place: String
    ) throws(EditError) {
        guard let text = new.string?.text, owner?.node.kind == .array else { return }
        try JSONEnumPlace(like: old, in: owner?.className, style)?.require(text, place, way: Self.way)
    }

    private static let way = "set with --type enum writes it all the same"

    private static func located<Result>(
        _ node: JSONNode, _ body: () throws(EditError) -> Result
    ) throws(DocumentError) -> Result {
        do throws(EditError) {
            return try body()
        } catch {
            throw DocumentError(error.description, at: node)
        }
    }

    /// A mask stands for something only where it stood.
    private func requireUnmasked(_ node: JSONNode, besides before: JSONNode? = nil) throws(DocumentError) {
        guard Array(node.text).firstRange(of: Array(SecretPolicy.mask.utf8)) != nil else { return }
        throw DocumentError("a masked value cannot be moved: --reveal shows it", at: node)
    }

    private mutating func note(_ steps: [AttributePath.Step], _ before: JSONNode?, _ after: JSONNode?) {
        changes.append(
            DocumentChange(
                path: way(steps), before: before.map { Self.short($0) }, after: after.map { Self.short($0) }))
    }

    /// The class around a value says nothing to people.
    private static func short(_ node: JSONNode) -> String { DocumentText.short(JacksonValue(node).node) }

    // MARK: More or fewer

    /// Elements that are the same at both ends stay; between them some go and others come.
    private mutating func compareElements(
        _ visit: Visit, _ text: JSONChildren, _ before: JSONChildren, _ after: JSONChildren, _ work: inout [Visit]
    ) throws(DocumentError) {
        let most = min(before.values.count, after.values.count)
        let head = zip(before.values, after.values).prefix { $0 == $1 }.count
        let tail = zip(before.values.reversed(), after.values.reversed()).prefix(most - head).prefix { $0 == $1 }.count
        let inside = visit.inside
        let (old, new) = (head..<before.values.count - tail, head..<after.values.count - tail)
        let common = min(old.count, new.count)
        for offset in 0..<common {
            work.append(
                Visit(
                    text: text.values[head + offset], before: before.values[head + offset],
                    after: after.values[head + offset], steps: visit.steps + [.number(Int64(head + offset))],
                    type: inside, owner: visit.value))
        }
        for index in old.dropFirst(common) { note(visit.steps + [.number(Int64(index))], before.values[index], nil) }
        found += text.removing(Array(old.dropFirst(common))).replacements
        var texts: [[UInt8]] = []
        for index in new.dropFirst(common) {
            texts.append(try self.new(after.values[index], visit, .number(Int64(index)), beside: before.values))
        }
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
        let inside = visit.inside
        let owner = visit.value
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
                    steps: visit.steps + [Self.step(index, before)], type: inside, owner: visit.value))
        }
        found += text.removing(gone).replacements
        let known = Set(before.names)
        let new = after.names.indices.filter { !known.contains(after.names[$0]) }
        var start: [[UInt8]] = []
        for index in new {
            let value = after.values[index]
            let step = Self.step(index, after)
            guard !owner.isObjectOfApplication || JacksonValue(value).className != nil else {
                let error = EditError(unknownMember: way(visit.steps + [step]), of: owner)
                throw DocumentError(error.description, at: value)
            }
            let text = try self.new(value, visit, step, beside: owner.className == nil ? [] : before.values)
            start.append(
                Array(value.document.source[after.nameRanges[index]]) + [UInt8(ascii: ":")] + text)
        }
        guard !new.isEmpty else { return }
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
