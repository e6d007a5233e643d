import Testing

@testable import Sessions

/// Attributes whose streams hold something else than one value, which Spring Session keeps as they are and Tomcat has no room for.
struct SeveralValuesTests {
    private static let now: Int64 = 1_800_000_000_000
    private static let one: [UInt8] = [0xAC, 0xED, 0, 5, 0x74, 0, 1, 0x78]

    private static let streams: [[UInt8]] = [
        // A second string.
        one + [0x74, 0, 1, 0x79],
        // Nothing.
        [0xAC, 0xED, 0, 5],
        // Block data alone.
        [0xAC, 0xED, 0, 5, 0x77, 1, 0],
        // A string that is cut off.
        [0xAC, 0xED, 0, 5, 0x74, 0, 9, 0x78],
    ]

    private static func session(_ stream: [UInt8]) -> Session {
        let id = "0123456789ABCDEF0123456789ABCDEF"
        var session = Session(
            id: Array(id.utf8), format: SpringFormat.name, key: Array("spring:session:sessions:\(id)".utf8),
            timeToLive: .milliseconds(1_800_000))
        (session.createdAt, session.lastAccessedAt, session.maxInactiveSeconds) = (now, now, 1800)
        session.attributes = [("ok", one), ("v", stream)].map {
            SessionAttribute(name: Array($0.0.utf8), value: .stored($0.1))
        }
        return session
    }

    private static func converted(
        _ stream: [UInt8], _ unconvertible: SessionConversion.Unconvertible, to manager: TomcatLayout.Manager = .raw
    ) throws -> ConvertedSession {
        let conversion = SessionConversion(
            to: .tomcat(TomcatLayout(manager: manager)), unconvertible: unconvertible)
        return try conversion.converted(session(stream), now: now)
    }

    @Test(arguments: streams, TomcatLayout.Manager.allCases)
    func areLeftOut(_ stream: [UInt8], _ manager: TomcatLayout.Manager) throws {
        let converted = try Self.converted(stream, .skipAttribute, to: manager)
        #expect(converted.losses.map(\.attribute) == [Array("v".utf8)] && converted.losses.allSatisfy(\.isDropped))
        #expect(converted.losses.allSatisfy { $0.reason.hasPrefix("left out: v: ") })
        #expect(converted.session.attributes.map(\.name) == [Array("ok".utf8)])
        let key = try #require(converted.keys.first)
        guard case .string(let value) = key.content else { return #expect(Bool(false)) }
        let record = StoredRecord(key: key.key, content: .string(value), timeToLive: .milliseconds(1_800_000))
        let read = try #require(SessionFormats.session(from: record, now: Self.now))
        #expect(read.attributes?.map(\.name) == [Array("ok".utf8)] && read.findings.isEmpty)
    }

    /// Tomcat's one stream has no room for bytes of another kind: to keep them is not possible there.
    @Test(arguments: streams, [SessionConversion.Unconvertible.fail, .keep])
    func areRefusedWithTheOptionThatLeavesThemOut(
        _ stream: [UInt8], _ unconvertible: SessionConversion.Unconvertible
    ) throws {
        let refusal = #expect(throws: ConversionRefusal.self) { try Self.converted(stream, unconvertible) }
        let reason = try #require(refusal).description
        #expect(reason.hasPrefix("the attribute 'v' cannot become a value of one stream with the others: v: "))
        #expect(reason.hasSuffix("; --unconvertible skip-attribute leaves such out"), "\(reason)")
        #expect(refusal?.losses.map(\.attribute) == [Array("v".utf8)])
    }

    /// What is refused for another reason loses nothing, and says that reason.
    @Test func doNotHideAnotherReason() throws {
        var session = Self.session(Self.one)
        session.maxInactiveSeconds = 0
        let conversion = SessionConversion(to: .tomcat(TomcatLayout()), unconvertible: .skipAttribute)
        let refusal = #expect(throws: ConversionRefusal.self) { try conversion.converted(session, now: Self.now) }
        #expect(refusal?.description.contains("its interval is 0 s") == true)
    }
}
