import JavaSerialization

/// The way down to the part of a value that is being shown: the open containers, kept in an array.
struct JavaWalk: ~Copyable {
    struct Level {
        let children: JavaChildren
        var next = 0
        /// The brackets that end with this level; none where its parts are only some of a container's.
        var closing: Closing = .none
        /// Whether the container, or one around it, has the name of a secret.
        let isSecret: Bool
    }

    enum Closing { case none, array, object, entries }

    private(set) var graph: JavaGraph
    /// The innermost container that is open, and those around it, outermost first; the first of all is no container.
    private(set) var level = Level(children: .none, isSecret: false)
    private var outer: [Level] = []
    /// Whether what is shown next has the name of a secret, or stands in something that has.
    private(set) var isSecret = false
    /// Where objects that occur more than once were first shown.
    private var places: [JavaNode: String] = [:]
    private var layouts = FieldLayouts()
    private var names = SecretNames()
    private var rootPath = ""
    /// Whether paths show the secrets in keys.
    var reveal = false

    init(of graph: JavaGraph) { self.graph = graph }

    /// Takes up another graph; what is known of names stays.
    mutating func take(_ graph: JavaGraph) {
        self.graph = graph
        removeLevels()
        layouts.removeAll()
        if !places.isEmpty { places = [:] }
    }

    mutating func begin(at path: String) {
        rootPath = path
        removeLevels()
        isSecret = names.isSecret(path)
    }

    private mutating func removeLevels() {
        outer.removeAll(keepingCapacity: true)
        level = Level(children: .none, isSecret: false)
    }

    /// Whether a container is open.
    var isInside: Bool { !outer.isEmpty }

    mutating func open(_ children: JavaChildren, closing: Closing = .none) {
        outer.append(level)
        level = Level(children: children, closing: closing, isSecret: isSecret)
    }

    /// Opens parts that stand under a name of their own.
    mutating func open(_ children: JavaChildren, closing: Closing, named name: Range<Int>, of bytes: [UInt8]) {
        outer.append(level)
        level = Level(children: children, closing: closing, isSecret: isSecret || names.isSecret(bytes, name))
    }

    /// Goes to the next part of the innermost container and returns its number; nil at its end, where `close` is due.
    @inline(__always)
    mutating func nextPart() -> Int? {
        let next = level.next
        guard next < level.children.count else { return nil }
        level.next = next &+ 1
        isSecret = level.isSecret
        return next
    }

    mutating func close() { level = outer.removeLast() }

    /// Says that the part that is shown next is named by these bytes.
    @inline(__always)
    mutating func note(name: Range<Int>, of bytes: [UInt8]) { if !isSecret { isSecret = names.isSecret(bytes, name) } }

    /// Where `node` was shown before; nil the first time, which is remembered.
    mutating func earlierPlace(of node: JavaNode) -> String? {
        guard graph.isReferenced(node) || isRepeated else { return nil }
        if let place = places[node] { return place }
        places[node] = path(to: node)
        return nil
    }

    /// Whether one element of the innermost container stands for all.
    private var isRepeated: Bool {
        if case .items(let items) = level.children { items.isRepetition } else { false }
    }

    // MARK: Fields

    /// Says that a field of an object is shown next; of some objects that are secret not every field is.
    mutating func note(field: LaidOutField, of node: JavaNode, in bytes: [UInt8]) {
        guard isSecret else { return note(name: field.name, of: bytes) }
        if SecretPolicy.isPublic(field: graph.text(in: field.name), of: graph.className(of: node)) { isSecret = false }
    }

    /// The fields of an object, as its class lays them out.
    mutating func fields(of node: JavaNode, isDerivedFromKnown: Bool = false) -> JavaChildren {
        .fields(node, layouts.fields(of: node, in: graph, isDerivedFromKnown: isDerivedFromKnown))
    }

    func field(_ index: Int) -> LaidOutField { layouts[index] }

    /// What a field is called: `name`, or `Super::name` where a derived class has one of that name too.
    func label(of field: LaidOutField) -> String {
        let name = graph.text(in: field.name)
        return field.owner.map { ShortName.of(graph.name(of: $0)) + "::" + name } ?? name
    }

    /// What classes of the object wrote themselves, beside what its value shows.
    func writtenData(of node: JavaNode) -> [JavaItems] {
        let explained = graph.explainedClass(of: node)
        return graph.classData(of: node).filter { $0.javaClass != explained && !$0.annotation.isEmpty }.map(
            \.annotation)
    }
}

// Paths, put together only for what occurs again.
extension JavaWalk {
    /// The path of what is being shown; of things deeper than 32 levels the byte at which they stand.
    private func path(to node: JavaNode) -> String {
        guard outer.count <= 32 else { return "byte \(graph.byteRange(of: node).lowerBound)" }
        let begun = (outer + [level]).filter { $0.next > 0 }
        return rootPath + begun.map { step($0.next - 1, of: $0.children) }.joined()
    }

    /// The step of a path that leads to part `index` (docs/json.md, "Paths").
    private func step(_ index: Int, of children: JavaChildren) -> String {
        switch children {
        case .items: return "[\(index)]"
        case .entries(let keys, _):
            guard let key = graph.item(index, of: keys), let text = graph.text(of: key) else { return "[#\(index)]" }
            return Self.step(named: reveal ? text : SecretPolicy.masked(text) ?? text)
        case .fields(_, let fields): return Self.step(named: label(of: field(fields.lowerBound + index)))
        case .named(let name, _): return "." + name.rawValue
        case .entry: return index == 0 ? ".key" : ".value"
        case .entryValue, .none: return ""
        }
    }

    /// `.name`, or `['any text']` where it is no plain word.
    private static func step(named name: String) -> String {
        let isPlain = name.utf8.allSatisfy {
            (0x61...0x7a).contains($0 | 0x20) || (0x30...0x39).contains($0) || $0 == 0x5f || $0 == 0x24 || $0 == 0x3a
        }
        if isPlain, !name.isEmpty, name.utf8.count <= 100 { return "." + name }
        let quoted = name.prefix(100).flatMap { $0 == "'" || $0 == "\\" ? ["\\", $0] : [$0] }
        return "['" + String(quoted) + "']"
    }
}
