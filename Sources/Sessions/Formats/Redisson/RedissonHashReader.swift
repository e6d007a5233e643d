import JavaSerialization

/// Reads the fields of one session hash of Redisson.
struct RedissonHashReader {
    /// The variant of the sessions of Redisson's repository.
    static let repository = "repository"

    private var session: Session
    private let isRepository: Bool
    private let isWhole: Bool
    private let tellsAttributes: Bool
    /// Fields that are there and too large: they are not missing.
    var unreadFields: [[UInt8]] = []
    private var own: [[UInt8]: [UInt8]] = [:]
    private var attributes: [SessionAttribute] = []
    private var codec: RedissonCodec?

    init(session: Session, isRepository: Bool, isWhole: Bool, tellsAttributes: Bool) {
        self.session = session
        self.isRepository = isRepository
        self.isWhole = isWhole
        self.tellsAttributes = tellsAttributes
    }

    /// Tells the session's own fields from attributes, which have bare names with Tomcat and a prefix with the repository.
    mutating func read(_ fields: [StoredField]) {
        for stored in fields {
            let (field, value) = (Self.name(stored.field), stored.value)
            if field.hasPrefix(RedissonFormat.Field.prefix) {
                own[field] = value
                if !RedissonFormat.Field.own.contains(field) { session.unknownFields.append(field) }
            } else if isRepository {
                guard field.hasPrefix(RedissonFormat.Field.attributePrefix) else {
                    session.unknownFields.append(field)
                    note(
                        "unknown-field",
                        "the hash has the field '\(EscapedName.text(of: field))', which is none of Redisson's")
                    continue
                }
                attribute(Array(field[RedissonFormat.Field.attributePrefix.count...]), value)
            } else {
                attribute(field, value)
            }
        }
    }

    /// Before 2.15.1 and 3.10.1 names are encoded as values are; then the codec was JSON (session-formats, ch. 10.2).
    static func name(_ field: [UInt8]) -> [UInt8] {
        let quote = UInt8(ascii: "\"")
        guard field.count > 2, field.first == quote, field.last == quote,
            let text = try? JSONReader.read(field).root.string?.text
        else { return field }
        return Array(text.utf8)
    }

    private mutating func attribute(_ name: [UInt8], _ value: [UInt8]) {
        attributes.append(SessionAttribute(name: name, value: .stored(value)))
    }

    private mutating func note(_ code: String, _ message: String) { session.findings.append(Finding(code, message)) }

    /// The session with times, principal and findings; nil where the repository's key holds another hash.
    mutating func finished(now: Int64) -> Session? {
        if isRepository, own.isEmpty, attributes.isEmpty, unreadFields.isEmpty { return nil }
        typealias Field = RedissonFormat.Field
        findCodec()
        session.variant = isRepository ? Self.repository : codec?.rawValue
        session.createdAt = number(Field.creationTime)
        let last = number(Field.lastAccessedTime)
        let this = isRepository ? nil : number(Field.thisAccessedTime)
        session.lastAccessedAt = this ?? last
        session.maxInactiveSeconds = number(Field.maxInactiveInterval)
        detail("lastAccessedTime", isRepository ? nil : last)
        detail("thisAccessedTime", this)
        for field in [Field.isNew, Field.isValid, Field.isExpirationLocked] where own[field] != nil { boolean(field) }
        takePrincipal()
        if isWhole { session.addStoredPassword() }
        missingFields()
        session.noteKeyWithoutLife(unlessIntervalIsBelow: 0)
        noteEnd(now: now)
        if tellsAttributes {
            session.attributes = readable(attributes).sorted { $0.name.lexicographicallyPrecedes($1.name) }
        }
        return session
    }

    private mutating func findCodec() {
        for field in RedissonFormat.Field.times {
            guard let bytes = own[field], let found = RedissonCodec(number: bytes) else { continue }
            codec = found
            return
        }
    }

    private mutating func detail(_ name: String, _ value: Int64?) { session.add(name, value.map { String($0) }) }

    private mutating func number(_ field: [UInt8]) -> Int64? {
        guard let bytes = own[field] else { return nil }
        if let number = codec?.number(bytes) { return number }
        let name = String(decoding: field, as: UTF8.self)
        note("bad-field", "\(name) is not a number in an encoding that is known")
        return nil
    }

    private mutating func boolean(_ field: [UInt8]) {
        guard let bytes = own[field], let value = codec?.boolean(bytes) else { return }
        session.add(String(decoding: field.dropFirst(RedissonFormat.Field.prefix.count), as: UTF8.self), String(value))
    }

    /// The principal that Tomcat knows, else what attributes say.
    private mutating func takePrincipal() {
        if isWhole, let bytes = own[RedissonFormat.Field.authType] { session.add("authType", codec?.text(bytes)) }
        if let bytes = own[RedissonFormat.Field.principal] {
            session.authentication = .stored(bytes)
            switch RedissonPrincipal(bytes) {
            case let principal?:
                session.principalName = principal.name
                if isWhole { session.add("roles", principal.roles) }
            case nil: note("bad-principal", "the principal is in an encoding that is not known")
            }
            return
        }
        do {
            session.principalName = try SpringPrincipal.name(in: attributes)
            session.authentication = SpringPrincipal.context(in: attributes)
            if session.principalName == nil, !isRepository, let value = principalAttribute {
                session.principalName = try JavaStringValue.bytes(of: value)
            }
        } catch {
            note("bad-principal", "the principal cannot be read: \(error)")
        }
    }

    /// The value of the attribute `principal`, if it is a string of Java or JSON.
    private var principalAttribute: [UInt8]? {
        guard let value = attributes.first(where: { $0.name.elementsEqual("principal".utf8) })?.value.bytes,
            value.starts(with: [0xAC, 0xED, 0, 5, 0x74]) || value.first == UInt8(ascii: "\"")
        else { return nil }
        return value
    }

    /// What a node leaves that writes to a session that was deleted (ch. 10.5 and 16 no. 14).
    private mutating func missingFields() {
        typealias Field = RedissonFormat.Field
        var fields = [Field.creationTime, Field.lastAccessedTime, Field.maxInactiveInterval]
        if !isRepository { fields.append(Field.thisAccessedTime) }
        if isWhole, !isRepository { fields.append(Field.isValid) }
        for field in fields where own[field] == nil && !unreadFields.contains(field) {
            let name = String(decoding: field, as: UTF8.self)
            let meaning = isRepository ? "" : Self.meaning(of: field)
            note("missing-field", "\(name) is missing" + meaning)
        }
    }

    /// The key lives a minute longer than the session (ch. 10.4). An interval of zero is "never" to Tomcat, to Redisson's
    /// repository it is an end at once.
    private mutating func noteEnd(now: Int64) {
        guard session.lastAccessedAt != nil, isRepository || session.maxInactiveSeconds != 0,
            let end = session.expiresAt(now: now), end <= now
        else { return }
        session.findings.append(Finding(expiredAt: end))
    }

    private static func meaning(of field: [UInt8]) -> String {
        switch field {
        case RedissonFormat.Field.isValid: ": Tomcat takes the session for invalid"
        case RedissonFormat.Field.maxInactiveInterval: ": the session never ends"
        default: ": a node may have written to a session that was deleted"
        }
    }

    /// Values of a codec that is neither Java's nor JSON are not for us to explain.
    private mutating func readable(_ attributes: [SessionAttribute]) -> [SessionAttribute] {
        if codec == .jdk || codec == .json || attributes.isEmpty { return attributes }
        let reason = codec.map { "only Redisson's \($0.rawValue) codec knows it" } ?? "its codec is not known"
        guard codec != nil || !attributes.allSatisfy({ $0.value.bytes.starts(with: [0xAC, 0xED]) }) else {
            return attributes
        }
        note("opaque", "the attributes are kept unread: \(reason)")
        return attributes.map { SessionAttribute(name: $0.name, value: .opaque($0.value.bytes, reason: reason)) }
    }
}

/// Name and roles of the `GenericPrincipal$SerializablePrincipal` in `session:principal`.
struct RedissonPrincipal {
    let name: [UInt8]?
    let roles: String?

    init?(_ bytes: [UInt8]) {
        if bytes.starts(with: [0xAC, 0xED]) {
            guard let graph = try? JavaGraph.reading(bytes), let node = graph.content(0) else { return nil }
            name = TomcatPrincipal.name(of: node, in: graph)
            roles = TomcatPrincipal.roles(of: node, in: graph)
        } else {
            guard let root = try? JSONReader.read(bytes).root else { return nil }
            name = root.string?.bytes ?? root["name"]?.string?.bytes
            // Jackson writes an array of a known type bare, one of `Object` with its type in front.
            let items = root["roles"]?.array.map { Array($0) } ?? []
            let inner = items.last?.array.map { Array($0) } ?? items
            let list = inner.compactMap { $0.string?.lossyText }
            roles = list.isEmpty ? nil : list.joined(separator: ", ")
        }
    }
}
