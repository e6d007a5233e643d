import JavaSerialization
import Sessions

/// Writes the attributes of sessions as JSON (docs/json.md).
///
/// Attributes that stand in one stream share objects, so they are written by one writer. Streams of their own are read into one
/// graph after the other, and memory and what was found out about classes and names are used again for the next session.
final class AttributeJSON {
    private let rendering: ValueRendering
    private let graph: JavaGraph
    private var plain: PlainJSON
    private var typed: TypedJSON?
    /// The graph whose values are being written, when several stand in it.
    private var shared: JavaGraph?

    init(_ rendering: ValueRendering) {
        self.rendering = rendering
        graph = JavaGraph()
        plain = PlainJSON(of: graph)
        plain.reveal = rendering.reveal
        plain.isInterrupted = rendering.isInterrupted
    }

    /// Writes an object with a member for each attribute.
    func write(_ attributes: [SessionAttribute], to writer: inout JSONWriter) {
        prepare(attributes)
        writer.beginObject()
        for attribute in attributes {
            writer.name(bytes: attribute.name)
            write(attribute, to: &writer)
        }
        writer.endObject()
        shared = nil
    }

    /// Writes the value of one attribute.
    func write(_ attribute: SessionAttribute, to writer: inout JSONWriter) {
        let name = EscapedName.text(of: attribute.name)
        switch attribute.value.decoded(into: graph) {
        case .java(let graph, let node): write(node, of: graph, name: name, to: &writer)
        case .json(let document): write(document.root, name: name, to: &writer)
        case .text(let text):
            let shown = rendering.shown(text, name)
            named("text", to: &writer) {
                $0.string(shown); return shown != text
            }
        case .jwt(let token):
            named("jwt", to: &writer) { writer in
                if rendering.reveal {
                    token.write(to: &writer, now: rendering.now)
                } else {
                    writer.string(SecretPolicy.mask)
                }
                return !rendering.reveal
            }
        case .bytes(let bytes): named("bytes", to: &writer) { write(bytes, name: name, to: &$0) }
        // Nothing is wrong with what its own class or codec alone can read.
        case .opaque(let bytes, let reason):
            named("undecodable", reason: reason, to: &writer) { write(bytes, name: name, to: &$0) }
        case .undecodable(let bytes, let reason):
            rendering.problems.note("attribute '\(name)'", reason)
            named("undecodable", reason: reason, to: &writer) { write(bytes, name: name, to: &$0) }
        }
    }

    /// Writes a value of JSON as it is written; typed with the name of its encoding.
    func write(_ node: JSONNode, name: String, to writer: inout JSONWriter) {
        let className = rendering.typed ? JacksonValue(node).className : nil
        named("json", className: className, to: &writer) { writer in
            var masked = MaskedJSON(reveal: rendering.reveal)
            masked.write(node, name: name, to: &writer)
            return masked.hasMasked
        }
    }

    /// A value in another encoding than Java's: bare in plain JSON; typed with the encoding's name, so that a reader knows what
    /// the value was. `value` writes it and says whether something of it was masked.
    private func named(
        _ encoding: String, className: String? = nil, reason: String? = nil, to writer: inout JSONWriter,
        _ value: (inout JSONWriter) -> Bool
    ) {
        guard rendering.typed else {
            _ = value(&writer)
            return
        }
        writer.beginObject()
        writer.name("encoding")
        writer.string(encoding)
        for case (let name, let text?) in [("class", className), ("reason", reason)] {
            writer.name(name)
            writer.string(text)
        }
        writer.name("value")
        if value(&writer) {
            writer.name("masked")
            writer.bool(true)
        }
        writer.endObject()
    }

    /// Writes values that stand in one stream: one as it is, several as an array.
    func write(_ nodes: [JavaNode?], of graph: JavaGraph, name: String, to writer: inout JSONWriter) {
        prepare(nodes, of: graph)
        if let only = nodes.first, nodes.count == 1 {
            write(only, of: graph, name: name, to: &writer)
        } else {
            writer.beginArray()
            for (index, node) in nodes.enumerated() { write(node, of: graph, name: "\(name)[\(index)]", to: &writer) }
            writer.endArray()
        }
        shared = nil
    }

    /// Bytes that say nothing of themselves are judged by their name, and by the words in them: a damaged map holds its password
    /// as readably as a whole one.
    private func write(_ bytes: [UInt8], name: String, to writer: inout JSONWriter) -> Bool {
        let isMasked = rendering.isMasked(bytes, name)
        if isMasked { writer.string(SecretPolicy.mask) } else { writer.base64(bytes) }
        return isMasked
    }

    /// Takes up a stream that several attributes stand in.
    private func prepare(_ attributes: [SessionAttribute]) {
        guard case .node(let graph, _)? = attributes.first?.value else { return }
        let roots = attributes.map { attribute -> JavaNode? in
            if case .node(_, let node) = attribute.value { node } else { nil }
        }
        prepare(roots, of: graph)
    }

    private func prepare(_ roots: [JavaNode?], of graph: JavaGraph) {
        // Where one value contradicts itself, each is written alone and the one is named.
        shared = (try? take(roots, of: graph)) == nil ? nil : graph
    }

    private func take(_ roots: some Sequence<JavaNode?>, of graph: JavaGraph) throws(JavaStreamError) {
        guard rendering.typed else { return plain.take(graph) }
        var writer = try TypedJSON(of: graph, roots: roots)
        writer.reveal = rendering.reveal
        writer.isInterrupted = rendering.isInterrupted
        typed = writer
    }

    /// A value of a Java stream; what cannot be understood is null and noted.
    private func write(_ node: JavaNode?, of graph: JavaGraph, name: String, to writer: inout JSONWriter) {
        let start = writer.mark
        do {
            if shared !== graph { try take(CollectionOfOne(node), of: graph) }
            if rendering.typed {
                try typed?.write(node, isSecret: SecretPolicy.isSecret(name: name), to: &writer)
            } else {
                try plain.write(node, path: name, to: &writer)
            }
        } catch {
            // An error in the middle must not leave half a value.
            writer.takeBack(to: start)
            rendering.problems.note(name, "\(error)")
            writer.null()
        }
    }
}
