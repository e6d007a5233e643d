/// A change of the claims that are to be signed, at the place that a path leads to: `sub`, `realm_access.roles[0]`, `['a.b']`.
///
/// Claims are plain JSON, in which nothing names a Java class. Objects and lists on the way that are missing are made.
///
/// ```swift
/// try ClaimEdit("realm_access.roles[0]", in: claims).setting(Array(#""admin""#.utf8))
/// ```
package struct ClaimEdit {
    private let root: JSONNode
    private let steps: [AttributePath.Step]
    private let path: String
    private static let strings = JSONStringStyle(of: [])

    /// A change at a path.
    ///
    /// - Parameter claims: a JSON object.
    /// - Throws: `EditError` where the path is none, or the claims are no object.
    package init(_ path: String, in claims: [UInt8]) throws(EditError) {
        guard let root = try? JSONReader.read(claims, limits: JWT.limits).root, let object = root.object else {
            throw EditError("the claims are no JSON object")
        }
        self.root = root
        self.path = path
        do throws(FilterError) {
            // Names of claims are URLs more often than not.
            let way = try AttributePath(path, attributes: object.compactMap { $0.name.text })
            steps = [.quoted(way.attribute)] + way.steps
        } catch {
            throw EditError("the path '\(path)': \(error)")
        }
    }

    /// The claims with a value at the place.
    ///
    /// - Parameter value: JSON.
    package func setting(_ value: [UInt8]) throws(EditError) -> [UInt8] {
        var node = root
        for (index, step) in steps.enumerated() {
            let children = JSONChildren(of: node)
            if let found = try position(of: step, in: node, children) {
                node = children.values[found]
                continue
            }
            let text = try Self.nested(value, in: steps[(index + 1)...], path)
            let change =
                node.kind == .array
                ? children.inserting(text, at: children.values.count)
                : children.adding(Self.strings.quoted(Array(Self.name(step).utf8)), text)
            return try change.applied(to: root.document.source)
        }
        return try JSONChange(replacing: node.textRange, by: value).applied(to: root.document.source)
    }

    /// The claims without what is at the place.
    package func removing() throws(EditError) -> [UInt8] {
        var node = root
        for (index, step) in steps.enumerated() {
            let children = JSONChildren(of: node)
            guard let found = try position(of: step, in: node, children) else {
                throw EditError("\(path) is not among the claims")
            }
            guard index < steps.count - 1 else {
                return try children.removing(children.indices(named: found)).applied(to: root.document.source)
            }
            node = children.values[found]
        }
        throw EditError("\(path) is not among the claims")
    }

    /// Which of the children a step leads to; nil for one that would be new.
    private func position(
        of step: AttributePath.Step, in node: JSONNode, _ children: JSONChildren
    ) throws(EditError) -> Int? {
        switch step {
        case .null, .position: throw EditError("\(path): \(step.text) is no place in JSON")
        case .name, .quoted, .number, .field: break
        }
        switch node.kind {
        case .object:
            let name = Array(Self.name(step).utf8)
            return children.names.firstIndex { $0.bytes == name }
        case .array:
            guard let index = Self.index(step), (0...children.values.count).contains(index) else {
                throw EditError("\(path): \(step.text) is no place in a list of \(children.values.count)")
            }
            return index < children.values.count ? index : nil
        default:
            throw EditError("\(path): what is before \(step.text) is a JSON \(node.kind), and nothing is inside of it")
        }
    }

    /// The value inside of the objects and lists that the steps make.
    private static func nested(
        _ value: [UInt8], in steps: ArraySlice<AttributePath.Step>, _ path: String
    ) throws(EditError) -> [UInt8] {
        var text = value
        for step in steps.reversed() {
            switch step {
            case .null, .position: throw EditError("\(path): \(step.text) is no place in JSON")
            case .number(let number):
                guard number == 0 else {
                    throw EditError("\(path): there is no list in which \(step.text) could be")
                }
                text = [UInt8(ascii: "[")] + text + [UInt8(ascii: "]")]
            case .name, .quoted, .field:
                text =
                    Array("{".utf8) + strings.quoted(Array(name(step).utf8)) + Array(":".utf8) + text + Array("}".utf8)
            }
        }
        return text
    }

    /// The name of the member that a step leads to.
    private static func name(_ step: AttributePath.Step) -> String {
        switch step {
        case .name(let name), .quoted(let name): name
        case .field(let owner, let name): owner + "::" + name
        case .number(let number): String(number)
        case .null, .position: ""
        }
    }

    private static func index(_ step: AttributePath.Step) -> Int? {
        switch step {
        case .name(let name): Int(name)
        case .number(let number): Int(exactly: number)
        default: nil
        }
    }
}
