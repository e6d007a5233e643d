import JavaSerialization

/// Java streams that stand in the bytes of a value, as ran-jit's single sign-on and classes that serialize themselves write
/// them. As Base64 they would show what is masked everywhere else.
enum NestedStreams {
    private static let header: [UInt8] = [0xAC, 0xED, 0, 5]
    /// A stream in a stream in a stream in a stream: what is further inside is not looked at and taken for secret.
    static let mostLevels = 4

    /// Whether a stream begins somewhere in `bytes` of which something would be masked if it were shown as what it is.
    ///
    /// - Parameter level: in how many streams the bytes stand.
    static func holdSecret(_ bytes: ArraySlice<UInt8>, level: Int = 1) -> Bool {
        guard let start = start(in: bytes) else { return false }
        guard level <= mostLevels else { return true }
        let graph = JavaGraph()
        var isWhole = true
        do { try graph.read(Array(bytes[start...])) } catch { isWhole = false }
        // What stands behind, or cannot be read, is judged by its words.
        if !isWhole || graph.opaqueReason != nil, SecretPolicy.holdsSecretWord(Array(bytes)) { return true }
        return isMasked(graph, level)
    }

    private static func start(in bytes: ArraySlice<UInt8>) -> Int? {
        guard bytes.count > header.count else { return nil }
        return (bytes.startIndex...bytes.endIndex - header.count).first { index in
            bytes[index] == header[0] && bytes[index + 1] == header[1] && bytes[index + 2] == header[2]
                && bytes[index + 3] == header[3]
        }
    }

    /// Whether the stream is written otherwise with masks; what is too large to be written so is taken for secret.
    private static func isMasked(_ graph: JavaGraph, _ level: Int) -> Bool {
        do { return try text(of: graph, reveal: false, level) != text(of: graph, reveal: true, level) } catch {
            return true
        }
    }

    private static func text(of graph: JavaGraph, reveal: Bool, _ level: Int) throws(JavaStreamError) -> [UInt8] {
        var plain = PlainJSON(of: graph)
        plain.reveal = reveal
        plain.streamLevel = level
        plain.maximumBytes = 1 << 16 + 64 * graph.bytes.count
        var writer = JSONWriter()
        writer.beginArray()
        for node in graph.contents { try plain.write(node, to: &writer) }
        writer.endArray()
        return writer.takeBytes()
    }
}

/// Whether the bytes in a graph hold a nested stream with secrets; what was found out about its blocks is remembered.
struct NestedStreamsInGraph {
    /// In how many streams the graph stands.
    var level = 0
    private var areBlocksSecret: Bool?

    /// Forgets what was found out, for the next graph.
    mutating func forget() { areBlocksSecret = nil }

    /// Whether a byte array, a block of data or an unread rest is to be masked. A stream may go through several blocks, and each
    /// of them then counts as secret.
    mutating func isSecret(_ node: JavaNode, in graph: JavaGraph) -> Bool {
        switch graph.kind(of: node) {
        case .array where graph.elementType(of: node) == .byte:
            let bytes = graph.bytes[graph.elementBytes(of: node)]
            return NestedStreams.holdSecret(bytes, level: level + 1) || SecretPolicy.isSecretText(Array(bytes))
        case .blockData:
            if let areBlocksSecret { return areBlocksSecret }
            let found = NestedStreams.holdSecret(graph.blockData[...], level: level + 1)
            areBlocksSecret = found
            return found
        case .opaque:
            let bytes = graph.bytes[graph.payload(of: node)]
            return SecretPolicy.holdsSecretWord(Array(bytes)) || NestedStreams.holdSecret(bytes, level: level + 1)
        default: return false
        }
    }
}

extension SecretPolicy {
    /// Whether a Java stream stands in `bytes` of which something would be masked if it were shown as what it is.
    public static func holdsSecretStream(_ bytes: [UInt8]) -> Bool { NestedStreams.holdSecret(bytes[...]) }

    /// Whether bytes that are shown as bytes are to be masked: they hold a Java stream with secrets, or are text with secrets.
    public static func isSecretData(_ bytes: [UInt8]) -> Bool { holdsSecretStream(bytes) || isSecretText(bytes) }

    /// Whether bytes are UTF-8 without control characters, and secret as text or have secrets in them.
    static func isSecretText(_ bytes: [UInt8]) -> Bool {
        guard mayHoldSecret(bytes.span), bytes.allSatisfy({ $0 >= 0x20 || (0x09...0x0D).contains($0) }),
            let text = String(validating: bytes, as: UTF8.self)
        else { return false }
        return masked(text) != nil
    }
}
