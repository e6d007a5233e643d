import JavaSerialization

/// Turns values of Java streams into the JSON of Spring's Jackson serializers, and back, as far as the meaning is certain
/// (session-formats, ch. 5.3): what the serializer reads of the JSON is what the stream holds.
///
/// A value whose class the bare JSON would not tell has its class around it, also where the serializer itself would write it bare and
/// read something else: `["java.lang.Long",5]`, which it reads as well.
///
/// ```swift
/// let converted = try ValueConversion().json(of: attribute)
/// report(converted.losses)
/// ```
public struct ValueConversion: Sendable, Hashable {
    /// How the application's serializer is configured.
    public enum Mapper: String, Sendable, CaseIterable {
        /// As `GenericJackson2JsonRedisSerializer` configures it: it reads any class.
        case springDataRedis = "spring-data-redis"
        /// With the modules of Spring Security, which read the classes of a list alone.
        case springSecurity = "spring-security"
    }

    /// How it is configured.
    public var mapper: Mapper
    /// Whether it has Jackson's `JavaTimeModule`, without which it refuses the classes of `java.time`.
    public var hasJavaTime: Bool
    /// The Spring Security of the application that the values are for, in whose form a login with name and password is written; nil where
    /// none is known: then a stream gets none.
    public var security: SpringSecurityVersion?

    /// Creates a conversion; without anything said for the serializer as it comes.
    public init(
        mapper: Mapper = .springDataRedis, hasJavaTime: Bool = false, security: SpringSecurityVersion? = nil
    ) {
        self.mapper = mapper
        self.hasJavaTime = hasJavaTime
        self.security = security
    }

    /// The attribute in an encoding; as it is where it is in that already.
    ///
    /// - Throws: `ValueProblem` for the first place whose value the encoding cannot hold, or nobody but the application knows.
    public func converted(
        _ attribute: PortableAttribute, to encoding: PortableAttribute.Encoding
    ) throws(ValueProblem) -> ConvertedAttribute {
        switch encoding {
        case attribute.encoding: ConvertedAttribute(attribute)
        case .json: try json(of: attribute)
        case .java: try java(of: attribute)
        case .opaque: throw Self.opaque(attribute)
        }
    }

    /// The attribute as JSON.
    ///
    /// - Throws: `ValueProblem` as `converted(_:to:)`.
    public func json(of attribute: PortableAttribute) throws(ValueProblem) -> ConvertedAttribute {
        guard attribute.encoding != .json else { return ConvertedAttribute(attribute) }
        guard attribute.encoding == .java else { throw Self.opaque(attribute) }
        if mapper == .springSecurity, let context = SpringSecurityContext(attribute),
            let written = try? context.json(for: security ?? SpringSecurityVersion(6, 2))
        {
            return ConvertedAttribute(written)
        }
        var writer = JacksonWriter(try Self.graph(of: attribute), name: attribute.name, self)
        let text = try writer.write()
        return ConvertedAttribute(
            PortableAttribute(name: attribute.name, value: text, encoding: .json), losses: writer.losses)
    }

    /// The attribute as a stream of its own.
    ///
    /// - Throws: `ValueProblem` as `converted(_:to:)`.
    public func java(of attribute: PortableAttribute) throws(ValueProblem) -> ConvertedAttribute {
        guard attribute.encoding != .java else { return ConvertedAttribute(attribute) }
        guard attribute.encoding == .json else { throw Self.opaque(attribute) }
        if let security, let context = SpringSecurityContext(attribute) {
            return ConvertedAttribute(context.java(for: security))
        }
        var reader = JacksonReader(name: attribute.name)
        let stream = try reader.stream(of: try Self.root(of: attribute))
        return ConvertedAttribute(
            PortableAttribute(name: attribute.name, value: stream, encoding: .java), losses: reader.losses)
    }

    // MARK: What there is to convert

    /// The graph of an attribute that is a stream of one value.
    static func graph(of attribute: PortableAttribute) throws(ValueProblem) -> JavaGraph {
        let graph: JavaGraph
        do throws(JavaStreamError) {
            graph = try JavaGraph(attribute.value)
        } catch {
            throw problem(attribute, "it is no Java stream that can be read: \(error)")
        }
        guard graph.contentCount == 1 else { throw problem(attribute, "its stream does not hold one value") }
        return graph
    }

    private static func root(of attribute: PortableAttribute) throws(ValueProblem) -> JSONNode {
        do throws(SessionError) {
            return try JSONReader.read(attribute.value).root
        } catch {
            throw problem(attribute, "it is no JSON that can be read: \(error)")
        }
    }

    private static func opaque(_ attribute: PortableAttribute) -> ValueProblem {
        problem(attribute, "it is in an encoding of the application's own, which nobody else can read")
    }

    /// What is wrong with an attribute as a whole.
    static func problem(_ attribute: PortableAttribute, _ reason: String) -> ValueProblem {
        ValueProblem(path: EscapedName.text(of: attribute.name), className: "", reason: reason)
    }
}
