/// A rendering of values (Tests/Fixtures/README.md) in which places are changed as an edit is to change what is stored: an object that
/// other ways lead to as well is changed as it is seen from one way alone, and all that nobody changed stays the same objects.
package struct ChangeableRendering {
    /// A step inside of a rendering.
    package enum Step: Hashable, Sendable {
        case member(String)
        case index(Int)
    }

    /// The steps from one value to another that is in it.
    package typealias Edge = [Step]

    private var nodes: [TestJSON.Node]
    /// Objects that had a number, so that there are several ways to them.
    private var shared: Set<Int>
    /// The array or object around all values.
    package let root: Int

    /// Takes a rendering apart; references lead to what they mean.
    package init(_ json: TestJSON) {
        let graph = RenderedGraph(json, extras: [])
        (nodes, root, shared) = (graph.nodes, graph.root, graph.shared)
        for index in nodes.indices {
            nodes[index].children = nodes[index].children.map { graph.target(of: $0) }
            let kept = shared.contains(index) ? graph.members(index) : nil
            guard let kept else { continue }
            nodes[index].names = kept.map(\.name)
            nodes[index].children = kept.map(\.value)
        }
    }

    // MARK: Looking

    /// The value as JSON of its own; only for values without parts.
    package func json(_ node: Int) -> TestJSON { TestJSON(nodes: nodes, index: node) }

    package func child(_ node: Int, _ step: Step) -> Int? {
        switch step {
        case .member(let name): nodes[node].names.firstIndex(of: Array(name.utf16)).map { nodes[node].children[$0] }
        case .index(let index): nodes[node].children.indices.contains(index) ? nodes[node].children[index] : nil
        }
    }

    package func child(_ node: Int, _ steps: Edge) -> Int? {
        steps.reduce(node) { node, step in node.flatMap { child($0, step) } }
    }

    package func count(_ node: Int) -> Int { nodes[node].children.count }

    /// The class of a value; nil for null and for what is no value.
    package func className(_ node: Int) -> String? {
        child(node, .member("class")).flatMap { nodes[$0].kind == .string ? json($0).string : nil }
    }

    // MARK: Changing

    /// The value at the end of a way, to be changed: what is on the way and reached otherwise as well is another object from now on.
    package mutating func own(_ way: [Edge], changesShared: Bool = false) throws -> Int {
        // Copies are as all was before, whatever is changed on the way.
        let before = nodes
        let round = try turn(of: way)
        var node = root
        var isCopied = false
        for (index, edge) in way.enumerated() {
            var holder = node
            for step in edge.dropLast() { holder = try required(holder, step) }
            guard let last = edge.last else { continue }
            let child = try required(holder, last)
            let position = try self.position(last, in: holder)
            node = child
            guard !changesShared, isTracked(child),
                index >= round
                    || (isCopied || shared.contains(child))
                        && isReached(child, otherwiseThan: position, of: holder)
            else { continue }
            node = copy(of: child, as: before)
            nodes[holder].children[position] = node
            isCopied = true
        }
        return node
    }

    /// Where a way comes to the first value that it comes to again: from there on all is seen from this way alone.
    private func turn(of way: [Edge]) throws -> Int {
        var values: [Int] = []
        for edge in way { values.append(try edge.reduce(values.last ?? root) { try required($0, $1) }) }
        return values.indices.first { values[($0 + 1)...].contains(values[$0]) } ?? way.count
    }

    private func required(_ node: Int, _ step: Step) throws -> Int {
        guard let child = child(node, step) else { throw FixtureError("no \(step) in \(json(node).names)") }
        return child
    }

    private func position(_ step: Step, in node: Int) throws -> Int {
        switch step {
        case .index(let index): return index
        case .member(let name):
            guard let index = nodes[node].names.firstIndex(of: Array(name.utf16)) else {
                throw FixtureError("no \(name)")
            }
            return index
        }
    }

    /// The object with the same parts, which are now parts of both.
    private mutating func copy(of node: Int, as nodesBefore: [TestJSON.Node]) -> Int {
        var made = nodesBefore[node]
        made.children = made.children.map { isValue($0) ? $0 : copyOfStructure($0, as: nodesBefore) }
        for child in valuesBelow(made) { shared.insert(child) }
        nodes.append(made)
        return nodes.count - 1
    }

    /// Lists of items, fields and the like belong to the object that has them. They are few levels deep.
    private mutating func copyOfStructure(_ node: Int, as nodesBefore: [TestJSON.Node]) -> Int {
        guard [.array, .object].contains(nodesBefore[node].kind) else { return node }
        var made = nodesBefore[node]
        made.children = made.children.map { isValue($0) ? $0 : copyOfStructure($0, as: nodesBefore) }
        nodes.append(made)
        return nodes.count - 1
    }

    private func valuesBelow(_ node: TestJSON.Node) -> [Int] {
        node.children.flatMap { isValue($0) ? [$0] : valuesBelow(nodes[$0]) }
    }

    private func isReached(_ target: Int, otherwiseThan position: Int, of holder: Int) -> Bool {
        var seen: Set<Int> = [root]
        var work = [root]
        while let node = work.popLast() {
            for (index, child) in nodes[node].children.enumerated() where !(node == holder && index == position) {
                if child == target { return true }
                if seen.insert(child).inserted { work.append(child) }
            }
        }
        return false
    }

    /// Puts a value where a step leads.
    package mutating func set(_ step: Step, of node: Int, to value: Int) throws {
        nodes[node].children[try position(step, in: node)] = value
    }

    /// Puts a value into a list.
    package mutating func insert(_ value: Int, at index: Int, of list: Int) {
        nodes[list].children.insert(value, at: index)
    }

    /// Takes a value out of a list.
    package mutating func remove(at index: Int, of list: Int) { nodes[list].children.remove(at: index) }

    /// Adds a value that is written as JSON.
    package mutating func make(_ text: String) throws -> Int {
        let json = try TestJSON(reading: text)
        let start = nodes.count
        nodes += json.nodes.map { node in
            var node = node
            node.children = node.children.map { $0 + start }
            return node
        }
        return start + json.index
    }

    /// Adds a list of values.
    package mutating func makeList(_ values: [Int]) -> Int {
        var list = TestJSON.Node(kind: .array)
        list.children = values
        nodes.append(list)
        return nodes.count - 1
    }

    // MARK: Identity

    private func isValue(_ node: Int) -> Bool { nodes[node].kind == .object && className(node) != nil }

    /// Strings, boxes, constants and classes have no identity in a rendering.
    private func isTracked(_ node: Int) -> Bool {
        guard isValue(node), let name = className(node), child(node, .member("enum")) == nil else { return false }
        return !Self.untracked.contains(name)
    }

    private static let untracked: Set<String> = Set(
        ["String", "Class", "Boolean", "Character", "Byte", "Short", "Integer", "Long", "Float", "Double"]
            .map { "java.lang." + $0 } + ["boolean", "char", "byte", "short", "int", "long", "float", "double"])

    /// The rendering with numbers for what there are several ways to.
    package func rendered() -> TestJSON {
        let several = reachedTwice()
        var made: [TestJSON.Node] = [nodes[root]]
        var numbers: [Int: Int] = [:]
        var work = [(from: root, to: 0)]
        while let (from, to) = work.popLast() {
            made[to].children = []
            if several.contains(from) {
                numbers[from] = numbers.count + 1
                made[to].names.insert(Array("id".utf16), at: 0)
                made[to].children.append(made.count)
                made.append(Self.number(numbers.count))
            }
            // In the order of the document, so that an object is met before what refers to it.
            for child in nodes[from].children {
                made[to].children.append(made.count)
                made.append(nodes[child])
            }
            let first = made[to].children.count - nodes[from].children.count
            for (index, child) in nodes[from].children.enumerated().reversed() {
                work.append((child, made[to].children[first + index]))
            }
            while let (child, place) = work.last, let number = numbers[child] {
                work.removeLast()
                made[place] = TestJSON.Node(kind: .object, names: [Array("ref".utf16)], children: [made.count])
                made.append(Self.number(number))
            }
        }
        return TestJSON(nodes: made, index: 0)
    }

    private static func number(_ number: Int) -> TestJSON.Node {
        TestJSON.Node(kind: .number, units: Array(String(number).utf16))
    }

    private func reachedTwice() -> Set<Int> {
        var seen: Set<Int> = [root]
        var several: Set<Int> = []
        var work = [root]
        while let node = work.popLast() {
            for child in nodes[node].children {
                if seen.insert(child).inserted { work.append(child) } else { several.insert(child) }
            }
        }
        return several.filter { isTracked($0) }
    }
}
