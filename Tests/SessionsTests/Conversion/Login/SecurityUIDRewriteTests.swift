import JavaSerialization
import TestSupport
import Testing

@testable import Sessions

/// Objects of the real Spring Security with the versions of another one.
struct SecurityUIDRewriteTests {
    private static func attribute(_ value: [UInt8], _ name: String = "SPRING_SECURITY_CONTEXT") -> PortableAttribute {
        PortableAttribute(name: Array(name.utf8), value: value, encoding: .java)
    }

    private static func version(_ text: String) throws -> SpringSecurityVersion {
        try #require(SpringSecurityVersion(text))
    }

    /// The places at which two streams of one length differ.
    private static func differences(_ one: [UInt8], _ other: [UInt8]) -> [Int] {
        zip(one, other).enumerated().filter { $1.0 != $1.1 }.map(\.offset)
    }

    @Test func rewritesTheSharedVersionsAndNothingElse() throws {
        let real = try SpringSecurityContextTests.attribute("spring-session-1.2.1", "security-user")
        let there = try SecurityUIDRewrite(of: Self.attribute(real), to: Self.version("6.5"))
        // SecurityContextImpl, the token, SimpleGrantedAuthority, WebAuthenticationDetails, User and its comparator.
        #expect(there.rewritten == 6)
        #expect(there.origins == ["4.2"])
        #expect(there.others == [])
        #expect(there.attribute.value.count == real.count)
        // 420 is 01 A4, 620 is 02 6C.
        #expect(Self.differences(there.attribute.value, real).count == 12)
        let graph = try JavaGraph(there.attribute.value)
        let versions = Dictionary(
            graph.describedClasses.map { (graph.name(of: $0), graph.serialVersionUID(of: $0)) }
        ) { $1 }
        #expect(versions["org.springframework.security.core.userdetails.User"] == 620)
        #expect(
            versions["org.springframework.security.authentication.AbstractAuthenticationToken"]
                == -3_194_696_462_184_782_834)
        let back = try SecurityUIDRewrite(of: there.attribute, to: Self.version("4.2"))
        #expect(back.attribute.value == real)
        let again = try SecurityUIDRewrite(of: there.attribute, to: Self.version("7.0"))
        #expect(again.rewritten == 0 && again.attribute == there.attribute && again.origins == ["6.2 to 7.1"])
    }

    @Test func isReadByTheOtherVersion() throws {
        let real = try SpringSecurityContextTests.attribute("spring-session-1.2.1", "security-user")
        let target = try Self.version("6.2")
        var files = try NumberedFiles()
        try files.add(real)
        try files.add(SecurityUIDRewrite(of: Self.attribute(real), to: target).attribute.value)
        let says = try SpringSecurityContextTests.judge(files, target)
        #expect(says[0] == "InvalidClassException")
        #expect(says[1].hasPrefix("frank [ROLE_ADMIN, ROLE_USER] [ROLE_ADMIN, ROLE_USER] true null {bcrypt}"))
    }

    @Test func leavesVersionsOfTheirOwn() throws {
        let store = "spring-session-3.5.7-indexed"
        let anonymous = try SpringSecurityContextTests.attribute(store, "security-anonymous")
        // SecurityContextImpl and SimpleGrantedAuthority; the token has the version 1.
        #expect(try SecurityUIDRewrite(of: Self.attribute(anonymous), to: Self.version("5.8")).rewritten == 2)
        let name = "org.springframework.security.web.csrf.HttpSessionCsrfTokenRepository.CSRF_TOKEN"
        let token = try SpringSecurityContextTests.attribute(store, "security-user", name)
        let rewrite = try SecurityUIDRewrite(of: Self.attribute(token, name), to: Self.version("5.8"))
        #expect(rewrite.rewritten == 0 && rewrite.others == [] && rewrite.attribute.value == token)
    }

    @Test func refusesSavedRequestsOfAnotherLayout() throws {
        let name = "SPRING_SECURITY_SAVED_REQUEST"
        let new = Self.attribute(
            try SpringSecurityContextTests.attribute("spring-session-3.5.7-indexed", "security-user", name), name)
        let old = Self.attribute(
            try SpringSecurityContextTests.attribute("spring-session-1.2.1", "security-user", name), name)
        #expect(try SecurityUIDRewrite(of: new, to: Self.version("5.8")).rewritten == 2)
        let reasons = [(new, "5.7"), (old, "6.5")].map { attribute, version -> String in
            do throws(ConversionRefusal) {
                return String(
                    describing: try SecurityUIDRewrite(
                        of: attribute, to: SpringSecurityVersion(version) ?? SpringSecurityVersion(0, 0)
                    ).rewritten)
            } catch {
                return error.description
            }
        }
        #expect(reasons[0].contains("before Spring Security 5.8: the saved request cannot be carried to 5.7"))
        #expect(reasons[1].contains("was written by a Spring Security before 5.8"))
    }

    /// No other attribute of any store is touched.
    @Test func leavesEverythingElseAsItIs() throws {
        var seen = 0
        for store in try FixtureStore.all() {
            for session in try StoredFixture(store, now: 0).sessions.values {
                for case let attribute? in (session.attributes ?? []).map({ PortableAttribute($0) })
                where attribute.value.firstRange(of: Array("springframework.security".utf8)) == nil {
                    let rewrite = try SecurityUIDRewrite(of: attribute, to: Self.version("3.1"))
                    #expect(rewrite.attribute == attribute && rewrite.rewritten == 0)
                    seen += 1
                }
            }
        }
        #expect(seen > 1000)
    }
}
