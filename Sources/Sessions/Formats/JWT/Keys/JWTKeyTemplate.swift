/// How an application names its keys of one purpose: text with placeholders, such as `jwt:allow:{sub}:{jti}`.
///
/// `{{` and `}}` stand for braces themselves, as a hash tag of Redis Cluster has them: `jwt:{{{sub}}}:{jti}`.
public struct JWTKeyTemplate: Sendable, Hashable {
    /// A piece of a template.
    enum Part: Sendable, Hashable {
        case text([UInt8])
        case value(JWTKeyPlaceholder)
    }

    /// What the keys are for.
    public let purpose: JWTKeyPurpose
    /// The template as it is written.
    public let text: String
    /// Whether so many programs use such names that what the key holds has to look like it as well.
    package let isCommon: Bool
    let parts: [Part]
    /// Bytes of its text.
    let textLength: Int
    /// The text in front of the first placeholder: most keys are told by it.
    private let head: [UInt8]

    /// Reads a template.
    ///
    /// - Throws: `JWTKeyTemplateError` where a placeholder is unknown, missing, out of place or given twice, and where
    ///   two have no text between them.
    public init(_ text: String, for purpose: JWTKeyPurpose) throws(JWTKeyTemplateError) {
        try self.init(text, for: purpose, isCommon: false)
    }

    init(_ text: String, for purpose: JWTKeyPurpose, isCommon: Bool) throws(JWTKeyTemplateError) {
        self.purpose = purpose
        self.text = text
        self.isCommon = isCommon
        parts = try JWTKeyTemplateParser.parts(of: text)
        textLength = parts.reduce(0) { sum, part in if case .text(let text) = part { sum + text.count } else { sum } }
        head = if case .text(let text)? = parts.first { text } else { [] }
        try check()
    }

    private func check() throws(JWTKeyTemplateError) {
        var seen: Set<JWTKeyPlaceholder> = []
        var isBehindValue = false
        for part in parts {
            guard case .value(let placeholder) = part else {
                isBehindValue = false
                continue
            }
            let word = "{\(placeholder.rawValue)}"
            guard purpose.allowed.contains(placeholder) else { throw .outOfPlace(text, word, purpose) }
            guard seen.insert(placeholder).inserted else { throw .invalid(text, "\(word) stands there twice") }
            if isBehindValue { throw .invalid(text, "\(word) needs text between it and the placeholder before") }
            isBehindValue = true
        }
        guard purpose.needed.contains(where: seen.contains) else { throw .incomplete(text, purpose) }
        // Every key fits a template without text: as a deny-list it can be asked for the tokens that are known.
        guard purpose == .deny || textLength > 0 else { throw .invalid(text, "every key would fit it: it needs text") }
    }

    /// The values that stand in `key`; nil where it does not fit.
    ///
    /// A user's name may have every character, so `{sub}` takes what the text around leaves; without it the last
    /// placeholder does. One pass from each end.
    func values(in key: [UInt8]) -> [JWTKeyPlaceholder: [UInt8]]? {
        guard textLength > 0, key.hasPrefix(head) else { return nil }
        var match = JWTKeyMatching(key: key, parts: parts)
        return match.values()
    }

    /// The key with `values` in place; nil where one is missing.
    func key(_ values: [JWTKeyPlaceholder: [UInt8]]) -> [UInt8]? {
        var key: [UInt8] = []
        for part in parts {
            switch part {
            case .text(let text): key += text
            case .value(let placeholder):
                guard let value = values[placeholder], !value.isEmpty else { return nil }
                key += value
            }
        }
        return key
    }

    /// Whether it has the placeholder.
    func has(_ placeholder: JWTKeyPlaceholder) -> Bool { parts.contains(.value(placeholder)) }

    /// The glob-style pattern of SCAN for all keys that may fit.
    package var pattern: [UInt8] {
        parts.reduce(into: []) { pattern, part in
            guard case .text(let text) = part else { return pattern.append(UInt8(ascii: "*")) }
            for byte in text {
                if "*?[]\\^".utf8.contains(byte) { pattern.append(UInt8(ascii: "\\")) }
                pattern.append(byte)
            }
        }
    }
}

/// Takes a template's text apart.
enum JWTKeyTemplateParser {
    private static let braces = (open: UInt8(ascii: "{"), close: UInt8(ascii: "}"))

    static func parts(of text: String) throws(JWTKeyTemplateError) -> [JWTKeyTemplate.Part] {
        var parts: [JWTKeyTemplate.Part] = []
        var plain: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == braces.open || byte == braces.close, rest.first == byte {
                rest.removeFirst()
                plain.append(byte)
            } else if byte == braces.open {
                if !plain.isEmpty { parts.append(.text(plain)) }
                plain = []
                parts.append(.value(try placeholder(&rest, text)))
            } else if byte == braces.close {
                throw .invalid(text, "a } closes nothing; }} stands for the sign itself")
            } else {
                plain.append(byte)
            }
        }
        return plain.isEmpty ? parts : parts + [.text(plain)]
    }

    private static func placeholder(
        _ rest: inout ArraySlice<UInt8>, _ text: String
    ) throws(JWTKeyTemplateError) -> JWTKeyPlaceholder {
        guard let end = rest.firstIndex(of: braces.close) else {
            throw .invalid(text, "a { is not closed; {{ stands for the sign itself")
        }
        let word = String(decoding: rest[..<end], as: UTF8.self)
        guard let placeholder = JWTKeyPlaceholder(rawValue: word) else { throw .unknownPlaceholder(text, word) }
        rest = rest[(end + 1)...]
        return placeholder
    }
}
