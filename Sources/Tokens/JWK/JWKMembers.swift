internal import Sessions

/// The members of one JSON Web Key, read strictly (RFC 7517 §4).
struct JWKMembers {
    private let object: JSONObject

    init(_ object: JSONObject) throws(TokenError) {
        guard object.duplicateNames.isEmpty else { throw .key(.duplicateMember) }
        self.object = object
    }

    func has(_ name: String) -> Bool { object.last(named: JSONString(name)) != nil }

    func string(_ name: String) throws(TokenError) -> JSONString? {
        guard let node = object.last(named: JSONString(name)) else { return nil }
        guard let string = node.string else { throw .key(.malformed(name, "a string")) }
        return string
    }

    /// A string that a specification lists, so that it has no unpaired surrogate.
    func word(_ name: String) throws(TokenError) -> String? { try string(name)?.lossyText }

    /// The different strings of an array (RFC 7517 §4.3).
    func words(_ name: String) throws(TokenError) -> Set<String>? {
        guard let node = object.last(named: JSONString(name)) else { return nil }
        let words = node.array?.compactMap { $0.string?.lossyText } ?? []
        guard let array = node.array, words.count == array.count, Set(words).count == words.count else {
            throw .key(.malformed(name, "an array of different strings"))
        }
        return Set(words)
    }

    /// Bytes as Base64url without padding; of exactly `count` bytes where one is given (RFC 7518 §6.2.1.2).
    func bytes(_ name: String, count: Int? = nil) throws(TokenError) -> [UInt8]? {
        guard let text = try string(name) else { return nil }
        guard let bytes = try? Base64.decode(text.bytes, .url) else { throw .key(.malformed(name, "Base64url")) }
        if let count, bytes.count != count { throw .key(.malformed(name, "\(count) bytes long")) }
        return bytes
    }

    func required(_ name: String, count: Int? = nil) throws(TokenError) -> [UInt8] {
        guard let bytes = try bytes(name, count: count) else { throw .key(.missing(name)) }
        return bytes
    }

    /// A positive number in as few bytes as it needs (RFC 7518 §2, Base64urlUInt).
    func number(_ name: String) throws(TokenError) -> [UInt8] {
        let bytes = try required(name)
        guard let first = bytes.first, first != 0 else {
            throw .key(.malformed(name, "a number without zero bytes in front"))
        }
        return bytes
    }
}
