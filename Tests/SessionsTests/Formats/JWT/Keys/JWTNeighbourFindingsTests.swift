import Testing

@testable import Sessions

/// What the keys beside a token say of it, from plain data.
struct JWTNeighbourFindingsTests {
    private static let now: Int64 = 1_700_000_100_000

    private func session(_ value: String = #"{"iat":1700000000,"exp":1700000900,"ver":3}"#) throws -> Session {
        let record = StoredRecord(
            key: Array("jwt:allow:alice:j".utf8), content: .string(Array(value.utf8)),
            timeToLive: .milliseconds(800_000))
        return try #require(SessionFormats.session(from: record, now: Self.now))
    }

    private func codes(
        _ purpose: JWTKeyPurpose, of session: Session, _ change: (inout JWTNeighbourState) -> Void
    ) throws -> [String] {
        let neighbour = try #require(session.jwt?.neighbours.first { $0.purpose == purpose })
        var state = JWTNeighbourState()
        state.type = "string"
        state.timeToLive = .milliseconds(800_000)
        change(&state)
        let findings = JWTNeighbourFindings(neighbour, state, now: Self.now)
        return (findings.about(session) + findings.ofKey).map(\.code)
    }

    private func codes(_ purpose: JWTKeyPurpose, holding text: String) throws -> [String] {
        try codes(purpose, of: session()) { $0.beginning = Array(text.utf8) }
    }

    @Test func aKeyThatIsNotThereSaysNothing() throws {
        for purpose in [JWTKeyPurpose.deny, .cutoff, .version, .index] {
            #expect(try codes(purpose, of: session()) { $0.type = "none" } == [])
            #expect(try codes(purpose, of: session()) { $0.type = nil } == ["not-permitted"])
            #expect(try codes(purpose, of: session()) { $0.type = "list" } == ["wrong-key-type"])
        }
    }

    /// Both are whole seconds: a token of the very second is revoked as well.
    @Test(
        arguments: [
            ("1699999999", []), ("1700000000", ["before-cutoff"]), ("1700000001", ["before-cutoff"]), ("0", []),
            ("1700000000000", ["bad-cutoff"]), ("soon", ["bad-cutoff"]), ("", ["bad-cutoff"]), ("-1", ["bad-cutoff"]),
            ("1700000000.5", ["bad-cutoff"]), ("99999999999999999999", ["bad-cutoff"]),
            (String(repeating: "1", count: 64), ["bad-cutoff"]),
        ])
    func aCutOffRevokesWhatWasIssuedUntilThen(_ text: String, _ expected: [String]) throws {
        #expect(try codes(.cutoff, holding: text) == expected)
    }

    /// A fraction of a second is rounded down, as programs do that compare whole seconds.
    @Test func fractionsOfASecondAreLeftOut() throws {
        let session = try session(#"{"iat":1700000000.9}"#)
        #expect(try codes(.cutoff, of: session) { $0.beginning = Array("1700000000".utf8) } == ["before-cutoff"])
        #expect(try codes(.cutoff, of: self.session("1")) { $0.beginning = Array("1700000000".utf8) } == [])
    }

    @Test func versionsMustBeTheSame() throws {
        #expect(try codes(.version, holding: "3") == [])
        #expect(try codes(.version, holding: "4") == ["version-mismatch"])
        #expect(try codes(.version, holding: "2") == ["version-mismatch"])
        #expect(try codes(.version, holding: "three") == ["bad-version"])
        #expect(try codes(.version, of: session("1")) { $0.beginning = Array("4".utf8) } == [])
    }

    @Test func aDenialLastsAsLongAsTheToken() throws {
        #expect(try codes(.deny, of: session()) { $0.timeToLive = .milliseconds(800_000) } == ["denied"])
        #expect(try codes(.deny, of: session()) { $0.timeToLive = .milliseconds(799_500) } == ["denied"])
        let early = try codes(.deny, of: session()) { $0.timeToLive = .milliseconds(60_000) }
        #expect(early == ["denied", "deny-ends-early"])
        #expect(try codes(.deny, of: session()) { $0.timeToLive = .none } == ["denied", "jti-forever"])
        // {"alg":"HS256"} . {"jti":"j"}: for a token without an end it is right.
        let endless = try session("eyJhbGciOiJIUzI1NiJ9.eyJqdGkiOiJqIn0.c2ln")
        #expect(try codes(.deny, of: endless) { $0.timeToLive = .none } == ["denied"])
    }

    @Test func anIndexIsToNameTheTokenAndNoOthers() throws {
        func index(_ change: (inout JWTNeighbourState) -> Void) throws -> [String] {
            try codes(.index, of: session()) { state in
                state.type = "zset"
                state.members = 3
                change(&state)
            }
        }
        #expect(try index { $0.holdsMember = true } == [])
        #expect(try index { $0.holdsMember = false } == ["not-indexed"])
        #expect(try index { $0.pastMembers = 1 } == ["stale-index"])
        #expect(try index { ($0.soughtMembers, $0.absentMembers) = (2, 1) } == ["stale-index"])
        #expect(try index { $0.type = "string" } == ["wrong-key-type"])
    }

    @Test func aFamilySaysWhatIsUsedAndRevoked() throws {
        let record = StoredRecord(
            key: Array("refresh:f00".utf8), content: .string(Array(#"{"sub":"alice","family":"f"}"#.utf8)))
        let refresh = try #require(SessionFormats.session(from: record, now: Self.now))
        func family(_ change: (inout JWTNeighbourState) -> Void) throws -> [String] {
            try codes(.family, of: refresh) { state in
                state.type = "hash"
                change(&state)
            }
        }
        #expect(try family { $0.holdsMember = false } == [])
        #expect(try family { $0.holdsMember = true } == ["refresh-used"])
        #expect(try family { ($0.holdsMember, $0.memberText) = (true, Array("used".utf8)) } == ["refresh-used"])
        #expect(try family { ($0.holdsMember, $0.memberText) = (true, Array("active".utf8)) } == [])
        #expect(try family { $0.isRevoked = true } == ["family-revoked"])
        #expect(refresh.jwt?.neighbours.contains { $0.purpose == .index } == false)
    }
}
