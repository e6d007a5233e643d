import TestSupport
import Testing

@testable import Commands
@testable import Sessions
@testable import Terminal

/// Tokens inside of attributes, in Java streams and in JSON, by their paths.
struct FoundTokensTests {
    private static let compact = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9.c2ln"

    private func rendering(reveal: Bool = false) -> ValueRendering {
        ValueRendering(reveal: reveal, now: 1_700_000_000_000, isInterrupted: { false })
    }

    private func text(_ session: Session, _ rendering: ValueRendering) -> [String] {
        SessionTree(rendering: rendering, now: 1_700_000_000_000).nodes(of: session).map {
            $0.content.pieces.map(\.text).joined()
        }
    }

    @Test func findsEveryTokenByItsPath() throws {
        let store = FixtureStore("java-programs/spring-session-jwt")
        let records = try store.records()
        var (sessions, tokens) = (0, 0)
        for expected in try store.expectedSessions() {
            let label = try expected.required("label").requiredString()
            let key = Array(try expected.required("key").requiredString().utf8)
            let record = try #require(records.first { $0.key == key })
            guard case .hash(let fields) = record.content else { continue }
            let stored = StoredRecord(key: key, content: .hash(fields.map { StoredField($0.name, $0.value) }))
            let session = try #require(SpringFormat.session(from: stored, now: 0))
            let rendering = rendering()
            let lines = text(session, rendering)
            let truth = try expected.required("tokens").members ?? []
            // One string of `no-token` is an encrypted token, whose claims nobody can read.
            let found = rendering.tokens.all.filter { !$0.token.isEncrypted }
            #expect(found.count == truth.count, "\(label)")
            for (path, token) in truth {
                let path = String(decoding: path, as: UTF16.self)
                let match = try #require(found.first { $0.path == path }, "\(label) \(path)")
                #expect(try Self.json(match.token.header.root, equals: token.required("header")))
                if case .json(let claims) = match.token.payload {
                    #expect(try Self.json(claims.root, equals: token.required("claims")))
                }
                #expect(lines.contains { $0.hasPrefix("token  \(path)") })
                let compact = try token.required("compact").requiredString()
                #expect(!lines.contains { $0.contains(compact) || $0.contains(String(compact.suffix(20))) })
                tokens += 1
            }
            #expect(rendering.tokens.all.count - found.count == (label == "no-token" ? 1 : 0))
            sessions += 1
        }
        #expect(sessions == 6)
        #expect(tokens == 7)
    }

    private static func json(_ node: JSONNode, equals expected: TestJSON) throws -> Bool {
        guard let object = node.object, let members = expected.members else { return false }
        return object.count == members.count
            && members.allSatisfy { name, value in
                guard let found = object.last(named: JSONString(utf16: name)) else { return false }
                return found.string.map { $0 == JSONString(utf16: value.units ?? []) }
                    ?? found.number.map { $0.text == value.number } ?? false
            }
    }

    @Test func showsClaimsUnlessANameIsSecret() {
        var session = Session(id: Array("s".utf8), format: "spring", key: [], timeToLive: .unknown)
        let json = #"{"@class":"demo.Book","title":"\#(Self.compact)","a.b":{"password":["\#(Self.compact)"]}}"#
        session.attributes = [SessionAttribute(name: Array("book".utf8), value: .stored(Array(json.utf8)))]
        for reveal in [false, true] {
            let rendering = rendering(reveal: reveal)
            let lines = text(session, rendering)
            #expect(rendering.tokens.all.map(\.path) == ["book.title", "book['a.b'].password[0]"])
            #expect(
                lines.filter { $0.hasPrefix("token  ") } == [
                    "token  book.title  of alice", "token  book['a.b'].password[0]  of alice",
                ])
            #expect(lines.filter { $0.hasPrefix("sub  ") }.count == (reveal ? 2 : 1))
            #expect(lines.contains { $0.contains("••••  JWT") } == !reveal)
            #expect(!lines.contains { $0.contains("c2ln") })
        }
    }
}

/// JSON that is made to harm, drawn.
struct HostileJSONTreeTests {
    private func lines(_ json: String) -> [String] {
        let attribute = SessionAttribute(name: Array("a".utf8), value: .stored(Array(json.utf8)))
        let rendering = ValueRendering(reveal: false, now: 0, isInterrupted: { false })
        return rendering.nodes(of: attribute, depth: 0).map { $0.content.pieces.map(\.text).joined() }
    }

    @Test(.timeLimit(.minutes(1))) func deepAndWideValuesEnd() {
        let count = 100_000
        let deep = lines(String(repeating: "[", count: count) + String(repeating: "]", count: count))
        #expect(deep.count == 20_001 && deep.last?.contains("more than 20000 lines") == true)
        let wide = lines("[" + Array(repeating: "1", count: count).joined(separator: ",") + "]")
        #expect(wide.count == 20_001 && wide.first?.contains("100000 elements") == true)
        let members = lines("{" + Array(repeating: #""a":1"#, count: count).joined(separator: ",") + "}")
        #expect(members.count == 20_001 && members.first?.contains("1 of them named twice") == true)
        #expect(lines(String(repeating: "9", count: count)).count == 1)
    }

    @Test(
        arguments: [
            (#"["java.util.Date",1e99]"#, "a  1e99"), (#"["java.util.Date","x"]"#, "a  Date x"),
            (#"["java.util.Date",1462104000123]"#, "a  Date 2016-05-01T12:00:00.123Z"),
            (#""\u001b[2J""#, #"a  "\x1b[2J""#),
            (#"{"@class":5}"#, "a  JSON object  1 member"), (#"["demo.Color","RED"]"#, "a  Color RED"),
            (#"["java.lang.Long",5]"#, "a  5"), (#"["java.lang.String","x"]"#, #"a  "x""#), ("null", "a  null"),
            (#"["java.util.ArrayList",null]"#, "a  ArrayList null"), ("[]", "a  JSON array  0 elements"),
        ])
    func drawsAValue(_ json: String, _ line: String) { #expect(lines(json).first == line) }
}
