import Testing

@testable import Sessions

/// Sessions that would end before their keys by an interval that counts at the target alone.
struct RequiredLifeTests {
    private static let now: Int64 = 1_800_000_000_000

    /// Whether a session that was used a minute ago is refused, of this interval and this rest of its key's life.
    private static func isRefused(
        _ interval: Int64, keyLives left: Int64, _ layout: SessionConversion.Layout
    ) -> Bool {
        var session = PortableSession(
            id: Array("a".utf8), createdAt: now - 60_000, lastAccessedAt: now - 60_000, maxInactiveSeconds: interval)
        session.endOfKey = now + left
        let converted = ConvertedSession(session: session, keys: [], losses: [])
        do throws(ConversionRefusal) {
            try SessionConversion(to: layout).requireLife(of: converted, now: now)
            return false
        } catch {
            return error.description.hasSuffix("--max-inactive-interval says what the manager allows")
        }
    }

    /// Managers count in seconds, and each look at a key is a moment later than the last one.
    @Test(arguments: [(1_740_000, false), (1_741_000, false), (1_741_001, true)] as [(Int64, Bool)])
    func aSecondIsNoDifference(_ left: Int64, _ isRefused: Bool) throws {
        #expect(try Self.isRefused(1800, keyLives: left, .spring(SpringLayout())) == isRefused)
        #expect(Self.isRefused(1800, keyLives: left, .tomcat(TomcatLayout(manager: .raw))) == isRefused)
        #expect(!Self.isRefused(1800, keyLives: left, .tomcat(TomcatLayout(manager: .jcoleman))))
    }

    /// ran-jit's manager gives the key the session's own interval at each use, and half an hour at least (session-formats, ch. 4).
    @Test(
        arguments: [
            (3600, 3_601_000, false), (3600, 3_601_001, true), (3600, 2_592_000_000, true), (300, 1_801_000, false),
            (300, 1_801_001, true), (-1, 600_000, false), (-1, 2_592_000_000, true), (.max, 2_592_000_000, false),
        ] as [(Int64, Int64, Bool)])
    func ranjitCountsFromTheNextUse(_ interval: Int64, _ left: Int64, _ isRefused: Bool) {
        #expect(Self.isRefused(interval, keyLives: left, .tomcat(TomcatLayout(manager: .ranjit))) == isRefused)
    }

    /// What has ended by its interval lives on there as long as its key does.
    @Test func ranjitTakesWhatHasAKey() {
        #expect(!Self.isRefused(30, keyLives: 600_000, .tomcat(TomcatLayout(manager: .ranjit))))
    }
}
