import JavaSerialization

/// Who is logged in and with which roles: what is carried of a login from one framework to another.
public struct LoggedInUser: Sendable, Hashable {
    /// The name, in WTF-8.
    public let name: [UInt8]
    /// The names of the roles as they are stored, in WTF-8.
    public let roles: [[UInt8]]

    /// Creates a user.
    public init(name: [UInt8], roles: [[UInt8]] = []) {
        self.name = name
        self.roles = roles
    }

    private static let scopePrefix = Array("SCOPE_".utf8)
    /// Roles beyond that are no roles of a user.
    private static let mostRoles = 10_000

    /// The user that a value says: Tomcat's persisted principal, or a `String`, whose user has no roles. Nil for anything else, and where
    /// not all of it can be read.
    public init?(_ value: AttributeValue) {
        switch value.decoded() {
        case .java(let graph, let node?):
            if let text = graph.wtf8(of: node) {
                self.init(name: text)
            } else {
                self.init(principal: node, in: graph)
            }
        case .json(let document):
            guard let text = document.root.string else { return nil }
            self.init(name: text.bytes)
        default: return nil
        }
        guard !name.isEmpty else { return nil }
    }

    /// `GenericPrincipal.SerializablePrincipal` of Tomcat 8.5 to 11 (ch. 2.2).
    private init?(principal: JavaNode, in graph: JavaGraph) {
        guard graph.className(of: principal).hasSuffix(".GenericPrincipal$SerializablePrincipal"),
            let name = graph.reference("name", of: principal).flatMap({ graph.wtf8(of: $0) })
        else { return nil }
        guard let array = graph.reference("roles", of: principal) else {
            self.init(name: name)
            return
        }
        guard graph.kind(of: array) == .array, graph.elementCount(of: array) <= Self.mostRoles else { return nil }
        let roles = graph.elements(of: array).map { role in role.flatMap { graph.wtf8(of: $0) } }
        guard !roles.contains(nil) else { return nil }
        self.init(name: name, roles: roles.compactMap { $0 })
    }

    /// The roles as Spring Security's authorities: with `prefix` in front where they do not begin with it, but for what OAuth scopes grant
    /// (`SCOPE_…`), in the order of `String.compareTo`, each once.
    ///
    /// The prefix is what `hasRole` expects, and what Spring Security itself puts before the roles of a container
    /// (`SimpleAttributes2GrantedAuthoritiesMapper`).
    func authorities(prefix: [UInt8]) -> [[UInt8]] {
        let named = roles.map { $0.starts(with: prefix) || $0.starts(with: Self.scopePrefix) ? $0 : prefix + $0 }
        return Set(named).map { ($0, WTF8.units(of: $0)) }
            .sorted { $0.1.lexicographicallyPrecedes($1.1) }.map { $0.0 }
    }
}

extension Session {
    /// The user whom Tomcat's persisted principal names; nil where there is none.
    public var persistedUser: LoggedInUser? { authentication.flatMap { LoggedInUser($0) } }
}
