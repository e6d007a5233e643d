import JavaSerialization
import Testing

@testable import Sessions

/// Sessions of Tomcat's managers in which an attribute of the name of Spring Session's index says who is logged in.
struct TomcatIndexNameTests {
    private static let now: Int64 = 1_800_000_000_000

    private static func text(_ name: String, _ value: String) -> PortableAttribute {
        var builder = JavaStreamBuilder()
        builder.string(value)
        return PortableAttribute(name: Array(name.utf8), value: builder.bytes, encoding: .java)
    }

    private static func number(_ name: String) -> PortableAttribute {
        var builder = JavaStreamBuilder()
        builder.box(.int(7))
        return PortableAttribute(name: Array(name.utf8), value: builder.bytes, encoding: .java)
    }

    private static func context(_ name: String) -> PortableAttribute {
        let user = LoggedInUser(name: Array(name.utf8), roles: [Array("USER".utf8)])
        return SpringSecurityContext(of: user).java(for: SpringSecurityVersion(5, 8))
    }

    /// A session as it is read from what a manager would have written.
    private static func session(
        _ attributes: [PortableAttribute], _ manager: TomcatLayout.Manager = .jcoleman
    ) throws -> Session {
        let portable = PortableSession(
            id: Array("0123456789ABCDEF0123456789ABCDEF".utf8), createdAt: now, lastAccessedAt: now,
            maxInactiveSeconds: 1800, attributes: attributes)
        let key = try #require(TomcatLayout(manager: manager).keys(of: portable).first)
        guard case .string(let value) = key.content else { throw ConversionRefusal("no string") }
        let record = StoredRecord(key: key.key, content: .string(value), timeToLive: .milliseconds(1_800_000))
        return try #require(SessionFormats.session(from: record, now: now))
    }

    @Test(arguments: TomcatLayout.Manager.allCases) func theAttributeSaysWho(_ manager: TomcatLayout.Manager) throws {
        for name in [SpringPrincipal.indexAttribute, SpringPrincipal.reactiveIndexAttribute] {
            let session = try Self.session([Self.text("theme", "dark"), Self.text(name, "zo\u{eb}")], manager)
            #expect(session.principal == "zo\u{eb}" && session.authentication == nil, "\(name)")
            #expect(session.loginPlace == .name)
        }
    }

    /// As in Spring Session it counts before the context, which says the roles all the same, and before an attribute that any application may
    /// have.
    @Test func itCountsFirst() throws {
        let index = Self.text(SpringPrincipal.indexAttribute, "alice")
        let both = try Self.session([Self.context("bob"), index])
        #expect(both.principal == "alice" && both.authentication != nil && both.loginPlace == .securityContext)
        #expect(try Self.session([Self.text("principal", "carol"), index]).principal == "alice")
    }

    /// What is no text names nobody, and leaves the word to what does.
    @Test func whatIsNoTextNamesNobody() throws {
        let index = Self.number(SpringPrincipal.indexAttribute)
        #expect(try Self.session([index]).principal == nil)
        #expect(try Self.session([index, Self.context("bob")]).principal == "bob")
        #expect(try Self.session([index, Self.text("principal", "carol")]).principal == "carol")
    }
}
