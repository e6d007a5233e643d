import JavaSerialization

extension TomcatLayout {
    /// The one key of the session: the objects that `StandardSession.readObjectData` reads, in the frame of the manager (ch. 2.1 and 3.1).
    ///
    /// Attributes keep what they are; what several of them refer to stays in each by itself.
    ///
    /// - Throws: `ConversionRefusal` where the layout cannot hold the session, or an attribute is no Java stream.
    public func keys(of session: PortableSession) throws(ConversionRefusal) -> [WrittenKey] {
        let end = try end(of: session)
        let value = try value(of: session)
        return [WrittenKey(keyPrefix + id(of: session), .session, .string(value), end: end)]
    }

    /// - Throws: `ConversionRefusal` where it has ended, which Tomcat would take for never, or never ends, and its manager has no such.
    private func end(of session: PortableSession) throws(ConversionRefusal) -> Int64? {
        guard session.maxInactiveSeconds != 0 else {
            throw ConversionRefusal("its interval is 0 s: it has ended, and Tomcat would take that for never")
        }
        if session.maxInactiveSeconds < 0, manager == .raw { return nil }
        // Managers that both end sessions with their keys: what is left to the key goes along, and no interval counts (ch. 3.2).
        if manager != .raw, let end = session.endOfKey { return end }
        if let end = session.end { return end }
        throw ConversionRefusal(
            "it never ends, and this manager ends sessions with their keys: give it an interval with --max-inactive-interval"
        )
    }

    private func value(of session: PortableSession) throws(ConversionRefusal) -> [UInt8] {
        do {
            let head = try head(of: session)
            var contents: [(graph: JavaGraph, node: JavaNode?)] = head.contents.map { (head, $0) }
            contents += try login(of: session)
            contents += try count(of: session)
            for attribute in session.attributes { contents += try pair(attribute) }
            if let trailer = try trailer(of: session) { contents += trailer.contents.map { (trailer, $0) } }
            return try MergedStream(contents).encoded()
        } catch let refusal as ConversionRefusal {
            throw refusal
        } catch {
            throw ConversionRefusal("it cannot be written: \(error)")
        }
    }

    /// All that stands before the login.
    private func head(of session: PortableSession) throws -> JavaGraph {
        guard let interval = Int32(exactly: session.maxInactiveSeconds) else {
            throw ConversionRefusal("its interval of \(session.maxInactiveSeconds) s is more than Tomcat can hold")
        }
        var builder = JavaStreamBuilder()
        writeLead(session, to: &builder)
        builder.box(.long(session.createdAt))
        builder.box(.long(session.lastAccessedAt))
        builder.box(.int(interval))
        // Not new, and valid: what is lost or logged out is not carried on.
        builder.box(.boolean(false))
        builder.box(.boolean(true))
        builder.box(.long(session.lastAccessedAt))
        builder.string(wtf8: id(of: session))
        return try builder.graph()
    }

    /// Kind of login and principal, and no notes of one that has not ended: managers that do not persist logins write nulls (ch. 2.2).
    private func login(of session: PortableSession) throws -> [(graph: JavaGraph, node: JavaNode?)] {
        guard objects != .a else { return [] }
        var builder = JavaStreamBuilder()
        if let authType = session.container?.authType {
            builder.string(wtf8: Array(authType.utf8))
        } else {
            builder.null()
        }
        let words = try builder.graph()
        var nulls = JavaStreamBuilder()
        nulls.null()
        let null = try nulls.graph()
        let principal = try session.container.map { try JavaGraph($0.principal) } ?? null
        return [(words, words.content(0)), (principal, principal.content(0))]
            + (objects == .c ? [(null, null.content(0)), (null, null.content(0))] : [])
    }

    private func count(of session: PortableSession) throws -> [(graph: JavaGraph, node: JavaNode?)] {
        guard let count = Int32(exactly: session.attributes.count) else {
            throw ConversionRefusal("it has more attributes than Tomcat can hold")
        }
        var builder = JavaStreamBuilder()
        builder.box(.int(count))
        let graph = try builder.graph()
        return [(graph, graph.content(0))]
    }

    /// Whether a login that the container keeps is in what is written.
    public var holdsLogins: Bool { objects != .a }

    private func writeLead(_ session: PortableSession, to builder: inout JavaStreamBuilder) {
        switch manager {
        case .raw: break
        case .jcoleman1: builder.block(JavaPrimitive.long(session.createdAt).bytes)
        case .jcoleman, .ranjit:
            builder.beginObject([metadata])
            // A digest of no bytes: the next request saves the session with its own (ch. 3.4).
            builder.block(JavaPrimitive.int(0).bytes)
            builder.endAnnotation()
        }
    }

    private var metadata: ClassShape {
        let isRanjit = manager == .ranjit
        return ClassShape(
            isRanjit
                ? "tomcat.request.session.model.SessionMetadata"
                : "com.orangefunction.tomcat.redissessions.SessionSerializationMetadata",
            uid: isRanjit ? 124_438_185_184_833_546 : 4_817_120_933_319_990_092,
            // SC_WRITE_METHOD and SC_SERIALIZABLE.
            flags: 3, fields: [ClassShape.Field(isRanjit ? "attributesHash" : "sessionAttributesHash", "[B")])
    }

    private func trailer(of session: PortableSession) throws -> JavaGraph? {
        guard manager == .jcoleman || manager == .ranjit else { return nil }
        var builder = JavaStreamBuilder()
        builder.block(JavaPrimitive.long(session.createdAt).bytes)
        return try builder.graph()
    }

    /// The name and the value of an attribute.
    private func pair(_ attribute: PortableAttribute) throws -> [(graph: JavaGraph, node: JavaNode?)] {
        let name = EscapedName.text(of: attribute.name)
        guard attribute.encoding == .java else {
            throw ConversionRefusal("the attribute '\(name)' is not in the encoding of this layout")
        }
        let value = try Self.value(of: attribute)
        var builder = JavaStreamBuilder()
        builder.string(wtf8: attribute.name)
        let names = try builder.graph()
        return [(names, names.content(0)), value]
    }

    /// The one value of an attribute's stream.
    ///
    /// - Throws: `ValueProblem` where it cannot be read or holds something else: beside other attributes nobody could tell where it ends.
    static func value(of attribute: PortableAttribute) throws(ValueProblem) -> (graph: JavaGraph, node: JavaNode?) {
        let graph = try ValueConversion.graph(of: attribute)
        guard let value = graph.content(0), graph.kind(of: value).isObject else {
            throw ValueConversion.problem(attribute, "its stream does not hold one value")
        }
        return (graph, value)
    }
}
