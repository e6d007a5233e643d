import JavaSerialization
import TestSupport
import Testing

@testable import Sessions

/// What becomes of a token in whose place a session is made (session-formats, ch. 17.4).
struct TokenSessionTests {
    private static let now: Int64 = 1_767_226_000_000
    private static let claims = #"""
        {"sub":"zoë","iat":1767225600,"exp":1767229200.9,"nbf":1767225600,"jti":"t1","aud":["shop"],"nothing":null,
         "admin":true,"small":5,"large":5000000000,"huge":123456789012345678901,"half":0.5,"thousand":1e3,
         "address":{"city":"Köln","lines":["a","b",null]},"roles":["ADMIN","ROLE_USER"],"scope":"read write"}
        """#

    private static func token(_ claims: String, header: String = #"{"alg":"none"}"#) -> [UInt8] {
        let parts = [header, claims].map { Base64.encode(Array($0.utf8), .url) }
        return Array((parts + ["c2lnbmF0dXJl"]).joined(separator: ".").utf8)
    }

    private static func session(_ claims: String, key: String = "t") throws -> Session {
        let record = StoredRecord(key: Array(key.utf8), content: .string(token(claims)))
        return try #require(SessionFormats.session(from: record, now: now))
    }

    private static func converted(
        _ claims: String, _ layout: SessionConversion.Layout? = nil, interval: Int64? = nil,
        security: SpringSecurityVersion? = nil
    ) throws -> ConvertedSession {
        var conversion = SessionConversion(to: try layout ?? .spring(SpringLayout()), interval: interval)
        conversion.securityContext = security
        return try conversion.converted(try session(claims), now: now)
    }

    /// It ends with its token to the millisecond, and each use begins what was left then.
    @Test func endsWithTheToken() throws {
        let converted = try Self.converted(Self.claims)
        let session = converted.session
        #expect(session.createdAt == 1_767_225_600_000 && session.end == 1_767_229_200_900)
        #expect(session.maxInactiveSeconds == 3201 && session.lastAccessedAt == Self.now - 100)
        #expect(session.principalName == Array("zoë".utf8))
        #expect(converted.losses.map(\.attribute) == [Array("interval".utf8)])
        #expect(try Self.converted(Self.claims, interval: 1800).losses.isEmpty)
    }

    /// As it was made at another time it is the same only as of then.
    @Test(arguments: [0, 1, 999, 1000]) func isTheSameAsOfItsLastUse(_ later: Int64) throws {
        let conversion = try SessionConversion(to: .spring(SpringLayout()))
        let session = try Self.session(Self.claims)
        let made = try conversion.converted(session, now: Self.now + later)
        let again = try conversion.converted(session, now: made.session.lastAccessedAt)
        #expect(made.keys == again.keys)
    }

    @Test func isNotUsedBeforeItWasIssued() throws {
        let session = try Self.converted(#"{"iat":1767225999.9,"exp":1767226005.5}"#).session
        #expect(session.lastAccessedAt == Self.now && session.maxInactiveSeconds == 5)
    }

    @Test func anIntervalThatIsGivenCountsFromNow() throws {
        let session = try Self.converted(#"{"sub":"a"}"#, interval: 600).session
        #expect(session.createdAt == Self.now && session.end == Self.now + 600_000)
        let other = try Self.converted(Self.claims, interval: 600).session
        #expect(other.createdAt == 1_767_225_600_000 && other.end == Self.now + 600_000)
    }

    /// Who holds the token can compute the id, whatever the layout, and who knows its claims cannot.
    @Test func theIdIsMadeOfTheWholeToken() throws {
        let digest = String(decoding: Sessions.SHA256.hexadecimal(of: Self.token(Self.claims)), as: UTF8.self)
        let spring = String(decoding: try Self.converted(Self.claims).session.id, as: UTF8.self)
        #expect(spring.count == 36 && spring.replacing("-", with: "") == digest.prefix(32))
        let tomcat = try Self.converted(Self.claims, .tomcat(TomcatLayout(.b))).session.id
        #expect(String(decoding: tomcat, as: UTF8.self) == digest.prefix(32).uppercased())
    }

    @Test func claimsBecomeAttributesOfCertainTypes() throws {
        let session = try Self.converted(Self.claims).session
        let classes = try session.attributes.map { attribute in
            let graph = try JavaGraph(attribute.value)
            let node = graph.content(0)
            let name = node.map { graph.wtf8(of: $0) == nil ? graph.className(of: $0) : "java.lang.String" }
            return "\(String(decoding: attribute.name, as: UTF8.self)) \(name ?? "null")"
        }
        #expect(
            classes == [
                "sub java.lang.String", "jti java.lang.String", "aud java.util.ArrayList", "admin java.lang.Boolean",
                "small java.lang.Integer", "large java.lang.Long", "huge java.math.BigInteger",
                "half java.lang.Double", "thousand java.lang.Double", "address java.util.LinkedHashMap",
                "roles java.util.ArrayList", "scope java.lang.String",
                "org.springframework.session.FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME java.lang.String",
            ])
    }

    /// The JDK reads each claim as what Jackson makes of the same JSON with its classes said.
    @Test func theJDKReadsThem() throws {
        let values = [
            (#""Köln \ud83d""#, #""Köln \ud83d""#), ("5", #"["java.lang.Integer",5]"#),
            ("-5000000000", #"["java.lang.Long",-5000000000]"#), ("true", "true"),
            ("0.5", #"["java.lang.Double",0.5]"#),
            ("123456789012345678901", #"["java.math.BigInteger",123456789012345678901]"#),
            ("[]", #"["java.util.ArrayList",[]]"#),
            (
                #"{"a":[1,{"b":null}],"class":"x","ref":7}"#,
                #"{"@class":"java.util.LinkedHashMap","a":["java.util.ArrayList",[["java.lang.Integer",1],"#
                    + #"{"@class":"java.util.LinkedHashMap","b":null}]],"class":"x","ref":["java.lang.Integer",7]}"#
            ),
        ]
        var pairs = try JudgedPairs()
        for (claim, typed) in values {
            let attribute = PortableAttribute(name: [0x61], value: Array(typed.utf8), encoding: .json)
            let expected = try ValueConversion().java(of: attribute).attribute.value
            let actual = try ClaimValue.stream(of: try JSONReader.read(Array(claim.utf8)).root, named: [0x61])
            try pairs.add(claim, expected: expected, actual: actual)
        }
        let (count, differences) = try pairs.compared()
        #expect(differences == [] && count >= values.count)
    }

    @Test func depthCostsNoStack() throws {
        let deep = String(repeating: "[", count: 500) + String(repeating: "]", count: 500)
        let root = try JSONReader.read(Array(deep.utf8), limits: JWT.limits).root
        #expect(try JavaGraph(ClaimValue.stream(of: root, named: [])).contentCount == 1)
    }

    @Test func theLoginIsMadeOfSubAndRoles() throws {
        let conversion = try SessionConversion(to: .spring(SpringLayout()))
        #expect(conversion.losesLogin(of: try Self.session(Self.claims)))
        let version = SpringSecurityVersion(6, 2)
        let converted = try Self.converted(Self.claims, security: version)
        let context = try #require(converted.session.attributes.last)
        #expect(context.name == SpringSecurityContext.attribute)
        let known = try #require(SpringSecurityContext(context))
        #expect(known.name == Array("zoë".utf8))
        #expect(
            known.authorities.map { String(decoding: $0, as: UTF8.self) } == [
                "ROLE_ADMIN", "ROLE_USER", "SCOPE_read", "SCOPE_write",
            ])
        #expect(try Self.session(Self.claims).loginPlace == .claims)
    }

    /// The index of the user is written, and read again by what the repository looks for.
    @Test(arguments: [
        (SpringLayout.Repository.indexed, SpringLayout.Serializer.java), (.indexed, .json), (.reactiveIndexed, .java),
    ]) func theUserIsFound(_ repository: SpringLayout.Repository, _ serializer: SpringLayout.Serializer) throws {
        let layout = try SpringLayout(repository, serializer: serializer)
        let converted = try Self.converted(Self.claims, .spring(layout))
        let index = try #require(converted.keys.first { $0.role == .principalIndex })
        #expect(String(decoding: index.key, as: UTF8.self).hasSuffix("PRINCIPAL_NAME_INDEX_NAME:zoë"))
        guard case .hash(let fields) = converted.keys[0].content else { return #expect(Bool(false)) }
        let record = StoredRecord(key: converted.keys[0].key, content: .hash(fields), timeToLive: .milliseconds(1000))
        let read = try #require(SessionFormats.session(from: record, now: Self.now))
        #expect(read.principal == "zoë" && read.createdAt == 1_767_225_600_000)
    }

    @Test(arguments: [
        (#"{"sub":"a","iat":1767225600}"#, "no exp"),
        (#"{"iat":1767225600,"exp":1767225600}"#, "has ended"),
        (#"{"iat":1767225999.9,"exp":1767226000.5}"#, "within this second"),
        (#"{"exp":1767229200,"x":1e999}"#, "beyond all that a Double holds"),
        (#"{"exp":1767229200,"a":1,"a":2}"#, "twice"),
        (#"{"exp":1767229200,"SPRING_SECURITY_CONTEXT":"x"}"#, "by whose name applications find a login"),
    ]) func saysWhyNoSessionCanBeMade(_ claims: String, _ words: String) throws {
        let error = try #require(throws: ConversionRefusal.self) { try Self.converted(claims) }
        #expect(error.description.contains(words))
    }

    /// What was an attribute before has its name again.
    @Test func claimsOfAttributesBecomeThem() throws {
        let session = try Self.converted(#"{"sub":"a","exp":1767229200,"attr:cart":1,"attr:exp":2,"attr:":3}"#).session
        let names = session.attributes.map { String(decoding: $0.name, as: UTF8.self) }
        #expect(names.prefix(4) == ["sub", "cart", "exp", ""])
    }

    @Test(arguments: [
        (#"{"exp":1767229200,"cart":1,"attr:cart":2}"#, "'cart' and 'attr:cart' would be one attribute"),
        (#"{"exp":1767229200,"attr:SPRING_SECURITY_CONTEXT":"x"}"#, "by whose name applications find a login"),
    ]) func claimsOfAttributesNeverContradict(_ claims: String, _ words: String) throws {
        let error = try #require(throws: ConversionRefusal.self) { try Self.converted(claims) }
        #expect(error.description.contains(words))
        #expect(try Self.converted(#"{"sub":"a","exp":1767229200,"cart":null,"attr:cart":2}"#).losses.count == 1)
    }

    /// An entry of an allow-list names a token that nobody has.
    @Test func anEntryWithoutItsTokenIsRefused() throws {
        let record = StoredRecord(
            key: Array("jwt:allow:ann:t1".utf8), content: .string(Array(#"{"sub":"ann","exp":1767229200}"#.utf8)))
        let session = try #require(SessionFormats.session(from: record, now: Self.now))
        let conversion = try SessionConversion(to: .spring(SpringLayout()))
        let error = try #require(throws: ConversionRefusal.self) { try conversion.converted(session, now: Self.now) }
        #expect(error.description.contains("not the token"))
    }
}
