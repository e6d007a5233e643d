import JavaSerialization
import TestSupport

@testable import Sessions

/// All attributes of one session as one typed object.
struct SessionValues {
    /// How many attributes are in the object.
    private(set) var count = 0
    private(set) var opaque: [String] = []
    let typed: TestJSON

    init(_ attributes: [SessionAttribute]) throws {
        var nodes: [(name: [UInt8], node: JavaNode?)] = []
        var shared: JavaGraph?
        for attribute in attributes {
            switch attribute.value {
            case .node(let graph, let node):
                shared = graph
                nodes.append((attribute.name, node))
            case .opaque: opaque.append(String(decoding: attribute.name, as: UTF8.self))
            case .stored: throw FixtureError("an attribute with bytes of its own")
            }
        }
        count = nodes.count
        var writer = JSONWriter()
        writer.beginObject()
        if let shared {
            var values = try TypedJSON(of: shared, roots: nodes.map(\.node))
            for (name, node) in nodes {
                writer.name(bytes: name)
                try values.write(node, to: &writer)
            }
        }
        writer.endObject()
        typed = try TestJSON(reading: writer.bytes)
    }

    /// One value as a typed value of its own.
    static func typed(_ value: AttributeValue) throws -> TestJSON {
        guard case .java(let graph, let node) = value.decoded() else {
            throw FixtureError("a value that is no Java object")
        }
        var writer = JSONWriter()
        var values = try TypedJSON(of: graph, roots: [node])
        try values.write(node, to: &writer)
        return try TestJSON(reading: writer.bytes)
    }

    /// Compares all attributes of a session with a fixture's: as one where they share a stream, else one by one.
    static func compare(_ attributes: [SessionAttribute], with expected: TestJSON) throws -> (
        attributes: Int, nodes: Int, differences: [String]
    ) {
        let isShared = attributes.contains { if case .node = $0.value { true } else { false } }
        if isShared || attributes.isEmpty {
            let outcome = GroundTruth.compareTyped(expected: expected, actual: try SessionValues(attributes).typed)
            return (attributes.count, outcome.compared, outcome.differences)
        }
        var nodes = 0
        var differences: [String] = []
        for attribute in attributes {
            let name = String(decoding: attribute.name, as: UTF8.self)
            let outcome = GroundTruth.compareTyped(
                expected: try expected.required(name), actual: try typed(attribute.value))
            nodes += outcome.compared
            differences += outcome.differences.map { name + ": " + $0 }
        }
        return (attributes.count, nodes, differences)
    }
}
