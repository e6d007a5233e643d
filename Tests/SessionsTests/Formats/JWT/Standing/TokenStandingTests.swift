import Testing

@testable import Sessions

/// The sum of what keys say of a token.
struct TokenStandingTests {
    private static let now: Int64 = 1_800_000_000_000
    private static let claims = #"{"sub":"alice","jti":"a","iat":1700000000,"exp":1800000100}"#

    private func token(_ claims: String = claims) throws -> Session {
        try NamedToken(token: TokenRevocationTests.token(claims), .standard, now: Self.now).session
    }

    private func answer(_ key: String, _ purpose: JWTKeyPurpose, _ type: String?, _ value: String? = nil)
        -> TokenStanding.Answer
    {
        var state = JWTNeighbourState()
        state.type = type
        state.beginning = value.map { Array($0.utf8) }
        state.timeToLive = .milliseconds(500_000)
        return (JWTNeighbour(key: Array(key.utf8), purpose, .standard), state)
    }

    private func standing(
        _ answers: [TokenStanding.Answer], entries: [Session] = [], keepsAllowList: Bool = false,
        claims: String = claims
    ) throws -> TokenStanding {
        TokenStanding(
            of: try token(claims), entries: entries, answers, keepsAllowList: keepsAllowList, judgesEnd: true,
            now: Self.now)
    }

    @Test func nothingSpeaksAgainstIt() throws {
        let standing = try standing([answer("jwt:deny:a", .deny, "none"), answer("jwt:cutoff:alice", .cutoff, "none")])
        #expect(standing.verdict == .allowed && standing.reasons.isEmpty && standing.asked.count == 2)
    }

    /// The gravest is the verdict, and each is a reason.
    @Test func theGravestCounts() throws {
        let hidden = answer("user:ver:alice", .version, nil)
        #expect(try standing([hidden]).verdict == .unknown)
        #expect(try standing([hidden], keepsAllowList: true).verdict == .notListed)
        let all = try standing(
            [
                hidden, answer("jwt:deny:a", .deny, "string"),
                answer("jwt:cutoff:alice", .cutoff, "string", "1700000000"),
            ],
            keepsAllowList: true, claims: Self.claims.replacing("1800000100", with: "1800000000"))
        #expect(all.verdict == .revoked)
        #expect(
            Set(all.reasons.map(\.code)) == ["not-permitted", "denied", "before-cutoff", "expired", "not-listed"])
        #expect(all.reasons.first { $0.code == "denied" }?.timeToLive == .milliseconds(500_000))
    }

    /// What does not say when it was issued cannot be shown to be later than a cut-off.
    @Test(
        arguments: [
            (#"{"sub":"alice"}"#, true), (#"{"sub":"alice","iat":"soon"}"#, true),
            (#"{"sub":"alice","iat":null}"#, true),
            (#"{"sub":"alice","issued":1800000000}"#, true),
            (#"{"sub":"alice","iat":1700000001}"#, false), (#"{"sub":"alice","iat":1700000000}"#, true),
        ])
    func aCutOffRevokesWhatDoesNotSayWhenItWasIssued(_ claims: String, _ isRevoked: Bool) throws {
        let cutOff = answer("jwt:cutoff:alice", .cutoff, "string", "1700000000")
        let standing = try standing([cutOff], claims: claims)
        #expect((standing.verdict == .revoked) == isRevoked, "\(standing.reasons)")
        let message = "has no iat, so nobody can tell that it was issued after the cut-off"
        let isTold = standing.reasons.contains { $0.code == "before-cutoff" && $0.message.contains(message) }
        #expect(isTold == !claims.contains("17000"))
        let none = answer("jwt:cutoff:alice", .cutoff, "none")
        #expect(try self.standing([none], claims: claims).verdict == .allowed)
    }

    @Test func anIndexThatMayNotBeReadIsOnlyNoted() throws {
        let standing = try standing([answer("user:tokens:alice", .index, nil)])
        #expect(standing.verdict == .allowed && standing.notes.map(\.code) == ["not-permitted"])
    }

    /// By the same codes as the standing: an index that nobody may read revokes nothing.
    @Test func aSessionSaysWhatSpeaksAgainstItsToken() throws {
        var session = try token()
        func take(_ answer: TokenStanding.Answer) { session.take(answer.neighbour, answer.state, now: Self.now) }
        take(answer("user:tokens:alice", .index, nil))
        #expect(session.tokenObjections == nil && session.findings.last?.code == "not-permitted")
        take(answer("user:ver:alice", .version, nil))
        #expect(session.tokenObjections?.kind == "nobody knows whether its token is revoked: not-permitted")
        take(answer("jwt:deny:a", .deny, "string"))
        #expect(session.tokenObjections?.kind == "its token is revoked: denied, not-permitted")
        #expect(session.tokenObjections?.reason.contains("'jwt:deny:a' is on the deny-list") ?? false)
    }

    @Test func anEntryOfAnotherTokenRevokes() throws {
        var entry = Session(id: [], format: "jwt", key: Array("session:s".utf8), timeToLive: .none)
        entry.jwt = JWTIdentity(keys: .standard)
        #expect(try standing([], entries: [entry], keepsAllowList: true).verdict == .allowed)
        entry.jwt?.values[.sub] = Array("bob".utf8)
        let standing = try standing([], entries: [entry], keepsAllowList: true)
        #expect(standing.verdict == .revoked && standing.reasons.map(\.code) == ["other-token"])
    }

    @Test func whoVerifiesJudgesTheEnd() throws {
        let ended = try token(#"{"jti":"a","exp":1700000000}"#)
        let judged = TokenStanding(
            of: ended, entries: [], [], keepsAllowList: false, judgesEnd: false, now: Self.now)
        #expect(judged.verdict == .allowed)
        #expect(try standing([], claims: #"{"jti":"a","exp":1700000000}"#).verdict == .expired)
    }

    /// Never the token, which is a secret.
    @Test func aTokenIsNamedByItsIdOrADigest() throws {
        #expect(try token().id == Array("a".utf8))
        #expect(try token(#"{"sub":"alice"}"#).id.count == 64)
        #expect(throws: SessionError.self) {
            try NamedToken(token: Array("no token".utf8), .standard, now: Self.now)
        }
    }
}
