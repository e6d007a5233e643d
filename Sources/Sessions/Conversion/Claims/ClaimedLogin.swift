/// Who is logged in, as a token says it (session-formats, ch. 17.4): `sub`, `roles`, `scope` and `amr`.
///
/// Roles keep the names that they have in the session, `ROLE_` included.
struct ClaimedLogin {
    /// The user's name in UTF-8; nil where nobody is logged in.
    private(set) var subject: [UInt8]?
    private(set) var roles: [String] = []
    private(set) var scopes: [String] = []
    /// How the user logged in, in the words of RFC 8176.
    private(set) var methods: [String] = []
    private(set) var losses: [ConversionLoss] = []

    /// What is said of the login stands under this name, wherever the session has it.
    private static let part = ContainerLogin.part
    private static let scopePrefix = "SCOPE_"
    private static let factorPrefix = "FACTOR_"

    init(of session: Session) {
        let authentication = session.authentication.flatMap { Authentication($0) }
        // Roles are those of the login, whatever an application has put into the index.
        let name = authentication?.nameBytes.flatMap { $0.isEmpty ? nil : $0 } ?? session.principalName
        if let reason = Self.absence(of: name, authentication) {
            lose(reason, isDropped: name?.isEmpty == false)
            return
        }
        subject = name
        if let authentication {
            take(authentication, ContainerLogin(of: session))
            methods = LoginMethods.words(
                for: authentication, authType: session.details.first { $0.name == "authType" }?.value)
        } else if session.authentication != nil {
            lose("what is kept of the login cannot be read: the token has no roles", isDropped: true)
        } else {
            lose("the session has no roles of the user, and so the token has none")
        }
    }

    /// Why the token has no user; nil where it has one.
    private static func absence(of name: [UInt8]?, _ authentication: Authentication?) -> String? {
        guard let name, !name.isEmpty else {
            return "nobody is logged in, and the token has no sub"
        }
        if authentication?.isAuthenticated == false {
            return "the login is not complete (authenticated is false): the token has no sub and no roles"
        }
        if authentication?.className.hasSuffix(".AnonymousAuthenticationToken") == true {
            return "nobody is logged in but the user for those who are not: the token has no sub and no roles"
        }
        guard String(validating: name, as: UTF8.self) != nil else {
            return "the user's name is no Unicode text: the token has no sub and no roles"
        }
        return nil
    }

    /// - Parameter container: the login, where the container keeps it beside the attributes; else it is one of them, which is told as such.
    private mutating func take(_ authentication: Authentication, _ container: ContainerLogin?) {
        take(authentication.roles)
        if authentication.holdsCredentials {
            lose("its password or other credentials are in no token", isDropped: true)
        }
        let name = authentication.className
        losses.append(
            ConversionLoss(
                attribute: Self.part, className: name.isEmpty ? nil : name,
                "of the login the token says the name (sub), the roles and, where known, how (amr), and nothing else",
                isDropped: container?.holdsMore ?? false))
    }

    private mutating func take(_ granted: [String]) {
        // A list is looked at up to here.
        if granted.count >= ObjectView.maximumItems { lose("of the roles the first \(granted.count) are in the token") }
        var seen: Set<String> = []
        for role in granted where seen.insert(role).inserted {
            if role.unicodeScalars.contains("\u{fffd}") {
                lose("a role has a name that is no Unicode text, and is left out", isDropped: true)
            } else if let scope = Self.scope(role) {
                scopes.append(scope)
            } else if !role.hasPrefix(Self.factorPrefix) {
                roles.append(role)
            }
        }
    }

    /// The scope that an authority grants. What is between blanks is several to whoever reads it (RFC 6749 §3.3).
    private static func scope(_ role: String) -> String? {
        guard role.hasPrefix(scopePrefix) else { return nil }
        let scope = role.dropFirst(scopePrefix.count)
        return scope.isEmpty || scope.contains(" ") ? nil : String(scope)
    }

    private mutating func lose(_ reason: String, isDropped: Bool = false) {
        losses.append(ConversionLoss(attribute: Self.part, reason, isDropped: isDropped))
    }

    /// Writes what the user may do, and how it is known who it is.
    func writeRights(to writer: inout JSONWriter) {
        writer.member("roles", roles)
        if !scopes.isEmpty { writer.member("scope", scopes.joined(separator: " ")) }
        writer.member("amr", methods)
    }
}
