/// Finds the strings and numbers of JSON text that are secret by the name of their member, or of one around it, or by themselves.
///
/// It walks over the text without asking whether it is right: what is cut off or no JSON behind its beginning keeps its
/// secrets, too.
struct SecretsInJSON {
    private let text: [UInt8]
    private var position = 0
    private var depth = 0
    /// The depth of the outermost array or object under a secret name.
    private var secretDepth: Int?
    /// The name that was read last is secret, and its value is due.
    private var isNamedSecret = false
    private var found: [Range<Int>] = []
    /// Where the numbers among them begin: their masks need quotes to be JSON.
    private(set) var numbers: Set<Int> = []

    /// `isSecret` says that the whole is.
    init(_ text: [UInt8], isSecret: Bool = false) {
        self.text = text
        secretDepth = isSecret ? 0 : nil
    }

    /// The insides of the secret strings, and the secret numbers, in order.
    mutating func places() -> [Range<Int>] {
        while position < text.count {
            switch text[position] {
            case UInt8(ascii: "\""): string()
            case UInt8(ascii: "{"), UInt8(ascii: "["): open()
            case UInt8(ascii: "}"), UInt8(ascii: "]"): close()
            case UInt8(ascii: ","): isNamedSecret = false
            case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): number()
            default: break
            }
            position += 1
        }
        return found
    }

    private mutating func open() {
        depth += 1
        if isNamedSecret, secretDepth == nil { secretDepth = depth }
        isNamedSecret = false
    }

    private mutating func close() {
        if secretDepth == depth { secretDepth = nil }
        depth -= 1
    }

    /// A name or a value; `position` moves to its closing quote.
    private mutating func string() {
        let start = position + 1
        var end = start
        while end < text.count, text[end] != UInt8(ascii: "\"") {
            end += text[end] == UInt8(ascii: "\\") ? 2 : 1
        }
        end = min(end, text.count)
        position = end
        let next = text[end...].dropFirst().first { !Hexadecimal.isSpace($0) }
        if next == UInt8(ascii: ":") {
            isNamedSecret = SecretPolicy.isSecret(name: content(start..<end))
            name(start..<end)
        } else {
            value(start..<end)
            isNamedSecret = false
        }
    }

    /// `position` moves to its last character.
    private mutating func number() {
        let end = text[position...].firstIndex { !Self.isPartOfNumber($0) } ?? text.count
        if isNamedSecret || secretDepth != nil {
            found.append(position..<end)
            numbers.insert(position)
        }
        position = end - 1
    }

    private static func isPartOfNumber(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || "+-._".utf8.contains(byte)
    }

    /// What is secret in the text of a name; of one with escapes the whole.
    private mutating func name(_ place: Range<Int>) {
        let hasEscapes = self.text[place].contains(UInt8(ascii: "\\"))
        guard hasEscapes || SecretPolicy.mayHoldSecret(self.text.span.extracting(place)) else { return }
        let text = content(place)
        guard !place.isEmpty, SecretPolicy.masked(text) != nil else { return }
        let isPlain = !hasEscapes && !SecretPolicy.isSecret(text: text)
        guard isPlain else { return found.append(place) }
        let places = SecretsInText(Array(text.utf8)).places
        found += places.map { $0.lowerBound + place.lowerBound..<$0.upperBound + place.lowerBound }
    }

    private mutating func value(_ place: Range<Int>) {
        guard !place.isEmpty else { return }
        if isNamedSecret || secretDepth != nil || SecretPolicy.masked(content(place)) != nil { found.append(place) }
    }

    /// The string without its escapes.
    private func content(_ place: Range<Int>) -> String {
        let raw = text[place]
        guard raw.contains(UInt8(ascii: "\\")) else { return String(decoding: raw, as: UTF8.self) }
        let quoted = [UInt8(ascii: "\"")] + raw + [UInt8(ascii: "\"")]
        return (try? JSONReader.read(quoted))?.root.string?.lossyText ?? String(decoding: raw, as: UTF8.self)
    }
}
