public import JavaSerialization

extension AttributeValue {
    /// Decodes the value by the encoding that its first bytes show. To add an encoding, add its line here.
    ///
    /// Nothing is lost where that fails: the bytes come back with the reason.
    ///
    /// - Parameter graph: a graph to read into, whose memory is used again; the value is good until it is read into next.
    public func decoded(into graph: JavaGraph? = nil) -> DecodedValue {
        switch self {
        case .node(let graph, let node): return .java(graph, node)
        case .opaque(let bytes, let reason): return .opaque(bytes, reason: reason)
        case .stored(let bytes):
            if bytes.starts(with: [0xAC, 0xED]) { return Self.java(bytes, graph ?? GraphPool.take()) }
            if JWT.looksLikeToken(bytes), let token = try? JWT.decode(bytes) { return .jwt(token) }
            if let document = Self.json(bytes) { return .json(document) }
            if let text = String(validating: bytes, as: UTF8.self) { return .text(text) }
            return .bytes(bytes)
        }
    }

    /// JSON from the first byte to the last (RFC 8259), a number or text in quotes as well; nil for anything else.
    private static func json(_ bytes: [UInt8]) -> JSONDocument? {
        guard let first = bytes.first(where: { !Hexadecimal.isSpace($0) }), "{[\"-0123456789tfn".utf8.contains(first)
        else { return nil }
        return try? JSONReader.read(bytes)
    }

    /// A stream of exactly one object.
    private static func java(_ bytes: [UInt8], _ graph: JavaGraph) -> DecodedValue {
        do {
            try graph.read(bytes)
            if let reason = graph.opaqueReason ?? graph.content(0).flatMap({ graph.opaqueReason(of: $0) }) {
                return .opaque(bytes, reason: reason.description)
            }
            guard graph.contentCount == 1 else {
                return .undecodable(bytes, reason: "\(graph.contentCount) elements where one object is due")
            }
            return .java(graph, graph.content(0))
        } catch {
            return .undecodable(bytes, reason: error.description)
        }
    }
}
