/// One web session, whatever system wrote it.
///
/// Times are milliseconds since 1970-01-01 UTC; nil is "not known", which is not the same as "never".
public struct Session {
    /// The id as it stands in the key; any bytes.
    public var id: [UInt8]
    /// The system's format: `spring`, `tomcat`, `redisson`, …
    public var format: String
    /// The format's variant: `indexed`, `default`, `jcoleman`; nil where it was not looked for.
    public var variant: String?
    /// What stands before the id's part of the key, without the last colon; nil for formats without one.
    public var namespace: [UInt8]?
    /// The key that holds the session.
    public var key: [UInt8]
    /// The name of who is logged in: UTF-8, with unpaired surrogates in three bytes each where a Java name has them, and other
    /// bytes where the store's serializer writes another character set; nil for nobody, or where it was not looked for.
    public var principalName: [UInt8]?
    /// Where roles stand: Spring Security's context or Tomcat's principal, not decoded until asked.
    public var authentication: AttributeValue?
    /// When the session was created.
    public var createdAt: Int64?
    /// When it was last used.
    public var lastAccessedAt: Int64?
    /// Whether that follows from the remaining life of the key.
    var derivesLastAccess = false
    /// Whether its last use is not known, although it states one: the life of its key tells, and does not go with the interval.
    package var hidesLastAccess: Bool {
        guard format == TomcatFormat.name, endsWithItsKey, !derivesLastAccess, case .milliseconds = timeToLive else {
            return false
        }
        return true
    }
    /// The idle time after which it ends, in seconds; below zero for never.
    public var maxInactiveSeconds: Int64?
    /// The remaining life of the key.
    public var timeToLive: TimeToLive
    /// When the key ends, in milliseconds since 1970 by the server's clock; nil where nobody asked, and where it never does.
    package var keyExpiresAt: Int64?
    /// Whether the key's life alone ends the session, whatever interval it holds, as with Tomcat's managers.
    public var endsWithItsKey = false
    /// The end that the session itself states, such as a token's `exp`; nil where it follows from use.
    public var statedEnd: Int64?
    /// Bytes that the key's content takes.
    public var sizeBytes: Int?
    /// The attributes, in stored order where the store has one and else by name; nil where they were not fetched.
    public var attributes: [SessionAttribute]?
    /// Further values of the format that are no attributes, in a fixed order.
    public var details: [SessionDetail] = []
    /// By what the keys beside a token's session are found; nil for other formats.
    package var jwt: JWTIdentity?
    /// The names of fields of its hash that are neither its own nor attributes, as they were read: no other layout has a place for them.
    var unknownFields: [[UInt8]] = []
    /// What is wrong with the session.
    public var findings: [Finding] = []

    /// Creates a session of which only the place is known.
    public init(id: [UInt8], format: String, key: [UInt8], timeToLive: TimeToLive) {
        self.id = id
        self.format = format
        self.key = key
        self.timeToLive = timeToLive
    }

    /// Whether other keys tell the variant of such a session, and nobody has said whether they are there.
    package var lacksVariant: Bool { variant == nil && [SpringFormat.name, AmadeusFormat.name].contains(format) }

    /// ``principalName`` as people see and type it: bytes that are no UTF-8 as `\xff`, unpaired surrogates as `\ud83d`.
    public var principal: String? {
        get { principalName.map { EscapedName.text(of: $0) } }
        set { principalName = newValue.map { Array($0.utf8) } }
    }

    /// Milliseconds since the last use; nil where that is not known.
    public func idleMilliseconds(now: Int64) -> Int64? {
        guard let lastAccessedAt else { return nil }
        let (idle, overflow) = now.subtractingReportingOverflow(lastAccessedAt)
        return overflow ? nil : max(0, idle)
    }

    /// When the session ends if nobody uses it: what it states, else last use plus interval, else the end of the key's life; nil also for never.
    public func expiresAt(now: Int64) -> Int64? {
        if let statedEnd { return statedEnd }
        if !endsWithItsKey, let lastAccessedAt, let maxInactiveSeconds {
            guard maxInactiveSeconds >= 0 else { return nil }
            let (interval, first) = maxInactiveSeconds.multipliedReportingOverflow(by: 1000)
            let (sum, second) = lastAccessedAt.addingReportingOverflow(interval)
            return first || second ? nil : sum
        }
        guard case .milliseconds(let left) = timeToLive else { return nil }
        let (sum, overflow) = now.addingReportingOverflow(left)
        return overflow ? nil : sum
    }

    /// Reports a key that lives for ever, which only an interval that means "never" excuses (session-formats, ch. 15, rule 6).
    ///
    /// - Parameter limit: intervals below it mean "never" to the application; the least number where the manager's rules.
    mutating func noteKeyWithoutLife(unlessIntervalIsBelow limit: Int64) {
        guard timeToLive == .none, maxInactiveSeconds.map({ $0 >= limit }) ?? true else { return }
        findings.append(
            Finding("no-expiry", "its key never expires although the session does: it stays until it is deleted"))
    }
}

/// A value that a format stores beside the attributes, such as Tomcat's `isValid`.
public struct SessionDetail: Sendable, Hashable {
    /// The name that the format's own documentation uses.
    public let name: String
    /// The value as people write it.
    public let value: String

    /// Creates a detail.
    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}
