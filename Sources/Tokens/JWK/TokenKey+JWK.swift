internal import Sessions

extension TokenKey {
    /// The key that a JSON Web Key describes (RFC 7517 §4, RFC 7518 §6, RFC 8037 §2).
    ///
    /// `use`, `key_ops` and `alg` can only take uses away. Certificates and addresses in it are not looked at.
    init(jwk object: JSONObject) throws(TokenError) {
        let members = try JWKMembers(object)
        let operations = try Self.operations(members)
        let named = try Self.namedAlgorithm(members)
        let material = try Self.material(members)
        if let named, !material.algorithms.contains(named) {
            if case .hmac = named.family, let secret = try members.bytes("k"), material.isSecret {
                throw .key(.shortSecret(bytes: secret.count))
            }
            throw .key(.wrongAlgorithm)
        }
        self.init(
            material, id: try members.string("kid"), algorithms: named.map { [$0] }, operations: operations)
    }

    /// `use` must be `sig` where it is there, and `key_ops` name one of the two operations (RFC 7517 §4.2, §4.3).
    private static func operations(_ members: JWKMembers) throws(TokenError) -> Set<Operation> {
        if let use = try members.word("use"), use != "sig" { throw .key(.notForSignatures) }
        guard let words = try members.words("key_ops") else { return [.sign, .verify] }
        var operations: Set<Operation> = []
        if words.contains("sign") { operations.insert(.sign) }
        if words.contains("verify") { operations.insert(.verify) }
        guard !operations.isEmpty else { throw .key(.notForSignatures) }
        return operations
    }

    private static func namedAlgorithm(_ members: JWKMembers) throws(TokenError) -> SignatureAlgorithm? {
        guard let name = try members.word("alg") else { return nil }
        guard let algorithm = SignatureAlgorithm(rawValue: name) else { throw .key(.wrongAlgorithm) }
        return algorithm
    }

    private static func material(_ members: JWKMembers) throws(TokenError) -> KeyMaterial {
        switch try members.word("kty") {
        case "oct": try secret(try members.required("k"))
        case "RSA": try .rsa(members)
        case "EC": try .ec(members)
        case "OKP": try .edwards(members)
        case nil: throw .key(.missing("kty"))
        default: throw .key(.unsupported("kty of the key is none of oct, RSA, EC and OKP"))
        }
    }
}
