/// Finds a secret in JSON, to say where it stands without a word of what it is.
package enum SecretPlace {
    /// The path to the first value, or name of a member, that would be masked where the JSON is shown; nil where there is none, and for
    /// what is no JSON.
    ///
    /// - Parameter name: what the value is called, in front of the path.
    package static func first(in json: [UInt8], of name: String) -> String? {
        var scan = SecretsInJSON(json)
        guard let offset = scan.places().first?.lowerBound, let root = try? JSONReader.read(json).root else {
            return nil
        }
        return path(to: offset, in: root, name)
    }

    /// The path to the first secret among the claims of a token; nil where there is none.
    ///
    /// The names of registered claims are no secrets: `sid` names a session and is no key to it. What was an attribute of a session is
    /// judged by its name there.
    package static func first(inClaims claims: JSONObject) -> String? {
        if let member = keyMember(of: claims) { return member }
        for member in claims where !member.value.isNull && member.value.kind != .bool {
            let claim = JWTMember(member, JWTTerm.claims)
            let name = EscapedName.text(of: member.name.bytes)
            let own = name.rest(behind: SessionClaims.attributePrefix) ?? name
            if claim.meaning == nil, SecretPolicy.isSecret(name: own) { return name }
            if SecretPolicy.masked(name) != nil { return SecretPolicy.mask }
            if let path = first(in: Array(member.value.text), of: name) { return path }
        }
        return nil
    }

    /// The first secret member of claims that are a JSON Web Key.
    private static func keyMember(of claims: JSONObject) -> String? {
        guard PrivateKeyText.isKey(claims) else { return nil }
        return claims.lazy.map { (name: EscapedName.text(of: $0.name.bytes), value: $0.value) }.first {
            PrivateKeyText.isPrivate($0.name, $0.value)
        }?.name
    }

    /// The path to what is written at an offset; the walk goes down and never back.
    private static func path(to offset: Int, in root: JSONNode, _ name: String) -> String {
        var paths = DocumentPaths(root: name)
        var path = DocumentPaths.start
        var node = root
        while node.isContainer, let (step, next) = part(of: node, at: offset) {
            path = paths.adding(step, to: path)
            // Of a member the name may be meant.
            guard next.textRange.lowerBound <= offset else { break }
            node = next
        }
        return paths.text(of: path)
    }

    /// The element or member in which the offset is.
    private static func part(of node: JSONNode, at offset: Int) -> (AttributePath.Step, JSONNode)? {
        let children = JSONChildren(of: node)
        guard let index = children.values.firstIndex(where: { offset < $0.textRange.upperBound }) else { return nil }
        let value = children.values[index]
        guard node.kind == .object else { return (.number(Int64(index)), value) }
        let text = EscapedName.text(of: children.names[index].bytes)
        return (.key(SecretPolicy.masked(text) ?? text), value)
    }
}
