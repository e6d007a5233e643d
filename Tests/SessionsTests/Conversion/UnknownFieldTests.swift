import TestSupport
import Testing

@testable import Sessions

/// Fields of a hash that are neither the session's own nor attributes, which go along to no other layout.
struct UnknownFieldTests {
    struct Case: Sendable, CustomStringConvertible {
        let store: String
        let field: String
        /// Whether its library takes it for an attribute.
        var isAttribute = false
        var description: String { "\(store) \(field)" }
    }

    private static let cases = [
        Case(store: "spring-session-3.5.7-indexed", field: "myapp:note"),
        Case(store: "spring-session-2.7.4-json", field: "myapp:note"),
        Case(store: "spring-session-3.5.7-simple", field: "sessionAttr"),
        Case(store: "redisson-tomcat-3.52.0", field: "session:note"),
        Case(store: "redisson-tomcat-3.52.0", field: "myapp:note", isAttribute: true),
        Case(store: "java-programs/amadeus-session-replacer", field: "#:note"),
    ]

    private static let layouts: [@Sendable () throws -> SessionConversion.Layout] = [
        { .spring(try SpringLayout()) }, { .tomcat(TomcatLayout(.a)) }, { .jwt(TokenLayout(life: 3_600_000)) },
    ]

    /// What each session of the store that can be converted loses of this name, with the field or without it.
    private static func losses(_ one: Case, with isThere: Bool, to layout: SessionConversion.Layout) throws -> [[Bool]]
    {
        let conversion = SessionConversion(to: layout, interval: 1800, unconvertible: .skipAttribute)
        let field = StoredField(Array(one.field.utf8), [0xAC, 0xED, 0, 5, 0x74, 0, 1, 0x61])
        return try StoredFixture(FixtureStore(one.store), now: 0).records.values.compactMap { record in
            guard case .hash(let fields) = record.content else { return nil }
            var changed = record
            if isThere { changed.content = .hash(fields + [field]) }
            guard let session = SessionFormats.session(from: changed, now: 0),
                let converted = try? conversion.converted(session, now: session.lastAccessedAt ?? 0)
            else { return nil }
            return converted.losses.filter { $0.attribute == Array(one.field.utf8) }.map(\.isDropped)
        }
    }

    @Test(arguments: cases, [0, 1, 2]) func areLossesOfEverySession(_ one: Case, _ layout: Int) throws {
        let layout = try Self.layouts[layout]()
        let without = try Self.losses(one, with: false, to: layout)
        #expect(!without.isEmpty && without.allSatisfy { $0.isEmpty })
        let found = try Self.losses(one, with: true, to: layout)
        #expect(!found.isEmpty && found.allSatisfy { $0 == (one.isAttribute ? [] : [true]) }, "\(found)")
    }

    /// Nobody moves such a session to a token without a word about the field.
    @Test func haveToBeDroppedByName() throws {
        let store = try StoredFixture(FixtureStore("spring-session-3.5.7-indexed"), now: 0)
        var session = try #require(store.sessions.values.first { $0.lastAccessedAt != nil })
        (session.attributes, session.principalName, session.authentication) = ([], nil, nil)
        session.maxInactiveSeconds = 1800
        session.unknownFields = ["b", "a"].map { Array($0.utf8) }
        let now = try #require(session.lastAccessedAt)
        func convert(_ droppable: [String]) throws -> ConvertedSession {
            var layout = TokenLayout(life: 3_600_000, droppable: droppable.map { Array($0.utf8) })
            layout.entry = try JWTKeyTemplate("allow:{jti}", for: .allow)
            return try SessionConversion(to: .jwt(layout)).converted(session, now: now)
        }
        // Each is told that would be lost.
        for (droppable, lost) in [([], ["a", "b"]), (["a"], ["b"])] {
            let refusal = #expect(throws: ConversionRefusal.self) { try convert(droppable) }
            #expect(refusal?.losses.map(\.attribute) == lost.map { Array($0.utf8) })
        }
        #expect(
            try convert(["a", "b"]).losses.filter(\.isDropped).map(\.attribute) == [Array("a".utf8), Array("b".utf8)])
    }
}
