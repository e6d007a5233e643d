import Sessions
import Testing

@testable import Commands

/// What ends sooner at the target, and what only seems to, as each look at a key is a moment later than the last one.
struct ShortenedSessionsTests {
    private static let now: Int64 = 1_800_000_000_000

    private static let layouts: [@Sendable () throws -> SessionConversion.Layout] = [
        { .spring(try SpringLayout()) }, { .tomcat(TomcatLayout()) }, { .tomcat(TomcatLayout(manager: .raw)) },
    ]

    @Test(
        arguments: [(-1, false), (0, false), (1, false), (1000, false), (1001, true), (60_000, true)]
            as [(Int64, Bool)], [0, 1, 2])
    func aSecondIsNoDifference(_ key: (longer: Int64, isTold: Bool), _ layout: Int) throws {
        let id = Array("0123456789ABCDEF0123456789ABCDEF".utf8)
        var session = Session(
            id: id, format: TomcatFormat.name, key: id, timeToLive: .milliseconds(1_800_000 + key.longer))
        session.endsWithItsKey = true
        let portable = PortableSession(
            id: id, createdAt: Self.now, lastAccessedAt: Self.now, maxInactiveSeconds: 1800)
        let conversion = SessionConversion(to: try Self.layouts[layout](), interval: 1800)
        #expect(conversion.shortens(session, to: portable, now: Self.now) == key.isTold)
    }
}
