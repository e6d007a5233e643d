internal import Sessions

extension TokenRefusal {
    /// Refusals for parameters and claims in which a name occurs twice further inside, as in
    /// `"realm_access": {"roles": […], "roles": […]}`.
    ///
    /// RFC 7515 §4 and RFC 7519 §4 speak of the outermost names, which are findings of the token; deeper down readers differ
    /// in the same way in which one they take (RFC 8259 §4), and so do verifier and application.
    static func nestedDuplicates(in token: JWT) -> [TokenRefusal] {
        duplicates(in: token.header.root.object, .header) + duplicates(in: token.claims, .payload)
    }

    private static func duplicates(in object: JSONObject?, _ part: JWTFinding.Part) -> [TokenRefusal] {
        guard let object else { return [] }
        return object.filter { holdsDuplicate($0.value) }.prefix(most).map {
            TokenRefusal(.finding(.duplicateMember), part, of: $0.name, "a name in it occurs more than once")
        }
    }

    /// Nobody reads more.
    private static let most = 20

    /// A stack of its own: how deep values lie in each other is the sender's choice.
    private static func holdsDuplicate(_ value: JSONNode) -> Bool {
        var open = [value]
        while let node = open.popLast() {
            if let object = node.object {
                guard object.duplicateNames.isEmpty else { return true }
                open += object.map(\.value)
            } else if let array = node.array {
                open += array
            }
        }
        return false
    }
}
