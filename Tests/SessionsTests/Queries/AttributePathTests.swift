import JavaSerialization
import TestSupport
import Testing

@testable import Sessions

/// Ways into a session's attributes.
struct AttributePathTests {
    private func steps(_ text: String, _ attributes: [String] = []) throws -> (String, [AttributePath.Step]) {
        let path = try AttributePath(text, attributes: attributes)
        return (path.attribute, path.steps)
    }

    @Test(
        arguments: [
            ("cart", "cart", []), ("cart.items[0].qty", "cart", [.name("items"), .number(0), .name("qty")]),
            ("cart.items.0.qty", "cart", [.name("items"), .name("0"), .name("qty")]),
            ("prefs['a.b']", "prefs", [.quoted("a.b")]), ("prefs[\"it''s\"]", "prefs", [.quoted("it''s")]),
            ("prefs['it''s']", "prefs", [.quoted("it's")]),
            ("m[null][#3][-5]", "m", [.null, .position(3), .number(-5)]),
            ("c.Super::name", "c", [.field(of: "Super", "name")]), ("['a.b'].c", "a.b", [.name("c")]),
            ("['']", "", []), ("5", "5", []), ("日本.語", "日本", [.name("語")]), ("a[0][1]", "a", [.number(0), .number(1)]),
        ] as [(String, String, [AttributePath.Step])])
    func parses(_ text: String, _ attribute: String, _ expected: [AttributePath.Step]) throws {
        let (name, found) = try steps(text)
        #expect(name == attribute && found == expected)
        #expect(try steps(found.reduce(name.isEmpty ? "['']" : "['\(name)']") { $0 + Self.written($1) }).1 == found)
    }

    private static func written(_ step: AttributePath.Step) -> String {
        switch step {
        case .name(let name): "." + name
        case .field: "." + step.text
        case .quoted(let name): "['" + name.replacing("'", with: "''") + "']"
        default: step.text
        }
    }

    /// Attributes' names often hold dots and brackets: the longest that is there is meant.
    @Test func knowsAttributesByTheirWholeName() throws {
        let names = ["org.example.User", "org.example", "org", "a[0]", ""]
        #expect(try steps("org.example.User.name", names) == ("org.example.User", [.name("name")]))
        #expect(try steps("org.example.Users", names) == ("org.example", [.name("Users")]))
        #expect(try steps("org.ex", names) == ("org", [.name("ex")]))
        #expect(try steps("a[0][1]", names) == ("a[0]", [.number(1)]))
        #expect(try steps("", names) == ("", []))
        #expect(try steps("other.x", names) == ("other", [.name("x")]))
    }

    @Test(
        arguments: [
            ("", 1), ("a.", 3), ("a..b", 3), (".", 2), ("a[", 2), ("a[0", 2), ("a['x", 3), ("a['x'", 2), ("a[x]", 2),
            ("a[]", 2), ("a[#]", 2), ("a[#-1]", 2), ("[null]", 1), ("a[99999999999999999999]", 2), ("A::b", 1),
        ])
    func errorsPointAtTheirColumn(_ text: String, _ column: Int) {
        #expect {
            try AttributePath(text)
        } throws: { error in
            (error as? FilterError)?.column == column
        }
    }

    // MARK: Values

    /// The attributes of a session that Spring Session wrote.
    private func attributes(_ label: String) throws -> [SessionAttribute] {
        let store = FixtureStore("spring-session-1.2.1")
        let session = try #require(try store.expectedSessions().first { $0["label"]?.string == label })
        let key = Array("spring:session:sessions:\(try session.required("id").requiredString())".utf8)
        let stored = try StoredFixture(store, now: 0)
        return try #require(stored.sessions[key]?.attributes)
    }

    private func text(_ path: String, _ attributes: [SessionAttribute]) throws -> String {
        let names = attributes.map { String(decoding: $0.name, as: UTF8.self) }
        switch try AttributePath(path, attributes: names).value(in: attributes) {
        case .attribute(let attribute): return "attribute of \(attribute.value.bytes.count) bytes"
        case .primitive(let value): return "\(value)"
        case .java(_, nil): return "null"
        case .java(let graph, let node?): return graph.text(of: node) ?? graph.className(of: node)
        case .json: return "json"
        }
    }

    @Test(
        arguments: [
            ("odd-names", "a.b[0]", "attribute of"), ("odd-names", "['a:b:c']", "attribute of"),
            ("pojos", "customer.home", "demo.shop.Address"), ("pojos", "prims.i", "int("),
            ("graphs", "selfList[1][1][1].1[0]", "me"),
        ])
    func leadsToTheValue(_ label: String, _ path: String, _ start: String) throws {
        #expect(try text(path, attributes(label)).hasPrefix(start))
    }

    @Test(
        arguments: [
            ("login-bob", "nothing", "no attribute 'nothing'; there are: "), ("login-bob", "roles[99]", "it has"),
            ("login-bob", "roles[-1]", "it has"), ("login-bob", "user.name.x", ""), ("login-bob", "user.x", "no x in"),
            ("pojos", "customer.nothing", "there are: "), ("pojos", "prims.i.x", "plain value"),
            ("pojos", "customer.Nobody::name", "no Nobody::name"), ("arrays", "ints[-1]", "elements"),
            ("arrays", "ints[1000000]", "elements"), ("maps", "hashMap[#1000]", "no [#1000]"),
        ])
    func saysWhereAWayEnds(_ label: String, _ path: String, _ words: String) throws {
        let attributes = try attributes(label)
        let error = #expect(throws: PathError.self) { try text(path, attributes) }
        #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
    }

    @Test func leadsIntoATokenByIndexEitherWay() throws {
        // {"alg":"none"} and {"aud":["a","b"]}
        let token = Array("eyJhbGciOiJub25lIn0.eyJhdWQiOlsiYSIsImIiXX0.".utf8)
        let attributes = [SessionAttribute(name: Array("token".utf8), value: .stored(token))]
        for path in ["token.claims.aud[1]", "token.claims.aud.1", "token['claims']['aud'][1]", "token.payload.aud[1]"] {
            guard case .json(let node) = try AttributePath(path).value(in: attributes) else {
                Issue.record("\(path)")
                continue
            }
            #expect(node.string?.text == "b", "\(path)")
        }
        for path in ["token.claims.aud[-1]", "token.claims.aud[2]", "token.signature", "token.claims.aud.x"] {
            #expect(throws: PathError.self, "\(path)") { try AttributePath(path).value(in: attributes) }
        }
    }

    /// Wrappers that Jackson wrote are no step.
    @Test(
        arguments: [
            "SPRING_SECURITY_CONTEXT.authentication.principal.username",
            "SPRING_SECURITY_CONTEXT.authentication.principal.authorities[1].role",
            "SPRING_SECURITY_CONTEXT.authentication.authorities[0].role",
            "SPRING_SECURITY_CONTEXT.authentication.authorities.1.role",
            "SPRING_SECURITY_CONTEXT.authentication.AbstractAuthenticationToken::details.remoteAddress",
            "SPRING_SECURITY_SAVED_REQUEST.parameters.q[1]", "SPRING_SECURITY_SAVED_REQUEST.cookies[1].name",
            "SPRING_SECURITY_SAVED_REQUEST.headers['User-Agent'][0]", "SPRING_SECURITY_SAVED_REQUEST.headers[#0][0]",
        ])
    func thePathIsTheSameInAStreamAndInJSON(_ text: String) throws {
        let path = try AttributePath(text)
        var found: [String] = []
        for store in ["spring-session-3.5.7-indexed", "spring-session-3.5.7-json-security"] {
            let expected = try FixtureStore(store).expectedSessions().first { $0["label"]?.string == "security-user" }
            let id = try #require(expected?["id"]?.string as String?)
            let stored = try StoredFixture(FixtureStore(store), now: 0)
            let session = try #require(stored.sessions[Array("spring:session:sessions:\(id)".utf8)])
            switch try path.value(in: session.attributes ?? []) {
            case .java(let graph, let node?): found.append(graph.text(of: node) ?? "")
            case .json(let node): found.append(node.string?.lossyText ?? "")
            default: break
            }
        }
        #expect(found.count == 2 && found[0] == found[1] && found[0] != "")
    }

    @Test(
        arguments: [
            ("a.x", #"["demo.A",{"x":1,"x":2}]"#, "2"),
            ("a[1]", #"{"@class":"java.util.HashMap","1":"one"}"#, "\"one\""),
            ("a[1]", #"["java.util.ArrayList",[0,["java.lang.Long",5]]]"#, #"["java.lang.Long",5]"#),
            ("a[0][0]", #"{"java.util.ArrayList":[{"java.util.ArrayList":[7]}]}"#, "7"),
            ("a['a.b']", #"{"a.b":null}"#, "null"), ("a[#1]", #"{"@class":"a.B","x":1,"y":2}"#, "2"),
            ("a['\\n']", #"{"\n":3}"#, "3"), ("a['@class']", #"{"@class":"a.B"}"#, "\"a.B\""),
        ])
    func leadsThroughJSON(_ path: String, _ json: String, _ expected: String) throws {
        let attribute = SessionAttribute(name: Array("a".utf8), value: .stored(Array(json.utf8)))
        guard case .json(let node) = try AttributePath(path).value(in: [attribute]) else {
            Issue.record("no JSON")
            return
        }
        var writer = JSONWriter()
        writer.value(node)
        #expect(String(decoding: writer.bytes, as: UTF8.self) == expected)
    }

    @Test(
        arguments: [
            ("a.x", "5", "the attribute is a plain value"), ("a.x.y", #"{"x":null}"#, "x is null"),
            ("a.y", #"["demo.A",{"x":1}]"#, "no y in the attribute (demo.A); it has x"),
            ("a[2]", "[1,2]", "no [2] in the attribute; it has 2 elements"), ("a[-1]", "[1]", "no [-1]"),
            ("a[null]", "{}", "no [null]"), ("a[#9]", "{}", "no [#9]"),
        ])
    func saysWhereAWayThroughJSONEnds(_ path: String, _ json: String, _ message: String) throws {
        let attribute = SessionAttribute(name: Array("a".utf8), value: .stored(Array(json.utf8)))
        let error = #expect(throws: PathError.self) { try AttributePath(path).value(in: [attribute]) }
        #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
    }
}
