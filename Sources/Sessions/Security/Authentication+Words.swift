extension Authentication {
    /// In one line for people: who, with which roles, from where and how. The prefix `ROLE_` goes without saying here.
    public var words: String {
        var words = [name ?? "a user without a name"]
        if roles.isEmpty {
            words.append("no roles")
        } else {
            let shown = roles.prefix(20).map { $0.hasPrefix("ROLE_") ? String($0.dropFirst(5)) : $0 }
            words.append("roles " + shown.joined(separator: ", ") + (roles.count > 20 ? ", …" : ""))
        }
        if let remoteAddress { words.append("from \(remoteAddress)") }
        if let since { words.append("since \(since)") }
        if let way { words.append(way) }
        if isAuthenticated == false { words.append("not authenticated") }
        if holdsCredentials { words.append("with a stored password") }
        return words.joined(separator: ", ")
    }

    /// How the user logged in, by the class; nil for the usual way, with name and password, and for Tomcat's.
    private var way: String? {
        let kind = String(className.split(separator: ".").last ?? "")
        return switch kind {
        case "", "UsernamePasswordAuthenticationToken", "GenericPrincipal$SerializablePrincipal": nil
        case "RememberMeAuthenticationToken": "by remember-me"
        case "AnonymousAuthenticationToken": "anonymous"
        case "PreAuthenticatedAuthenticationToken": "authenticated outside of the application"
        case "OAuth2AuthenticationToken": "by OAuth 2.0" + (provider.map { " (\($0))" } ?? "")
        default: "by \(kind)"
        }
    }
}
