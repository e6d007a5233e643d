@testable import JavaSerialization

/// Goes through two graphs side by side and says where they differ. An object of one must always stand for the same one of the other.
struct GraphPairing {
    private let left: JavaGraph
    private let right: JavaGraph
    private var partner: [JavaNode: JavaNode] = [:]
    private var partnerOfRight: [JavaNode: JavaNode] = [:]
    private var work: [(JavaNode, JavaNode)] = []
    private(set) var difference: String?

    /// Nil where they are equal.
    static func difference(
        _ left: JavaGraph, _ leftRoots: [JavaNode?], _ right: JavaGraph, _ rightRoots: [JavaNode?]
    ) -> String? {
        var pairing = GraphPairing(left: left, right: right)
        pairing.run(leftRoots, rightRoots)
        return pairing.difference
    }

    /// All that the contents of a graph refer to, in the order of reading.
    static func reached(in graph: JavaGraph) -> [JavaNode] {
        var pairing = GraphPairing(left: graph, right: graph)
        pairing.run(graph.contents, graph.contents)
        return pairing.partner.keys.sorted { $0.index < $1.index }
    }

    private mutating func run(_ leftRoots: [JavaNode?], _ rightRoots: [JavaNode?]) {
        pair(leftRoots, rightRoots, "roots")
        while difference == nil, let (one, other) = work.popLast() { compare(one, other) }
    }

    private init(left: JavaGraph, right: JavaGraph) {
        self.left = left
        self.right = right
    }

    private mutating func expect(_ isSame: Bool, _ what: String) {
        if !isSame, difference == nil { difference = what }
    }

    private mutating func pair(_ one: [JavaNode?], _ other: [JavaNode?], _ what: String) {
        expect(one.count == other.count, "\(what): \(one.count) and \(other.count)")
        for (one, other) in zip(one, other) { pair(one, other, what) }
    }

    private mutating func pair(_ one: JavaNode?, _ other: JavaNode?, _ what: String) {
        guard let one, let other else { return expect(one == nil && other == nil, "\(what): null") }
        if partner[one] == nil, partnerOfRight[other] == nil {
            (partner[one], partnerOfRight[other]) = (other, one)
            work.append((one, other))
        }
        expect(partner[one] == other && partnerOfRight[other] == one, "\(what): identity of \(one) and \(other)")
    }

    private mutating func compare(_ one: JavaNode, _ other: JavaNode) {
        let (kind, name) = (left.kind(of: one), left.className(of: one))
        expect(kind == right.kind(of: other), "kind \(kind)")
        expect(name == right.className(of: other), "class \(name)")
        compareClasses(left.javaClass(of: one), right.javaClass(of: other))
        switch kind {
        case .string, .blockData:
            expect(bytes(left, left.payload(of: one)) == bytes(right, right.payload(of: other)), "bytes of \(kind)")
        case .enumConstant: pair(left.constantName(of: one), right.constantName(of: other), "constant of \(name)")
        case .array: compareArrays(one, other, name)
        case .object, .opaque: compareObjects(one, other)
        case .exception: pair(left.failure(of: one)?.throwable, right.failure(of: other)?.throwable, "throwable")
        case .classObject, .classDescription, .reset: break
        }
    }

    private func bytes(_ graph: JavaGraph, _ range: Range<Int>) -> ArraySlice<UInt8> { graph.bytes[range] }

    private mutating func compareArrays(_ one: JavaNode, _ other: JavaNode, _ name: String) {
        expect(left.elementCount(of: one) == right.elementCount(of: other), "length of \(name)")
        let same = bytes(left, left.elementBytes(of: one)) == bytes(right, right.elementBytes(of: other))
        expect(same, "elements of \(name)")
        pair(Array(left.elements(of: one)), Array(right.elements(of: other)), "elements of \(name)")
    }

    private mutating func compareObjects(_ one: JavaNode, _ other: JavaNode) {
        let (data, otherData) = (left.classData(of: one), right.classData(of: other))
        expect(data.count == otherData.count, "classes of an object")
        for (data, otherData) in zip(data, otherData) {
            let name = left.name(of: data.javaClass)
            compareClasses(data.javaClass, otherData.javaClass)
            for (field, otherField) in zip(left.fields(of: data.javaClass), right.fields(of: otherData.javaClass)) {
                compare(
                    left.value(of: field, in: data), right.value(of: otherField, in: otherData), name + "." + field.name
                )
            }
            pair(Array(data.annotation), Array(otherData.annotation), "what \(name) wrote")
        }
    }

    private mutating func compare(_ one: JavaFieldValue?, _ other: JavaFieldValue?, _ what: String) {
        guard case .reference(let target)? = one, case .reference(let otherTarget)? = other else {
            return expect("\(String(describing: one))" == "\(String(describing: other))", what)
        }
        pair(target, otherTarget, what)
    }

    private mutating func compareClasses(_ one: JavaClass?, _ other: JavaClass?) {
        var (next, otherNext) = (one, other)
        while let described = next, let otherDescribed = otherNext {
            let name = left.name(of: described)
            expect(name == right.name(of: otherDescribed), "class \(name)")
            expect(left.serialVersionUID(of: described) == right.serialVersionUID(of: otherDescribed), "UID of \(name)")
            expect(left.flags(of: described) == right.flags(of: otherDescribed), "flags of \(name)")
            expect(left.proxyInterfaces(of: described) == right.proxyInterfaces(of: otherDescribed), "interfaces")
            let (fields, others) = (left.fields(of: described), right.fields(of: otherDescribed))
            expect(fields == others, "fields of \(name)")
            (next, otherNext) = (left.superclass(of: described), right.superclass(of: otherDescribed))
        }
        expect((next == nil) == (otherNext == nil), "superclass")
    }
}
