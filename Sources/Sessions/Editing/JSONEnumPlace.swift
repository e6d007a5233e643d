import JavaSerialization

/// The enum of which a constant stands at a place of a JSON text, or may stand there, as far as the names of classes show it.
///
/// Jackson writes a constant by its name: with its class around it, in an `EnumSet`, whose class names the enum, or in an array of its own.
/// That a class of the application around a text is an enum is likely, and not sure: what is refused here is written where it is said.
struct JSONEnumPlace {
    private let name: String
    private let style: JSONStyle

    private init(_ name: String, _ style: JSONStyle) { (self.name, self.style) = (name, style) }

    /// Nil where no constant stands there.
    ///
    /// - Parameters:
    ///   - old: what stands there, or beside it.
    ///   - owner: the class of what is around it.
    init?(like old: JacksonValue?, in owner: String?, _ style: JSONStyle) {
        if let old, let name = old.className {
            guard old.isWrappedScalar, let text = old.node.string?.text, Self.isEnum(name, of: text) else { return nil }
            self.init(name, style)
        } else if let owner, let name = Self.argument(of: owner, "java.util.EnumSet") {
            self.init(name, style)
        } else if let owner, owner.hasPrefix("[L"), owner.hasSuffix(";"), let text = old?.node.string?.text {
            let name = String(owner.dropFirst(2).dropLast())
            guard Self.isEnum(name, of: text) else { return nil }
            self.init(name, style)
        } else {
            return nil
        }
    }

    /// The enum of the keys of a map that names it.
    init?(ofKeysOf owner: String?, _ style: JSONStyle) {
        guard let owner, let names = Self.argument(of: owner, "java.util.EnumMap") else { return nil }
        self.init(String(names.prefix { $0 != "," }), style)
    }

    /// The elements of an array or set, in whatever form it stands there.
    init?(ofElementsOf value: JacksonValue, _ style: JSONStyle) {
        guard value.node.kind == .array else { return nil }
        let first = value.node.array.flatMap { $0.first { !$0.isNull } }
        self.init(like: first.map { JacksonValue($0) }, in: value.className, style)
    }

    private static func argument(of className: String, _ generic: String) -> String? {
        guard className.hasPrefix(generic + "<"), className.hasSuffix(">") else { return nil }
        return String(className.dropFirst(generic.count + 1).dropLast())
    }

    private static func isEnum(_ name: String, of text: String) -> Bool {
        if JavaGraph.platformConstants(of: name) != nil { return true }
        let isOther = ["java.", "javax.", "jdk.", "sun.", "["].contains { name.hasPrefix($0) }
        return !isOther && EnumPlace.isIdentifier(text)
    }

    /// That a constant of this name is known.
    ///
    /// - Parameter way: how one that is not is written all the same.
    func require(
        _ constant: String, _ place: String, way: String = "--type enum writes it all the same"
    ) throws(EditError) {
        try EnumPlace.require(constant, of: name, among: style.constants(of: name), place, way: way)
    }

    /// That a constant of which a user says that it exists may do so.
    func require(said constant: String, _ place: String) throws(EditError) {
        try EnumPlace.require(said: constant, of: name, place)
    }
}

extension JSONStyle {
    /// The constants of an enum that occur in the texts, in their order.
    fileprivate func constants(of name: String) -> [String] {
        var found: [String] = []
        for document in documents(with: name) {
            for (index, row) in document.rows.enumerated() where row.kind == .object || row.kind == .array {
                for text in Self.constants(in: JacksonValue(JSONNode(document: document, index: index)), of: name)
                where !found.contains(text) { found.append(text) }
            }
        }
        return found
    }

    private static func constants(in value: JacksonValue, of name: String) -> [String] {
        switch value.className {
        case name: return [value.node.string?.text].compactMap { $0 }
        case "java.util.EnumSet<\(name)>", "[L\(name);":
            return value.node.array.map { $0.compactMap { $0.string?.text } } ?? []
        case let map? where map.hasPrefix("java.util.EnumMap<\(name),"):
            return value.node.object.map { $0.compactMap { $0.name.text }.filter { $0 != JacksonValue.classMember } }
                ?? []
        default: return []
        }
    }
}
