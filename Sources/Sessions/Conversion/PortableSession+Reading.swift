import JavaSerialization

extension PortableSession {
    /// What `session` is without its layout. Attributes of one shared stream become streams of their own; what several of them refer to
    /// is then in each (session-formats, ch. 18). A Java null is no attribute.
    ///
    /// - Parameters:
    ///   - session: with all its attributes.
    ///   - now: milliseconds since 1970, for what ends with its key.
    ///   - interval: the interval in seconds that it shall have; nil for its own.
    /// - Throws: `ConversionRefusal` where it does not say what has to be known, or not all of it can be read.
    public init(of session: Session, now: Int64, interval: Int64? = nil) throws(ConversionRefusal) {
        if session.findings.contains(where: { ["placeholder", "lost-session"].contains($0.code) }) {
            throw ConversionRefusal("it has no content: the id was reserved, and no session saved")
        }
        guard let lastAccess = session.lastAccessedAt ?? session.createdAt else {
            throw ConversionRefusal(
                session.endsWithItsKey
                    ? "it does not say when it was used: give the manager's --max-inactive-interval, from which the remaining life tells"
                    : "it does not say when it was used: no other session can be made of it")
        }
        endOfKey = session.endsWithItsKey && interval == nil ? session.expiresAt(now: now) : nil
        guard let interval = interval ?? session.maxInactiveSeconds else {
            throw ConversionRefusal("it has no interval: give one with --max-inactive-interval")
        }
        guard let attributes = session.attributes else {
            throw ConversionRefusal("its attributes cannot be read: \(session.findings.first?.message ?? "unknown")")
        }
        // Spring's ids have none: its cookie has it (ch. 5.3).
        route = session.format == SpringFormat.name ? nil : TomcatId.route(of: session.id)
        id = Array(session.id.dropLast(route.map { $0.count + 1 } ?? 0))
        createdAt = session.createdAt ?? lastAccess
        lastAccessedAt = lastAccess
        // In Tomcat 0 means never (ch. 2.1), in Spring Session that it has ended (ch. 5.3).
        maxInactiveSeconds = session.format != SpringFormat.name && interval == 0 ? -1 : interval
        principalName = session.principalName
        container = ContainerLogin(of: session)
        self.attributes = attributes.compactMap { PortableAttribute($0) }
        parted = Self.parted(attributes)
    }

    /// Those that share objects in the one stream that they all are in.
    private static func parted(_ attributes: [SessionAttribute]) -> [[UInt8]] {
        let nodes = attributes.map { attribute -> (graph: JavaGraph, node: JavaNode?)? in
            guard case .node(let graph, let node) = attribute.value else { return nil }
            return (graph, node)
        }
        guard case let found?? = nodes.first(where: { $0 != nil }) else { return [] }
        let shares = found.graph.sharing(among: nodes.map { $0?.graph === found.graph ? $0?.node : nil })
        return zip(attributes, shares).filter { $1 }.map { $0.0.name }
    }
}

extension PortableAttribute {
    /// The attribute by itself; nil for a Java null.
    init?(_ attribute: SessionAttribute) {
        name = attribute.name
        switch attribute.value {
        case .stored(let bytes):
            value = bytes
            encoding = Encoding(of: bytes)
        case .opaque(let bytes, _):
            value = bytes
            encoding = .opaque
        case .node(_, nil): return nil
        case .node(let graph, let node?):
            // What was lost while it was written is no value (trap 3 of ch. 1).
            guard let stream = try? graph.stream(of: [node]) else {
                value = attribute.value.bytes
                encoding = .opaque
                return
            }
            value = stream
            encoding = .java
        }
    }
}

extension PortableAttribute.Encoding {
    /// The encoding that bytes show.
    init(of bytes: [UInt8]) {
        if bytes.starts(with: [0xAC, 0xED, 0, 5]) {
            self = .java
        } else {
            self = (try? JSONReader.read(bytes)) == nil ? .opaque : .json
        }
    }
}
