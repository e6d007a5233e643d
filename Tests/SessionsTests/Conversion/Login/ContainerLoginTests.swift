import TestSupport
import Testing

@testable import Sessions

/// What the real Tomcat persisted of a login, carried to another of Tomcat's layouts.
struct ContainerLoginTests {
    private static let now: Int64 = 1_795_500_000_000

    private static func session(_ version: String) throws -> Session {
        let file = try Fixtures.bytes("tomcat-layouts/\(version)-authenticated.session")
        let record = StoredRecord(key: Array("key".utf8), content: .string(file), timeToLive: .unknown)
        return try #require(SessionFormats.session(from: record, now: now))
    }

    private static func converted(_ session: Session, _ objects: TomcatLayout.Objects) throws -> ConvertedSession {
        try SessionConversion(to: .tomcat(TomcatLayout(objects)), interval: 1800).converted(session, now: now)
    }

    @Test(arguments: ["tomcat9", "tomcat10"], [TomcatLayout.Objects.b, .c])
    func travels(_ version: String, _ objects: TomcatLayout.Objects) throws {
        let session = try Self.session(version)
        let converted = try Self.converted(session, objects)
        guard case .string(let value)? = converted.keys.first?.content else { return #expect(Bool(false)) }
        let record = StoredRecord(key: Array("key".utf8), content: .string(value), timeToLive: .milliseconds(1_800_000))
        let read = try #require(SessionFormats.session(from: record, now: Self.now))
        func details(_ session: Session) -> [String?] {
            ["authType", "roles"].map { name in session.details.first { $0.name == name }?.value }
        }
        #expect(details(read) == details(session) && !details(session).contains(nil))
        #expect(read.principal == session.principal && read.persistedUser == session.persistedUser)
        #expect(session.persistedUser != nil && !converted.losses.contains { $0.attribute == ContainerLogin.part })
    }

    @Test func isLostWhereTheLayoutHasNoPlaceForIt() throws {
        let session = try Self.session("tomcat9")
        let converted = try Self.converted(session, .a)
        #expect(converted.losses.contains { $0.attribute == ContainerLogin.part })
        #expect(SessionConversion(to: .tomcat(TomcatLayout(.a))).losesLogin(of: session))
        #expect(!SessionConversion(to: .tomcat(TomcatLayout(.b))).losesLogin(of: session))
    }
}
