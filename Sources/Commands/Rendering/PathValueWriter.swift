import JavaSerialization
import Sessions
import Terminal

/// Writes what a path leads to.
struct PathValueWriter {
    let rendering: ValueRendering
    let palette: Palette
    let context: CommandContext

    private var text: PathValueText { PathValueText(rendering: rendering) }

    /// Writes `value`, to which `path` leads in `attributes`.
    func write(
        _ value: PathValue, path: AttributePath, in attributes: [SessionAttribute], form: OutputForm
    ) throws {
        let name = PathValueText.judgingName(path, in: attributes)
        switch form {
        case .raw: try writeRaw(value, name: name)
        case .tree: writeTree(value, name: name)
        default:
            if form == .tsv, let text = text.bare(value, name: name) {
                context.output.write(TerminalText.escape(bytes: text) + "\n")
            } else {
                if form == .tsv { sayWhyUnread(value, name) }
                writeJSON(value, Array(name.utf8))
            }
        }
    }

    /// Bytes in the place of text need a reason.
    private func sayWhyUnread(_ value: PathValue, _ name: String) {
        let reason: String?
        switch value {
        case .attribute(let attribute):
            if case .opaque(_, let why) = attribute.value.decoded() { reason = why } else { reason = nil }
        case .java(let graph, let node?): reason = graph.opaqueReason(of: node)?.description
        case .java, .primitive, .json: reason = nil
        }
        if let reason { context.say("'\(TerminalText.escape(name))' is kept unread, here are its bytes: \(reason)") }
    }

    /// The stored bytes of an attribute, the text of a string, or an object of a larger stream as a stream of its own.
    private func writeRaw(_ value: PathValue, name: String) throws {
        switch value {
        case .attribute(let attribute):
            guard !holdsSecrets({ AttributeJSON(rendering).write(attribute, to: &$0) }) else {
                throw Self.secret(name)
            }
            guard case .node(let graph, let node) = attribute.value else {
                return try writeBytes(attribute.value.bytes)
            }
            try writeBytes(try Self.stream(of: node, graph, name))
        case .java(let graph, let node) where text.bare(value, name: name) == nil:
            guard !holdsSecrets({ text.writeJSON(value, Array(name.utf8), to: &$0) }) else { throw Self.secret(name) }
            try writeBytes(try Self.stream(of: node, graph, name))
        default: try writeText(value, name: name)
        }
    }

    private func writeBytes(_ bytes: [UInt8]) throws(Failure) {
        guard context.screen == nil else {
            throw .usage("-o raw writes bytes: send them to a file or a pipe")
        }
        context.output.write(bytes: bytes)
    }

    private func writeText(_ value: PathValue, name: String) throws(Failure) {
        guard let text = text.bare(value, name: name) else {
            throw .usage("-o raw is for whole attributes, objects and text", advice: "-o json prints any value")
        }
        guard rendering.reveal || !text.contains(SecretPolicy.mask) else { throw Self.secret(name) }
        context.screen == nil
            ? context.output.write(bytes: text) : context.output.write(TerminalText.escape(bytes: text) + "\n")
    }

    private static func stream(of node: JavaNode?, _ graph: JavaGraph, _ name: String) throws(Failure) -> [UInt8] {
        do throws(JavaEncodingError) {
            return try graph.stream(of: [node])
        } catch {
            throw Failure(.undecodable, "'\(name)' cannot be written as a stream of its own: \(error)")
        }
    }

    private static func secret(_ name: String) -> Failure {
        Failure.usage("'\(name)' looks secret, or holds what does: add --reveal to write it as it is")
    }

    /// Whether something in the value would be masked in JSON.
    private func holdsSecrets(_ write: (inout JSONWriter) -> Void) -> Bool {
        guard !rendering.reveal else { return false }
        var writer = JSONWriter()
        write(&writer)
        return writer.bytes.contains(SecretPolicy.mask)
    }

    private func writeTree(_ value: PathValue, name: String) {
        var tree = TreeText(width: context.screen?.columns, palette: palette, sink: context.output)
        switch value {
        case .attribute(let attribute): tree.write(rendering.nodes(of: attribute, depth: 0))
        case .java(let graph, let node): tree.write(rendering.nodes(of: node, in: graph, name: name, depth: 0))
        case .primitive(let primitive):
            tree.write([TreeText.Node(depth: 0, content: text.styled(primitive, name))])
        case .json(let node): tree.write(rendering.nodes(of: node, name: name, depth: 0))
        }
    }

    /// An object as a stream of its own: of an attribute the stored one. Nil for what is no object, or cannot be cut out.
    private static func stream(of value: PathValue) -> [UInt8]? {
        switch value {
        case .attribute(let attribute):
            guard case .java(let graph, let node?) = attribute.value.decoded() else { return nil }
            if case .stored(let bytes) = attribute.value { return bytes }
            return try? graph.stream(of: [node])
        case .java(let graph, let node?): return try? graph.stream(of: [node])
        default: return nil
        }
    }

    /// The typed value of a stream, and the stream with it: all that writing it back needs (docs/json.md).
    private func writeTyped(_ stream: [UInt8], _ name: [UInt8], to writer: inout JSONWriter) {
        AttributeJSON(rendering).write(SessionAttribute(name: name, value: .stored(stream)), to: &writer)
        guard writer.bytes.last == UInt8(ascii: "}") else { return }
        let text = writer.takeBytes().dropLast() + Array(",\"stream\":\"\(Base64.encode(stream))\"}".utf8)
        writer = JSONWriter()
        writer.json(Array(text))
    }

    private func writeJSON(_ value: PathValue, _ name: [UInt8]) {
        var writer = JSONWriter()
        if rendering.typed, rendering.reveal, let stream = Self.stream(of: value) {
            writeTyped(stream, name, to: &writer)
        } else {
            text.writeJSON(value, name, to: &writer)
        }
        JSONSink(sink: context.output, isForTerminal: context.screen != nil).write(
            writer.takeBytes() + [UInt8(ascii: "\n")])
    }
}

/// What a path leads to as text or JSON, with masks in place of what is secret.
struct PathValueText {
    let rendering: ValueRendering

    /// The name by which the value is judged: the last on the way, unless one before it is that of a secret, since what is
    /// inside of something secret is secret too.
    static func judgingName(_ path: AttributePath, in attributes: [SessionAttribute]) -> String {
        let names = path.names(in: attributes)
        return names.last { SecretPolicy.isSecret(name: $0) } ?? names.last ?? path.attribute
    }

    func writeJSON(_ value: PathValue, _ name: [UInt8], to writer: inout JSONWriter) {
        switch value {
        case .attribute(let attribute):
            AttributeJSON(rendering).write(attribute, to: &writer)
        case .java(let graph, let node):
            rendering.writeJSON([node], of: graph, name: EscapedName.text(of: name), to: &writer)
        case .primitive(let primitive):
            let isMasked = isMasked(primitive, EscapedName.text(of: name))
            if isMasked { writer.string(SecretPolicy.mask) } else { writer.primitive(primitive) }
        case .json(let node):
            AttributeJSON(rendering).write(node, name: EscapedName.text(of: name), to: &writer)
        }
    }

    /// A text or number without quotes, or a mask; nil for anything that has parts.
    func bare(_ value: PathValue, name: String) -> [UInt8]? {
        switch value {
        case .primitive(let primitive): return bytes(of: primitive, name)
        case .json(let node): return bare(JacksonValue(node), name)
        case .java(let graph, let node?): return bare(node, graph, name)
        case .attribute(let attribute):
            switch attribute.value.decoded() {
            case .java(let graph, let node?): return bare(node, graph, EscapedName.text(of: attribute.name))
            case .json(let document): return bare(JacksonValue(document.root), name)
            case .text(let text): return shown(Array(text.utf8), name)
            default: return nil
            }
        case .java: return nil
        }
    }

    private func bare(_ value: JacksonValue, _ name: String) -> [UInt8]? {
        if let string = value.node.string { return shown(string.bytes, name) }
        if let time = value.epochMilliseconds { return Array(JavaValue.isoText(epochMillis: time).utf8) }
        if let bool = value.node.bool { return Array((bool ? "true" : "false").utf8) }
        return value.node.number.map { isMasked(name) ? Self.mask : Array($0.text.utf8) }
    }

    private static let mask = Array(SecretPolicy.mask.utf8)

    private func isMasked(_ name: String) -> Bool { !rendering.reveal && SecretPolicy.isSecret(name: name) }

    private func isMasked(_ primitive: JavaPrimitive, _ name: String) -> Bool {
        SecretPolicy.canBeSecret(primitive) && isMasked(name)
    }

    private func bytes(of primitive: JavaPrimitive, _ name: String) -> [UInt8] {
        isMasked(primitive, name) ? Self.mask : JavaWords.bytes(primitive)
    }

    /// A primitive as a line of a tree.
    func styled(_ primitive: JavaPrimitive, _ name: String) -> StyledText {
        isMasked(primitive, name) ? StyledText(SecretPolicy.mask, .masked) : JavaWords.primitive(primitive)
    }

    /// UTF-8 that may have unpaired surrogates, with masks in place of what is secret.
    private func shown(_ bytes: [UInt8], _ name: String) -> [UInt8] {
        let text = EscapedName.text(of: bytes)
        let shown = rendering.shown(text, name)
        return shown == text ? bytes : Array(shown.utf8)
    }

    private func bare(_ node: JavaNode, _ graph: JavaGraph, _ name: String) -> [UInt8]? {
        guard let value = try? graph.value(of: node) else { return nil }
        switch value.content {
        case .string: return graph.wtf8(of: node).map { shown($0, name) }
        case .box(let primitive), .atomic(let primitive): return bytes(of: primitive, name)
        case .bigInteger(let digits?): return isMasked(name) ? Self.mask : Array(digits.utf8)
        case .bigDecimal(let text?, _, _): return isMasked(name) ? Self.mask : Array(text.utf8)
        case .text(let text): return shown(text.wtf8, name)
        case .date(let milliseconds): return Array(JavaValue.isoText(epochMillis: milliseconds).utf8)
        case .timestamp(let milliseconds, let nanos):
            return Array(JavaValue.isoText(epochMillis: milliseconds, nanos: nanos).utf8)
        case .enumConstant(let name): return graph.text(of: name).map { Array($0.utf8) }
        default: return nil
        }
    }
}

extension JSONWriter {
    /// A Java primitive as plain JSON; what JSON has no number for is text.
    mutating func primitive(_ primitive: JavaPrimitive) {
        switch primitive {
        case .boolean(let value): bool(value)
        case .char(let unit): string(JSONString(utf16: [0x27, unit, 0x27]))
        case .float(let value) where !value.isFinite: string(JavaWords.plain(primitive))
        case .double(let value) where !value.isFinite: string(JavaWords.plain(primitive))
        default: if let number = JSONNumber(JavaWords.plain(primitive)) { self.number(number) } else { null() }
        }
    }
}

extension [UInt8] {
    /// Whether the text stands somewhere in the bytes.
    fileprivate func contains(_ text: String) -> Bool { firstRange(of: Array(text.utf8)) != nil }
}
