import JavaSerialization
import TestSupport
import Testing

@testable import Sessions

/// Whom Spring Session finds a session by whose attributes shared one stream, as Tomcat's managers write them.
struct SharedStreamPrincipalTests {
    private static let now: Int64 = 1_795_500_000_000
    private static let index = Array("spring:session:index:\(SpringPrincipal.indexAttribute):".utf8)

    /// A Tomcat session with the objects of one stream as attributes.
    private static func session(_ names: [String], _ write: (inout JavaStreamBuilder) -> Void) throws -> Session {
        var builder = JavaStreamBuilder()
        write(&builder)
        let graph = try builder.graph()
        var session = Session(id: Array("AB".utf8), format: "tomcat", key: Array("AB".utf8), timeToLive: .none)
        (session.createdAt, session.lastAccessedAt, session.maxInactiveSeconds) = (now, now, 1800)
        session.attributes = names.enumerated().map { place, name in
            SessionAttribute(name: Array(name.utf8), value: .node(graph, graph.content(place)))
        }
        return session
    }

    private static func indices(_ session: Session, _ conversion: SessionConversion) throws -> [String] {
        let keys = try conversion.converted(session, now: now).keys.filter { $0.role == .principalIndex }.map(\.key)
        #expect(keys.allSatisfy { $0.starts(with: index) })
        return keys.map { EscapedName.text(of: Array($0.dropFirst(index.count))) }
    }

    private static func layouts() throws -> [SessionConversion] {
        [
            SessionConversion(to: .spring(try SpringLayout())),
            SessionConversion(to: .spring(try SpringLayout(serializer: .json))),
        ]
    }

    @Test func theAttributeOfTheIndexNamesIt() throws {
        let session = try Self.session([SpringPrincipal.indexAttribute]) { $0.string("alice") }
        for conversion in try Self.layouts() {
            #expect(try Self.indices(session, conversion) == ["alice"])
            #expect(!conversion.losesLogin(of: session))
        }
    }

    /// The name stands elsewhere in the stream, and only a reference to it in its own place.
    @Test func soItDoesWhereItIsABackReference() throws {
        let session = try Self.session(["nick", SpringPrincipal.indexAttribute]) { builder in
            let handle = builder.string("zoë")
            builder.reference(handle)
        }
        for conversion in try Self.layouts() { #expect(try Self.indices(session, conversion) == ["zoë"]) }
    }

    /// No Java null is an attribute: the next that says a name counts.
    @Test func aNullNamesNobody() throws {
        let names = [SpringPrincipal.indexAttribute, SpringPrincipal.reactiveIndexAttribute]
        let session = try Self.session(names) { builder in
            builder.null()
            builder.string("alice")
        }
        for conversion in try Self.layouts() { #expect(try Self.indices(session, conversion) == ["alice"]) }
    }

    private static func withContext(_ name: String) throws -> Session {
        let user = LoggedInUser(name: Array(name.utf8), roles: [Array("USER".utf8)])
        let context = SpringSecurityContext(of: user).java(for: SpringSecurityVersion(5, 8))
        let graph = try JavaGraph(context.value)
        var session = try session([]) { $0.null() }
        session.attributes = [SessionAttribute(name: context.name, value: .node(graph, graph.content(0)))]
        session.principalName = user.name
        return session
    }

    @Test func theSecurityContextNamesIt() throws {
        let session = try Self.withContext("alice")
        for conversion in try Self.layouts() {
            #expect(try Self.indices(session, conversion) == ["alice"])
            #expect(!conversion.losesLogin(of: session))
        }
    }

    /// A context of classes that nobody knows.
    private static func writeContext(to builder: inout JavaStreamBuilder) {
        func shape(_ name: String, _ field: String, _ type: String) -> [ClassShape] {
            [ClassShape(name, uid: 1, flags: 2, fields: [ClassShape.Field(field, type)])]
        }
        builder.beginObject(shape("demo.Context", "authentication", "Ljava/lang/Object;"))
        builder.beginObject(shape("demo.Authentication", "name", "Ljava/lang/String;"))
        builder.string("alice")
    }

    /// Whose context stays behind is found by nobody's name: the index and the session say the same.
    @Test func whatIsLeftOutNamesNobody() throws {
        let session = try Self.session([SpringPrincipal.contextAttribute]) { Self.writeContext(to: &$0) }
        var found: [[String]] = []
        for var conversion in try Self.layouts() {
            conversion.unconvertible = .skipAttribute
            found.append(try Self.indices(session, conversion))
        }
        #expect(found == [["alice"], []])
    }

    /// Who is to log in again is told of attributes that are left out, and of those that stay as they are.
    @Test(arguments: [SessionConversion.Unconvertible.skipAttribute, .keep])
    func whatIsNotConvertedLogsNobodyIn(_ unconvertible: SessionConversion.Unconvertible) throws {
        var session = try Self.session([SpringPrincipal.contextAttribute]) { Self.writeContext(to: &$0) }
        session.principalName = Array("alice".utf8)
        var left: [Bool] = []
        for var conversion in try Self.layouts() {
            conversion.unconvertible = unconvertible
            let converted = try conversion.converted(session, now: Self.now)
            left.append(conversion.leavesLogin(of: session, as: converted))
            #expect(!conversion.losesLogin(of: session))
        }
        #expect(left == [false, true])
    }

    /// The name alone is no login of Spring Security.
    @Test func theNameBesideTheContextIsNotEnough() throws {
        let names = [SpringPrincipal.contextAttribute, SpringPrincipal.indexAttribute]
        var session = try Self.session(names) { builder in
            Self.writeContext(to: &builder)
            builder.string("alice")
        }
        session.principalName = Array("alice".utf8)
        var conversion = try SessionConversion(to: .spring(SpringLayout(serializer: .json)))
        conversion.unconvertible = .skipAttribute
        let converted = try conversion.converted(session, now: Self.now)
        #expect(converted.session.principalName == session.principalName)
        #expect(conversion.leavesLogin(of: session, as: converted))
    }
}
