import Foundation
import Testing

@testable import Sessions

/// Plans that revoke: what is written where, and until when (session-formats, ch. 17.3).
struct TokenRevocationTests {
    private static let now: Int64 = 1_800_000_000_500
    private static let context = ChangeContext(now: now)

    static func token(_ claims: String) -> [UInt8] {
        let parts = [#"{"alg":"HS256"}"#, claims].map { text in
            Data(text.utf8).base64EncodedString().replacing("=", with: "").replacing("+", with: "-")
                .replacing("/", with: "_")
        }
        return Array((parts.joined(separator: ".") + ".c2ln").utf8)
    }

    private func terms(_ settings: [String] = [], end: RevocationTerms.End? = nil) throws -> RevocationTerms {
        RevocationTerms(keys: try JWTKeyTemplates(settings: settings), leeway: 60_000, end: end)
    }

    private func revocation(_ claims: String, _ terms: RevocationTerms) throws -> TokenRevocation {
        let token = try NamedToken(token: Self.token(claims), terms.keys, now: Self.now)
        return TokenRevocation(.token(token, entryKeys: []), terms)
    }

    /// The plan where these are the contents of the keys that it has to know; where they are too few, there is nothing.
    private func plan(
        _ revocation: TokenRevocation, _ contents: [(GroupedRecord.Content, Int64?)] = []
    ) throws -> RevocationPlan {
        let readings = revocation.otherKeys.enumerated().map { place, key in
            let (content, end) = place < contents.count ? contents[place] : (.missing, nil)
            return KeyReading(GroupedRecord(key: key, content: content), expiresAt: end)
        }
        return try #require(try revocation.plan(nil, readings, Self.context))
    }

    private func lines(_ plan: RevocationPlan) -> [String] {
        plan.plan.commands.map { command in
            command.words.map { String(decoding: $0, as: UTF8.self) }.joined(separator: " ")
        }
    }

    // MARK: Tokens

    @Test func aTokenIsDeniedUpToItsEndAndTheLeeway() throws {
        let plan = try plan(revocation(#"{"jti":"a","exp":1800000100.25}"#, terms()))
        #expect(lines(plan) == ["SET jwt:deny:a 1 PX 159750", "PEXPIREAT jwt:deny:a 1800000160250"])
        #expect(plan.plan.conditions == [PlanCondition(Array("jwt:deny:a".utf8), .missing, otherwise: .changed)])
        #expect(plan.notes == ["on the deny-list as jwt:deny:{jti}"])
    }

    /// In the order in which they were given, whatever is longer.
    @Test func theFirstNameThatCanBeFilledIsTaken() throws {
        let settings = ["deny=a:{sid}", "deny=b:{jti}", "deny=much-longer:{jti}"]
        let plan = try plan(revocation(#"{"jti":"x","exp":1800000100}"#, terms(settings)))
        #expect(plan.plan.key == Array("b:x".utf8))
    }

    @Test func aTokenWithoutAnIdIsDeniedByItsDigest() throws {
        let token = Self.token(#"{"exp":1800000100}"#)
        let plan = try plan(revocation(#"{"exp":1800000100}"#, terms()))
        let signed = token[..<(token.lastIndex(of: UInt8(ascii: ".")) ?? 0)]
        #expect(plan.plan.key == Array("blocklist:".utf8) + SHA256.hexadecimal(of: signed))
        #expect(plan.notes.first?.contains("SHA-256 of what was signed") == true)
        #expect(plan.plan.id == SHA256.hexadecimal(of: signed))
    }

    @Test func whatHasEndedIsNotDenied() throws {
        let ended = try plan(revocation(#"{"jti":"a","exp":1799999940}"#, terms()))
        #expect(ended.plan.commands.isEmpty && ended.notes.first?.contains("it has ended") == true)
        // Within the leeway it may still be taken.
        let ending = try plan(revocation(#"{"jti":"a","exp":1799999941}"#, terms()))
        #expect(lines(ending).last == "PEXPIREAT jwt:deny:a 1800000001000")
    }

    @Test func aTokenWithoutAnEndNeedsOne() throws {
        let claims = #"{"jti":"a"}"#
        #expect(throws: ChangeRefusal.self) { try plan(revocation(claims, terms())) }
        let until = try plan(revocation(claims, terms(end: .at(1_900_000_000_000))))
        #expect(lines(until).last == "PEXPIREAT jwt:deny:a 1900000000000")
        let after = try plan(revocation(claims, terms(end: .after(3_600_000))))
        #expect(lines(after).last == "PEXPIREAT jwt:deny:a \(Self.now + 3_660_000)")
    }

    /// Never shorter; seconds that were cut off are no difference.
    @Test(arguments: [nil, 1_800_000_160_000, 1_800_000_159_000, 1_800_000_158_999, 1_800_000_999_000] as [Int64?])
    func aKeyThatIsThereIsLeftOrProlonged(_ end: Int64?) throws {
        let plan = try plan(
            revocation(#"{"jti":"a","exp":1800000100}"#, terms()), [(.string(Array("yes".utf8)), end)])
        let isProlonged = end.map { $0 < 1_800_000_159_000 } ?? false
        #expect(lines(plan) == (isProlonged ? ["PEXPIREAT jwt:deny:a 1800000160000"] : []))
        #expect(plan.notes.first?.hasPrefix("on the deny-list before") == true)
    }

    @Test func aKeyOfAnotherTypeIsRefused() throws {
        let revocation = try revocation(#"{"jti":"a","exp":1800000100}"#, terms())
        #expect(throws: ChangeRefusal.self) { try plan(revocation, [(.members([]), nil)]) }
    }

    @Test func withoutADenyListOnlyTheEntryGoes() throws {
        let plan = try plan(revocation(#"{"jti":"a"}"#, terms(["deny="])))
        #expect(plan.plan.commands.isEmpty && plan.notes == ["it is on no allow-list, and no deny-list is kept"])
        let named = NamedToken(.init(.sid, Array("s".utf8)), JWTKeyTemplates.standard)
        let revocation = TokenRevocation(.token(named, entryKeys: []), try terms())
        #expect(throws: ChangeRefusal.self) { try self.plan(revocation) }
    }

    @Test(arguments: [Int64.max / 1000, 9_000_000_000_000_000]) func anEndBeyondAllLivesIsRefused(_ end: Int64) throws {
        let revocation = try revocation(#"{"jti":"a","exp":\#(end)}"#, terms())
        #expect(throws: ChangeRefusal.self) { try plan(revocation) }
    }

    // MARK: Users

    private func user(_ contents: [(GroupedRecord.Content, Int64?)] = []) throws -> RevocationPlan {
        let revocation = TokenRevocation(.user(Array("alice".utf8)), try terms(end: .after(3_600_000)))
        return try plan(revocation, contents)
    }

    private func text(_ text: String) -> GroupedRecord.Content { .string(Array(text.utf8)) }

    @Test func aUserIsCutOffNow() throws {
        let plan = try user()
        #expect(
            lines(plan) == [
                "SET jwt:cutoff:alice 1800000000 PX 3660000", "PEXPIREAT jwt:cutoff:alice 1800003660500",
            ])
    }

    @Test func aCutOffNeverGoesBackAndNeverLivesShorter() throws {
        #expect(try lines(user([(text("1900000000"), 1_900_000_000_000)])) == [])
        #expect(
            try lines(user([(text("1900000000"), 1_800_000_001_000)])) == ["PEXPIREAT jwt:cutoff:alice 1800003660500"])
        #expect(
            try lines(user([(text("1700000000"), 1_900_000_000_000)])).last
                == "PEXPIREAT jwt:cutoff:alice 1900000000000")
        // It has no end, and keeps none.
        #expect(try lines(user([(text("1700000000"), nil)])) == ["SET jwt:cutoff:alice 1800000000"])
    }

    @Test(arguments: ["1700000000000", "yesterday", "-1", ""]) func aCutOffOfAnotherKindIsRefused(_ value: String) {
        #expect(throws: ChangeRefusal.self) { try user([(text(value), nil)]) }
    }

    @Test func aVersionIsRaisedWhereThereIsOne() throws {
        let plan = try user([(.missing, nil), (text("7"), nil)])
        #expect(lines(plan).last == "INCRBY user:ver:alice 1")
        let odd = try user([(.missing, nil), (text("seven"), nil)])
        #expect(lines(odd).count == 2 && odd.notes.last?.contains("no number") == true)
        let full = try user([(.missing, nil), (text(String(Int64.max)), nil)])
        #expect(lines(full).count == 2)
    }

    // MARK: Families

    private func family(
        _ content: GroupedRecord.Content, _ end: Int64? = nil, _ said: RevocationTerms.End? = nil
    ) throws -> RevocationPlan {
        let revocation = TokenRevocation(.family(Array("f".utf8), user: nil), try terms(end: said))
        return try plan(revocation, [(content, end)])
    }

    private func fields(_ fields: [(String, String)]) -> GroupedRecord.Content {
        .hash(fields.map { StoredField(Array($0.0.utf8), Array($0.1.utf8)) })
    }

    /// Each type says it in its own way, and whoever checks tokens here reads it so.
    @Test func aFamilySaysThatItIsRevoked() throws {
        #expect(try lines(family(.members([]))) == ["SADD refresh:fam:f revoked"])
        #expect(try lines(family(.members([Array("revoked".utf8)]))) == [])
        #expect(try lines(family(fields([("t1", "used")]))) == ["HSET refresh:fam:f revoked 1"])
        #expect(try lines(family(fields([("revoked", "false")]))) == ["HSET refresh:fam:f revoked true"])
        #expect(try lines(family(fields([("revoked", "1")]))) == [])
        #expect(try lines(family(fields([("status", "active")]))) == ["HSET refresh:fam:f status revoked"])
        #expect(
            try lines(family(text("active"), 1_800_000_100_000)) == [
                "SET refresh:fam:f revoked PX 99500", "PEXPIREAT refresh:fam:f 1800000100000",
            ])
    }

    @Test func aFamilyWithoutAKeyGetsOneThatEnds() throws {
        let unsaid = try family(.missing)
        #expect(unsaid.plan.commands.isEmpty && unsaid.notes.first?.contains("has no key") == true)
        #expect(
            try lines(family(.missing, nil, .at(1_900_000_000_000))) == [
                "SADD refresh:fam:f revoked", "PEXPIREAT refresh:fam:f 1900000000000",
            ])
    }

    @Test func ownersOwnEntriesAndNoTokenThatHappensToBeAValue() {
        var session = Session(id: [1], format: "jwt", key: [1], timeToLive: .none)
        var identity = JWTIdentity(keys: .standard)
        identity.values = [.sub: Array("alice".utf8), .family: Array("f".utf8)]
        session.jwt = identity
        #expect(!TokenRevocation.Owner.user(Array("alice".utf8)).owns(session))
        session.variant = "refresh-token"
        #expect(TokenRevocation.Owner.user(Array("alice".utf8)).owns(session))
        #expect(TokenRevocation.Owner.family(Array("f".utf8)).owns(session))
        #expect(!TokenRevocation.Owner.user(Array("bob".utf8)).owns(session))
    }
}
