import JavaSerialization

/// Compares sessions by what they mean, whatever their layouts are (session-formats, ch. 18).
public struct SessionComparison: Sendable {
    /// What is not the same in two sessions.
    public struct Difference: Sendable, Hashable {
        /// The part: `created`, `interval`, `attributes.NAME`, ….
        public let part: String
        /// What is different, for people; values of attributes are not repeated.
        public let reason: String

        /// Creates a difference.
        public init(part: String, reason: String) {
            self.part = part
            self.reason = reason
        }
    }

    /// Whether a `jvmRoute` belongs to what is compared.
    public var comparesRoutes = false
    /// Milliseconds by which times may differ: some layouts hold seconds.
    public var tolerance: Int64
    /// The same of the last use, which some layouts derive from a key's life.
    public var lastUseTolerance: Int64

    /// Compares exactly, or as far as `tolerance` says; the last use as far as `lastUse` does, where that is given.
    public init(tolerance: Int64 = 0, ofLastUse lastUse: Int64? = nil) {
        self.tolerance = tolerance
        lastUseTolerance = lastUse ?? tolerance
    }

    /// The differences of two sessions, of times first.
    public func differences(of one: PortableSession, and other: PortableSession) -> [Difference] {
        var found: [Difference] = []
        func compare(_ part: String, _ left: String, _ right: String) {
            if left != right { found.append(Difference(part: part, reason: "\(left), and \(right)")) }
        }
        func compare(_ part: String, _ left: Int64, _ right: Int64, within tolerance: Int64) {
            let (distance, overflow) = left.subtractingReportingOverflow(right)
            if overflow || distance.magnitude > tolerance.magnitude { compare(part, String(left), String(right)) }
        }
        compare("id", EscapedName.text(of: one.id), EscapedName.text(of: other.id))
        if comparesRoutes { compare("route", Self.text(one.route), Self.text(other.route)) }
        compare("created", one.createdAt, other.createdAt, within: tolerance)
        compare("accessed", one.lastAccessedAt, other.lastAccessedAt, within: lastUseTolerance)
        if max(one.maxInactiveSeconds, -1) != max(other.maxInactiveSeconds, -1) {
            compare("interval", String(one.maxInactiveSeconds), String(other.maxInactiveSeconds))
        }
        compare("principal", Self.text(one.principalName), Self.text(other.principalName))
        if let difference = Self.login(one.container, other.container) { found.append(difference) }
        return found + Self.attributes(one.attributes, other.attributes)
    }

    private static func text(_ name: [UInt8]?) -> String { name.map { EscapedName.text(of: $0) } ?? "none" }

    /// What is different in the container's principal, which holds roles, and may hold a password.
    private static func login(_ left: ContainerLogin?, _ right: ContainerLogin?) -> Difference? {
        guard let left, let right else {
            return left == nil && right == nil
                ? nil : Difference(part: "login", reason: left == nil ? "too much" : "missing")
        }
        func attribute(_ login: ContainerLogin) -> PortableAttribute {
            PortableAttribute(name: ContainerLogin.part, value: login.principal, encoding: .java)
        }
        return attribute(left).means(attribute(right)) && left.authType == right.authType
            ? nil : Difference(part: "login", reason: "another principal of the container's")
    }

    private static func attributes(_ left: [PortableAttribute], _ right: [PortableAttribute]) -> [Difference] {
        let others = Dictionary(right.map { ($0.name, $0) }) { $1 }
        let names = Set(left.map(\.name))
        let changed = left.compactMap { attribute -> Difference? in
            let part = "attributes." + EscapedName.text(of: attribute.name)
            guard let other = others[attribute.name] else { return Difference(part: part, reason: "missing") }
            return attribute.difference(from: other).map { Difference(part: part, reason: $0) }
        }
        return changed
            + right.filter { !names.contains($0.name) }.map {
                Difference(part: "attributes." + EscapedName.text(of: $0.name), reason: "too much")
            }
    }
}

extension Session {
    /// Which classes that both have are described in another way in the one stream that `other` is; nothing where each attribute has its own.
    package func classDifferences(to other: Session) -> [SessionComparison.Difference] {
        guard let own = classDescriptions, let others = other.classDescriptions else { return [] }
        return own.differences(to: others).filter { [.version, .form].contains($1) }.map {
            SessionComparison.Difference(ofClass: $0, $1)
        }
    }

    private var classDescriptions: ClassDescriptions? {
        for attribute in attributes ?? [] {
            guard case .node(let graph, _) = attribute.value else { continue }
            return ClassDescriptions(of: graph, reachedFrom: graph.contents)
        }
        return nil
    }
}

extension SessionComparison.Difference {
    /// What is not the same in a class description.
    init(ofClass name: String, _ difference: ClassDescriptions.Difference) {
        let words =
            switch difference {
            case .missing: "is missing"
            case .tooMuch: "is too much"
            case .version: "is of another version"
            case .form: "has other fields, flags or another superclass"
            }
        self.init(part: "class", reason: "\(EscapedName.text(of: Array(name.utf8))) \(words)")
    }
}
