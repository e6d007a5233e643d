/// What a token, or an entry beside one, says of its user's rights. There is no standard: these are the usual claims
/// (session-formats, ch. 17.4).
extension JWTEntryFields {
    /// Claims that name roles as they are.
    private static let roleClaims = ["roles", "role", "authorities", "groups"]
    /// Claims of OAuth 2.0 (RFC 8693 §4.2, and as some servers write it), which Spring Security turns into `SCOPE_…`.
    private static let scopeClaims = ["scope", "scp"]
    private static let mostRoles = 1000

    /// The roles in the order of the claims, each once.
    var roles: [String] {
        let named = Self.roleClaims.flatMap { words(of: $0, separatedBySpaces: false) }
        let keycloak = realmRoles + clientRoles
        let scopes = Self.scopeClaims.flatMap { words(of: $0, separatedBySpaces: true) }.map { "SCOPE_" + $0 }
        var seen: Set<String> = []
        return (named + keycloak + scopes).filter { seen.insert($0).inserted }
    }

    /// What Keycloak grants in the whole realm: `"realm_access": {"roles": ["admin"]}` (keycloak/keycloak,
    /// core/src/main/java/org/keycloak/representations/AccessToken.java).
    private var realmRoles: [String] { object("realm_access").map { Self.roles(in: $0.root) } ?? [] }

    /// What Keycloak grants for single clients: `"resource_access": {"shop": {"roles": ["buyer"]}}`.
    private var clientRoles: [String] {
        guard let clients = object("resource_access")?.root.object else { return [] }
        return Array(clients.lazy.prefix(Self.mostRoles).flatMap { Self.roles(in: $0.value) }.prefix(Self.mostRoles))
    }

    /// The strings in the member `roles` of an object.
    private static func roles(in access: JSONNode) -> [String] {
        let roles = JacksonValue(access).member("roles".utf8)?.array
        return roles?.prefix(mostRoles).compactMap { $0.string.map { EscapedName.text(of: $0.bytes) } } ?? []
    }

    private func object(_ claim: String) -> JSONDocument? {
        guard let text = text(claim), text.first == UInt8(ascii: "{") else { return nil }
        return try? JSONReader.read(text)
    }

    /// The strings of an array, or what a string holds; an object says something else.
    private func words(of claim: String, separatedBySpaces: Bool) -> [String] {
        guard let text = text(claim) else { return [] }
        if text.first == UInt8(ascii: "["), let items = (try? JSONReader.read(text))?.root.array {
            return items.prefix(Self.mostRoles).compactMap { $0.string.map { EscapedName.text(of: $0.bytes) } }
        }
        guard text.first != UInt8(ascii: "{") else { return [] }
        let word = EscapedName.text(of: text)
        return separatedBySpaces ? word.split(separator: " ").prefix(Self.mostRoles).map { String($0) } : [word]
    }
}
