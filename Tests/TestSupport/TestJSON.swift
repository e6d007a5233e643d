import Foundation

/// A JSON value of a test, read without loss: strings are UTF-16 units, so that unpaired surrogates stay, and numbers are
/// the text as written. Foundation's reader keeps neither, and the program's own reader must not judge itself.
package struct TestJSON: Sendable {
    package enum Kind: Sendable { case null, bool, number, string, array, object }

    struct Node: Sendable {
        var kind: Kind
        /// The text of a number, the units of a string, `[1]` for true.
        var units: [UInt16] = []
        /// The names of an object's members, in the order of the file; duplicates stay.
        var names: [[UInt16]] = []
        /// Elements or member values, as indices into the tree: no value owns another, so freeing never recurses.
        var children: [Int] = []
    }

    let nodes: [Node]
    let index: Int

    package var kind: Kind { nodes[index].kind }
    package var isNull: Bool { kind == .null }
    package var bool: Bool? { kind == .bool ? nodes[index].units == [1] : nil }
    package var number: String? { kind == .number ? String(decoding: nodes[index].units, as: UTF16.self) : nil }
    package var integer: Int64? { number.flatMap { Int64($0) } }
    /// The units of a string, unpaired surrogates and all.
    package var units: [UInt16]? { kind == .string ? nodes[index].units : nil }
    /// A string; nil also when it holds an unpaired surrogate.
    package var string: String? { units.flatMap { String(validating: $0, as: UTF16.self) } }
    package var items: [TestJSON]? { kind == .array ? nodes[index].children.map(value) : nil }

    package var members: [(name: [UInt16], value: TestJSON)]? {
        guard kind == .object else { return nil }
        return zip(nodes[index].names, nodes[index].children).map { ($0, value($1)) }
    }

    /// The names of an object's members as text.
    package var names: [String] { nodes[index].names.map { String(decoding: $0, as: UTF16.self) } }

    /// The first member of that name.
    package subscript(_ name: String) -> TestJSON? { self[Array(name.utf16)] }

    package subscript(_ name: [UInt16]) -> TestJSON? {
        nodes[index].names.firstIndex(of: name).map { value(nodes[index].children[$0]) }
    }

    /// The same object without the members of these names.
    package func leavingOut(_ names: [String]) -> TestJSON {
        var changed = nodes
        let kept = zip(nodes[index].names, nodes[index].children).filter {
            !names.contains(String(decoding: $0.0, as: UTF16.self))
        }
        changed[index].names = kept.map(\.0)
        changed[index].children = kept.map(\.1)
        return TestJSON(nodes: changed, index: index)
    }

    private func value(_ index: Int) -> TestJSON {
        TestJSON(nodes: nodes, index: index)
    }
}

/// What a fixture must have: the error says what is missing.
extension TestJSON {
    package func required(_ name: String) throws -> TestJSON {
        guard let value = self[name] else { throw FixtureError("no member \(name) among \(names)") }
        return value
    }

    package func requiredString() throws -> String {
        guard let string else { throw FixtureError("\(kind) where a string belongs") }
        return string
    }

    package func requiredNumber() throws -> String {
        guard let number else { throw FixtureError("\(kind) where a number belongs") }
        return number
    }

    package func requiredInteger() throws -> Int64 {
        guard let integer else { throw FixtureError("\(kind) where an integer belongs") }
        return integer
    }

    package func requiredItems(count: Int? = nil) throws -> [TestJSON] {
        guard let items, count == nil || count == items.count else {
            throw FixtureError("\(kind) where an array of \(count.map(String.init) ?? "any length") belongs")
        }
        return items
    }

    package func requiredBase64() throws -> [UInt8] {
        guard let data = Data(base64Encoded: try requiredString()) else { throw FixtureError("not Base64") }
        return [UInt8](data)
    }
}
