import JavaSerialization

/// Writes a value of a Java stream as the value of a claim (session-formats, ch. 17.4): text, truth values, numbers, lists and maps of
/// these as they are, and what JSON has no form for as text. What would be read as another class is a loss.
///
/// What is open is kept in an array, so that the depth of a value costs no stack.
struct ClaimWriter {
    /// A list or map that is open.
    private struct Level: OpenLevel {
        let node: JavaNode
        /// The keys of a map; nil for elements.
        let keys: JavaItems?
        let values: JavaItems
        var names: Set<[UInt8]> = []
        var next = 0
    }

    let graph: JavaGraph
    var output: [UInt8] = []
    private(set) var losses: [ValueProblem] = []
    private let name: [UInt8]
    private var levels: [Level] = []
    /// The objects around the place, and where those that are referred to again were first met.
    private var around: Set<JavaNode> = []
    private var places: [JavaNode: String] = [:]
    /// Losses that were told: the same one of a thousand elements is told once.
    private var told: Set<String> = []

    private static let mostLosses = 100
    /// A session that is larger is none for a token, and sharing in a small stream may stand for any number of bytes.
    private static let mostBytes = 1 << 20
    /// The claims are a level themselves.
    private static let mostLevels = JWT.limits.depth - 2
    private static let strings = JSONStringStyle(of: [])

    private init(_ graph: JavaGraph, name: [UInt8]) {
        self.graph = graph
        self.name = name
    }

    /// A stream as JSON, nil for Java's null, and what is lost of it.
    ///
    /// - Throws: `ValueProblem` for the first place of which no claim can say the value, or must not.
    static func value(
        of attribute: PortableAttribute
    ) throws(ValueProblem) -> (json: [UInt8]?, losses: [ValueProblem]) {
        let graph = try ValueConversion.graph(of: attribute)
        var writer = ClaimWriter(graph, name: attribute.name)
        guard let root = graph.content(0) else { return (nil, []) }
        try writer.requireNoSecret(named: root)
        try writer.write(root)
        while let level = writer.levels.last { try writer.go(on: level) }
        try writer.requireNoSecret()
        return (writer.output, writer.losses)
    }

    private mutating func go(on level: Level) throws(ValueProblem) {
        guard level.next < level.values.count else {
            output.append(level.keys == nil ? UInt8(ascii: "]") : UInt8(ascii: "}"))
            around.remove(level.node)
            levels.removeLast()
            return
        }
        levels[levels.count - 1].next += 1
        if level.next > 0 { output.append(UInt8(ascii: ",")) }
        if let keys = level.keys { try write(key: keys[level.next]) }
        try write(level.values[level.next])
        guard output.count <= Self.mostBytes else {
            throw problem("", "it would be more than \(Self.mostBytes >> 20) MiB of JSON, which no token is")
        }
    }

    /// A key that has the form of a name, once.
    private mutating func write(key node: JavaNode?) throws(ValueProblem) {
        guard let node, let text = graph.wtf8(of: node) else {
            let className = node.map { graph.className(of: $0) }
            let name = className ?? "null"
            throw problem(className ?? "", "a key is a \(name), and all names in JSON are text")
        }
        guard levels[levels.count - 1].names.insert(text).inserted else {
            throw problem("java.lang.String", "a key is there twice")
        }
        try write(text: text)
        output.append(UInt8(ascii: ":"))
    }

    private mutating func write(_ node: JavaNode?) throws(ValueProblem) {
        guard let node else { return output += Array("null".utf8) }
        let value: JavaValue
        do throws(JavaStreamError) {
            value = try graph.value(of: node)
        } catch {
            throw problem(graph.className(of: node), "it cannot be read: \(error)")
        }
        if try writeScalar(node, value) { return }
        try open(node, value)
    }

    /// Text in WTF-8 as a JSON string.
    mutating func write(text: [UInt8]) throws(ValueProblem) {
        guard String(validating: text, as: UTF8.self) != nil else {
            throw problem("java.lang.String", "it is no Unicode text: half of a character stands alone in it")
        }
        output += Self.strings.quoted(text)
    }

    /// Opens a level for the parts of a value.
    mutating func open(_ node: JavaNode, keys: JavaItems? = nil, _ values: JavaItems, _ className: String)
        throws(ValueProblem)
    {
        guard !around.contains(node) else {
            throw problem(className, "it leads back to the \(className) around it, and JSON has no cycles")
        }
        guard levels.count < Self.mostLevels else {
            throw problem(className, "it is deeper than the \(Self.mostLevels) levels that a claim may have")
        }
        meet(node, className)
        output.append(keys == nil ? UInt8(ascii: "[") : UInt8(ascii: "{"))
        around.insert(node)
        levels.append(Level(node: node, keys: keys, values: values))
    }

    /// Notes an object that has an identity; an application could change it in one place and see that in another.
    private mutating func meet(_ node: JavaNode, _ className: String) {
        guard graph.isReferenced(node) || levels.last?.values.isRepetition ?? false else { return }
        if let first = places[node] {
            lose(className, "the \(className) is the one at \(first): in a claim they are two")
        } else {
            places[node] = place
        }
    }

    // MARK: Secrets

    /// Refuses what has the name of a secret; truth values never are one.
    private func requireNoSecret(named root: JavaNode) throws(ValueProblem) {
        guard SecretPolicy.isSecret(name: EscapedName.text(of: name)) else { return }
        if case .box(let box) = try? graph.value(of: root).content, !SecretPolicy.canBeSecret(box) { return }
        throw problem(graph.className(of: root), "it has the name of a secret, and everybody can read a token")
    }

    /// Refuses what is masked wherever it is shown.
    private func requireNoSecret() throws(ValueProblem) {
        guard let secret = SecretPlace.first(in: output, of: EscapedName.text(of: name)) else { return }
        throw ValueProblem(
            path: secret, className: "", reason: "it looks like a secret, and everybody can read a token")
    }

    // MARK: Problems

    /// Notes what is lost of the value at the place.
    mutating func lose(_ className: String, _ reason: String) {
        guard losses.count < Self.mostLosses, told.insert(reason).inserted else { return }
        losses.append(problem(className, reason))
    }

    /// What is the matter with the value at the place.
    func problem(_ className: String, _ reason: String) -> ValueProblem {
        ValueProblem(path: place, className: className, reason: reason)
    }

    /// The way to the value that is being written.
    private var place: String { graph.place(in: levels, of: name) }
}
