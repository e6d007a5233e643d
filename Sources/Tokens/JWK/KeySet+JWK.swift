package import Sessions

extension KeySet {
    /// Limits for the JSON of keys: a key file has some kilobytes.
    package static let limits = JSONLimits(bytes: 1 << 20, depth: 32, nodes: 50_000)
    /// A token without a `kid` is tried with every key, so their number is bounded.
    private static let mostKeys = 256

    /// The keys of a JSON Web Key or a JWK Set (RFC 7517 §4, §5).
    ///
    /// - Throws: ``TokenError`` if the one key, or every key of the set, cannot be used.
    package static func jwk(_ text: [UInt8]) throws(TokenError) -> KeySet {
        guard let object = try read(text).root.object else { throw .key(.notAKey) }
        guard let list = object.last(named: JSONString("keys")) else {
            guard object.last(named: JSONString("kty")) != nil else { throw .key(.notAKey) }
            return try KeySet([try TokenKey(jwk: object)])
        }
        guard object.last(named: JSONString("kty")) == nil else { throw .key(.notAKey) }
        guard object.duplicateNames.isEmpty else { throw .key(.duplicateMember) }
        guard let array = list.array, array.count <= mostKeys else {
            throw .key(.malformed("keys", "an array of at most \(mostKeys) keys"))
        }
        return try set(array)
    }

    private static func read(_ text: [UInt8]) throws(TokenError) -> JSONDocument {
        do {
            return try JSONReader.read(text, limits: limits)
        } catch {
            throw .key(.notJSON(error))
        }
    }

    private static func set(_ array: JSONArray) throws(TokenError) -> KeySet {
        var keys: [TokenKey] = []
        var refused: [RefusedKey] = []
        for node in array {
            do {
                keys.append(try key(node))
            } catch {
                guard case .key(let problem) = error else { throw error }
                refused.append(RefusedKey(id: node["kid"]?.string, problem: problem))
            }
        }
        return try KeySet(keys, refused: refused)
    }

    private static func key(_ node: JSONNode) throws(TokenError) -> TokenKey {
        guard let object = node.object else { throw .key(.notAKey) }
        return try TokenKey(jwk: object)
    }
}
