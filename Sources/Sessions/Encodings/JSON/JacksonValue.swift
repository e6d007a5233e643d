/// A JSON value with the Java class that Jackson wrote beside it ("default typing"), as Spring's
/// `GenericJackson2JsonRedisSerializer` has it on (session-formats, ch. 5.3).
///
/// There are three styles: an object with a member `@class`; an array of the class and the value,
/// `["java.util.ArrayList", […]]`; an object with the class as its only name, `{"java.util.ArrayList": […]}`. Texts, truth
/// values, whole numbers and doubles have no class: there the JSON cannot tell an `Integer` from a `Short`, or a text from
/// a `UUID`. Nor does it tell a wrapper from an array of two texts whose first looks like a class with its package.
public struct JacksonValue: Sendable {
    /// The class as written; nil where none is named.
    public let className: String?
    /// The value itself: what is inside of a wrapper, or the object with `@class` in it.
    public let node: JSONNode
    /// The value as it stands in the document, with its wrapper.
    public let whole: JSONNode

    /// Takes the wrapper off `node`, if it is one.
    public init(_ node: JSONNode) {
        whole = node
        switch node.kind {
        case .object: (className, self.node) = Self.open(object: node)
        case .array: (className, self.node) = Self.open(array: node)
        default: (className, self.node) = (nil, node)
        }
    }

    /// The member that names the class.
    public static let classMember = "@class"

    private static let classMemberBytes = Array(classMember.utf8)

    /// Of several members `@class` the first counts, as for Jackson.
    private static func open(object node: JSONNode) -> (String?, JSONNode) {
        var index = node.index + 1
        let rows = node.document.rows
        for _ in 0..<Int(node.row.count) {
            let value = JSONNode(document: node.document, index: index + 1)
            if node.document.isString(index, classMemberBytes), let name = value.string?.text { return (name, node) }
            index = Int(rows[index + 1].next)
        }
        guard node.row.count == 1, let member = node.object?.first(where: { _ in true }),
            isClassName(member.name.bytes), let name = member.name.text
        else { return (nil, node) }
        return (name, member.value)
    }

    private static func open(array node: JSONNode) -> (String?, JSONNode) {
        guard node.row.count == 2, let elements = node.array.map({ Array($0) }), elements.count == 2,
            let first = elements[0].string, isClassName(first.bytes), let name = first.text
        else { return (nil, node) }
        return (name, elements[1])
    }

    /// Whether `name` is written as a Java class with its package, or as an array's class.
    static func isClassName(_ name: [UInt8]) -> Bool {
        var rest = name[...]
        // Enum sets and maps have their type arguments: java.util.EnumSet<demo.Colour>.
        if rest.last == UInt8(ascii: ">"), let start = rest.firstIndex(of: UInt8(ascii: "<")) { rest = rest[..<start] }
        let dimensions = rest.prefix { $0 == UInt8(ascii: "[") }.count
        rest = rest.dropFirst(dimensions)
        if dimensions > 0 {
            if rest.count == 1, let letter = rest.first { return "BCDFIJSZ".utf8.contains(letter) }
            guard rest.first == UInt8(ascii: "L"), rest.last == UInt8(ascii: ";"), rest.count > 2 else { return false }
            rest = rest.dropFirst().dropLast()
        }
        let words = rest.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard words.count > 1, let last = words.last?.first, !(0x61...0x7A).contains(last) else { return false }
        return words.allSatisfy { word in
            guard let first = word.first, !(0x30...0x39).contains(first) else { return false }
            return word.allSatisfy(isPartOfIdentifier)
        }
    }

    private static func isPartOfIdentifier(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), 0x80...: true
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "$"): true
        default: false
        }
    }
}

extension JSONDocument {
    /// Whether row `index` is a string of these bytes, which have no escapes.
    fileprivate func isString(_ index: Int, _ bytes: [UInt8]) -> Bool {
        let row = rows[index]
        guard row.kind == .string else { return false }
        if row.isEscaped { return JSONString(row, in: source).bytes == bytes }
        return source[Int(row.start)..<Int(row.end)].elementsEqual(bytes)
    }
}
