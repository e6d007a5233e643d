extension SecretPolicy {
    /// What is shown of the text of something called `name`: the mask, or the text with a mask in place of each secret
    /// in it: passwords of URLs, values behind secret names and `=`, card numbers but for the last four digits, and what JSON
    /// text has under secret names. Nil where nothing is secret.
    public static func masked(_ text: String, named name: String = "") -> String? {
        !text.isEmpty && isSecret(name: name) ? mask : masked(text, level: 0)
    }

    /// In how much JSON that stands as text in other JSON secrets are looked for; what is nested deeper is taken for one.
    private static let deepest = 8

    /// The same of text that stands in so much JSON, one in the other.
    static func masked(_ text: String, level: Int) -> String? {
        guard !text.isEmpty else { return nil }
        if isSecret(text: text) { return mask }
        guard mayHoldSecret(text.utf8Span.span) else { return nil }
        guard level < deepest else { return mask }
        let bytes = Array(text.utf8)
        let secrets = SecretsInText(bytes, level: level)
        return masked(bytes, in: secrets.places, quoting: secrets.numbers)
    }

    /// JSON text with a mask in place of each secret string or number, or of all of them where the whole `isSecret`.
    public static func maskedJSON(_ text: [UInt8], isSecret: Bool = false) -> [UInt8] {
        var scan = SecretsInJSON(text, isSecret: isSecret)
        let places = scan.places()
        return masked(text, in: places, quoting: scan.numbers).map { Array($0.utf8) } ?? text
    }

    /// A message that may repeat what somebody typed: without the passwords of URLs, without tokens and private keys, and with the
    /// beginning alone of what is as long as only tokens and whole values are.
    public static func maskedMessage(_ message: String) -> String {
        let bytes = Array(message.utf8)
        let places = SecretsInText.merged(
            SecretsInURLs.places(in: bytes) + PrivateKeyMembers.places(in: bytes)
                + PrivateKeyBlocks.places(in: bytes))
        return SecretsInMessage.masked(masked(bytes, in: places).map { Array($0.utf8) } ?? bytes)
    }

    /// Whether a word that makes names secret stands somewhere in bytes that cannot be decoded; short words, which stand in
    /// many others, do not count.
    public static func holdsSecretWord(_ bytes: [UInt8]) -> Bool {
        let words = words.filter { $0.utf8.count > 4 }.map { Array($0.utf8) }
        var wordsByLetter = [[[UInt8]]](repeating: [], count: 256)
        for word in words { wordsByLetter[Int(word[0])].append(word) }
        for start in bytes.indices where !wordsByLetter[Int(bytes[start] | 0x20)].isEmpty {
            for word in wordsByLetter[Int(bytes[start] | 0x20)] where start + word.count <= bytes.count {
                if word.indices.allSatisfy({ word[$0] == bytes[start + $0] | 0x20 }) { return true }
            }
        }
        return false
    }

    /// `text` with masks in the places, which are in order; nil where there is none.
    ///
    /// - Parameter quoted: where places begin whose masks stand in quotes.
    static func masked(_ text: [UInt8], in places: [Range<Int>], quoting quoted: Set<Int> = []) -> String? {
        guard !places.isEmpty else { return nil }
        var result: [UInt8] = []
        var position = 0
        for place in places where place.lowerBound >= position {
            result += text[position..<place.lowerBound]
            result += quoted.contains(place.lowerBound) ? "\"\(mask)\"".utf8 : mask.utf8
            position = place.upperBound
        }
        return String(decoding: result + text[position...], as: UTF8.self)
    }
}

/// Where the secrets of a value's text are.
struct SecretsInText {
    /// The places, in order.
    let places: [Range<Int>]
    /// Where the numbers of JSON among them begin.
    let numbers: Set<Int>

    /// Looks for them in `text`, which stands in so much JSON, one in the other.
    init(_ text: [UInt8], level: Int = 0) {
        let first = text.first { !Hexadecimal.isSpace($0) }
        guard first == UInt8(ascii: "{") || first == UInt8(ascii: "[") else {
            (places, numbers) = (Self.merged(Self.others(in: text)), [])
            return
        }
        var scan = SecretsInJSON(text, level: level)
        let places = scan.places()
        if ByteText.isJSON(text) {
            (self.places, numbers) = (places, scan.numbers)
        } else {
            // `{password=x}`, as maps print themselves, begins like JSON.
            (self.places, numbers) = (Self.merged(places + Self.others(in: text)), [])
        }
    }

    private static func others(in text: [UInt8]) -> [Range<Int>] {
        SecretsInURLs.places(in: text) + SecretsInAssignments.places(in: text) + CardNumbers.places(in: text)
            + TokensInText.places(in: text) + PrivateKeyMembers.places(in: text) + PrivateKeyBlocks.places(in: text)
    }

    /// The places in order, those that overlap as one.
    static func merged(_ places: [Range<Int>]) -> [Range<Int>] {
        guard places.count > 1 else { return places }
        return places.sorted { $0.lowerBound < $1.lowerBound }.reduce(into: []) { merged, place in
            if let last = merged.last, place.lowerBound < last.upperBound {
                merged[merged.count - 1] = last.lowerBound..<max(last.upperBound, place.upperBound)
            } else {
                merged.append(place)
            }
        }
    }
}
