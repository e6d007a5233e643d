/// What a node of one of the commonest kinds holds, in plain numbers: the same as `JavaGraph.value(of:)` says, without a
/// string, a reference or an allocation. Writers that look at every value of every session ask for this first.
package enum JavaShape {
    /// A string.
    case string
    /// A box, an atomic number, or a `BigInteger` of up to seven bytes.
    case primitive(JavaPrimitive)
    /// A `BigDecimal` whose digits and point are all that its `toString` shows: up to seven bytes, scale 0 to 17.
    case decimal(unscaled: Int64, scale: Int)
    /// A `Date`, in milliseconds since 1970-01-01 UTC.
    case date(epochMillis: Int64)
    /// An enum constant, by the node of its name.
    case enumConstant(JavaNode)
    /// An array of objects, or a list, set or queue of the platform that is no repetition and has no comparator.
    case items(SlotRange)
    /// A map of the platform without comparator and defaults.
    case entries(keys: SlotRange, values: SlotRange)
    /// An object of an application's class that is known by its declared fields alone.
    case object(JavaClass)
    /// Anything else, and everything that is not as its class writes it: `value(of:)` tells.
    case other
}

extension JavaGraph {
    /// The shape of `node`.
    package func shape(of node: JavaNode) -> JavaShape {
        let record = record(node)
        switch record.kind {
        case .string: return .string
        case .object: return objectShape(node, record)
        case .enumConstant: return JavaNode(record.first).map { .enumConstant($0) } ?? .other
        case .array: return elementType(of: node) == nil ? .items(elementSlots(of: node)) : .other
        default: return .other
        }
    }

    private func objectShape(_ node: JavaNode, _ record: NodeRecord) -> JavaShape {
        guard let described = JavaClass(record.classIndex), !self.record(described).isProxy else { return .other }
        let facts = facts(of: described)
        guard facts.row >= 0 else {
            guard !isExternalizable(described), !facts.isPlatformClass, !hasWrittenData(record) else { return .other }
            return .object(described)
        }
        do {
            return try KnownObject(node, in: self, described, facts).shape()
        } catch {
            return .other
        }
    }

    /// Whether a class of the object wrote more than its fields.
    private func hasWrittenData(_ record: NodeRecord) -> Bool {
        for index in record.first..<record.first &+ record.second where data(index).annotationCount > 0 { return true }
        return false
    }
}

extension KnownObject {
    fileprivate func shape() throws(JavaStreamError) -> JavaShape {
        switch meaning {
        case .box(let type): return .primitive(try box(type))
        case .atomic(isBoolean: false): return .primitive(try primitive("value"))
        case .bigInteger: return try smallInteger(node).map { .primitive(.long($0)) } ?? .other
        case .bigDecimal: return try smallDecimal()
        case .date: return .date(epochMillis: try epochMillis())
        case .sequence(let layout, let order):
            guard !isApplicationClass, let found = try elements(layout, order), !found.elements.isRepetition,
                found.comparator == nil
            else { return .other }
            return .items(found.elements)
        case .map(let layout, let order):
            guard !isApplicationClass, try defaults() == nil, let found = try entries(layout, order),
                found.comparator == nil
            else { return .other }
            return .entries(keys: found.keys, values: found.values)
        default: return .other
        }
    }

    /// A number as `BigDecimal.toString` shows it without an exponent: the adjusted exponent is never below -6.
    private func smallDecimal() throws(JavaStreamError) -> JavaShape {
        let scale = try int("scale")
        guard (0...17).contains(scale), let unscaled = try smallInteger(try requiredReference("intVal")) else {
            return .other
        }
        var digits = 1
        var rest = unscaled.magnitude
        while rest >= 10 {
            rest /= 10
            digits += 1
        }
        return digits - 1 - Int(scale) >= -6 ? .decimal(unscaled: unscaled, scale: Int(scale)) : .other
    }

    /// The value of a `BigInteger` of up to seven bytes; nil where it is longer or not as Java writes it.
    private func smallInteger(_ number: JavaNode) throws(JavaStreamError) -> Int64? {
        guard graph.isInstance(number, of: "java.math.BigInteger"),
            case .primitive(.int(let signum)) = graph.fieldValue("signum", of: number), (-1...1).contains(signum),
            let array = graph.reference("magnitude", of: number), graph.elementType(of: array) == .byte
        else { return nil }
        let range = graph.elementBytes(of: array)
        guard range.count <= 7 else { return nil }
        var magnitude: Int64 = 0
        for offset in range { magnitude = magnitude << 8 | Int64(graph.bytes[offset]) }
        guard (signum == 0) == (magnitude == 0) else { return nil }
        return magnitude * Int64(signum)
    }
}
