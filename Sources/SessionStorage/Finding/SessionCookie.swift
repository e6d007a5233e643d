package import Sessions

/// A cookie by which a browser names a session.
package struct SessionCookie: Hashable, Sendable {
    /// The cookie's name unless the application gave it another.
    package let name: String
    package let value: [UInt8]
    /// Who writes it so.
    package let writer: String

    /// Why a session has no cookie, and what to do instead.
    package enum Refusal: Error, Hashable, Sendable {
        /// A JSON Web Token is sent itself.
        case jwt
        /// An access token is sent in a header.
        case accessToken
        /// The ids of this format's sessions carry no route.
        case noRoute(format: String)
    }

    /// The cookies of `session`, the likeliest first.
    ///
    /// - Parameter route: what a load balancer finds its server by, if there is one.
    package static func cookies(of session: Session, route: String?) throws(Refusal) -> [SessionCookie] {
        switch session.format {
        case "jwt": throw .jwt
        case "oauth": throw .accessToken
        case "spring": return spring(session, route)
        // Redisson's repository is one of Spring Session's (session-formats, ch. 13).
        case "redisson" where session.variant == "repository": return spring(session, route)
        case "shiro":
            guard route == nil else { throw .noRoute(format: "shiro") }
            return shiro(session)
        case "amadeus":
            guard route == nil else { throw .noRoute(format: "amadeus") }
            return [SessionCookie(name: "JSESSIONID", value: session.id, writer: "Amadeus' HttpSessionReplacer")]
        default: return [tomcat(session, route)]
        }
    }

    /// The route is no part of the id: the serializer of the cookie adds it (session-formats, ch. 5.3). WebFlux, which the reactive
    /// repositories are for, writes the plain id.
    private static func spring(_ session: Session, _ route: String?) -> [SessionCookie] {
        let value = session.id + suffix(route)
        if session.variant == "reactive-indexed" {
            return [SessionCookie(name: "SESSION", value: value, writer: "Spring Session with WebFlux")]
        }
        return [
            SessionCookie(
                name: "SESSION", value: Array(Base64.encode(value).utf8), writer: "Spring Session 2.0 and later"),
            SessionCookie(name: "SESSION", value: value, writer: "Spring Session 1.x, or without Base64"),
        ]
    }

    /// The route is part of the stored id (ch. 3.1, 10.1, 11); a session without one may be given one.
    private static func tomcat(_ session: Session, _ route: String?) -> SessionCookie {
        let hasRoute = session.id.contains(UInt8(ascii: "."))
        let writer =
            switch session.format {
            case "memcached": "Tomcat with memcached-session-manager, in Redis without a node's name"
            case "redisson": "Tomcat with Redisson"
            default: "Tomcat"
            }
        return SessionCookie(
            name: "JSESSIONID", value: session.id + (hasRoute ? [] : suffix(route)),
            writer: writer + (hasRoute ? ", with the route that is part of the id" : ""))
    }

    /// Shiro's own sessions (ch. 13) have the plain id; its documentation calls the cookie `sid` where it gives it a name.
    private static func shiro(_ session: Session) -> [SessionCookie] {
        [
            SessionCookie(name: "JSESSIONID", value: session.id, writer: "Shiro's DefaultWebSessionManager"),
            SessionCookie(name: "sid", value: session.id, writer: "the same, where the application calls it so"),
        ]
    }

    private static func suffix(_ route: String?) -> [UInt8] { route.map { Array(("." + $0).utf8) } ?? [] }
}
