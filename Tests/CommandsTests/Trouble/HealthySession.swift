import TestSupport

/// A real session of the fixtures, and what its writer said of it.
struct HealthySession: Sendable {
    let format: String
    let id: String
    let principal: String?

    /// A store of each format and of its layouts that do not share keys with another.
    private static let stores: [(format: String, store: FixtureStore)] = [
        ("spring", "spring-session-3.5.7-indexed"), ("spring", "java-programs/spring-session-reactive-indexed"),
        ("tomcat", "tomcat9-redis-session-manager"), ("tomcat", "java-programs/chexagon-redis-session-manager"),
        ("tomcat", "java-programs/dotcms-redis-session-manager"), ("redisson", "redisson-tomcat-3.52.0"),
        ("redisson", "java-programs/redisson-spring-session"),
        ("memcached", "java-programs/memcached-session-manager-non-sticky"), ("shiro", "java-programs/shiro-redis"),
        ("amadeus", "java-programs/amadeus-session-replacer"), ("zinin", "java-programs/zinin-tomcat-redis-session"),
        ("oauth", "java-programs/spring-oauth-token-store"), ("jwt", "java-programs/jwt-keys"),
    ].map { ($0, FixtureStore($1)) }

    /// Puts all stores into `server` and returns their sessions.
    static func load(into server: RedisServer) throws -> [HealthySession] {
        try stores.flatMap { format, store in
            try server.load(store, forever: true)
            return format == "jwt" ? try tokens(store) : try sessions(format, store)
        }
    }

    private static func sessions(_ format: String, _ store: FixtureStore) throws -> [HealthySession] {
        try store.expectedSessions().filter { $0["keyExists"]?.bool != false }.map { session in
            // Who an OAuth token was given to stands in another key.
            let principal = format == "oauth" ? nil : session["principal"]?.string
            return HealthySession(
                format: format, id: try session.required("id").requiredString(), principal: principal)
        }
    }

    /// The entries of an allow-list, `jwt:allow:<user>:<id>`, and other keys whose value is a token; their id is the key.
    private static func tokens(_ store: FixtureStore) throws -> [HealthySession] {
        try store.records().compactMap { record in
            let key = String(decoding: record.key, as: UTF8.self)
            let parts = key.split(separator: ":").map { String($0) }
            if key.hasPrefix("jwt:allow:"), let id = parts.last {
                // A user may have colons in the name, an id has none.
                let user = parts.dropFirst(2).dropLast().joined(separator: ":")
                return HealthySession(format: "jwt", id: id, principal: user)
            }
            guard case .string(let value) = record.content, value.starts(with: Array("eyJ".utf8)) else { return nil }
            return HealthySession(format: "jwt", id: key, principal: nil)
        }
    }
}
