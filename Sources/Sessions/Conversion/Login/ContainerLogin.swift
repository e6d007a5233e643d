import JavaSerialization

/// What a container keeps of who is logged in, beside the attributes (session-formats, ch. 2.1): only Tomcat's managers have a place for
/// it.
public struct ContainerLogin: Sendable, Hashable {
    /// The kind of login, such as `FORM`; nil where nothing says it.
    public let authType: String?
    /// The principal: a stream of `java.io.ObjectOutputStream` with this object alone.
    public let principal: [UInt8]

    /// Whether it holds more of the login than the name and the roles: all but Tomcat's own principal do, or may, by classes and fields of their
    /// own; that one by a password, or the principal of an application.
    let holdsMore: Bool

    /// The part of a loss that speaks of it.
    static let part = Array("principal".utf8)

    /// That of `session`; nil where the container knows of nobody, or the principal is no Java object that can be read.
    init?(of session: Session) {
        guard session.format != SpringFormat.name, let authentication = session.authentication,
            case .java(let graph, let node?) = authentication.decoded(),
            // What Spring Security has put into an attribute is carried there.
            !graph.className(of: node).hasPrefix("org.springframework.security."),
            let stream = try? graph.stream(of: [node])
        else { return nil }
        principal = stream
        authType = session.details.first { $0.name == "authType" }?.value
        holdsMore = Self.holdsMore(authentication)
    }

    private static func holdsMore(_ authentication: AttributeValue) -> Bool {
        guard let object = ObjectView(authentication), Authentication.isTomcat(object) else { return true }
        return object.object("principal") != nil || Authentication.holdsCredentials(authentication)
    }
}
