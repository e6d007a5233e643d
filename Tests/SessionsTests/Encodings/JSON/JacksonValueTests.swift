import TestSupport
import Testing

@testable import Sessions

/// The three ways in which Jackson names classes, and what only looks like one.
struct JacksonValueTests {
    private func value(_ text: String) throws -> JacksonValue {
        JacksonValue(try JSONReader.read(Array(text.utf8)).root)
    }

    private func inside(_ text: String) throws -> String {
        var writer = JSONWriter()
        writer.value(try value(text).node)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    @Test(
        arguments: [
            (#"{"@class":"demo.Cart","n":1}"#, "demo.Cart", #"{"@class":"demo.Cart","n":1}"#),
            (#"{"n":1,"\u0040class":"demo.Cart"}"#, "demo.Cart", #"{"n":1,"@class":"demo.Cart"}"#),
            (#"["java.util.ArrayList",[1]]"#, "java.util.ArrayList", "[1]"),
            (#"["java.lang.Long",5]"#, "java.lang.Long", "5"),
            (#"["java.util.ArrayList",["a.B","c"]]"#, "java.util.ArrayList", #"["a.B","c"]"#),
            (#"["[Ljava.lang.String;",["a"]]"#, "[Ljava.lang.String;", #"["a"]"#),
            (#"["[[I",[[1]]]"#, "[[I", "[[1]]"),
            (#"["java.util.EnumSet<demo.Colour>",["RED"]]"#, "java.util.EnumSet<demo.Colour>", #"["RED"]"#),
            (#"["java.util.Map$Entry",{}]"#, "java.util.Map$Entry", "{}"),
            (#"{"java.util.ArrayList":[1]}"#, "java.util.ArrayList", "[1]"),
            (#"{"java.lang.Long":5}"#, "java.lang.Long", "5"),
        ])
    func takesTheWrapperOff(_ text: String, _ name: String, _ inside: String) throws {
        #expect(try value(text).className == name)
        #expect(try self.inside(text) == inside)
    }

    @Test(
        arguments: [
            "1", "null", #""java.util.ArrayList""#, "[]", "{}", #"["a","b"]"#, #"["java.util.ArrayList"]"#,
            #"["java.util.ArrayList",[],[]]"#, #"["www.example.org",1]"#, #"["a..B",1]"#, #"[".B",1]"#, #"["a.",1]"#,
            #"["1.2",1]"#, #"["[X",1]"#, #"["[Lx",1]"#, #"["a b.C",1]"#, #"{"@class":5}"#, #"{"a.b":1}"#,
            #"{"a.B":1,"c.D":2}"#, #"[1,"java.util.ArrayList"]"#, #"["[",1]"#, #"["<>",1]"#, #"["[L;",1]"#,
        ])
    func anythingElseIsItself(_ text: String) throws {
        #expect(try value(text).className == nil)
        #expect(try inside(text) == text)
    }

    @Test func membersAreAllButTheFirstClass() throws {
        let value = try value(#"{"@class":"a.B","x":1,"@class":"c.D","x":2}"#)
        #expect(value.className == "a.B")
        #expect(value.members.map { EscapedName.text(of: $0.name.bytes) } == ["x", "@class", "x"])
        #expect(value.member("x".utf8)?.number?.text == "2")
    }

    @Test(
        arguments: [
            ("42", true), (" [1] ", true), (#""text""#, true), ("-1.50", true), ("true", true), ("null", true),
            ("alice", false), ("42 apples", false), ("{", false), ("nullable", false), ("01", false), ("[1] x", false),
            ("\u{FEFF}{}", false), ("'a'", false),
        ])
    func whatIsJSONThroughoutIsJSON(_ text: String, _ isJSON: Bool) {
        switch AttributeValue.stored(Array(text.utf8)).decoded() {
        case .json: #expect(isJSON)
        case .text(let other): #expect(!isJSON && other == text)
        default: Issue.record("neither")
        }
    }

    /// Neither depth nor the number of members may cost more than they are bytes.
    @Test(.timeLimit(.minutes(1))) func hostileValuesAreReadInTime() throws {
        let count = 60_000
        let texts = [
            String(repeating: #"["a.B","#, count: count) + "1" + String(repeating: "]", count: count),
            String(repeating: #"{"a.B":"#, count: count) + "1" + String(repeating: "}", count: count),
            "{" + Array(repeating: #""password":"x""#, count: count).joined(separator: ",") + "}",
            String(repeating: "9", count: 1 << 20),
        ]
        for text in texts {
            guard case .json(let document) = AttributeValue.stored(Array(text.utf8)).decoded() else {
                Issue.record("no JSON")
                continue
            }
            for reveal in [true, false] {
                var masked = MaskedJSON(reveal: reveal)
                var writer = JSONWriter()
                masked.write(document.root, name: "x", to: &writer)
                #expect(reveal == (writer.bytes == Array(text.utf8)) || !masked.hasMasked)
            }
        }
    }

    @Test(
        arguments: [
            (#"{"@class":"a.B","password":"x","n":5}"#, #"{"@class":"a.B","password":"••••","n":5}"#),
            (
                #"{"cookies":["java.util.ArrayList",[{"@class":"a.Cookie","value":"v"}]],"after":"v"}"#,
                #"{"cookies":["java.util.ArrayList",[{"@class":"a.Cookie","value":"••••"}]],"after":"v"}"#
            ),
            (#"["$2a$10$abc",""]"#, #"["••••",""]"#),
            (#"{"url":"http://u:geheim@h/"}"#, #"{"url":"http://u:••••@h/"}"#),
            (#"{"n":1.50e3,"a":1,"a":2}"#, #"{"n":1.50e3,"a":1,"a":2}"#),
        ])
    func masksWhatIsSecret(_ text: String, _ shown: String) throws {
        var masked = MaskedJSON(reveal: false)
        var writer = JSONWriter()
        masked.write(try JSONReader.read(Array(text.utf8)).root, name: "x", to: &writer)
        #expect(String(decoding: writer.bytes, as: UTF8.self) == shown)
        #expect(masked.hasMasked == (text != shown))
    }
}
