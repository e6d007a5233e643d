internal import Sessions

/// One block of a PEM text (RFC 7468 §2): a label and the bytes under it.
///
/// Text before, between and behind blocks is passed over, as the RFC asks; within a block only Base64 may stand.
struct PEMBlock: Sendable {
    let label: String
    let bytes: [UInt8]

    private static let begin = Array("-----BEGIN ".utf8)
    private static let end = Array("-----END ".utf8)
    private static let dashes = Array("-----".utf8)
    /// Key files hold a few blocks; more are no key file.
    private static let largest = 1 << 20

    /// Whether any line of the text begins a block, if only by its first words.
    static func begins(in text: [UInt8]) -> Bool {
        lines(of: text).contains { $0.starts(with: begin) }
    }

    /// The blocks of a text, in order.
    static func blocks(in text: [UInt8]) throws(TokenError) -> [PEMBlock] {
        guard text.count <= largest else { throw .key(.malformedPEM) }
        var blocks: [PEMBlock] = []
        var open: (label: [UInt8], base64: [UInt8])?
        for line in lines(of: text) {
            if let label = label(in: line, after: begin) {
                guard open == nil else { throw .key(.malformedPEM) }
                open = (label, [])
            } else if let label = label(in: line, after: end) {
                guard let block = open, block.label == label else { throw .key(.malformedPEM) }
                blocks.append(try PEMBlock(block.label, block.base64))
                open = nil
            } else {
                open?.base64 += line + [UInt8(ascii: "\n")]
            }
        }
        guard open == nil else { throw .key(.malformedPEM) }
        return blocks
    }

    private init(_ label: [UInt8], _ base64: [UInt8]) throws(TokenError) {
        self.label = String(decoding: label, as: UTF8.self)
        // Headers stand in blocks of the older kind alone, and say that it is encrypted (RFC 1421 §4.6).
        guard !base64.contains(UInt8(ascii: ":")) else { throw .key(.encrypted) }
        do {
            bytes = try Base64.decode(base64, .standard, skippingSpace: true)
        } catch {
            throw .key(.malformedPEM)
        }
    }

    private static func lines(of text: [UInt8]) -> [ArraySlice<UInt8>] {
        text.split { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
    }

    /// What stands between the words that begin a line and five dashes at its end; white space behind is allowed.
    private static func label(in line: ArraySlice<UInt8>, after start: [UInt8]) -> [UInt8]? {
        guard line.starts(with: start) else { return nil }
        var rest = line.dropFirst(start.count)
        while let last = rest.last, Hexadecimal.isSpace(last) { rest.removeLast() }
        return rest.suffix(dashes.count).elementsEqual(dashes) ? Array(rest.dropLast(dashes.count)) : nil
    }
}
