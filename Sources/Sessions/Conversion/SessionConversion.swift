import JavaSerialization

/// What a migration makes of sessions where they get another layout (session-formats, ch. 18).
public struct SessionConversion: Sendable, Hashable {
    /// The layout that is written.
    public enum Layout: Sendable, Hashable {
        /// Spring Session's.
        case spring(SpringLayout)
        /// A session manager's of Tomcat.
        case tomcat(TomcatLayout)
        /// Tokens, which applications keep an allow-list of.
        case jwt(TokenLayout)
    }

    /// What becomes of an attribute that the layout cannot hold.
    public enum Unconvertible: String, Sendable, CaseIterable {
        /// Its session is not migrated.
        case fail
        /// The session is migrated without it.
        case skipAttribute = "skip-attribute"
        /// Its bytes are kept as they are, where the layout has room for such.
        case keep
    }

    /// The layout.
    public private(set) var layout: Layout
    /// The interval in seconds that sessions get; nil for their own.
    public var interval: Int64?
    /// What becomes of attributes that the layout cannot hold.
    public var unconvertible: Unconvertible
    /// The version of Spring Security for which a login is made of the container's principal; nil where none is.
    public var securityContext: SpringSecurityVersion?
    /// The attribute that says who is logged in where the container does not, in WTF-8.
    public var loginAttribute: [UInt8]?
    /// The version of Spring Security that existing objects are made for (ch. 9); nil where they stay as they are.
    public var securityUID: SpringSecurityVersion?

    /// Creates a conversion into `layout`.
    public init(to layout: Layout, interval: Int64? = nil, unconvertible: Unconvertible = .fail) {
        self.layout = layout
        self.interval = interval
        self.unconvertible = unconvertible
    }

    /// A session with all its attributes in the layout.
    ///
    /// - Parameter now: milliseconds since 1970 by the clock of the source.
    /// - Throws: `ConversionRefusal` where the layout cannot hold it.
    public func converted(_ session: Session, now: Int64) throws(ConversionRefusal) -> ConvertedSession {
        if case .jwt(let layout) = layout { return try layout.converted(session, now: now) }
        var portable = try portable(session, now: now)
        var losses = portable.parted.map {
            ConversionLoss(attribute: $0, "it shared objects with other attributes, and has its own now")
        }
        if isTomcat, !holdsContainerLogins, portable.container != nil {
            losses.append(
                ConversionLoss(
                    attribute: ContainerLogin.part, "the objects of layout A have no place for the container's login"))
        }
        losses += session.fieldLosses
        if session.format == JWTFormat.name, interval == nil { losses.append(PortableSession.intervalLoss) }
        try addLogin(of: session, to: &portable)
        var attributes: [PortableAttribute] = []
        for attribute in portable.attributes {
            let rewritten = try rewritten(attribute, &losses)
            if let held = try held(rewritten, &losses) { attributes.append(held) }
        }
        portable.attributes = attributes
        if !isTomcat { portable.principalName = Self.name(in: attributes) }
        let keys = try written(&portable, &losses)
        return ConvertedSession(session: portable, keys: keys, losses: losses)
    }

    private func portable(_ session: Session, now: Int64) throws(ConversionRefusal) -> PortableSession {
        guard session.format != JWTFormat.name else { return try token(session, now: now) }
        let portable = try PortableSession(of: session, now: now, interval: interval)
        guard session.endsWithItsKey, portable.maxInactiveSeconds < 0, heedsIntervals else { return portable }
        // Nobody would end it any more, and what is left to its key is no interval: each request begins that anew.
        throw ConversionRefusal(
            "the interval in it says that it never ends, and its manager takes no notice of that and ends it with its key: "
                + "--max-inactive-interval says what the manager allows")
    }

    /// The session of a token: its id has the form that the layout's own have, and Spring Session finds its user by an attribute (ch. 5.4).
    private func token(_ session: Session, now: Int64) throws(ConversionRefusal) -> PortableSession {
        var portable = try PortableSession(ofToken: session, now: now, interval: interval)
        guard case .spring(let layout) = layout else {
            portable.id = portable.id.prefix(32).map { $0 >= UInt8(ascii: "a") ? $0 - 0x20 : $0 }
            portable.principalName = nameInTomcat(of: session, portable)
            return portable
        }
        portable.id = Self.uuid(portable.id)
        if let name = portable.principalName {
            portable.attributes.append(SpringPrincipal.attribute(of: name, layout.repository))
        }
        return portable
    }

    /// Whom a Tomcat session names that takes the place of a token: nothing beside its attributes does. It is the user of the login that is
    /// made, else what an attribute says.
    private func nameInTomcat(of session: Session, _ portable: PortableSession) -> [UInt8]? {
        if securityContext != nil, let user = session.tokenUser { return user.name }
        guard let attribute = portable.attributes.first(where: { $0.name.elementsEqual("principal".utf8) }),
            let graph = try? JavaGraph(attribute.value), let node = graph.content(0)
        else { return nil }
        return TomcatPrincipal.name(of: node, in: graph)
    }

    /// The first 128 bits of a digest in the form of a UUID (RFC 9562 §4).
    private static func uuid(_ digits: [UInt8]) -> [UInt8] {
        var text: [UInt8] = []
        for (index, digit) in digits.prefix(32).enumerated() {
            if [8, 12, 16, 20].contains(index) { text.append(UInt8(ascii: "-")) }
            text.append(digit)
        }
        return text
    }

    /// Whether sessions become tokens.
    public var isToTokens: Bool {
        if case .jwt = layout { return true }
        return false
    }

    /// Takes the names that the target's application has for the keys beside its tokens.
    public mutating func take(_ keys: JWTKeyTemplates) {
        guard case .jwt(var tokens) = layout else { return }
        tokens.entry = keys.all(for: .allow).first
        layout = .jwt(tokens)
    }

    private var isTomcat: Bool {
        if case .tomcat = layout { return true }
        return false
    }

    // MARK: The login

    /// Whether the layout has a place for what the container keeps of a login.
    public var holdsContainerLogins: Bool {
        if case .tomcat(let layout) = layout { layout.holdsLogins } else { false }
    }

    /// Whether somebody is logged in whose login the applications of the target do not find: only the container knows of it.
    public func losesLogin(of session: Session) -> Bool {
        // A token says whose it is.
        if isToTokens { return false }
        guard session.principalName != nil, Self.nameInAttributes(of: session) == nil else { return false }
        if session.format == JWTFormat.name { return securityContext == nil }
        if isTomcat { return !holdsContainerLogins && ContainerLogin(of: session) != nil }
        return securityContext == nil || user(of: session) == nil
    }

    /// Whether the attribute by which applications know who is logged in does not go along, or in bytes that those of the target do not read.
    public func leavesLogin(of session: Session, as converted: ConvertedSession) -> Bool {
        guard !isToTokens, Self.nameInAttributes(of: session) != nil else { return false }
        let unread = Set(converted.losses.filter(\.isKept).map(\.attribute))
        let read = converted.session.attributes.filter { !unread.contains($0.name) }
        // Spring Security takes nobody's word but its own, whatever else says the name.
        if session.loginPlace == .securityContext, !read.contains(where: { $0.name == SpringSecurityContext.attribute })
        {
            return true
        }
        return Self.name(in: read) == nil
    }

    /// The principal as Spring Session will resolve it (ch. 5.4): from attributes alone, as they are written. It is what the index is named by.
    private static func name(in attributes: [PortableAttribute]) -> [UInt8]? {
        let written = attributes.map { SessionAttribute(name: $0.name, value: .stored($0.value)) }
        return (try? SpringPrincipal.name(in: written)) ?? nil
    }

    /// The same of the source.
    private static func nameInAttributes(of session: Session) -> [UInt8]? {
        (try? SpringPrincipal.name(in: session.attributes ?? [])) ?? nil
    }

    private func user(of session: Session) -> LoggedInUser? {
        if let user = session.persistedUser ?? session.tokenUser { return user }
        guard let loginAttribute else { return nil }
        return session.attributes?.first { $0.name == loginAttribute }.flatMap { LoggedInUser($0.value) }
    }

    private func addLogin(of session: Session, to portable: inout PortableSession) throws(ConversionRefusal) {
        guard let securityContext, let user = user(of: session),
            !portable.attributes.contains(where: { $0.name == SpringSecurityContext.attribute })
        else { return }
        let context = SpringSecurityContext(of: user)
        portable.attributes.append(
            encoding == .json ? try context.json(for: securityContext) : context.java(for: securityContext))
    }

    private func rewritten(
        _ attribute: PortableAttribute, _ losses: inout [ConversionLoss]
    ) throws(ConversionRefusal) -> PortableAttribute {
        guard let securityUID, attribute.encoding == .java else { return attribute }
        let rewrite = try SecurityUIDRewrite(of: attribute, to: securityUID)
        if !rewrite.others.isEmpty {
            let names = rewrite.others.joined(separator: ", ")
            losses.append(
                ConversionLoss(
                    attribute: attribute.name, "of no known version of Spring Security, and left so: \(names)"))
        }
        return rewrite.attribute
    }

    // MARK: Values

    /// The encoding of attributes in the layout.
    private var encoding: PortableAttribute.Encoding {
        if case .spring(let layout) = layout, layout.serializer == .json { return .json }
        return .java
    }

    private func held(
        _ attribute: PortableAttribute, _ losses: inout [ConversionLoss]
    ) throws(ConversionRefusal) -> PortableAttribute? {
        guard attribute.encoding != encoding else { return attribute }
        let isLogin = attribute.name == SpringSecurityContext.attribute
        let conversion = ValueConversion(
            mapper: isLogin ? .springSecurity : .springDataRedis, security: securityContext ?? securityUID)
        do throws(ValueProblem) {
            let converted = try conversion.converted(attribute, to: encoding)
            losses += converted.losses.map { ConversionLoss(attribute, $0) }
            return converted.attribute
        } catch {
            return try unconverted(attribute, error, &losses)
        }
    }

    /// What becomes of an attribute that the layout cannot hold; nil where it is left out.
    ///
    /// - Throws: `ConversionRefusal` where its session is not to be migrated.
    func unconverted(
        _ attribute: PortableAttribute, _ problem: ValueProblem, _ losses: inout [ConversionLoss]
    ) throws(ConversionRefusal) -> PortableAttribute? {
        switch (unconvertible, isTomcat) {
        case (.skipAttribute, _):
            losses.append(ConversionLoss(attribute, problem, "left out: ", isDropped: true))
            return nil
        case (.keep, false):
            var loss = ConversionLoss(attribute, problem, "kept as it is: ")
            loss.isKept = true
            losses.append(loss)
            return PortableAttribute(name: attribute.name, value: attribute.value, encoding: encoding)
        default:
            let form = attribute.encoding == encoding ? "a value of one stream with the others" : encoding.words
            throw ConversionRefusal(
                "the attribute '\(EscapedName.text(of: attribute.name))' cannot become \(form): \(problem); "
                    + "--unconvertible skip-attribute leaves such out"
                    + (isTomcat ? "" : ", keep writes their bytes as they are"),
                losses: [ConversionLoss(attribute, problem)])
        }
    }
}

/// A session in the layout that it gets.
public struct ConvertedSession: Sendable {
    /// What it is without a layout.
    public let session: PortableSession
    /// Its keys, data before indices.
    public let keys: [WrittenKey]
    /// What it does not have any more.
    public let losses: [ConversionLoss]
    /// What its token says, where it becomes one.
    public var claims: SessionClaims?
}

extension PortableAttribute.Encoding {
    /// What people call it.
    fileprivate var words: String {
        switch self {
        case .java: "a Java stream"
        case .json: "JSON"
        case .opaque: "bytes of another serializer"
        }
    }
}
