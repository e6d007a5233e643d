import JavaSerialization
import TestSupport

@testable import Sessions

/// The attributes of a session as a JVM is to see them: their names in order, and `[{"object": …}, …]`.
struct RenderedAttributes {
    var names: [[UInt8]]
    var values: ChangeableRendering
    /// Those that only their classes can read, and that we do not look into.
    let unread: [[UInt8]]

    init(_ attributes: [SessionAttribute]) throws {
        var nodes: [(name: [UInt8], node: JavaNode?)] = []
        var unread: [[UInt8]] = []
        var shared = JavaGraph()
        for attribute in attributes {
            switch attribute.value {
            case .node(let graph, let node):
                shared = graph
                nodes.append((attribute.name, node))
            case .stored:
                guard case .java(let graph, let node) = attribute.value.decoded() else {
                    throw FixtureError("no Java value")
                }
                shared = graph
                nodes.append((attribute.name, node))
            case .opaque: unread.append(attribute.name)
            }
        }
        names = nodes.map(\.name)
        self.unread = unread
        var writer = JSONWriter()
        var typed = try TypedJSON(of: shared, roots: nodes.map(\.node))
        writer.beginArray()
        for (_, node) in nodes {
            writer.beginObject()
            writer.name("object")
            try typed.write(node, to: &writer)
            writer.endObject()
        }
        writer.endArray()
        values = ChangeableRendering(try TestJSON(reading: writer.bytes))
    }

    /// What Tomcat keeps: attributes that are not null.
    var withoutNulls: RenderedAttributes {
        var kept = self
        for index in names.indices.reversed() where json(at: index)?.isNull == true {
            kept.names.remove(at: index)
            kept.values.remove(at: index, of: values.root)
        }
        return kept
    }

    private func json(at index: Int) -> TestJSON? {
        values.child(values.root, [.index(index), .member("object")]).map { values.json($0) }
    }

    /// Adds a value, written as JSON, behind the others.
    mutating func append(_ name: String, _ json: String) throws {
        names.append(Array(name.utf8))
        values.insert(
            try values.make(#"{"object": \#(json)}"#), at: values.count(values.root), of: values.root)
    }
}
