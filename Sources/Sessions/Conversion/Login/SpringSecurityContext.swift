import JavaSerialization

/// The attribute `SPRING_SECURITY_CONTEXT` of somebody who logged in with name and password, as Spring Security itself writes it
/// (session-formats, ch. 9).
///
/// ```swift
/// let context = SpringSecurityContext(of: user)
/// let attribute = context.java(for: version)
/// ```
public struct SpringSecurityContext: Sendable, Hashable {
    /// From where somebody logged in (`WebAuthenticationDetails`).
    public struct Details: Sendable, Hashable {
        /// The address; nil for null.
        public let remoteAddress: String?
        /// The id that the session had at the time; nil for null.
        public let sessionId: String?

        /// Creates details.
        public init(remoteAddress: String?, sessionId: String?) {
            self.remoteAddress = remoteAddress
            self.sessionId = sessionId
        }
    }

    /// The attribute's name.
    public static let attribute = Array("SPRING_SECURITY_CONTEXT".utf8)
    /// What Spring Security puts before the names of roles.
    public static let rolePrefix = Array("ROLE_".utf8)

    /// The user's name, in WTF-8.
    public let name: [UInt8]
    /// The authorities, in WTF-8: in the order of `User.AuthorityComparator`, each once.
    public let authorities: [[UInt8]]
    /// From where; nil for null, which no part of Spring Security minds.
    public var details: Details?

    /// The context of a user, whose roles get the prefix where they do not have it.
    public init(of user: LoggedInUser, rolePrefix: [UInt8] = rolePrefix, details: Details? = nil) {
        name = user.name
        authorities = user.authorities(prefix: rolePrefix)
        self.details = details
    }

    /// The context that an attribute is, as far as all of it is known: one that is written anew byte for byte. Nil for anything else, such as
    /// other kinds of logins, and users with a password.
    public init?(_ attribute: PortableAttribute) {
        guard attribute.name == Self.attribute, attribute.encoding != .opaque,
            let context = ObjectView(.stored(attribute.value)), let token = context.object("authentication"),
            let name = token.object("principal")?.bytes("username"), let list = token.object("authorities")?.items
        else { return nil }
        let roles = list.compactMap { $0.bytes("role") ?? $0.bytes("authority") }
        let user = LoggedInUser(name: name, roles: roles)
        let details = token.object("details").map {
            Details(remoteAddress: $0.text("remoteAddress"), sessionId: $0.text("sessionId"))
        }
        self.init(of: user, rolePrefix: [], details: details)
        guard Self.version(of: context).flatMap({ written(for: $0, attribute.encoding) }) == attribute else {
            return nil
        }
    }

    /// The version whose `serialVersionUID` a context has; of JSON, which has none, any.
    private static func version(of context: ObjectView) -> SpringSecurityVersion? {
        guard case .java(let graph, let node) = context else { return SpringSecurityVersion(6, 2) }
        let uid = graph.javaClass(of: node).map { graph.serialVersionUID(of: $0) }
        return SpringSecurityVersion.all.first { $0.serialVersionUID == uid }
    }

    private func written(
        for version: SpringSecurityVersion, _ encoding: PortableAttribute.Encoding
    ) -> PortableAttribute? {
        encoding == .java ? java(for: version) : try? json(for: version)
    }

    private static let package = "org.springframework.security."

    // MARK: Stream

    /// The attribute as a stream, which that version reads as its own.
    public func java(for version: SpringSecurityVersion) -> PortableAttribute {
        let shapes = SecurityShapes(version.serialVersionUID)
        var builder = JavaStreamBuilder()
        builder.beginObject(shapes.context)
        builder.beginObject(shapes.token)
        // AbstractAuthenticationToken: authenticated, authorities, details.
        builder.primitive(.boolean(true))
        let granted = writeAuthorities(shapes, to: &builder)
        writeDetails(shapes, to: &builder)
        // Credentials are erased after the login.
        builder.null()
        writeUser(shapes, granted, to: &builder)
        return PortableAttribute(name: Self.attribute, value: builder.bytes, encoding: .java)
    }

    private func writeAuthorities(
        _ shapes: SecurityShapes, to builder: inout JavaStreamBuilder
    ) -> [JavaStreamBuilder.Handle] {
        let list = builder.begin(.unmodifiableRandomAccessList, count: Int32(clamping: authorities.count))
        let handles = authorities.map { authority in
            let handle = builder.beginObject(shapes.authority)
            builder.string(wtf8: authority)
            return handle
        }
        builder.end(.unmodifiableRandomAccessList, list)
        return handles
    }

    private func writeDetails(_ shapes: SecurityShapes, to builder: inout JavaStreamBuilder) {
        guard let details else { return builder.null() }
        builder.beginObject(shapes.details)
        for text in [details.remoteAddress, details.sessionId] {
            if let text { builder.string(text) } else { builder.null() }
        }
    }

    private func writeUser(
        _ shapes: SecurityShapes, _ granted: [JavaStreamBuilder.Handle], to builder: inout JavaStreamBuilder
    ) {
        builder.beginObject(shapes.user)
        // accountNonExpired, accountNonLocked, credentialsNonExpired, enabled.
        for _ in 0..<4 { builder.primitive(.boolean(true)) }
        builder.beginObject(CollectionShapes.unmodifiableSet)
        builder.beginObject(SecurityShapes.treeSet)
        builder.beginObject(shapes.comparator)
        builder.block(JavaPrimitive.int(Int32(clamping: granted.count)).bytes)
        for authority in granted { builder.reference(authority) }
        builder.endAnnotation()
        // The password is erased with the credentials.
        builder.null()
        builder.string(wtf8: name)
    }

    // MARK: JSON

    /// The attribute as JSON of a serializer with Spring Security's Jackson modules, which are there from 4.2 on.
    ///
    /// - Throws: `ConversionRefusal` for an older version.
    public func json(for version: SpringSecurityVersion) throws(ConversionRefusal) -> PortableAttribute {
        guard version >= SpringSecurityVersion(4, 2) else {
            throw ConversionRefusal(
                "Spring Security \(version) cannot be written as JSON: it has Jackson modules from 4.2 on")
        }
        let text =
            #"{"@class":"\#(Self.package)core.context.SecurityContextImpl","authentication":{"@class":"\#(Self.package)"#
            + #"authentication.UsernamePasswordAuthenticationToken","authorities":["#
            + list("java.util.Collections$UnmodifiableRandomAccessList") + #","details":"# + detailsText
            + #","authenticated":true,"principal":{"@class":"\#(Self.package)core.userdetails.User","password":null,"username":"#
            + quoted(name) + #","authorities":["# + list("java.util.Collections$UnmodifiableSet")
            + #","accountNonExpired":true,"accountNonLocked":true,"credentialsNonExpired":true,"enabled":true},"#
            + #""credentials":null}}"#
        return PortableAttribute(name: Self.attribute, value: Array(text.utf8), encoding: .json)
    }

    /// Behind the bracket of its wrapper.
    private func list(_ type: String) -> String {
        let elements = authorities.map { authority in
            #"{"@class":"\#(Self.package)core.authority.SimpleGrantedAuthority","authority":"# + quoted(authority) + "}"
        }
        return "\"\(type)\",[" + elements.joined(separator: ",") + "]]"
    }

    private var detailsText: String {
        guard let details else { return "null" }
        let texts = [details.remoteAddress, details.sessionId].map { $0.map { quoted(Array($0.utf8)) } ?? "null" }
        return #"{"@class":"\#(Self.package)web.authentication.WebAuthenticationDetails","remoteAddress":"# + texts[0]
            + #","sessionId":"# + texts[1] + "}"
    }

    /// Unpaired surrogates are escaped, so all of it is text.
    private func quoted(_ text: [UInt8]) -> String {
        String(decoding: JSONStringStyle(of: []).quoted(text), as: UTF8.self)
    }
}
