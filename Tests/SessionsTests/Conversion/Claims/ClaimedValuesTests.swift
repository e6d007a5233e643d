import JavaSerialization
import Testing

@testable import Sessions

/// Which values become claims, in which form, and which never do (session-formats, ch. 17.4).
struct ClaimedValuesTests {
    private static let now: Int64 = 1_767_226_000_000

    /// The claim of an attribute as it is written, and what is lost of it.
    private static func claim(
        _ name: String, _ value: AttributeValue
    ) throws -> (json: String?, losses: [ConversionLoss]) {
        var session = Session(id: [0x73], format: "spring", key: [0x73], timeToLive: .milliseconds(600_000))
        (session.createdAt, session.lastAccessedAt, session.maxInactiveSeconds) = (now, now, 600)
        session.attributes = [SessionAttribute(name: Array(name.utf8), value: value)]
        let claims = try SessionClaims(
            of: session, jti: Array("t".utf8), now: now, life: nil, issuer: nil, audiences: [])
        let root = try JSONReader.read(claims.json, limits: JWT.limits).root
        let text = root["attr:" + name].map { String(decoding: $0.text, as: UTF8.self) }
        return (text, claims.losses.filter { $0.attribute == Array(name.utf8) })
    }

    /// The stream of what Jackson reads of JSON that says the classes.
    private static func stream(_ typed: String) throws -> AttributeValue {
        let attribute = PortableAttribute(name: [0x61], value: Array(typed.utf8), encoding: .json)
        return .stored(try ValueConversion().java(of: attribute).attribute.value)
    }

    private static func stream(_ write: (inout JavaStreamBuilder) -> Void) -> AttributeValue {
        var builder = JavaStreamBuilder()
        write(&builder)
        return .stored(builder.bytes)
    }

    /// What comes back as it was: nothing is said of it.
    @Test(arguments: [
        (#""Köln""#, #""Köln""#), (#""""#, #""""#), ("true", "true"), ("5", "5"), ("-2147483648", "-2147483648"),
        (#"["java.lang.Long",5000000000]"#, "5000000000"),
        (#"["java.lang.Long",-9007199254740992]"#, "-9007199254740992"), ("0.5", "0.5"), ("-0.0", "-0.0"),
        ("1e300", "1.0E300"), (#"["java.util.ArrayList",[1,"a",null,false]]"#, #"[1,"a",null,false]"#),
        (
            #"{"@class":"java.util.LinkedHashMap","b":1,"a":["java.util.ArrayList",[["java.util.ArrayList",[]]]]}"#,
            #"{"b":1,"a":[[]]}"#
        ),
    ]) func staysWhatItIs(_ typed: String, _ expected: String) throws {
        let java = try Self.claim("value", Self.stream(typed))
        #expect(java.json == expected && java.losses == [])
        // The same as one of Spring's JSON serializers has it.
        let json = try Self.claim("value", .stored(Array(typed.utf8)))
        #expect(json.json == expected && json.losses == [])
    }

    /// What comes back as something else is there, and named.
    @Test(arguments: [
        (#"["java.lang.Short",5]"#, "5", "read as an Integer"), (#"["java.lang.Byte",5]"#, "5", "read as an Integer"),
        (#"["java.lang.Long",5]"#, "5", "of this size is read as an Integer"),
        (#"["java.lang.Long",9007199254740993]"#, #""9007199254740993""#, "beyond 2^53"),
        (#"["java.lang.Float",0.5]"#, "0.5", "read as a Double"),
        (#"["java.lang.Character","x"]"#, #""x""#, "said as text"),
        (#"["java.math.BigDecimal",0.10]"#, #""0.10""#, "said as text of its digits"),
        (#"["java.math.BigInteger",12345678901234567890]"#, #""12345678901234567890""#, "said as text of its digits"),
        (#"["java.util.Date",1767225600123]"#, #""2026-01-01T00:00:00.123Z""#, "RFC 3339"),
        (#"["java.sql.Timestamp",1767225600123]"#, #""2026-01-01T00:00:00.123Z""#, "RFC 3339"),
        (#"["java.time.Instant","2026-01-01T00:00:00Z"]"#, #""2026-01-01T00:00:00Z""#, "ISO 8601"),
        (#"["java.time.LocalDate","2026-01-01"]"#, #""2026-01-01""#, "ISO 8601"),
        (
            #"["java.util.UUID","019fd27f-0000-7000-8000-000000000000"]"#,
            #""019fd27f-0000-7000-8000-000000000000""#, "said as its text"
        ), (#"["java.util.concurrent.TimeUnit","SECONDS"]"#, #""SECONDS""#, "name of its constant"),
        (#"["[B","+/8="]"#, #""-_8""#, "Base64url"),
        (#"["[Ljava.lang.String;",["a",null]]"#, #"["a",null]"#, "read as an ArrayList"),
        (#"["[I",[1,2]]"#, "[1,2]", "read as an ArrayList"),
        (#"["java.util.LinkedHashSet",[1]]"#, "[1]", "read as an ArrayList"),
        (#"{"@class":"java.util.HashMap","b":1}"#, #"{"b":1}"#, "read as a LinkedHashMap"),
        (#"["java.util.ArrayList",[["java.lang.Long",1],["java.lang.Long",2]]]"#, "[1,2]", "value[0]: "),
    ]) func changesItsForm(_ typed: String, _ expected: String, _ words: String) throws {
        for value in [try Self.stream(typed), .stored(Array(typed.utf8))] {
            let claim = try Self.claim("value", value)
            #expect(claim.json == expected && claim.losses.count == 1)
            #expect(
                claim.losses.allSatisfy { $0.reason.contains(words) && !$0.isDropped && $0.className != nil },
                "\(claim.losses)")
        }
    }

    @Test func nanosecondsAreTold() throws {
        let value = Self.stream { $0.timestamp(seconds: 1_767_225_600, nanos: 5_000_001) }
        #expect(try Self.claim("at", value).json == #""2026-01-01T00:00:00.005000001Z""#)
    }

    /// What no token may say, or can.
    @Test(arguments: [
        ("password", #""x""#, "name of a secret"), ("userPin", "1234", "name of a secret"),
        ("note", #""Bearer a1b2c3d4e5f6""#, "looks like a secret"),
        ("note", #""4111 1111 1111 1111""#, "looks like a secret"),
        (
            "prefs",
            #"{"@class":"java.util.LinkedHashMap","a":["java.util.ArrayList",[{"@class":"java.util.LinkedHashMap","password":"x"}]]}"#,
            "prefs.a[0].password: "
        ), ("half", #""\ud83d""#, "no Unicode text"), ("half", #"["java.lang.Character","\ud83d"]"#, "no Unicode text"),
        ("wide", #"["java.lang.Double","NaN"]"#, "no finite number"), ("letters", #"["[C","ab"]"#, "no claim can say"),
        ("nothing", "null", "it is null"), ("where", #"["java.net.URI","a:b"]"#, "of a java.net.URI ("),
        (
            "org.springframework.security.web.csrf.HttpSessionCsrfTokenRepository.CSRF_TOKEN", #""x""#,
            "a CSRF token is secret"
        ), ("SPRING_SECURITY_SAVED_REQUEST", #""x""#, "saved request"),
        ("SPRING_SECURITY_LAST_EXCEPTION", #""x""#, "login failed"),
        ("org.apache.catalina.session.USERNAME", #""x""#, "Tomcat's own"),
        (
            "org.springframework.security.oauth2.client.web.HttpSessionOAuth2AuthorizedClientRepository.AUTHORIZED_CLIENTS",
            #""x""#, "access and refresh tokens"
        ),
    ]) func isLeftOutAndNamed(_ name: String, _ typed: String, _ words: String) throws {
        let claim = try Self.claim(name, Self.stream(typed))
        #expect(claim.json == nil && claim.losses.count == 1)
        #expect(claim.losses.allSatisfy { $0.isDropped && $0.reason.contains(words) }, "\(claim.losses)")
    }

    /// Truth values are never secret.
    @Test func truthUnderTheNameOfASecretIsTold() throws {
        #expect(try Self.claim("password", Self.stream("true")).json == "true")
    }

    @Test func objectsOfApplicationsAreNamedWithTheirSize() throws {
        let cart = [ClassShape("com.acme.Cart", uid: 1, flags: 2)]
        let claim = try Self.claim("cart", Self.stream { $0.beginObject(cart) })
        let loss = try #require(claim.losses.first)
        #expect(claim.json == nil && loss.isDropped && loss.className == "com.acme.Cart")
        #expect(loss.reason.contains("bytes)"), "\(loss.reason)")
        // One in a list takes the list with it: a list without it would be another.
        let list = try Self.claim(
            "carts",
            Self.stream {
                $0.beginList(count: 2)
                $0.box(.int(1))
                $0.beginObject(cart)
                $0.endList()
            })
        #expect(list.json == nil && list.losses.first?.reason.contains("carts[1]: of a com.acme.Cart") == true)
    }

    @Test func keysAreText() throws {
        let claim = try Self.claim(
            "map",
            Self.stream {
                $0.beginMap(.hashed, count: 1)
                $0.box(.int(5))
                $0.string("a")
                $0.endMap(.hashed)
            })
        #expect(claim.json == nil && claim.losses.contains { $0.isDropped && $0.reason.contains("java.lang.Integer") })
        let twice = try Self.claim(
            "map",
            Self.stream {
                $0.beginMap(.linked, count: 2)
                for _ in 0..<2 {
                    $0.string("a")
                    $0.string("b")
                }
                $0.endMap(.linked)
            })
        #expect(twice.json == nil && twice.losses.contains { $0.reason.contains("twice") })
    }

    @Test func oneObjectInTwoPlacesIsSaid() throws {
        let claim = try Self.claim(
            "pair",
            Self.stream {
                $0.beginList(count: 2)
                let inner = $0.beginList(count: 0)
                $0.endList()
                $0.reference(inner)
                $0.endList()
            })
        #expect(claim.json == "[[],[]]")
        #expect(claim.losses.contains { $0.reason.contains("pair[0]") && !$0.isDropped }, "\(claim.losses)")
    }

    @Test func cyclesAndDepthEnd() throws {
        let cycle = try Self.claim(
            "list",
            Self.stream {
                let list = $0.beginList(count: 1)
                $0.reference(list)
                $0.endList()
            })
        #expect(cycle.json == nil && cycle.losses.contains { $0.reason.contains("no cycles") })
        for (depth, isTold) in [(500, true), (600, false), (5000, false)] {
            let deep = try Self.claim(
                "deep",
                Self.stream { builder in
                    for _ in 0..<depth { builder.beginList(count: 1) }
                    builder.null()
                    for _ in 0..<depth { builder.endList() }
                })
            #expect((deep.json != nil) == isTold && deep.losses.contains { $0.isDropped } != isTold)
        }
    }

    /// Thirty lists, each with the one before it twice.
    @Test func sharingCostsNoMemory() throws {
        let claim = try Self.claim(
            "bomb",
            Self.stream { builder in
                var lists = (0..<30).map { _ in builder.beginList(count: 2) }
                lists.append(builder.beginList(count: 0))
                builder.endList()
                for inner in lists.dropFirst().reversed() {
                    builder.reference(inner)
                    builder.endList()
                }
            })
        #expect(claim.json == nil && claim.losses.contains { $0.isDropped && $0.reason.contains("MiB") })
    }

    @Test func whatOnlyTheApplicationReadsIsNamed() throws {
        for bytes in [[0, 1, 2], Array(#"{"a":1}"#.utf8)] as [[UInt8]] {
            let claim = try Self.claim("other", .stored(bytes))
            #expect(claim.json == nil && claim.losses.count == 1 && claim.losses[0].isDropped)
        }
        let opaque = try Self.claim("other", .opaque([1], reason: "Kryo"))
        #expect(opaque.losses.contains { $0.isDropped && $0.reason.contains("application's own") })
    }

    @Test func namesThatAreNoTextAreNamed() throws {
        var session = Session(id: [0x73], format: "spring", key: [0x73], timeToLive: .milliseconds(600_000))
        (session.createdAt, session.lastAccessedAt, session.maxInactiveSeconds) = (Self.now, Self.now, 600)
        let name: [UInt8] = [0x61, 0xed, 0xa0, 0xbd]
        session.attributes = [SessionAttribute(name: name, value: try Self.stream("1"))]
        let claims = try SessionClaims(
            of: session, jti: [0x74], now: Self.now, life: nil, issuer: nil, audiences: [])
        #expect(claims.json.firstRange(of: Array("attr:".utf8)) == nil)
        #expect(claims.losses.contains { $0.attribute == name && $0.isDropped && $0.reason.contains("no Unicode") })
    }

    @Test func whatIsThereTwiceIsNotTold() throws {
        var session = Session(id: [0x73], format: "tomcat", key: [0x73], timeToLive: .milliseconds(600_000))
        (session.createdAt, session.lastAccessedAt, session.maxInactiveSeconds) = (Self.now, Self.now, 600)
        session.attributes = try ["1", "2"].map { SessionAttribute(name: [0x61], value: try Self.stream($0)) }
        let claims = try SessionClaims(
            of: session, jti: [0x74], now: Self.now, life: nil, issuer: nil, audiences: [])
        #expect(claims.losses.count { $0.attribute == [0x61] && $0.isDropped } == 2)
    }
}
