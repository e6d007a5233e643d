import JavaSerialization

/// Follows steps into a JSON Web Token: `header.NAME` or `claims.NAME`, and what is inside: the members that it has as JSON.
///
/// A payload that is no object has no claims, and is `payload`, which means both.
struct TokenPathWalk {
    let token: JWT

    init(token: JWT) { self.token = token }

    /// The token that is the whole of a text inside an attribute; nil for any other text.
    init?(_ text: [UInt8]?) {
        // Most text has no dot, and ends the question at once.
        guard let text, text.contains(UInt8(ascii: ".")), JWT.looksLikeToken(text), let token = try? JWT.decode(text)
        else { return nil }
        self.token = token
    }

    func value(steps: ArraySlice<AttributePath.Step>) throws(PathError) -> PathValue {
        var rest = steps
        let node: JSONNode?
        switch rest.popFirst() {
        case .name("header"), .quoted("header"): node = token.header.root
        case .name("claims"), .quoted("claims"), .name("payload"), .quoted("payload"):
            if case .json(let document) = token.payload { node = document.root } else { node = nil }
        default: node = nil
        }
        guard let node else { throw PathError(message: "a token has header and claims") }
        return try JSONPathWalk(start: node).value(steps: rest)
    }
}
