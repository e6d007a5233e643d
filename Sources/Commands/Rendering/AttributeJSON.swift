import JavaSerialization
import Sessions

/// Writes the attributes of one session as JSON (docs/json.md).
///
/// Attributes that stand in one stream share objects, so one writer writes them all; a stream of its own is read into a
/// graph whose memory is used again for the next.
struct AttributeJSON {
    let rendering: ValueRendering
    private let graph = JavaGraph()
    private var shared: SharedStream?

    private enum SharedStream {
        case plain(PlainJSON)
        case typed(TypedJSON)
    }

    init(_ rendering: ValueRendering) { self.rendering = rendering }

    /// Writes an object with a member for each attribute.
    mutating func write(_ attributes: [SessionAttribute], to writer: inout JSONWriter) {
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
    mutating func write(_ attribute: SessionAttribute, to writer: inout JSONWriter) {
        let name = EscapedName.text(of: attribute.name)
        switch attribute.value.decoded(into: graph) {
        case .java(let graph, let node): write(node, of: graph, name: name, to: &writer)
        case .text(let text): writer.string(rendering.shown(text, name))
        case .jwt(let token):
            if rendering.reveal {
                token.write(to: &writer, now: rendering.now)
            } else {
                writer.string(SecretPolicy.mask)
            }
        case .bytes(let bytes): write(bytes, name: name, to: &writer)
        case .undecodable(let bytes, let reason):
            rendering.problems.note("attribute '\(name)'", reason)
            write(bytes, name: name, to: &writer)
        }
    }

    /// Writes values that stand in one stream: one as it is, several as an array.
    mutating func write(_ nodes: [JavaNode?], of graph: JavaGraph, name: String, to writer: inout JSONWriter) {
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

    /// Bytes that say nothing of themselves are judged by their name.
    private func write(_ bytes: [UInt8], name: String, to writer: inout JSONWriter) {
        if rendering.isMasked("", name) { writer.string(SecretPolicy.mask) } else { writer.base64(bytes) }
    }

    /// Makes the writer of a stream that several attributes stand in.
    private mutating func prepare(_ attributes: [SessionAttribute]) {
        shared = nil
        guard case .node(let graph, _)? = attributes.first?.value else { return }
        let roots = attributes.map { attribute -> JavaNode? in
            if case .node(_, let node) = attribute.value { node } else { nil }
        }
        prepare(roots, of: graph)
    }

    private mutating func prepare(_ roots: [JavaNode?], of graph: JavaGraph) {
        // Where one value contradicts itself, each is written alone and the one is named.
        if rendering.typed {
            shared = (try? TypedJSON(of: graph, roots: roots)).map { .typed(masking($0)) }
        } else if var plain = try? PlainJSON(of: graph, roots: roots) {
            plain.reveal = rendering.reveal
            shared = .plain(plain)
        }
    }

    /// A value of a Java stream; what cannot be understood is null and noted.
    private mutating func write(_ node: JavaNode?, of graph: JavaGraph, name: String, to writer: inout JSONWriter) {
        // A writer of its own: an error in the middle must not leave half a value.
        var whole = JSONWriter()
        do {
            switch shared {
            case .plain(var plain):
                shared = nil
                defer { shared = .plain(plain) }
                try plain.write(node, path: name, to: &whole)
            case .typed(var typed):
                shared = nil
                defer { shared = .typed(typed) }
                try typed.write(node, isSecret: SecretPolicy.isSecret(name: name), to: &whole)
            case nil: try writeAlone(node, of: graph, name: name, to: &whole)
            }
            writer.json(whole.takeBytes())
        } catch {
            rendering.problems.note(name, "\(error)")
            writer.null()
        }
    }

    private func masking(_ typed: TypedJSON) -> TypedJSON {
        var typed = typed
        typed.reveal = rendering.reveal
        return typed
    }

    private func writeAlone(
        _ node: JavaNode?, of graph: JavaGraph, name: String, to writer: inout JSONWriter
    ) throws(JavaStreamError) {
        if rendering.typed {
            var typed = masking(try TypedJSON(of: graph, roots: CollectionOfOne(node)))
            try typed.write(node, isSecret: SecretPolicy.isSecret(name: name), to: &writer)
        } else {
            var plain = try PlainJSON(of: graph, roots: CollectionOfOne(node))
            plain.reveal = rendering.reveal
            try plain.write(node, path: name, to: &writer)
        }
    }
}
