/// What a change has to know beside the session.
public struct ChangeContext: Sendable, Hashable {
    /// The event by which an indexed application hears of the end (session-formats, ch. 6.4).
    public enum EndEvent: String, Sendable, Hashable, CaseIterable {
        /// `SessionDeletedEvent`: somebody logged out.
        case deleted
        /// `SessionExpiredEvent`: nobody came any more.
        case expired
    }

    /// Milliseconds since 1970 by the server's clock.
    public var now: Int64
    /// Which event a logout is to bring.
    public var event: EndEvent
    /// Whether anybody listens to the server's keyspace events.
    public var isHeard: Bool
    /// Whether the user says that no node of the application keeps sessions in its memory.
    public var isNonSticky: Bool

    /// Whether the server can set a string and let its key live on as it did (SET with KEEPTTL, Redis 6.0).
    public var keepsLife: Bool

    /// Creates a context.
    public init(
        now: Int64, event: EndEvent = .deleted, isHeard: Bool = true, isNonSticky: Bool = false, keepsLife: Bool = true
    ) {
        self.now = now
        self.event = event
        self.isHeard = isHeard
        self.isNonSticky = isNonSticky
        self.keepsLife = keepsLife
    }
}
