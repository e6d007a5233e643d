/// When a token begins and ends that takes the place of a session, in seconds since 1970.
struct ClaimedTimes {
    let issuedAt: Int64
    let expiresAt: Int64
    private(set) var losses: [ConversionLoss] = []

    /// What is said of the interval stands under this name.
    private static let interval = Array("interval".utf8)
    /// Beyond the year 5138 readers take seconds for milliseconds (ch. 17.1).
    private static let latest: Int64 = 100_000_000_000_000

    /// - Throws: `ConversionRefusal` for what has ended, and where nothing says when the token ends.
    init(
        of session: Session, _ portable: PortableSession, now: Int64, life: Int64?
    ) throws(ConversionRefusal) {
        let end = Self.end(of: session, portable, now: now)
        if let end, end <= now { throw ConversionRefusal("it has ended: no token takes the place of what is no more") }
        if session.createdAt == nil {
            losses.append(
                ConversionLoss(attribute: Array("created".utf8), "it does not say when it was created: iat is now"))
        }
        // A token from the future is refused by whoever reads it.
        issuedAt = Self.seconds(min(session.createdAt ?? now, now))
        expiresAt = Self.seconds(try Self.end(end, now: now, life: life))
        guard expiresAt > Self.seconds(now) else {
            throw ConversionRefusal("it ends within this second: the token would have ended when it is there")
        }
        losses.append(Self.loss(end, life))
    }

    /// When the session ends; nil for never, and for what no clock can hold.
    private static func end(of session: Session, _ portable: PortableSession, now: Int64) -> Int64? {
        let isTold = session.maxInactiveSeconds != nil && (session.lastAccessedAt ?? session.createdAt) != nil
        let end = isTold && !session.endsWithItsKey ? portable.end : session.expiresAt(now: now)
        return end.flatMap { $0 < latest ? $0 : nil }
    }

    private static func end(_ end: Int64?, now: Int64, life: Int64?) throws(ConversionRefusal) -> Int64 {
        guard let life else {
            guard let end else {
                throw ConversionRefusal(
                    "it does not end by itself, and no token is issued without exp: --expires-in says how long the token lives"
                )
            }
            return end
        }
        let (sum, overflow) = now.addingReportingOverflow(life)
        guard life > 0, !overflow, sum < latest else {
            throw ConversionRefusal("the life of the token is no time that it can have")
        }
        return sum
    }

    private static func loss(_ end: Int64?, _ life: Int64?) -> ConversionLoss {
        let reason =
            switch (end, life) {
            case (_, nil): "each use prolongs the session, and the token ends at exp whatever is done with it"
            case (nil, _?): "the session does not end by itself, and the token ends at exp"
            case (_?, _?):
                "the session ends some time after its last use, and the token at another time, exp, whatever is done with it"
            }
        return ConversionLoss(attribute: interval, reason)
    }

    /// Rounded down: a token must not live on longer than its session.
    private static func seconds(_ milliseconds: Int64) -> Int64 {
        let (seconds, rest) = milliseconds.quotientAndRemainder(dividingBy: 1000)
        return rest < 0 ? seconds - 1 : seconds
    }
}
