/// Who is logged in and how, as the security framework put it into the session (session-formats, ch. 2.1, 5.4 and 9).
///
/// What is there is read; nothing is checked. Names that are no text, and lists that are none, are not there.
public struct Authentication: Hashable, Sendable {
    /// The user's name; what is no Unicode text in it is written as in ``Session/principal``.
    public let name: String?
    /// The class, such as `org.springframework.security.authentication.RememberMeAuthenticationToken`; empty where JSON
    /// names none.
    public let className: String
    /// The names of the roles as stored (`ROLE_ADMIN`), in their order.
    public let roles: [String]
    /// Whether the token says that it was checked; nil where it does not say.
    public let isAuthenticated: Bool?
    /// From where the user logged in.
    public let remoteAddress: String?
    /// Where the user logged in, of OAuth 2.0: the client's registration id.
    public let provider: String?
    /// When the user logged in, of OpenID Connect: when the id token was issued.
    public let since: String?
    /// Whether it holds a password or other credentials.
    public let holdsCredentials: Bool
    /// The user's name in WTF-8.
    let nameBytes: [UInt8]?

    /// Reads Spring Security's context, its authentication, or the principal of Tomcat; nil for anything else.
    public init?(_ value: AttributeValue) {
        guard let object = ObjectView(value) else { return nil }
        if Self.isTomcat(object) {
            self.init(tomcat: object)
        } else {
            guard let token = object.object("authentication") ?? Self.token(object) else { return nil }
            self.init(token: token)
        }
    }

    /// The object, if it is an authentication itself.
    private static func token(_ object: ObjectView) -> ObjectView? {
        object.object("authorities") != nil && object.bool("authenticated") != nil ? object : nil
    }

    /// Whether the context, authentication or principal that `value` is holds a password or other credentials: the same as
    /// ``holdsCredentials``, without reading the rest.
    static func holdsCredentials(_ value: AttributeValue) -> Bool {
        guard let object = ObjectView(value) else { return false }
        if isTomcat(object) { return isThere(object.object("password")) }
        return (object.object("authentication") ?? token(object)).map { holdsCredentials(token: $0) } ?? false
    }

    private static func holdsCredentials(token: ObjectView) -> Bool {
        isThere(token.object("credentials")) || isThere(token.object("principal")?.object("password"))
    }

    /// Whether the object is the principal of Tomcat.
    static func isTomcat(_ object: ObjectView) -> Bool {
        object.className.hasSuffix(".GenericPrincipal$SerializablePrincipal")
    }

    private init(token: ObjectView) {
        nameBytes = AuthenticationName.name(of: token)
        name = nameBytes.map { EscapedName.text(of: $0) }
        className = token.className
        roles = token.object("authorities")?.items.compactMap { Self.role($0) } ?? []
        isAuthenticated = token.bool("authenticated")
        remoteAddress = token.object("details")?.text("remoteAddress")
        provider = token.text("authorizedClientRegistrationId")
        since = token.object("principal")?.object("idToken")?.time("issuedAt")
        holdsCredentials = Self.holdsCredentials(token: token)
    }

    /// `GenericPrincipal.SerializablePrincipal` of Tomcat 6 to 11; up to 8.5 it holds the password.
    private init(tomcat object: ObjectView) {
        nameBytes = object.bytes("name")
        name = nameBytes.map { EscapedName.text(of: $0) }
        className = object.className
        roles = object.object("roles")?.items.compactMap { $0.text } ?? []
        isAuthenticated = nil
        (remoteAddress, provider, since) = (nil, nil, nil)
        holdsCredentials = Self.isThere(object.object("password"))
    }

    private static func isThere(_ secret: ObjectView?) -> Bool { secret.map { $0.text?.isEmpty != true } ?? false }

    /// `SimpleGrantedAuthority.role`; `authority` of the others, and of all in JSON.
    private static func role(_ authority: ObjectView) -> String? {
        authority.text("role") ?? authority.text("authority") ?? authority.text
    }
}

extension Session {
    /// The names of the user's roles as they are stored, such as `ROLE_ADMIN`; decoded now, from ``authentication``. Of a token
    /// what its claims say.
    public var roles: [String] { authentication.flatMap { Authentication($0) }?.roles ?? jwt?.roles ?? [] }
}
