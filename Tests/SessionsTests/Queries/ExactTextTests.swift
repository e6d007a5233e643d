import JavaSerialization
import Testing

@testable import Sessions

/// Names that Unicode calls equivalent are different ones to Java and Redis: whoever names one of them means no other.
struct ExactTextTests {
    private static let composed = "caf\u{e9}"
    private static let decomposed = "cafe\u{301}"
    private static let now: Int64 = 1_795_420_000_000

    /// With an attribute of each name, whose value is the count of its bytes.
    private static func session(of principal: String) -> Session {
        var session = Session(
            id: Array("id".utf8), format: "spring", key: Array("key".utf8), timeToLive: .milliseconds(600_000))
        session.principal = principal
        session.attributes = [composed, decomposed].map { name in
            SessionAttribute(name: Array(name.utf8), value: .stored(Array(String(name.utf8.count).utf8)))
        }
        return session
    }

    @Test func isTheSameOnlyByEachCodePoint() {
        let (one, other) = (ExactText(Self.composed), ExactText(Self.decomposed))
        #expect(one != other && one == ExactText("caf\u{e9}") && Set([one, other, one]).count == 2)
        #expect(other < one && !(one < other))
        #expect("user:\u{301}x".rest(behind: "user:") == "\u{301}x" && "users".rest(behind: "user:") == nil)
    }

    @Test(arguments: [composed, decomposed]) func aFilterMeansOneOfThem(_ name: String) throws {
        let other = name == Self.composed && name.utf8.count == 5 ? Self.decomposed : Self.composed
        let count = name.utf8.count
        for (filter, isFound) in [
            ("user = '\(name)'", true), ("user = '\(other)'", false), ("user != '\(other)'", true),
            ("user in ('\(other)', x)", false), ("attr.\(name) = \(count)", true), ("attr.\(name) != \(count)", false),
            ("attr['\(name)'] = \(count)", true), ("user = \(name)", true),
        ] {
            let found = try SessionFilter(filter, now: Self.now).matches(Self.session(of: name), now: Self.now)
            #expect(found == isFound, "\(filter.unicodeScalars.map { $0.escaped(asASCII: true) }.joined())")
        }
    }

    @Test(arguments: [composed, decomposed]) func aPathMeansOneOfThem(_ name: String) throws {
        let session = Self.session(of: "x")
        let names = [Self.composed, Self.decomposed]
        for path in [name, "['\(name)']"] {
            let value = try AttributePath(path, attributes: names).value(in: session.attributes ?? [])
            guard case .attribute(let attribute) = value else { return #expect(Bool(false)) }
            #expect(attribute.name == Array(name.utf8))
        }
    }

    /// A combining mark joins the quote, the dot or the colon before it to one character.
    @Test func aNameMayBeginWithACombiningMark() throws {
        #expect(try AttributePath("['\u{301}']").attribute.isExactly("\u{301}"))
        #expect(try AttributePath("a.\u{301}").steps == [.name("\u{301}")])
        guard case .attribute = try SessionField(word: "attr.\u{301}") else { return #expect(Bool(false)) }
        var session = Self.session(of: "\u{301}x")
        #expect(try SessionFilter("user = '\u{301}x'", now: Self.now).matches(session, now: Self.now))
        session.principal = "'"
        #expect(try !SessionFilter("user = '\u{301}'", now: Self.now).matches(session, now: Self.now))
    }

    /// A `java.util.HashMap` with both names as keys, each with its name as value.
    private static var map: [UInt8] {
        func string(_ text: String) -> [UInt8] { [0x74, 0, UInt8(text.utf8.count)] + Array(text.utf8) }
        let name = Array("java.util.HashMap".utf8)
        let fields =
            [UInt8(ascii: "F"), 0, 10] + Array("loadFactor".utf8) + [UInt8(ascii: "I"), 0, 9] + Array("threshold".utf8)
        let uid: [UInt8] = [0x05, 0x07, 0xDA, 0xC1, 0xC3, 0x16, 0x60, 0xD1]
        let head =
            [0xAC, 0xED, 0, 5, 0x73, 0x72, 0, UInt8(name.count)] + name + uid + [3, 0, 2] + fields + [0x78, 0x70]
        let values: [UInt8] = [0x3F, 0x40, 0, 0, 0, 0, 0, 12, 0x77, 8, 0, 0, 0, 16, 0, 0, 0, 2]
        return head + values + [composed, decomposed].flatMap { string($0) + string($0) } + [0x78]
    }

    @Test(arguments: [composed, decomposed]) func aKeyOfAMapIsOneOfThem(_ name: String) throws {
        let attributes = [SessionAttribute(name: Array("map".utf8), value: .stored(Self.map))]
        for path in ["map.\(name)", "map['\(name)']"] {
            let found = try AttributePath(path).value(in: attributes)
            guard case .java(let graph, let node?) = found else { return #expect(Bool(false)) }
            #expect(graph.text(of: node)?.isExactly(name) == true)
        }
    }

    @Test func eachIsCountedByItself() {
        var counts = BoundedCounts()
        for name in [Self.composed, Self.decomposed, Self.composed] { counts.add(name) }
        #expect(counts.nameCount == 2 && counts.most().map(\.count) == [2, 1])
    }

    @Test(arguments: ["ADMIN", "ROLE_ADMIN"]) func aRoleMayBeCalledWithoutItsBeginning(_ word: String) throws {
        let test = FilterTest(field: .role, comparison: .equal, operands: [.value(.text(word))])
        #expect(test.answer(.many(["ROLE_USER", "ROLE_ADMIN"])) == .holds)
        #expect(test.answer(.many(["ROLE_USER"])) == .fails)
    }
}
