import Foundation

/// One side of a comparison: a rendering whose references lead to the objects they mean.
struct RenderedGraph {
    private(set) var nodes: [TestJSON.Node]
    let root: Int
    /// The objects that have a number because they occur more than once.
    private(set) var shared: Set<Int> = []
    /// What is wrong with the rendering by itself.
    private(set) var problems: [String] = []
    private var targets: [Int: Int] = [:]
    private let extras: Set<[UInt16]>

    init(_ json: TestJSON, extras: Set<String>) {
        nodes = json.nodes
        root = json.index
        self.extras = Set(extras.map { Array($0.utf16) })
        resolveReferences()
        for index in nodes.indices { shorten(index) }
    }

    /// The object that is meant: for `{"ref": 3}` the one with `"id": 3`.
    func target(of index: Int) -> Int {
        targets[index] ?? index
    }

    /// The members without the number of a shared object, which only says what `shared` and `target` know.
    func members(_ index: Int) -> [(name: [UInt16], value: Int)] {
        zip(nodes[index].names, nodes[index].children).filter { name, value in
            !(shared.contains(index) && name == Self.id && nodes[value].kind == .number)
        }
    }

    func isUnordered(_ index: Int) -> Bool {
        member(index, "unordered").map { nodes[$0].kind == .bool && nodes[$0].units == [1] } ?? false
    }

    // MARK: Identity

    /// Numbers rise in document order, and a reference stands behind the object it means.
    private mutating func resolveReferences() {
        var byNumber: [[UInt16]: Int] = [:]
        var last = 0
        for index in documentOrder() {
            if let number = number(index, Self.id) {
                let value = Int(String(decoding: number, as: UTF16.self)) ?? 0
                if value <= last { problems.append("id \(value) after id \(last)") }
                last = value
                byNumber[number] = index
                shared.insert(index)
            } else if nodes[index].names == [Self.ref], let number = number(index, Self.ref) {
                guard let target = byNumber[number] else {
                    problems.append("ref \(String(decoding: number, as: UTF16.self)) before its object")
                    continue
                }
                targets[index] = target
            }
        }
        let used = Set(targets.values)
        for index in shared.subtracting(used).sorted() {
            problems.append("an id that nothing refers to: \(summary(index))")
        }
    }

    private func documentOrder() -> [Int] {
        var order: [Int] = []
        var work = [root]
        while let index = work.popLast() {
            order.append(index)
            work += nodes[index].children.reversed()
        }
        return order
    }

    private func number(_ index: Int, _ name: [UInt16]) -> [UInt16]? {
        guard nodes[index].kind == .object, let at = nodes[index].names.firstIndex(of: name) else { return nil }
        let value = nodes[nodes[index].children[at]]
        return value.kind == .number ? value.units : nil
    }

    private func member(_ index: Int, _ name: String) -> Int? {
        nodes[index].names.firstIndex(of: Array(name.utf16)).map { nodes[index].children[$0] }
    }

    private static let id = Array("id".utf16)
    private static let ref = Array("ref".utf16)

    // MARK: Long values

    /// Brings a whole string or byte array over 4096 into the form of the fixtures: length, head and digest.
    private mutating func shorten(_ index: Int) {
        guard let name = member(index, "class"), nodes[name].kind == .string else { return }
        switch String(decoding: nodes[name].units, as: UTF16.self) {
        case "java.lang.String":
            guard let value = member(index, "value"), nodes[value].kind == .string else { return }
            let units = nodes[value].units
            guard units.count > 4096 else { return }
            replace(index, "value", "sha256utf16be", SHA256.hex(units.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xff)] }))
            add(index, "length", TestJSON.Node(kind: .number, units: Array(String(units.count).utf16)))
            add(index, "head", TestJSON.Node(kind: .string, units: Array(units.prefix(32))))
        case "[B":
            guard let value = member(index, "base64"), nodes[value].kind == .string else { return }
            guard let data = Data(base64Encoded: String(decoding: nodes[value].units, as: UTF16.self)) else { return }
            if data.count > 4096 { replace(index, "base64", "sha256", SHA256.hex([UInt8](data))) }
        default: return
        }
    }

    private mutating func replace(_ index: Int, _ name: String, _ newName: String, _ value: String) {
        guard let at = nodes[index].names.firstIndex(of: Array(name.utf16)) else { return }
        nodes[index].names[at] = Array(newName.utf16)
        nodes[index].children[at] = nodes.count
        nodes.append(TestJSON.Node(kind: .string, units: Array(value.utf16)))
    }

    private mutating func add(_ index: Int, _ name: String, _ node: TestJSON.Node) {
        nodes[index].names.append(Array(name.utf16))
        nodes[index].children.append(nodes.count)
        nodes.append(node)
    }

    // MARK: Order

    /// The elements of an unordered array by their text, in which references are expanded: both sides come out alike
    /// where they are alike. (Where they differ, any order tells so.)
    func sorted(_ array: Int) -> [Int] {
        let keyed = nodes[array].children.map { (key: text($0), element: $0) }
        return keyed.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.element)
    }

    private func text(_ index: Int) -> [UInt16] {
        var path: [Int] = []
        var output: [UInt16] = []
        write(index, isNamedByData: false, &path, &output)
        return output
    }

    /// Recursion is bounded by the fixtures' depth, and the text by its length: a bomb of shared sets is cut, not expanded.
    private func write(_ place: Int, isNamedByData: Bool, _ path: inout [Int], _ output: inout [UInt16]) {
        let index = target(of: place)
        if let above = path.lastIndex(of: index) {
            output += Array("^\(path.count - above)".utf16)
            return
        }
        guard output.count < 200_000, path.count < 500 else { return }
        path.append(index)
        if shared.contains(index) { output.append(UInt16(UInt8(ascii: "&"))) }
        switch nodes[index].kind {
        case .array: writeElements(nodes[index].children, &path, &output)
        case .object: writeMembers(index, isNamedByData, &path, &output)
        default: output += Array("\(nodes[index].kind) ".utf16) + nodes[index].units
        }
        path.removeLast()
    }

    private func writeElements(_ elements: [Int], _ path: inout [Int], _ output: inout [UInt16]) {
        output.append(UInt16(UInt8(ascii: "[")))
        for element in elements {
            write(element, isNamedByData: false, &path, &output)
            output.append(UInt16(UInt8(ascii: ",")))
        }
        output.append(UInt16(UInt8(ascii: "]")))
    }

    private func writeMembers(
        _ index: Int, _ isNamedByData: Bool, _ path: inout [Int], _ output: inout [UInt16]
    ) {
        let isUnordered = isUnordered(index)
        for (name, value) in members(index).sorted(by: { $0.name.lexicographicallyPrecedes($1.name) }) {
            if !isNamedByData, extras.contains(name) { continue }
            let text = String(decoding: name, as: UTF16.self)
            output += name + [UInt16(UInt8(ascii: ":"))]
            if isUnordered, text == "items" || text == "entries", nodes[value].kind == .array {
                let inner = nodes[value].children.map { element in
                    var innerOutput: [UInt16] = []
                    write(element, isNamedByData: false, &path, &innerOutput)
                    return innerOutput
                }
                output += inner.sorted { $0.lexicographicallyPrecedes($1) }.joined()
            } else {
                write(value, isNamedByData: Self.holdsData(text) && self.isNamedByData(value), &path, &output)
            }
        }
    }

    // MARK: Words

    /// The members of the rendering whose own members are named by the data.
    static func holdsData(_ name: String) -> Bool {
        name == "fields" || name == "attributes"
    }

    /// Whether an object is a map of attributes or fields (or a session around one): a rendered value has a class, in which
    /// no text can stand for an attribute of that name.
    func isNamedByData(_ index: Int) -> Bool {
        guard nodes[index].kind == .object else { return false }
        return member(index, "class").map { nodes[$0].kind != .string } ?? true
    }

    /// A value in few words.
    func summary(_ index: Int) -> String {
        let node = nodes[index]
        switch node.kind {
        case .null: return "null"
        case .bool: return node.units == [1] ? "true" : "false"
        case .number: return String(decoding: node.units, as: UTF16.self)
        case .string: return Self.printable(Array(node.units.prefix(80))) + (node.units.count > 80 ? "…" : "")
        case .array: return "an array of \(node.children.count)"
        case .object: return "{" + node.names.prefix(6).map(Self.printable).joined(separator: ", ") + "}"
        }
    }

    /// ASCII in quotes; every other unit by its number.
    static func printable(_ units: [UInt16]) -> String {
        let parts = units.map { unit in
            let isPlain = (0x20..<0x7f).contains(unit)
            return isPlain
                ? String(UnicodeScalar(UInt8(unit))) : "\\u" + String(0x10000 + Int(unit), radix: 16).dropFirst()
        }
        return "\"" + parts.joined() + "\""
    }
}
