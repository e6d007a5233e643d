import JavaSerialization

/// Reads the fields of one session hash.
struct SpringHashReader {
    var session: Session
    let tellsAttributes: Bool
    /// Milliseconds since 1970.
    let now: Int64
    private var attributes: [SessionAttribute] = []
    private var tombstones = 0
    /// Whether it has the attribute by which reactive repositories index sessions (ch. 8).
    private(set) var isReactive = false
    private var hasCreated = false
    private var hasAccessed = false
    private var hasInterval = false
    private var hasUnread = false

    init(session: Session, tellsAttributes: Bool, now: Int64) {
        self.session = session
        self.tellsAttributes = tellsAttributes
        self.now = now
    }

    mutating func read(_ fields: [StoredField]) {
        attributes.reserveCapacity(fields.count)
        for stored in fields {
            let (field, value) = (stored.field, stored.value)
            if field.hasPrefix(SpringFormat.Field.attributePrefix) {
                note(field, value)
                attribute(Array(field[SpringFormat.Field.attributePrefix.count...]), value)
            } else if field == SpringFormat.Field.creationTime {
                hasCreated = true
                session.createdAt = number(value, in: "creationTime", .long)
            } else if field == SpringFormat.Field.lastAccessedTime {
                hasAccessed = true
                session.lastAccessedAt = number(value, in: "lastAccessedTime", .long)
            } else if field == SpringFormat.Field.maxInactiveInterval {
                hasInterval = true
                session.maxInactiveSeconds = number(value, in: "maxInactiveInterval", .integer)
            } else {
                session.unknownFields.append(field)
                session.findings.append(
                    Finding(
                        "unknown-field",
                        "the hash has the field '\(EscapedName.text(of: field))', which Spring Session does not write"
                    ))
            }
        }
    }

    /// Takes notice of fields that are there and were not fetched: they are not missing.
    mutating func take(unread fields: [[UInt8]]) {
        for field in fields {
            if field == SpringFormat.Field.creationTime { hasCreated = true }
            if field == SpringFormat.Field.lastAccessedTime { hasAccessed = true }
            if field == SpringFormat.Field.maxInactiveInterval { hasInterval = true }
            if field.hasPrefix(SpringFormat.Field.attributePrefix) { hasUnread = true }
        }
    }

    /// Takes notice of attributes that say something about the session.
    private mutating func note(_ field: [UInt8], _ value: [UInt8]) {
        guard !value.isEmpty else { return }
        if field == SpringFormat.Field.securityContext {
            session.authentication = .stored(value)
        } else if field == SpringFormat.Field.reactivePrincipal {
            isReactive = true
        }
    }

    /// A zero-length value is a removed attribute (ch. 5.3): it is counted, not shown.
    private mutating func attribute(_ name: [UInt8], _ value: [UInt8]) {
        if value.isEmpty {
            tombstones += 1
        } else {
            attributes.append(SessionAttribute(name: name, value: .stored(value)))
        }
    }

    /// Whether the hash has any of the fields that Spring Session writes.
    var isSession: Bool {
        hasCreated || hasAccessed || hasInterval || hasUnread || tombstones > 0 || !attributes.isEmpty
    }

    private mutating func number(_ value: [UInt8], in field: String, _ box: BoxedNumber.Box) -> Int64? {
        if let number = BoxedNumber.value(of: value) {
            if let found = BoxedNumber.box(of: value), found != box {
                session.findings.append(
                    Finding(
                        "wrong-type",
                        "\(field) is a \(found.rawValue) and must be a \(box.rawValue): Spring Session fails to cast it"
                    ))
            }
            return number
        }
        session.findings.append(Finding("bad-field", "\(field) is not a number in an encoding that is known"))
        return nil
    }

    /// The session with principal and findings.
    consuming func finished() -> Session {
        missing(hasCreated, "creationTime")
        missing(hasAccessed, "lastAccessedTime")
        missing(hasInterval, "maxInactiveInterval")
        do {
            session.principalName = try SpringPrincipal.name(in: attributes)
        } catch {
            session.findings.append(Finding("bad-principal", "the principal cannot be read: \(error)"))
        }
        if let end = session.expiresAt(now: now), end <= now, session.lastAccessedAt != nil {
            session.findings.append(Finding(expiredAt: end))
        }
        if tombstones > 0 {
            session.details.append(SessionDetail("removedAttributes", String(tombstones)))
        }
        // A large hash has another order on each server: by name the same session looks the same everywhere.
        if tellsAttributes {
            attributes.sort { $0.name.span.precedes($1.name.span) }
            session.attributes = attributes
        }
        return session
    }

    private mutating func missing(_ isThere: Bool, _ field: String) {
        guard !isThere else { return }
        session.findings.append(
            Finding(
                "missing-field", "\(field) is missing: Spring Session 3.0 and later fail on each access to this session"
            ))
    }
}
