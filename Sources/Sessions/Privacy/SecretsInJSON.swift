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
    /// What is known of the objects that are open, if they are pairs.
    private var pairs: [Pair] = []

    private struct Pair {
        /// Whether its name is that of a secret.
        var isSecret = false
        /// The value, where it stands before the name.
        var value: Range<Int>?
        /// Whether it is a JSON Web Key.
        var isKey = false
        /// What is secret in it if it is one.
        var keyParts: [Range<Int>] = []
        /// Where it begins, if it is the list of further primes of a key.
        var primes: Int?
    }

    private enum PartOfPair { case none, name, value, key, keyType, primes }
    /// What is due.
    private var part = PartOfPair.none
    /// Where the numbers among them begin: their masks need quotes to be JSON.
    private(set) var numbers: Set<Int> = []

    /// In how much other JSON it stands as text.
    private let level: Int

    /// `isSecret` says that the whole is.
    init(_ text: [UInt8], isSecret: Bool = false, level: Int = 0) {
        self.text = text
        self.level = level
        secretDepth = isSecret ? 0 : nil
    }

    /// The insides of the secret strings, and the secret numbers, in order.
    mutating func places() -> [Range<Int>] {
        while position < text.count {
            switch text[position] {
            case UInt8(ascii: "\""): string()
            case UInt8(ascii: "{"), UInt8(ascii: "["): open()
            case UInt8(ascii: "}"), UInt8(ascii: "]"): close()
            case UInt8(ascii: ","): endValue()
            case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): number()
            default: break
            }
            position += 1
        }
        while !pairs.isEmpty { closePair(at: text.count) }
        return found.sorted { $0.lowerBound < $1.lowerBound }
    }

    private mutating func open() {
        depth += 1
        pairs.append(Pair(primes: part == .primes ? position : nil))
        if isNamedSecret, secretDepth == nil { secretDepth = depth }
        endValue()
    }

    private mutating func close() {
        if secretDepth == depth { secretDepth = nil }
        depth -= 1
        closePair(at: position + 1)
        endValue()
    }

    /// The list of further primes of a key is secret as a whole.
    private mutating func closePair(at end: Int) {
        guard let start = pairs.popLast()?.primes, !pairs.isEmpty else { return }
        numbers.insert(start)
        noteKeyPart(start..<min(end, text.count))
    }

    private mutating func endValue() {
        isNamedSecret = false
        part = .none
    }

    /// Remembers what a pair is called, and a value of which that is not known.
    private mutating func note(_ place: Range<Int>, isSecret: Bool) {
        guard let pair = pairs.indices.last else { return }
        if part == .value, !isSecret { pairs[pair].value = place }
        guard part == .name, SecretPolicy.isSecret(name: content(place)) else { return }
        pairs[pair].isSecret = true
        guard let value = pairs[pair].value else { return }
        found.append(value)
        if value.lowerBound > 0, text[value.lowerBound - 1] != UInt8(ascii: "\"") { numbers.insert(value.lowerBound) }
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
            beginPart(start..<end)
            name(start..<end)
        } else {
            value(start..<end)
            endValue()
        }
    }

    private mutating func beginPart(_ name: Range<Int>) {
        if name.count <= PrivateKeyText.keyType.utf8.count || text[name].contains(UInt8(ascii: "\\")) {
            if beginKeyPart(content(name)) { return }
        }
        part = SecretPairs.isName(text[name]) ? .name : SecretPairs.isValue(text[name]) ? .value : .none
        if part == .value, pairs.last?.isSecret ?? false { isNamedSecret = true }
    }

    /// Whether the member is one of a JSON Web Key that is secret, if it is one.
    private mutating func beginKeyPart(_ name: String) -> Bool {
        guard !pairs.isEmpty else { return false }
        switch name {
        case PrivateKeyText.keyType: part = .keyType
        case PrivateKeyText.otherPrimes: part = .primes
        case _ where PrivateKeyText.members.contains(name): part = .key
        default: return false
        }
        return true
    }

    /// Takes notice of text as the type of a key, which only text can be.
    private mutating func noteKeyType() {
        guard part == .keyType, let object = pairs.indices.last, !pairs[object].isKey else { return }
        pairs[object].isKey = true
        found += pairs[object].keyParts
    }

    /// Takes notice of what is secret if the object around it is a key.
    private mutating func noteKeyPart(_ place: Range<Int>) {
        guard let object = pairs.indices.last else { return }
        if pairs[object].isKey { found.append(place) } else { pairs[object].keyParts.append(place) }
    }

    /// `position` moves to its last character.
    private mutating func number() {
        let end = text[position...].firstIndex { !Self.isPartOfNumber($0) } ?? text.count
        if isNamedSecret || secretDepth != nil {
            found.append(position..<end)
            numbers.insert(position)
        } else {
            note(position..<end, isSecret: false)
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
        guard !place.isEmpty, SecretPolicy.masked(text, level: level + 1) != nil else { return }
        let isPlain = !hasEscapes && !SecretPolicy.isSecret(text: text)
        guard isPlain else { return found.append(place) }
        let places = SecretsInText(Array(text.utf8), level: level + 1).places
        found += places.map { $0.lowerBound + place.lowerBound..<$0.upperBound + place.lowerBound }
    }

    private mutating func value(_ place: Range<Int>) {
        guard !place.isEmpty else { return }
        let isSecret =
            isNamedSecret || secretDepth != nil || SecretPolicy.masked(content(place), level: level + 1) != nil
        if isSecret { found.append(place) }
        noteKeyType()
        if part == .key, !isSecret { noteKeyPart(place) }
        note(place, isSecret: isSecret)
    }

    /// The string without its escapes.
    private func content(_ place: Range<Int>) -> String {
        let raw = text[place]
        guard raw.contains(UInt8(ascii: "\\")) else { return String(decoding: raw, as: UTF8.self) }
        let quoted = [UInt8(ascii: "\"")] + raw + [UInt8(ascii: "\"")]
        return (try? JSONReader.read(quoted))?.root.string?.lossyText ?? String(decoding: raw, as: UTF8.self)
    }
}
