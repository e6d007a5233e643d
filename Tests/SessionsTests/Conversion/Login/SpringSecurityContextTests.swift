import JavaSerialization
import TestSupport
import Testing

@testable import Sessions

/// Security contexts that are made of a name and roles, against those of the real Spring Security.
struct SpringSecurityContextTests {
    /// The real contexts of users who logged in with name and password, by the version that wrote them.
    static func attribute(_ store: String, _ label: String, _ name: String = "SPRING_SECURITY_CONTEXT") throws
        -> [UInt8]
    {
        let fixture = FixtureStore(store)
        let one = try #require(try fixture.expectedSessions().first { $0["label"]?.string == label })
        let id = Array(try one.required("id").requiredString().utf8)
        let session = try #require(try StoredFixture(fixture, now: 0).sessions.values.first { $0.id == id })
        let attribute = session.attributes?.first { $0.name == Array(name.utf8) }
        return try #require(attribute?.value.bytes)
    }

    private static let frank = LoggedInUser(
        name: Array("frank".utf8), roles: ["USER", "ROLE_ADMIN", "USER"].map { Array($0.utf8) })

    private static func context(_ sessionId: String) -> SpringSecurityContext {
        SpringSecurityContext(
            of: frank, details: SpringSecurityContext.Details(remoteAddress: "192.0.2.10", sessionId: sessionId))
    }

    @Test func isByteForByteThatOfSpringSecurity65() throws {
        let version = try #require(SpringSecurityVersion("6.5.11"))
        let real = try Self.attribute("spring-session-3.5.7-indexed", "security-user")
        #expect(Self.context("OLD-ID").java(for: version).value == real)
    }

    @Test func isByteForByteTheJSONOfSpringSecurity65() throws {
        let version = try #require(SpringSecurityVersion("6.5"))
        let real = try Self.attribute("spring-session-3.5.7-json-security", "security-user")
        let made = try Self.context("OLD-ID").json(for: version).value
        #expect(String(decoding: made, as: UTF8.self) == String(decoding: real, as: UTF8.self))
        let old = try #require(SpringSecurityVersion("4.1"))
        #expect(throws: ConversionRefusal.self) { try Self.context("x").json(for: old) }
    }

    /// The user of that fixture has a password, and credentials that have expired: the rest is the same.
    @Test func hasTheClassesOfSpringSecurity42() throws {
        let version = try #require(SpringSecurityVersion("4.2.20.RELEASE"))
        let real = try JavaGraph(Self.attribute("spring-session-1.2.1", "security-user"))
        let made = try JavaGraph(Self.context("OLD-SESSION-ID").java(for: version).value)
        let shapes = { (graph: JavaGraph) in graph.describedClasses.map { graph.shapes(of: $0) } }
        #expect(shapes(made) == shapes(real))
        #expect(
            made.tagCounts.filter { $0.key != "TC_STRING" && $0.key != "TC_NULL" }
                == real.tagCounts.filter { $0.key != "TC_STRING" && $0.key != "TC_NULL" })
    }

    /// Read by the JDK, by classes with the fields and the version of Spring Security.
    @Test(arguments: SpringSecurityVersion.all) func isReadByThatVersionAlone(_ version: SpringSecurityVersion) throws {
        let plain = SpringSecurityContext(of: LoggedInUser(name: Array("zoë".utf8)), rolePrefix: [])
        var files = try NumberedFiles()
        try files.add(Self.context("A").java(for: version).value)
        try files.add(plain.java(for: version).value)
        let other = version.serialVersionUID == 310 ? "3.2" : "3.1"
        try files.add(Self.context("A").java(for: try #require(SpringSecurityVersion(other))).value)
        let says = try Self.judge(files, version)
        #expect(
            says == [
                "frank [ROLE_ADMIN, ROLE_USER] [ROLE_ADMIN, ROLE_USER] true null null truetruetruetrue 192.0.2.10 A",
                "zoë [] [] true null null truetruetruetrue null", "InvalidClassException",
            ])
    }

    /// What classes of that version read in the files.
    static func judge(_ files: NumberedFiles, _ version: SpringSecurityVersion) throws -> [String] {
        try program.get().lines([files.path, String(version.serialVersionUID)]).map {
            try $0.required("says").requiredString()
        }
    }

    /// Compiled once.
    private static let program = Result { try JavaProgram(main: "SecurityJudge", ["security-judge"]) }

    /// The same login, as Spring Security 6.5 wrote it in a stream and in JSON.
    @Test func becomesTheJSONAndTheStreamOfSpringSecurity() throws {
        let stream = PortableAttribute(
            name: SpringSecurityContext.attribute,
            value: try Self.attribute("spring-session-3.5.7-indexed", "security-user"), encoding: .java)
        let json = PortableAttribute(
            name: SpringSecurityContext.attribute,
            value: try Self.attribute("spring-session-3.5.7-json-security", "security-user"), encoding: .json)
        let conversion = ValueConversion(mapper: .springSecurity, security: SpringSecurityVersion(6, 5))
        #expect(try conversion.json(of: stream).attribute == json)
        #expect(try conversion.java(of: json).attribute == stream)
        // Without the modules nobody reads the JSON, and without the version nobody the stream.
        #expect(throws: ValueProblem.self) { try ValueConversion().json(of: stream) }
        #expect(throws: ValueProblem.self) { try ValueConversion(mapper: .springSecurity).java(of: json) }
    }

    /// Other kinds of logins, and what is not all known.
    @Test func isNoOtherLogin() throws {
        let others = [
            ("spring-session-3.5.7-indexed", "security-anonymous", PortableAttribute.Encoding.java),
            ("spring-session-3.5.7-indexed", "security-rememberme", .java),
            ("spring-session-1.2.1", "security-user", .java), ("spring-session-1.2.1", "security-name-only", .java),
            ("spring-session-3.5.7-json-security", "security-anonymous", .json),
            ("spring-session-3.5.7-json-security", "security-rememberme", .json),
        ]
        for (store, label, encoding) in others {
            let attribute = PortableAttribute(
                name: SpringSecurityContext.attribute, value: try Self.attribute(store, label), encoding: encoding)
            #expect(SpringSecurityContext(attribute) == nil, "\(store) \(label)")
        }
    }

    @Test func isUnderstoodHere() throws {
        let value = AttributeValue.stored(Self.context("A").java(for: SpringSecurityVersion(6, 2)).value)
        let seen = try #require(Authentication(value))
        #expect(seen.words == "frank, roles ADMIN, USER, from 192.0.2.10")
        #expect(seen.isAuthenticated == true && !seen.holdsCredentials)
    }

    @Test func rolesGetThePrefixOnceAndAreInJavasOrder() {
        let user = LoggedInUser(name: [0x61], roles: ["b", "😀", "\u{FFFD}", "ROLE_b", "B"].map { Array($0.utf8) })
        let roles = user.authorities(prefix: SpringSecurityContext.rolePrefix).map {
            String(decoding: $0, as: UTF8.self)
        }
        #expect(roles == ["ROLE_B", "ROLE_b", "ROLE_😀", "ROLE_\u{FFFD}"])
    }

    @Test func knowsTheVersionsOfTheTable() {
        let texts = ["3.1", "4.2", "5.0", "5.8", "6.0", "6.1", "6.2", "6.5.11", "7.0", "7.1"]
        let versions: [Int64] = [310, 420, 500, 580, 600, 610, 620, 620, 620, 620]
        #expect(texts.compactMap { SpringSecurityVersion($0)?.serialVersionUID } == versions)
        for text in ["", "6", "2.0", "5.9", "6.6", "7.2", "6.x", "6.2.", "six.two"] {
            #expect(SpringSecurityVersion(text) == nil, "\(text)")
        }
        #expect(SpringSecurityVersion.names(of: 620) == "6.2 to 7.1")
    }
}
