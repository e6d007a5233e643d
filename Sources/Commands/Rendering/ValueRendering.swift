import JavaSerialization
import Sessions
import Terminal

/// How attribute values are written.
struct ValueRendering {
    /// Show values that look secret.
    let reveal: Bool
    /// Milliseconds since 1970, for what is wrong with a token now.
    let now: Int64

    /// The value of `attribute` as plain JSON (docs/json.md).
    func writeJSON(_ attribute: SessionAttribute, to writer: inout JSONWriter) {
        switch attribute.value.decoded() {
        case .java(let graph, let node): writer.string(node.map { graph.className(of: $0) } ?? "null")
        case .text(let text): writer.string(text)
        case .jwt(let token): token.write(to: &writer, now: now)
        case .bytes(let bytes), .undecodable(let bytes, _): writer.base64(bytes)
        }
    }
}
