/// An array or object of a JSON text that a path leads to, whose elements or members are changed.
struct JSONOwner {
    let value: JacksonValue
    let children: JSONChildren
    /// The path to it.
    private let way: String
    private let style: JSONStyle
    /// What is known of the types of what is inside.
    private let type: JSONPlaceType

    /// Follows steps to an array or object.
    ///
    /// - Parameter name: the attribute, for people.
    init(
        at steps: ArraySlice<AttributePath.Step>, from root: JSONNode, _ style: JSONStyle, _ name: String
    ) throws(EditError) {
        let walk = JSONPathWalk(start: root)
        var value = JacksonValue(root)
        var way = name
        var type = JSONPlaceType.any.inside(value)
        for (index, step) in zip(steps.indices, steps) {
            value = JacksonValue(try Self.next(step, in: value, walk, way))
            type = type.inside(value)
            way = AttributePath.text(of: steps[...index], behind: name)
        }
        (self.value, self.way, self.style, self.type) = (value, way, style, type)
        children = JSONChildren(of: value.node)
    }

    private static func next(
        _ step: AttributePath.Step, in value: JacksonValue, _ walk: JSONPathWalk, _ way: String
    ) throws(EditError) -> JSONNode {
        // What is in a token is signed, and text like any other.
        guard value.node.kind != .string else {
            throw EditError("\(way) is no object of its own: it can only be changed as a whole")
        }
        do throws(PathError) {
            return try walk.next(step, in: value, way)
        } catch {
            throw EditError(error.message)
        }
    }

    // MARK: Changes

    /// The change of what the last step leads to.
    func change(
        _ operation: AttributeEdit.Operation, _ step: AttributePath.Step, _ place: String
    ) throws(EditError) -> JSONChange {
        if case .insert(let new) = operation { return try inserting(new, step, place) }
        if case .setEntry = operation {
            throw EditError("\(place): keys are text in JSON, so they have no class to tell")
        }
        if step.isClassName, value.node.kind == .object { throw Self.namesClass(place) }
        let node: JSONNode
        do throws(EditError) {
            node = try Self.next(step, in: value, JSONPathWalk(start: value.whole), way)
        } catch {
            guard case .set(let new) = operation, let change = try adding(new, step, place) else { throw error }
            return change
        }
        guard let index = children.index(of: node) else { throw Self.namesClass(place) }
        switch operation {
        case .set(let new): return try setting(index, to: new, place)
        case .rename(_, .some): throw EditError.nameHasNoType(place)
        case .rename(let name, nil): return try renaming(index, to: name, place)
        default: return removing(index, step)
        }
    }

    /// An element or an entry of a map goes; a field of an object becomes null, as in a Java stream.
    private func removing(_ index: Int, _ step: AttributePath.Step) -> JSONChange {
        if value.isObjectOfApplication {
            return JSONChange(replacing: children.values[index].textRange, by: Array("null".utf8))
        }
        if case .position = step { return children.removing([index]) }
        return children.removing(children.indices(named: index))
    }

    private static func namesClass(_ place: String) -> EditError {
        EditError("\(place) names the class of the value around it and is no place of its own: change that value")
    }

    private func setting(_ index: Int, to new: NewValue, _ place: String) throws(EditError) -> JSONChange {
        let old = children.values[index]
        let text = try form(place, besides: index).text(of: new, like: JacksonValue(old))
        try checkSet(text, besides: index, place)
        return JSONChange(replacing: old.textRange, by: text)
    }

    /// A member that is not there, or the element behind the last; nil where the step is neither.
    private func adding(
        _ new: NewValue, _ step: AttributePath.Step, _ place: String
    ) throws(EditError) -> JSONChange? {
        if value.node.kind == .array {
            return step.index == children.values.count ? try appending(new, place) : nil
        }
        guard value.node.kind == .object, let name = step.memberName else { return nil }
        guard !value.isObjectOfApplication || new.saysItsClass else {
            throw EditError(unknownMember: place, of: value)
        }
        try requireKey(name, place)
        let text = try form(place, besides: nil).text(
            of: new, beside: value.isMap && value.className != nil ? members : [])
        return children.adding(style.quoted(name), text)
    }

    /// A value behind the last element.
    func appending(_ new: NewValue, _ place: String) throws(EditError) -> JSONChange {
        guard value.node.kind == .array else {
            throw EditError("\(way) is no list, set or array: nothing can be put behind its last element")
        }
        return try inserting(new, at: children.values.count, place)
    }

    private func inserting(
        _ new: NewValue, _ step: AttributePath.Step, _ place: String
    ) throws(EditError) -> JSONChange {
        guard value.node.kind == .array, let index = step.index else {
            throw EditError("\(place) is no position in a list")
        }
        let count = children.values.count
        guard index >= 0, index <= count else {
            throw EditError("\(place): there is no position \(index): it has \(count) elements")
        }
        return try inserting(new, at: index, place)
    }

    private func inserting(_ new: NewValue, at index: Int, _ place: String) throws(EditError) -> JSONChange {
        let text = try form(place, besides: nil).text(of: new, beside: members)
        try checkSet(text, besides: nil, place)
        return children.inserting(text, at: index)
    }

    /// The keys of a map whose class names their enum are constants of it.
    private func requireKey(_ name: [UInt8], _ place: String) throws(EditError) {
        let text = String(decoding: name, as: UTF8.self)
        try JSONEnumPlace(ofKeysOf: value.className, style)?
            .require(text, place, way: "json: of the whole map, with its class, writes it all the same")
    }

    private func renaming(_ index: Int, to name: String, _ place: String) throws(EditError) -> JSONChange {
        guard value.node.kind == .object, value.isMap else {
            throw EditError("\(place) is no entry of a map: only these and whole attributes have names of their own")
        }
        let bytes = AttributePath.Step.newName(name)
        guard !bytes.elementsEqual(JacksonValue.classMember.utf8) else { throw Self.namesClass("'\(name)'") }
        guard !children.names.contains(where: { $0.bytes == bytes }) else {
            throw EditError("\(place): the map has this key already")
        }
        try requireKey(bytes, place)
        guard children.indices(named: index).count == 1 else {
            throw EditError("\(place): the name stands there several times")
        }
        return JSONChange(replacing: children.nameRanges[index], by: style.quoted(bytes))
    }

    // MARK: What is around

    /// The values beside which a new one is put.
    private var members: [JacksonValue] { value.members(of: children) }

    private func form(_ place: String, besides index: Int?) -> JSONValueForm {
        var form = JSONValueForm(place: place, style: style)
        form.component = value.component
        form.type = type
        form.owner = value.className
        form.isBesideTyped = children.values.enumerated().contains { position, node in
            position != index && JacksonValue(node).isWrappedScalar
        }
        form.wrapsInObjects = value.isObjectWrapper || children.values.contains { JacksonValue($0).isObjectWrapper }
        return form
    }

    /// A set has each element once.
    private func checkSet(_ text: [UInt8], besides index: Int?, _ place: String) throws(EditError) {
        guard value.isSet, let new = try? JSONReader.read(text).root else { return }
        try requireOrder(of: JacksonValue(new), place)
        for (position, node) in children.values.enumerated() where position != index && node == new {
            throw EditError("\(place): it is there already")
        }
    }

    /// That a sorted set can sort a new element, as far as its form and its class tell.
    private func requireOrder(of new: JacksonValue, _ place: String) throws(EditError) {
        guard ["java.util.TreeSet", "java.util.concurrent.ConcurrentSkipListSet"].contains(value.className) else {
            return
        }
        if new.node.isNull { throw EditError("\(place): null has no place in the natural order") }
        let unordered = new.className.map { name in
            name.hasPrefix("[") || ["java.time.Period", "java.time.ZoneRegion"].contains(name)
                || new.node.isContainer && name.hasPrefix("java.util.")
        }
        guard unordered ?? new.node.isContainer else { return }
        throw EditError(
            "\(place): a \(new.className ?? "JSON \(new.node.kind)") has no natural order, so that no JVM could sort it: it is not "
                + "Comparable")
    }

    /// The same steps must lead to the same array or object, and to as many elements or members as they should: two texts, of which the
    /// first looks like a class, would be read as a value of that class.
    func check(
        _ after: [UInt8], at steps: ArraySlice<AttributePath.Step>, _ change: JSONChange, _ place: String
    ) throws(EditError) {
        let count = children.values.count + change.growth
        if let root = try? JSONReader.read(after).root,
            let found = try? JSONOwner(at: steps, from: root, style, way),
            found.value.node.kind == value.node.kind, found.children.values.count == count,
            found.value.node.sourceRange.lowerBound == value.node.sourceRange.lowerBound
        {
            return
        }
        throw EditError("\(place): with this change what is around would be read as a value and the name of its class")
    }
}

extension NewValue {
    /// Whether somebody has said of which class the value is, who then knows the place.
    fileprivate var saysItsClass: Bool {
        switch self {
        case .text(_, .some), .content(_, .some, _), .constant: true
        case .json(let bytes): (try? JSONReader.read(bytes)).map { JacksonValue($0.root).className != nil } ?? false
        default: false
        }
    }
}

extension AttributePath.Step {
    /// The position that the step means in an array.
    fileprivate var index: Int? {
        switch self {
        case .name(let name): Int(name)
        case .number(let number): Int(exactly: number)
        default: nil
        }
    }

    /// The name of a member that the step would add.
    fileprivate var memberName: [UInt8]? {
        switch self {
        case .name(let name), .quoted(let name): Self.newName(name)
        case .number(let number): Array(String(number).utf8)
        case .field, .position, .null: nil
        }
    }

    /// The name that text stands for where there is none to find by it.
    fileprivate static func newName(_ text: String) -> [UInt8] {
        let readings = EscapedName.readings(of: text)
        return readings.count > 1 ? readings[1] : readings[0]
    }

    fileprivate var isClassName: Bool {
        switch self {
        case .name(let name), .quoted(let name), .field(_, let name):
            EscapedName.readings(of: name).contains { $0.elementsEqual(JacksonValue.classMember.utf8) }
        case .number, .position, .null: false
        }
    }
}
