/// How a Spring application lays out its sessions: what has to be known of it to write them (session-formats, ch. 5 to 8).
public struct SpringLayout: Sendable, Hashable {
    /// The repository that the application uses (ch. 5.1).
    public enum Repository: String, Sendable, CaseIterable {
        /// `RedisSessionRepository`, and the plain reactive one: a hash and nothing else.
        case `default`
        /// `RedisIndexedSessionRepository`, before 2.2 `RedisOperationsSessionRepository`.
        case indexed
        /// `ReactiveRedisIndexedSessionRepository`.
        case reactiveIndexed = "reactive-indexed"
    }

    /// The versions whose layouts differ; each stands for those up to the next.
    public enum Version: String, Sendable, CaseIterable, Comparable {
        /// 1.1 to 1.3.
        case one = "1.2"
        /// 2.0 to 2.7.
        case two = "2.7"
        /// 3.0 to 3.3.
        case three = "3.0"
        /// 3.4 and later.
        case threeFour = "3.4"

        /// By age.
        public static func < (one: Version, other: Version) -> Bool { one.rawValue < other.rawValue }
    }

    /// Where an indexed repository of servlets keeps the ends of its sessions.
    public enum Expirations: String, Sendable, CaseIterable {
        /// A set for each minute.
        case minute
        /// One sorted set (`SortedSetRedisSessionExpirationStore`, 3.4 and later).
        case sortedSet = "sorted-set"
    }

    /// The serializer of values and members.
    public enum Serializer: String, Sendable, CaseIterable {
        /// `JdkSerializationRedisSerializer`.
        case java
        /// `GenericJackson2JsonRedisSerializer`.
        case json
    }

    /// The repository.
    public var repository: Repository
    /// The version.
    public var version: Version
    /// Where ends are kept; reactive repositories have a sorted set whatever this says.
    public var expirations: Expirations
    /// The serializer.
    public var serializer: Serializer
    /// The namespace that the application is configured with; nil for the one that is so without.
    public var namespace: [UInt8]?

    /// Creates a layout; without anything said that of an indexed repository of today.
    ///
    /// - Throws: `ConversionRefusal` where no version has such a layout.
    public init(
        _ repository: Repository = .indexed, _ version: Version = .threeFour, expirations: Expirations = .minute,
        serializer: Serializer = .java, namespace: [UInt8]? = nil
    ) throws(ConversionRefusal) {
        self.repository = repository
        self.version = version
        self.expirations = expirations
        self.serializer = serializer
        self.namespace = namespace
        if let reason = contradiction { throw ConversionRefusal(reason) }
    }

    private var contradiction: String? {
        if repository == .reactiveIndexed, version < .three {
            return "Spring Session has the reactive indexed repository from 3.3 on, not in \(version.rawValue)"
        }
        if repository == .default, version < .two {
            return "Spring Session has the default repository from 2.2 on, not in \(version.rawValue)"
        }
        if expirations == .sortedSet, repository == .indexed, version < .threeFour {
            return "Spring Session keeps ends in a sorted set from 3.4 on, not in \(version.rawValue)"
        }
        return nil
    }

    /// What stands before `:sessions:` (ch. 5.2).
    public var prefix: [UInt8] {
        let usual = Array("spring:session".utf8)
        guard let namespace else { return usual }
        if version == .one { return namespace.isEmpty ? usual : usual + [UInt8(ascii: ":")] + namespace }
        // This one alone does not double a colon.
        let isDoubled = repository == .reactiveIndexed && namespace.last == UInt8(ascii: ":")
        return isDoubled ? Array(namespace.dropLast()) : namespace
    }
}
