// Collections that are shown by their elements refer to more than these: a second time to what they stand around, to the object that
// they lock, to the class of what may stand in them. What is shown by its text has fields that are not in that.

extension JavaGraph {
    /// A reference of a collection beside those that lead to its elements.
    package struct ReferenceBeside {
        /// The field that holds it.
        package let name: StaticString
        /// What it leads to; nil is a null reference.
        package let node: JavaNode?
    }

    /// What the collection `node` and those that it stands around refer to beside their elements, without what every application expects
    /// there: the collection inside once more, and a collection that locks itself.
    package func referencesBeside(_ node: JavaNode) -> [ReferenceBeside] {
        objectsInside(node).flatMap(\.referencesBeside)
    }

    /// The object `node`, and those that it stands around, as far as the platform made them.
    private func objectsInside(_ node: JavaNode) -> [KnownObject] {
        var found: [KnownObject] = []
        var next: JavaNode? = node
        for _ in 0..<KnownObject.deepestWrapping {
            guard let node = next, let object = try? known(node), !object.isApplicationClass else { break }
            found.append(object)
            next = object.inner
        }
        return found
    }
}

extension JavaGraph {
    /// A value that an application sees of an object and that is not in what the object is shown by.
    package enum ValueBeside {
        case number(Int64)
        case flag(Bool)
        case text([UInt16])
        case null
    }

    /// The values beside what `node`, and what it stands around, are shown by: how many elements may be in a queue, whether a map puts last what
    /// was asked for last, from when on a calendar is Gregorian, and the host and port of a URL, which need not be those of its authority.
    package func valuesBeside(_ node: JavaNode) -> [(name: String, value: ValueBeside)] {
        objectsInside(node).flatMap(\.valuesBeside)
    }
}

extension KnownObject {
    /// The collection that this one stands around.
    fileprivate var inner: JavaNode? {
        switch meaning {
        case .sequence(.inside(let field, _), _), .sequence(.keys(let field), _), .map(.inside(let field), _):
            optionalReference(field)
        default: nil
        }
    }

    fileprivate var referencesBeside: [JavaGraph.ReferenceBeside] {
        let inner = inner
        return repeating.compactMap { beside($0, unless: inner) }
            + locks.compactMap { beside($0, unless: node) }
            + limits.compactMap { beside($0, unless: nil) }
    }

    fileprivate var valuesBeside: [(name: String, value: JavaGraph.ValueBeside)] {
        switch meaning {
        case .text(.url): [("host", text("host")), ("port", number("port"))]
        case .sequence(.ring, _): [("capacity", .number(Int64((try? elements("items"))?.count ?? 0)))]
        // Only two of those that end with a null have the field.
        case .sequence(.untilNull, _):
            if let capacity = try? int("capacity") { [("capacity", .number(Int64(capacity)))] } else { [] }
        case .map(.counted, _) where row.name == "java.util.LinkedHashMap": ownValue("accessOrder")
        // Of calendars of the platform only this one and what is made of it have the field.
        case .calendar: ownValue("gregorianCutover")
        default: []
        }
    }

    /// A primitive that another class of the object writes than the one that holds its data; nothing where none does.
    private func ownValue(_ name: StaticString) -> [(name: String, value: JavaGraph.ValueBeside)] {
        switch graph.fieldValue(name, of: node) {
        case .primitive(.boolean(let flag)): [(name.description, .flag(flag))]
        case .primitive(.long(let number)): [(name.description, .number(number))]
        default: []
        }
    }

    private func number(_ name: StaticString) -> JavaGraph.ValueBeside {
        if let number = try? int(name) { .number(Int64(number)) } else { .null }
    }

    private func text(_ name: StaticString) -> JavaGraph.ValueBeside {
        if let units = try? string(name) { .text(units) } else { .null }
    }

    private func beside(_ name: StaticString, unless usual: JavaNode?) -> JavaGraph.ReferenceBeside? {
        guard case .reference(let target) = graph.fieldValue(name, of: node), target == nil || target != usual else {
            return nil
        }
        return JavaGraph.ReferenceBeside(name: name, node: target)
    }

    /// Fields that hold the collection inside once more, as what it is.
    private var repeating: [StaticString] {
        switch meaning {
        case .sequence(.inside, _): ["list", "ss", "ns", "queue"]
        case .map(.inside, _): ["sm", "nm"]
        default: []
        }
    }

    /// Fields that hold the object that is locked.
    private var locks: [StaticString] {
        switch meaning {
        case .sequence(.inside, _), .map(.inside, _): ["mutex"]
        default: []
        }
    }

    /// Fields that hold classes of what may stand in the collection, or what each new key has as its value.
    private var limits: [StaticString] {
        switch meaning {
        case .sequence(.inside, _): ["type"]
        case .sequence(.keys, _): ["value"]
        case .map(.inside, _): ["keyType", "valueType"]
        case .map(.counted, _): row.name == "java.util.EnumMap" ? ["keyType"] : []
        case .enumSet: ["elementType"]
        default: []
        }
    }
}
