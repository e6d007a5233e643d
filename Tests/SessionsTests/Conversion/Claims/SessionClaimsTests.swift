import JavaSerialization
import Testing

@testable import Sessions

/// What a token says in the place of a session (session-formats, ch. 17.4): times, login and ids.
struct SessionClaimsTests {
    private static let now: Int64 = 1_767_226_000_500

    /// A session of Spring's that was used 100 s ago and ends half an hour after that.
    private static func session(_ change: (inout Session) -> Void = { _ in }) -> Session {
        var session = Session(
            id: Array("s1".utf8), format: "spring", key: Array("spring:session:sessions:s1".utf8),
            timeToLive: .milliseconds(1_800_000))
        session.createdAt = 1_767_225_600_999
        session.lastAccessedAt = now - 100_000
        session.maxInactiveSeconds = 1800
        session.attributes = []
        change(&session)
        return session
    }

    private static func login(_ user: String, _ roles: [String], _ session: inout Session) {
        let user = LoggedInUser(name: Array(user.utf8), roles: roles.map { Array($0.utf8) })
        let context = SpringSecurityContext(of: user).java(for: SpringSecurityVersion(6, 2))
        session.attributes = [SessionAttribute(name: context.name, value: .stored(context.value))]
        session.authentication = .stored(context.value)
        session.principalName = user.name
    }

    private static func text(_ value: String) -> AttributeValue {
        var builder = JavaStreamBuilder()
        builder.string(value)
        return .stored(builder.bytes)
    }

    private static func claims(
        _ session: Session, life: Int64? = nil, issuer: String? = nil, audiences: [String] = []
    ) throws -> SessionClaims {
        try SessionClaims(
            of: session, jti: Array("t1".utf8), now: now, life: life, issuer: issuer, audiences: audiences)
    }

    private static func reasons(_ claims: SessionClaims, of attribute: String) -> [String] {
        claims.losses.filter { $0.attribute == Array(attribute.utf8) }.map(\.reason)
    }

    @Test func claimsStandInAFixedOrder() throws {
        let session = Self.session { session in
            Self.login("zoë", ["ADMIN", "SCOPE_read", "SCOPE_write"], &session)
            for (name, value) in [("b", "2"), ("a", "1")] {
                session.attributes?.append(SessionAttribute(name: Array(name.utf8), value: Self.text(value)))
            }
        }
        let claims = try Self.claims(session, issuer: "https://idp.invalid", audiences: ["shop", "desk"])
        #expect(
            String(decoding: claims.json, as: UTF8.self)
                == #"{"iss":"https://idp.invalid","sub":"zoë","aud":["shop","desk"],"exp":1767227700,"iat":1767225600,"#
                + #""jti":"t1","sid":"tIrIIdo-P2NwlHAhDyv9kmXEaj5DZspkQeN1wQGGGVM","roles":["ROLE_ADMIN"],"#
                + #""scope":"read write","amr":["pwd"],"attr:a":"1","attr:b":"2"}"#)
        #expect(claims.subject == Array("zoë".utf8) && claims.jti == Array("t1".utf8))
        #expect(claims.issuedAt == 1_767_225_600 && claims.expiresAt == 1_767_227_700)
        #expect(claims.sid == SessionClaims.sid(ofID: session.id))
        let one = try Self.claims(Self.session(), audiences: ["shop"])
        #expect(String(decoding: one.json, as: UTF8.self).hasPrefix(#"{"aud":"shop","exp""#))
    }

    /// The id is as good as a password, and is nowhere in the token.
    @Test func theIdIsNotTold() throws {
        let id = Array("019fd27f-aaaa-bbbb-cccc-dddddddddddd".utf8)
        let claims = try Self.claims(
            Self.session { session in
                session.id = id
                let link = Self.text("/orders;v=" + String(decoding: id, as: UTF8.self))
                session.attributes = [SessionAttribute(name: Array("link".utf8), value: link)]
            })
        #expect(Self.reasons(claims, of: "link").contains { $0.contains("the session's id") })
        #expect(claims.json.firstRange(of: id) == nil && claims.sid.count == 43)
        #expect(claims.json.firstRange(of: claims.sid) != nil)
    }

    // MARK: Times

    @Test func slidingExpiryIsFixedAndSaid() throws {
        let claims = try Self.claims(Self.session())
        #expect(Self.reasons(claims, of: "interval").contains { $0.contains("each use prolongs the session") })
        let other = try Self.claims(Self.session(), life: 60_000)
        #expect(other.expiresAt == 1_767_226_060)
        #expect(Self.reasons(other, of: "interval").contains { $0.contains("at another time") })
    }

    @Test func whatNeverEndsNeedsALife() throws {
        for interval in [-1, Int64.max] {
            let session = Self.session { $0.maxInactiveSeconds = interval }
            let error = try #require(throws: ConversionRefusal.self) { try Self.claims(session) }
            #expect(error.description.contains("without exp"))
            #expect(try Self.claims(session, life: 900_000).expiresAt == 1_767_226_900)
        }
        for life in [0, -1, Int64.max] {
            #expect(throws: ConversionRefusal.self) { try Self.claims(Self.session(), life: life) }
        }
    }

    /// 0 means never in Tomcat and ended in Spring Session.
    @Test func zeroMeansWhatItMeansThere() throws {
        let tomcat = Self.session { ($0.format, $0.maxInactiveSeconds) = ("tomcat", 0) }
        #expect(throws: ConversionRefusal.self) { try Self.claims(tomcat) }
        #expect(try Self.claims(tomcat, life: 1000).expiresAt == 1_767_226_001)
        let spring = Self.session { $0.maxInactiveSeconds = 0 }
        let error = try #require(throws: ConversionRefusal.self) { try Self.claims(spring, life: 1000) }
        #expect(error.description.contains("it has ended"))
    }

    /// A manager that looks at the life of the key alone.
    @Test func whatEndsWithItsKeyEndsThen() throws {
        let session = Self.session { session in
            (session.format, session.endsWithItsKey) = ("tomcat", true)
            (session.lastAccessedAt, session.createdAt, session.maxInactiveSeconds) = (nil, nil, nil)
            session.timeToLive = .milliseconds(600_000)
        }
        let claims = try Self.claims(session)
        #expect(claims.expiresAt == 1_767_226_600 && claims.issuedAt == 1_767_226_000)
        #expect(Self.reasons(claims, of: "created").count == 1)
    }

    @Test func whatHasEndedGetsNone() throws {
        for end in [Self.now, Self.now - 1, Self.now + 400] {
            let session = Self.session { ($0.lastAccessedAt, $0.maxInactiveSeconds) = (end - 1000, 1) }
            #expect(throws: ConversionRefusal.self) { try Self.claims(session) }
        }
    }

    @Test func timesAreSecondsRoundedDown() throws {
        #expect(try Self.claims(Self.session { $0.createdAt = -1 }).issuedAt == -1)
        // What was created in the future was issued now.
        #expect(try Self.claims(Self.session { $0.createdAt = Self.now + 5000 }).issuedAt == 1_767_226_000)
        #expect(try Self.claims(Self.session { $0.createdAt = .min }).issuedAt == Int64.min / 1000 - 1)
    }

    // MARK: Login

    @Test func nobodyIsSaid() throws {
        let claims = try Self.claims(Self.session())
        #expect(claims.subject == nil && Self.reasons(claims, of: "principal").contains { $0.contains("no sub") })
        #expect(claims.json.firstRange(of: Array("sub".utf8)) == nil)
    }

    /// The context is said in the words of the token, and no attribute of its own.
    @Test func theContextIsSaidAsSubAndRoles() throws {
        let claims = try Self.claims(Self.session { Self.login("ann", ["USER"], &$0) })
        let losses = claims.losses.filter { $0.attribute == SpringSecurityContext.attribute }
        #expect(losses.count == 1 && losses.allSatisfy { $0.isDropped && $0.reason.contains("as sub, roles") })
        #expect(claims.json.firstRange(of: Array("attr:".utf8)) == nil)
    }

    private static func context(_ members: String) -> Session {
        let context =
            #"{"authentication":{"@class":"org.springframework.security.authentication.UsernamePasswordAuthenticationToken","#
            + #""authorities":["java.util.ArrayList",[{"authority":"ROLE_X"}]],"authenticated":true,\#(members)}}"#
        return session(context: AttributeValue.stored(Array(context.utf8)))
    }

    private static func session(context: AttributeValue) -> Session {
        session { session in
            session.attributes = [
                SessionAttribute(name: SpringSecurityContext.attribute, value: context),
                SessionAttribute(
                    name: Array(SpringPrincipal.indexAttribute.utf8), value: .stored(Array(#""ann""#.utf8))),
            ]
            (session.authentication, session.principalName) = (context, Array("ann".utf8))
        }
    }

    private static func losses(_ claims: SessionClaims, of name: String) -> [ConversionLoss] {
        claims.losses.filter { $0.attribute == Array(name.utf8) }
    }

    /// Nothing of what cannot be read is in the token, whoever the index says is logged in.
    @Test(arguments: [[0xAC, 0xED, 0, 5, 0x73], [1, 2, 3], Array(#""ann""#.utf8)] as [[UInt8]])
    func aContextThatCannotBeReadIsDropped(_ bytes: [UInt8]) throws {
        let claims = try Self.claims(Self.session(context: .stored(bytes)))
        let losses = Self.losses(claims, of: SpringPrincipal.contextAttribute)
        #expect(losses.count == 1 && losses.allSatisfy { $0.isDropped && $0.reason.contains("cannot be read") })
        #expect(claims.subject == Array("ann".utf8) && claims.json.firstRange(of: Array("roles".utf8)) == nil)
    }

    /// Roles never go to another user than they were granted to.
    @Test func theLoginNamesTheUser() throws {
        let claims = try Self.claims(Self.context(#""principal":"frank""#))
        #expect(claims.subject == Array("frank".utf8))
        let index = Self.losses(claims, of: SpringPrincipal.indexAttribute)
        #expect(index.count == 1 && index.allSatisfy { $0.isDropped && $0.reason.contains("another user") })
        let same = try Self.claims(Self.context(#""principal":"ann""#))
        #expect(Self.losses(same, of: SpringPrincipal.indexAttribute).allSatisfy { !$0.isDropped })
        #expect(Self.losses(same, of: SpringPrincipal.contextAttribute).allSatisfy { $0.isDropped })
    }

    /// A scope with a blank would be two to its readers.
    @Test func scopesAreWords() throws {
        let roles = ["SCOPE_a b", "SCOPE_", "SCOPE_c", "ROLE_X", "FACTOR_PASSWORD", "FACTOR_OTT"]
        let context =
            #"{"@class":"org.springframework.security.core.context.SecurityContextImpl","authentication":{"@class":"#
            + #""org.springframework.security.authentication.UsernamePasswordAuthenticationToken","authorities":"#
            + #"["java.util.ArrayList",["# + roles.map { #"{"authority":"\#($0)"}"# }.joined(separator: ",")
            + #"]],"authenticated":true,"principal":"ann","credentials":null}}"#
        let session = Self.session { session in
            session.authentication = .stored(Array(context.utf8))
            session.principalName = Array("ann".utf8)
        }
        let text = String(decoding: try Self.claims(session).json, as: UTF8.self)
        #expect(
            text.hasSuffix(
                #""roles":["SCOPE_a b","SCOPE_","ROLE_X"],"scope":"c","amr":["pwd","otp","mfa"]}"#), "\(text)")
    }

    /// Between two factors, and before any, nobody is logged in.
    @Test(arguments: [
        (#""authenticated":false"#, "UsernamePasswordAuthenticationToken", "not complete"),
        (#""authenticated":true"#, "AnonymousAuthenticationToken", "nobody is logged in"),
    ]) func whoIsNotLoggedInIsNoSubject(_ flag: String, _ name: String, _ words: String) throws {
        let context =
            #"{"authentication":{"@class":"org.springframework.security.authentication.\#(name)","#
            + #""authorities":["java.util.ArrayList",[{"authority":"ROLE_X"}]],\#(flag),"principal":"ann"}}"#
        let session = Self.session { session in
            session.authentication = .stored(Array(context.utf8))
            session.principalName = Array("ann".utf8)
        }
        let claims = try Self.claims(session)
        #expect(claims.subject == nil && claims.json.firstRange(of: Array("ROLE_X".utf8)) == nil)
        let losses = claims.losses.filter { $0.reason.contains(words) }
        #expect(losses.count == 1 && losses.allSatisfy(\.isDropped))
    }

    @Test func aNameThatIsNoTextIsNoSubject() throws {
        let claims = try Self.claims(Self.session { $0.principalName = [0x61, 0xff] })
        #expect(claims.subject == nil && Self.reasons(claims, of: "principal").contains { $0.contains("no Unicode") })
    }

    // MARK: Refusals

    @Test func tokensAreNotMadeOfTokens() throws {
        let error = try #require(throws: ConversionRefusal.self) { try Self.claims(Self.session { $0.format = "jwt" }) }
        #expect(error.description.contains("token already"))
        #expect(throws: ConversionRefusal.self) { try Self.claims(Self.session { $0.attributes = nil }) }
    }
}
