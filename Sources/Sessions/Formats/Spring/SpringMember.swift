import JavaSerialization

/// Members of the sets beside Spring sessions: text in the encoding of the application's serializer (session-formats, ch. 5.3).
enum SpringMember {
    private static let javaString: [UInt8] = [0xAC, 0xED, 0, 5, 0x74]
    private static let quote = UInt8(ascii: "\"")

    /// `text` as a Java string, as JSON, and as plain text of other serializers.
    static func encodings(of text: [UInt8]) -> [[UInt8]] { [java(text), json(text), text] }

    /// The text of a member; nil where it is none.
    static func text(of member: [UInt8]) -> [UInt8]? {
        if member.hasPrefix(javaString) {
            guard member.count >= 7, member.count - 7 == Int(member[5]) << 8 | Int(member[6]) else { return nil }
            guard isPlain(member[7...]) else { return (try? JavaStringValue.bytes(of: member)) ?? nil }
            return Array(member[7...])
        }
        if member.count >= 2, member.first == quote, member.last == quote {
            return (try? JSONReader.read(member))?.root.string?.bytes ?? Array(member[1..<member.count - 1])
        }
        return member
    }

    /// `text` in the encoding of another member.
    static func bytes(of text: [UInt8], like example: [UInt8]) -> [UInt8] {
        if example.hasPrefix(javaString) { return java(text) }
        return example.count >= 2 && example.first == quote && example.last == quote ? json(text) : text
    }

    private static func java(_ text: [UInt8]) -> [UInt8] {
        guard !isPlain(text) else {
            return javaString + [UInt8(text.count >> 8 & 0xFF), UInt8(text.count & 0xFF)] + text
        }
        var builder = JavaStreamBuilder()
        builder.string(wtf8: text)
        return builder.bytes
    }

    /// Whether Java writes the text with the same bytes: neither NUL nor characters beyond the basic plane, and no more than a short
    /// string holds.
    private static func isPlain(_ text: some Collection<UInt8>) -> Bool {
        text.count <= Int(UInt16.max) && text.allSatisfy { $0 != 0 && $0 < 0xF0 }
    }

    private static func json(_ text: [UInt8]) -> [UInt8] {
        let isBare = text.allSatisfy { $0 >= 0x20 && $0 < 0x80 && $0 != quote && $0 != UInt8(ascii: "\\") }
        return isBare ? [quote] + text + [quote] : jackson.quoted(text)
    }

    private static let jackson = JSONStringStyle(of: [])
}
