import TestSupport
import Testing

@testable import Sessions

/// What goes wrong with Spring sessions, and what only looks like it (session-formats, ch. 6.3 and 16).
struct SpringFindingTests {
    private static let now: Int64 = 1_700_000_100_000

    /// Last used 50 s ago; ends in 1750 s.
    private func findings(
        interval: String = "1800", ttl: TimeToLive = .unknown, id: String = "x", shadow: Bool? = nil,
        index: Bool? = nil, attributes: [String: String] = [:]
    ) throws -> [String] {
        var fields = [
            "creationTime": "1700000000000", "lastAccessedTime": "1700000050000", "maxInactiveInterval": interval,
        ]
        for (name, value) in attributes { fields["sessionAttr:" + name] = value }
        var record = StoredRecord(
            key: Array("app:sessions:\(id)".utf8),
            content: .hash(fields.map { StoredField(Array($0.key.utf8), Array($0.value.utf8)) }), timeToLive: ttl)
        (record.hasShadowKey, record.hasIndexKey) = (shadow, index)
        let session = try #require(SpringFormat.session(from: record, now: Self.now))
        return session.findings.map(\.code)
    }

    @Test(
        arguments: [
            ("1800", .none, ["no-expiry"]), ("-1", .none, []), ("-1", .milliseconds(299_000), ["negative-interval"]),
            ("-1", .milliseconds(3_600_000), []), ("1800", .unknown, []), ("1800", .milliseconds(1_750_000), []),
            ("1800", .milliseconds(2_050_000), []), ("1800", .milliseconds(1_300_000), []),
            ("1800", .milliseconds(1_200_000), ["ttl-mismatch"]), ("1800", .milliseconds(2_500_000), []),
            ("1800", .milliseconds(2_600_000), ["ttl-mismatch"]), ("10", .milliseconds(1), ["expired"]),
            ("10", .milliseconds(9_000_000), ["expired"]), ("9223372036854775", .milliseconds(.max), []),
            ("9223372036854775807", .milliseconds(5), []),
            ("-9223372036854775808", .milliseconds(5), ["negative-interval"]),
        ] as [(String, TimeToLive, [String])])
    func theLifeOfTheKeyFitsTheInterval(_ interval: String, _ ttl: TimeToLive, _ expected: [String]) throws {
        #expect(try findings(interval: interval, ttl: ttl) == expected)
    }

    @Test func aShadowKeyThatIsGoneIsFoundWhileTheSessionLasts() throws {
        let ttl = TimeToLive.milliseconds(2_050_000)
        #expect(try findings(ttl: ttl, shadow: false) == ["missing-shadow-key"])
        #expect(try findings(ttl: ttl, shadow: true) == [])
        #expect(try findings(ttl: .milliseconds(1_750_000), shadow: false) == [])
        #expect(try findings(interval: "10", ttl: .milliseconds(200_000), shadow: false) == ["expired"])
        #expect(try findings(ttl: ttl, shadow: false, index: true) == ["missing-shadow-key"])
    }

    @Test func namesThatBreakTheLibraryAreFound() throws {
        let index = SpringPrincipal.indexAttribute
        #expect(try findings(id: "a:b", shadow: true) == ["colon-in-id"])
        #expect(try findings(ttl: .milliseconds(1_750_000), id: "a:b", shadow: false) == [])
        #expect(try findings(shadow: true, attributes: [index: "\"null\""]) == ["null-principal"])
        #expect(try findings(shadow: true, attributes: [index: "a:b"]) == [])
        #expect(try findings(shadow: true, attributes: ["PRINCIPAL_NAME_INDEX_NAME": "a:b"]) == ["colon-in-principal"])
        #expect(try findings(shadow: true, index: true, attributes: [index: "a:b"]) == ["colon-in-principal"])
    }

    @Test func whatShouldNotBeStoredIsFound() throws {
        let clients = "org.springframework.security.oauth2.client.web.HttpSessionOAuth2AuthorizedClientRepository"
        #expect(try findings(attributes: ["SPRING_SECURITY_LAST_EXCEPTION": "{}"]) == ["stored-exception"])
        #expect(try findings(attributes: ["\(clients).AUTHORIZED_CLIENTS": "{}"]) == ["stored-tokens"])
        let context = #"{"authentication":{"credentials":"geheim","authorities":[]}}"#
        #expect(try findings(attributes: ["SPRING_SECURITY_CONTEXT": context]) == ["stored-password"])
        let session = "org.springframework.session.security.SpringSessionBackedSessionInformation.EXPIRED"
        #expect(try findings(attributes: [session: "true"]) == ["logged-out"])
    }

    @Test func numbersOfAnotherClassAreFound() throws {
        let store = FixtureStore("spring-session-3.5.7-simple")
        let record = try #require(try store.records().first { $0.type == "hash" })
        guard case .hash(let stored) = record.content else { return }
        let values = Dictionary(stored.map { ($0.name, $0.value) }) { $1 }
        let (time, interval) = (values[SpringFormat.Field.creationTime], values[SpringFormat.Field.maxInactiveInterval])
        var session: Session? {
            let fields = [
                StoredField(SpringFormat.Field.creationTime, interval ?? []),
                StoredField(SpringFormat.Field.lastAccessedTime, time ?? []),
                StoredField(SpringFormat.Field.maxInactiveInterval, time ?? []),
            ]
            return SpringFormat.session(
                from: StoredRecord(key: record.key, content: .hash(fields)), now: Self.now)
        }
        #expect(session?.findings.map(\.code) == ["wrong-type", "wrong-type"])
        #expect(session?.createdAt != nil && session?.maxInactiveSeconds != nil)
    }

    @Test func boxesOfJSONAreNumbers() {
        for (text, number) in [
            (#"["java.lang.Long",1700000000000]"#, 1_700_000_000_000), (#"{"java.lang.Integer":-1}"#, -1), ("5", 5),
            (#"["java.lang.String","5"]"#, nil), (#"["java.lang.Long",5.0]"#, nil), (#"["java.lang.Long",5"#, nil),
            ("[5]", nil), (#"["java.lang.Long",99999999999999999999]"#, nil),
        ] as [(String, Int64?)] {
            #expect(BoxedNumber.value(of: Array(text.utf8)) == number, "\(text)")
        }
    }
}
