import JavaSerialization
import TestSupport
import Testing

@testable import Sessions

/// Places of JSON attributes set, added, renamed and removed: no other byte becomes another.
struct JSONPathEditTests {
    private static func applied(
        _ operation: AttributeEdit.Operation, _ path: String, _ text: String, beside others: [String] = []
    ) throws -> String {
        let edit = JSONPathEdit(Array(text.utf8), name: "a", beside: others.map { Array($0.utf8) })
        let steps = try AttributePath("a" + path).steps
        return String(decoding: try edit.applying(operation, at: steps), as: UTF8.self)
    }

    private static let typed =
        #"{"@class":"java.util.HashMap","n":1,"r":0.50,"l":["java.lang.Long",5],"s":"a","t":true,"z":null,"#
        + #""list":["java.util.ArrayList",["x","y"]],"d":["java.util.Date",7],"b":["[B","AQIB"],"#
        + #""bean":{"@class":"demo.Bean","count":3},"js":["[J",[1,2]],"ns":["java.util.ArrayList",[1]],"set":["java.util.HashSet",["p"]]}"#

    @Test(arguments: [
        (".n", NewValue.text("2"), #""n":2,"#), (".r", .text("2.5e3"), #""r":2.5e3,"#),
        (".r", .text("2"), #""r":2.0,"#), (".n", .text("2.5", type: .double), #""n":2.5,"#),
        (".n", .text("1e3", type: .double), #""n":1e3,"#), (".n", .string("007"), #""n":"007","#),
        (".l", .string("x"), #""l":"x","#), (".t", .string("true"), #""t":"true","#),
        (".s", .string("5"), #""s":"5","#),
        (".s", .text("5", type: .integer), #""s":5,"#),
        (".l", .text("-6"), #""l":["java.lang.Long",-6],"#), (".s", .text("5"), #""s":"5","#),
        (".s", .text("ü\"\\\n\u{1}/😀"), #""s":"ü\"\\\n\u0001/\uD83D\uDE00","#), (".t", .text("false"), #""t":false,"#),
        (".z", .text("x"), #""z":"x","#), (".s", .null, #""s":null,"#), (".l", .null, #""l":null,"#),
        (".list[1]", .text("z"), #"["x","z"]"#), (".list.2", .text("z"), #"["x","y","z"]"#),
        (".d", .text("8"), #"["java.util.Date",8]"#), (".b", .bytes([9]), #"["[B","CQ=="]"#),
        (".bean.count", .text("4"), #""count":4}"#), (".js[1]", .text("9"), #"["[J",[1,9]]"#),
        (".new", .text("9"), #","new":9}"#), (".new", .text("9", type: .string), #","new":"9"}"#),
        (".new", .text("9", type: .long), #","new":["java.lang.Long",9]}"#),
        (".new", .text("9999999999", type: .long), #","new":9999999999}"#),
        (".new", .text("9", type: .double), #","new":9.0}"#),
        (".new", .text("1.50", type: .bigDecimal), #","new":["java.math.BigDecimal",1.50]}"#),
        (".s", .text("c", type: .character), #""s":["java.lang.Character","c"],"#),
        (".new", .bytes([1]), #","new":["[B","AQ=="]}"#),
        (
            ".new", .text("0123456789ABCDEF0123456789abcdef", type: .uuid),
            #"["java.util.UUID","01234567-89ab-cdef-0123-456789abcdef"]}"#
        ),
        (".l", .json(Array("7".utf8)), #"["java.lang.Long",7]"#),
        (".l", .text("7", type: .short), #"["java.lang.Short",7]"#),
        (".list", .json(Array(#"["z"]"#.utf8)), #"["java.util.ArrayList",["z"]]"#),
        (".bean", .json(Array(#" {"count" : 9}"#.utf8)), #""bean":{"@class":"demo.Bean","count" : 9},"#),
        (".s", .json(Array(#"["java.util.ArrayList",[]]"#.utf8)), #""s":["java.util.ArrayList",[]],"#),
        (".bean.more", .text("x", type: .string), #""count":3,"more":"x"}"#),
        (".bean.more", .json(Array(#"["java.util.Date",1]"#.utf8)), #""count":3,"more":["java.util.Date",1]}"#),
        (".bean.count", .text("1.5", type: .double), #""count":1.5}"#), (".bean.count", .null, #""count":null}"#),
        ("['a.b \"c']", .text("2"), #","a.b \"c":2}"#),
    ]) func sets(_ path: String, _ value: NewValue, _ expected: String) throws {
        let after = try Self.applied(.set(value), path, Self.typed)
        #expect(after.contains(expected), "\(after)")
        // All that stands before and behind is as it was.
        let start = zip(after.utf8, Self.typed.utf8).prefix { $0 == $1 }.count
        let end = zip(after.utf8.reversed(), Self.typed.utf8.reversed()).prefix { $0 == $1 }.count
        #expect(start + end >= Self.typed.utf8.count - 30, "\(after)")
    }

    @Test(arguments: [
        (".n", NewValue.text("x"), "no number that JSON can hold"), (".n", .text("007x"), "no number"),
        (".n", .text("1.5"), "a.n: a whole number stands there, and '1.5' is none: --type Double puts"),
        (".n", .text("1e3"), "a whole number stands there"), (".js[0]", .text("1e3"), "no long"),
        (".bean.count", .text("1.5"), "--type Double puts it there all the same"),
        (".bean.count", .json(Array("1.5".utf8)), "a.bean.count: a whole number stands there, in a demo.Bean"),
        (".bean.count", .json(Array(#""x""#.utf8)), "a JSON number stands there, in a demo.Bean"),
        (".bean.count", .string("5"), "--type String puts text there all the same"),
        (".bean.count", .json(Array("{}".utf8)), "or one with the name of its class"),
        (".bean.more", .text("x"), "a.bean.more: the demo.Bean there has no such member"),
        (".bean.more", .json(Array("5".utf8)), "it has count"),
        (".bean", .json(Array(#"{"count":1,"more":2}"#.utf8)), "a.bean.more: the demo.Bean there has no such member"),
        (".l", .text("9223372036854775808"), "-9223372036854775808 to 9223372036854775807"),
        (".l", .text("1.5"), "no long"), (".d", .text("today"), "milliseconds since 1970"),
        (".t", .text("yes"), "true or false"), (".js[0]", .text("x"), "no long"), (".js[0]", .null, "of the type long"),
        (".js[0]", .text("1", type: .integer), "of the type Long"), (".n.x", .text("1"), "a plain value"),
        (".s.x", .text("1"), "no object of its own"), (".z.x", .text("1"), "is null"),
        (".list", .text("x"), "java.util.ArrayList"), (".list[3]", .text("x"), "it has 2 elements"),
        (".new.x", .text("x"), "no new in a (java.util.HashMap)"),
        ("['@class']", .text("x"), "names the class"),
        (".s", .bytes([1]), "no Base64"), (".n", .bytes([1]), "no Base64"),
        (".s", .stream([0xAC, 0xED, 0, 5, 0x70]), "stored as JSON"),
        (".b", .text("*"), "Base64"), (".list", .json(Array("5".utf8)), "as a JSON array"),
        (".l", .json(Array("1.5".utf8)), "no long"), (".n", .json(Array("{".utf8)), "no JSON"),
        (".bean.more", .text("5", type: .long), "leave the type out"), (".set[0]", .text("q", type: .long), "no long"),
        (".new", .text("300", type: .byte), "-128 to 127"), ("[null]", .text("x"), "no [null]"),
        (".n", .text("NaN", type: .double), "JSON can hold"),
    ]) func saysWhyNot(_ path: String, _ value: NewValue, _ reason: String) throws {
        let error = #expect(throws: EditError.self) { try Self.applied(.set(value), path, Self.typed) }
        #expect(error?.description.contains(reason) == true, "\(String(describing: error))")
    }

    private static let natural =
        #"{"@class":"java.util.HashMap","s":"a","n":1,"l":3000000000,"b":99999999999999999999,"d":1.5,"t":true,"#
        + #""m":{"@class":"java.util.HashMap","s":"a"},"ns":["java.util.ArrayList",[1]],"bean":{"@class":"demo.Bean","count":3}}"#

    /// Jackson tells the class of what has none around it by its form.
    @Test(arguments: [
        (".s", NewValue.json(Array("5".utf8)), "--type Integer"), (".s", .json(Array("true".utf8)), "--type Boolean"),
        (".n", .json(Array(#""x""#.utf8)), "--type String"), (".n", .json(Array("3000000000".utf8)), "--type Long"),
        (".n", .json(Array("2.5".utf8)), "--type Double"), (".t", .json(Array("1".utf8)), "--type Integer"),
        (".n", .text("3000000000"), "--type Long"), (".n", .text("99999999999999999999"), "--type BigInteger"),
        (".l", .text("99999999999999999999"), "--type BigInteger"), (".ns[1]", .text("3000000000"), "--type Long"),
        (".m", .json(Array(#"{"s":5}"#.utf8)), "a.m.s holds a java.lang.String"),
        ("", .json(Array(#"{"n":"x"}"#.utf8)), "a.n holds a java.lang.Integer"),
    ]) func whatJacksonWouldReadAsAnotherClassIsRefused(
        _ path: String, _ value: NewValue, _ reason: String
    ) throws {
        let error = #expect(throws: EditError.self) { try Self.applied(.set(value), path, Self.natural) }
        #expect(error?.description.contains(reason) == true, "\(String(describing: error))")
    }

    @Test(arguments: [
        (".l", NewValue.text("5"), #""l":["java.lang.Long",5],"#), (".l", .text("4000000000"), #""l":4000000000,"#),
        (".l", .json(Array("5".utf8)), #""l":["java.lang.Long",5],"#),
        (".b", .text("5"), #""b":["java.math.BigInteger",5],"#), (".d", .json(Array("2".utf8)), #""d":2.0,"#),
        (".n", .text("3000000000", type: .long), #""n":3000000000,"#), (".n", .text("+7"), #""n":7,"#),
        (".d", .text("+7.5"), #""d":7.5,"#), (".bean.count", .text("3000000000"), #""count":3000000000}"#),
        (".m", .json(Array(#"{"s":"5"}"#.utf8)), #""m":{"@class":"java.util.HashMap","s":"5"},"#),
        (".n", .string("x"), #""n":"x","#), (".n", .null, #""n":null,"#),
    ]) func theMeaningOfAPlaceIsKept(_ path: String, _ value: NewValue, _ expected: String) throws {
        let after = try Self.applied(.set(value), path, Self.natural)
        #expect(after.contains(expected), "\(after)")
    }

    @Test(arguments: ["[1]", "null", #"["java.time.Period","P1D"]"#, #"{"@class":"java.util.HashMap"}"#])
    func whatIsNotComparableIsNotSorted(_ json: String) throws {
        let sets = #"{"@class":"java.util.HashMap","t":["java.util.TreeSet",[]],"h":["java.util.HashSet",[]]}"#
        let value = NewValue.json(Array(json.utf8))
        let error = #expect(throws: EditError.self) { try Self.applied(.append(value), ".t", sets) }
        #expect(error?.description.contains("natural order") == true, "\(String(describing: error))")
        _ = try Self.applied(.append(value), ".h", sets)
        #expect(try Self.applied(.append(.text("b")), ".t", sets).contains(#"["java.util.TreeSet",["b"]]"#))
    }

    /// Where no class is named only the application knows what a number is.
    @Test func withoutClassesANumberIsANumber() throws {
        #expect(try Self.applied(.set(.text("3000000000")), ".a", #"{"a":1}"#) == #"{"a":3000000000}"#)
        #expect(try Self.applied(.set(.text("5")), "", "3000000000", beside: [#"{"a":1}"#]) == "5")
    }

    /// What somebody wants to put under a secret name is not repeated.
    @Test func keepsSecretsOutOfMessages() throws {
        for (text, new) in [("5", "12x4"), ("5", "12.4"), (#"["java.lang.Long",5]"#, "12.4")] {
            let edit = JSONPathEdit(Array(text.utf8), name: "pin")
            let error = #expect(throws: EditError.self) { try edit.applying(.set(.text(new)), at: []) }
            #expect(error?.description.hasPrefix("pin: ") == true && error?.description.contains(new) == false)
        }
    }

    @Test func changesListsAndSets() throws {
        let typed = Self.typed
        #expect(try Self.applied(.append(.text("z")), ".list", typed).contains(#"["x","y","z"]"#))
        #expect(try Self.applied(.insert(.text("z")), ".list[0]", typed).contains(#"["z","x","y"]"#))
        #expect(try Self.applied(.insert(.text("z")), ".list[2]", typed).contains(#"["x","y","z"]"#))
        #expect(try Self.applied(.remove, ".list[0]", typed).contains(#"["y"]"#))
        #expect(try Self.applied(.remove, ".set[0]", typed).contains(#"["java.util.HashSet",[]]"#))
        #expect(try Self.applied(.append(.text("1")), "", "[]") == #"["1"]"#)
        for (operation, path, reason) in [
            (.append(.text("p")), ".set", "it is there already"),
            (.append(.text("x")), ".bean", "no list, set or array"),
            (.insert(.text("x")), ".list[4]", "it has 2 elements"),
            (.insert(.text("x")), ".bean.x", "no position in a list"),
            (.append(.text("x")), ".js", "no long"),
            (.append(.text("1.5")), ".ns", "a.ns: beside it stands a whole number"),
            (.insert(.text("x")), "", "whole attribute"),
        ] as [(AttributeEdit.Operation, String, String)] {
            let error = #expect(throws: EditError.self) { try Self.applied(operation, path, typed) }
            #expect(error?.description.contains(reason) == true, "\(String(describing: error))")
        }
    }

    @Test func renamesAndRemovesMembers() throws {
        let typed = Self.typed
        #expect(
            try Self.applied(.rename("m\n"), ".n", typed)
                == typed.replacing(#""n":1"#, with: #""m\n":1"#.replacing("\n", with: #"\n"#)))
        #expect(try Self.applied(.remove, ".n", typed) == typed.replacing(#""n":1,"#, with: ""))
        #expect(
            try Self.applied(.remove, ".set", typed)
                == typed.replacing(#","set":["java.util.HashSet",["p"]]"#, with: ""))
        // A field of an object becomes null, as in a Java stream.
        #expect(
            try Self.applied(.remove, ".bean.count", typed) == typed.replacing(#""count":3"#, with: #""count":null"#))
        let twice = #"{"a":1, "b":2 ,"a" : 3}"#
        #expect(try Self.applied(.set(.text("4")), ".a", twice) == #"{"a":1, "b":2 ,"a" : 4}"#)
        #expect(try Self.applied(.remove, ".a", twice) == #"{"b":2}"#)
        #expect(try Self.applied(.remove, "[#0]", twice) == #"{"b":2 ,"a" : 3}"#)
        for (path, name, reason) in [
            (".n", "s", "this key already"), (".bean.count", "x", "no entry of a map"),
            (".list[0]", "x", "no entry of a map"),
            (".n", "@class", "names the class"), ("['@class']", "x", "names the class"),
        ] {
            let error = #expect(throws: EditError.self) { try Self.applied(.rename(name), path, typed) }
            #expect(error?.description.contains(reason) == true, "\(String(describing: error))")
        }
        #expect(throws: EditError.self) { try Self.applied(.rename("c"), ".a", twice) }
    }

    /// White space, escapes and the form of wrappers are those of the document.
    @Test func keepsTheStyleOfTheDocument() throws {
        let pretty = "{\n  \"a\" : [ 1, 2 ],\n  \"b\" : \"\\u00e9\\/\"\n}\n"
        #expect(try Self.applied(.append(.text("3")), ".a", pretty) == pretty.replacing("2 ]", with: "2, 3 ]"))
        #expect(try Self.applied(.insert(.text("0")), ".a[0]", pretty) == pretty.replacing("[ 1", with: "[ 0, 1"))
        #expect(try Self.applied(.remove, ".a[0]", pretty) == pretty.replacing("1, 2", with: "2"))
        #expect(
            try Self.applied(.set(.text("ü/")), ".c", pretty)
                == pretty.replacing("\n}", with: ",\n  \"c\" : \"\\u00fc\\/\"\n}"))
        #expect(try Self.applied(.set(.text("5")), "", " 4\n") == " 5\n")
        #expect(try Self.applied(.set(.text("x")), "", #""a😀""#.replacing("a", with: "b")) == #""x""#)
        #expect(try Self.applied(.append(.text("😀")), "", #"["😁"]"#) == #"["😁","😀"]"#)
        let objects = #"{"java.util.HashMap":{"l":{"java.lang.Long":5}}}"#
        #expect(try Self.applied(.set(.text("6")), ".l", objects) == objects.replacing("5", with: "6"))
        #expect(
            try Self.applied(.set(.text("7", type: .short)), ".m", objects)
                == objects.replacing("5}", with: #"5},"m":{"java.lang.Short":7}"#))
        let date = #"["java.util.Date","2016-05-01T12:01:44.123+00:00"]"#
        #expect(
            try Self.applied(.set(.text("2017-05-01T12:01:44.123-01:00")), "", date).contains(
                "2017-05-01T12:01:44.123-01:00"))
        #expect(throws: EditError.self) { try Self.applied(.set(.text("2017-05-01")), "", date) }
    }

    /// An array of two texts, of which the first is like a class, is read as a wrapper.
    @Test func makesNoWrapperOfAnArray() throws {
        let texts = #"["com.example.Shop","x","y"]"#
        #expect(throws: EditError.self) { try Self.applied(.remove, "[2]", texts) }
        #expect(try Self.applied(.remove, "[0]", texts) == #"["x","y"]"#)
        #expect(throws: EditError.self) { try Self.applied(.append(.text("x")), "", #"["com.example.Shop"]"#) }
        #expect(throws: EditError.self) { try Self.applied(.set(.text("java.util.List")), "[0]", #"["a","b"]"#) }
        #expect(throws: EditError.self) { try Self.applied(.remove, ".b", #"{"java.util.Date":1,"b":2}"#) }
    }

    /// What is in a token is signed.
    @Test func aTokenIsPlainText() throws {
        let token = #"{"t":"eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0."}"#
        let error = #expect(throws: EditError.self) { try Self.applied(.set(.text("b")), ".t.claims.sub", token) }
        #expect(error?.description.contains("only be changed as a whole") == true)
        #expect(try Self.applied(.set(.text("x")), ".t", token) == #"{"t":"x"}"#)
    }

    /// Spring Security's reader takes classes of its list, and what it has written itself.
    @Test func namesNoClassThatSpringSecurityRefuses() throws {
        let context =
            #"{"@class":"org.springframework.security.core.context.SecurityContextImpl","authentication":null}"#
        let new = NewValue.text("5", type: .long)
        let error = #expect(throws: EditError.self) { try new.newJSON("n", beside: [Array(context.utf8)]) }
        #expect(error?.description.contains("Spring Security") == true)
        #expect(try new.newJSON("n").elementsEqual(#"["java.lang.Long",5]"#.utf8))
        let other = Array(#"{"@class":"java.util.HashMap","l":["java.lang.Long",1]}"#.utf8)
        #expect(
            try new.newJSON("n", beside: [Array(context.utf8), other]).elementsEqual(#"["java.lang.Long",5]"#.utf8))
        #expect(throws: EditError.self) { try new.newJSON("n", beside: [Array(#"{"a":1}"#.utf8)]) }
        let map = NewValue.json(Array(#"{"a":1}"#.utf8))
        #expect(
            try map.newJSON("n", beside: [Array(context.utf8), other])
                .elementsEqual(#"{"@class":"java.util.HashMap","a":1}"#.utf8))
        #expect(try map.newJSON("n", beside: [Array("[1]".utf8)]).elementsEqual(#"{"a":1}"#.utf8))
    }

    @Test(arguments: [
        (NewValue.text("a"), #""a""#), (.text("5", type: .integer), "5"),
        (.text("1.5", type: .float), #"["java.lang.Float",1.5]"#),
        (.text("7", type: .date), #"["java.util.Date",7]"#), (.text("true", type: .boolean), "true"), (.null, "null"),
        (.content(Array("a\n".utf8)), #""a""#),
        (
            .json(Array(#"["java.util.ArrayList",[1,[2]]] "#.utf8)),
            #"["java.util.ArrayList",[1,["java.util.ArrayList",[2]]]]"#
        ),
        (.bytes([1, 2, 1]), #"["[B","AQIB"]"#),
    ]) func writesNewAttributes(_ value: NewValue, _ expected: String) throws {
        #expect(String(decoding: try value.newJSON("n"), as: UTF8.self) == expected)
    }
}
