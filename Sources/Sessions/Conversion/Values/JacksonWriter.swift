import JavaSerialization

/// Writes a value of a Java stream as Jackson writes it with default typing as `@class` (session-formats, ch. 5.3).
///
/// What is open is kept in an array, so that the depth of a value costs no stack.
struct JacksonWriter {
    /// A collection or array that is open.
    struct Level: OpenLevel {
        let node: JavaNode
        /// The keys of a map; nil for elements.
        let keys: JavaItems?
        let values: JavaItems
        /// Whether values are of the class that the array's name says, and have none by themselves.
        let isTyped: Bool
        let closing: [UInt8]
        /// How many brackets are open inside of it.
        let depth: Int
        var next = 0
    }

    let graph: JavaGraph
    let conversion: ValueConversion
    private let name: [UInt8]
    var output: [UInt8] = []
    private(set) var losses: [ValueProblem] = []
    private var levels: [Level] = []
    /// The objects around the place, and where those that are referred to again were first met.
    private var around: Set<JavaNode> = []
    private var places: [JavaNode: String] = [:]

    /// Jackson 2.15 and later read no more levels and no longer numbers (`StreamReadConstraints`).
    private static let mostLevels = 1000
    static let longestNumber = 1000
    /// More than any value of Redis that a session should be; sharing in a small stream may stand for any number of bytes.
    private static let mostBytes = 64 << 20
    /// More losses than that are not told one by one.
    private static let mostLosses = 100

    /// How strings are written.
    let strings = JSONStringStyle(of: [])

    /// - Parameter name: the attribute's, for people.
    init(_ graph: JavaGraph, name: [UInt8], _ conversion: ValueConversion) {
        self.graph = graph
        self.name = name
        self.conversion = conversion
    }

    /// The JSON of the stream's one value.
    mutating func write() throws(ValueProblem) -> [UInt8] {
        try write(graph.content(0), isTyped: false)
        while let level = levels.last {
            guard level.next < level.values.count else {
                output += level.closing
                around.remove(level.node)
                levels.removeLast()
                continue
            }
            levels[levels.count - 1].next += 1
            try writePart(level.next, of: level)
            guard output.count <= Self.mostBytes else {
                throw problem("", "the whole value would be more than \(Self.mostBytes >> 20) MiB of JSON")
            }
        }
        return output
    }

    private mutating func writePart(_ index: Int, of level: Level) throws(ValueProblem) {
        // An object begins with the member that names its class.
        if index > 0 || level.keys != nil { output.append(UInt8(ascii: ",")) }
        if let keys = level.keys {
            output += strings.quoted(try key(keys[index]))
            output.append(UInt8(ascii: ":"))
        }
        try write(level.values[index], isTyped: level.isTyped)
    }

    private func key(_ node: JavaNode?) throws(ValueProblem) -> [UInt8] {
        guard let node, let text = graph.wtf8(of: node) else {
            let className = node.map { graph.className(of: $0) }
            let name = className ?? "null"
            throw problem(
                className ?? "", "the key is a \(name), and in JSON all keys are text, which would be read as a String")
        }
        guard !text.elementsEqual(JacksonValue.classMember.utf8) else {
            throw problem("java.lang.String", "the key is \(JacksonValue.classMember), which names the class in JSON")
        }
        return text
    }

    // MARK: Values

    private mutating func write(_ node: JavaNode?, isTyped: Bool) throws(ValueProblem) {
        guard let node else { return output += Array("null".utf8) }
        let value: JavaValue
        do throws(JavaStreamError) {
            value = try graph.value(of: node)
        } catch {
            throw problem(graph.className(of: node), "it cannot be read: \(error)")
        }
        if try writeScalar(node, value, isTyped: isTyped) { return }
        guard try meet(node, value.className) else { return }
        try open(node, value)
    }

    /// Notes an object that has an identity; an application could change it in one place and see that in another.
    @discardableResult
    mutating func meet(_ node: JavaNode, _ className: String) throws(ValueProblem) -> Bool {
        guard !around.contains(node) else {
            throw problem(className, "it leads back to the \(className) around it, and JSON has no cycles")
        }
        guard graph.isReferenced(node) || isRepeated else { return true }
        if let first = places[node] {
            lose(className, "the \(className) is the one at \(first): in JSON they are two")
        } else {
            places[node] = place
        }
        return true
    }

    /// Whether one element of the innermost level stands for all.
    private var isRepeated: Bool { levels.last?.values.isRepetition ?? false }

    /// Opens a level for the parts of a value; `start` is what stands in front of them.
    mutating func open(
        _ node: JavaNode, keys: JavaItems? = nil, _ values: JavaItems, isTyped: Bool = false, start: String,
        end: String,
        depth: Int
    ) throws(ValueProblem) {
        let inside = (levels.last?.depth ?? 0) + depth
        guard inside <= Self.mostLevels else {
            throw problem(
                graph.className(of: node), "it is deeper than the \(Self.mostLevels) levels of JSON that Jackson reads")
        }
        output += Array(start.utf8)
        around.insert(node)
        levels.append(
            Level(node: node, keys: keys, values: values, isTyped: isTyped, closing: Array(end.utf8), depth: inside))
    }

    // MARK: Problems

    /// Notes what is lost of the value at the place.
    mutating func lose(_ className: String, _ reason: String) {
        guard losses.count < Self.mostLosses else { return }
        losses.append(problem(className, reason))
    }

    /// What is the matter with the value at the place.
    func problem(_ className: String, _ reason: String) -> ValueProblem {
        ValueProblem(path: place, className: className, reason: reason)
    }

    /// The way to the value that is being written.
    private var place: String { graph.place(in: levels, of: name) }
}
