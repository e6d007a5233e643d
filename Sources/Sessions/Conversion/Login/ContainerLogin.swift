import JavaSerialization

/// What a container keeps of who is logged in, beside the attributes (session-formats, ch. 2.1): only Tomcat's managers have a place for
/// it.
public struct ContainerLogin: Sendable, Hashable {
    /// The kind of login, such as `FORM`; nil where nothing says it.
    public let authType: String?
    /// The principal: a stream of `java.io.ObjectOutputStream` with this object alone.
    public let principal: [UInt8]

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
    }
}
