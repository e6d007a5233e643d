/// How a session manager of Tomcat stores its sessions: what has to be known of it to write them (session-formats, ch. 2 to 4).
public struct TomcatLayout: Sendable, Hashable {
    /// Which objects a Tomcat writes between the id and the attributes (ch. 2.2). Older ones cannot read newer layouts.
    public enum Objects: String, Sendable, CaseIterable {
        /// None: up to 7.0.100, 8.0, 8.5.51, 9.0.31.
        case a = "A"
        /// Kind of login and principal: up to 10.0, and 9.0 without persisted notes.
        case b = "B"
        /// The same with the two notes of a login by form: 10.1 and later.
        case c = "C"
    }

    /// The manager, whose value has a frame of its own.
    public enum Manager: String, Sendable, CaseIterable {
        /// jcoleman's 2.x and its forks (ch. 3.1).
        case jcoleman
        /// jcoleman's 1.0 to 1.2.
        case jcoleman1
        /// ran-jit's from 3.0.4 on (ch. 4).
        case ranjit
        /// The sequence alone.
        case raw
    }

    /// The objects.
    public var objects: Objects
    /// The manager.
    public var manager: Manager
    /// What stands before the id in the key.
    public var keyPrefix: [UInt8]
    /// The `jvmRoute` that ids get; nil for that which they have.
    public var route: [UInt8]?

    /// Creates a layout; without anything said that of jcoleman's manager in Tomcat 9.
    public init(
        _ objects: Objects = .b, manager: Manager = .jcoleman, keyPrefix: [UInt8] = [], route: [UInt8]? = nil
    ) {
        self.objects = objects
        self.manager = manager
        self.keyPrefix = keyPrefix
        self.route = route
    }

    /// For how long ran-jit's manager lets a session live after each use, as far as the session says: where the context allows more it does so
    /// for longer (ch. 4).
    static func ranjitSeconds(of session: PortableSession) -> Int64 {
        max(session.maxInactiveSeconds, TomcatFraming.leastRanjitSeconds)
    }

    /// The id of a session in this layout: with its route.
    func id(of session: PortableSession) -> [UInt8] {
        guard let route = route ?? session.route, !route.isEmpty else { return session.id }
        return session.id + [UInt8(ascii: ".")] + route
    }
}
