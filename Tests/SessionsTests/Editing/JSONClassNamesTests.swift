import JavaSerialization
import TestSupport
import Testing

@testable import Sessions

/// Plain JSON gets the names of the classes by which its library reads it, at every depth, in the form of the session.
struct JSONClassNamesTests {
    private static func set(_ path: String, _ json: String, in text: String, beside others: [String] = []) throws
        -> String
    {
        let edit = JSONPathEdit(Array(text.utf8), name: "a", beside: others.map { Array($0.utf8) })
        let value = NewValue.json(Array(json.utf8))
        let operation = path.hasSuffix("+") ? AttributeEdit.Operation.append(value) : .set(value)
        let steps = try AttributePath("a" + path.replacing("+", with: "")).steps
        return String(decoding: try edit.applying(operation, at: steps), as: UTF8.self)
    }

    /// Beside an attribute in each of Jackson's three forms (`JsonTypeInfo.As`).
    @Test(arguments: [
        (
            #"{"@class":"java.util.HashMap","k":1}"#,
            #"{"@class":"java.util.HashMap","l":["java.util.ArrayList",[1,["java.util.ArrayList",[2]]]],"m" : {"@class":"java.util.HashMap"}}"#
        ),
        (
            #"["java.util.LinkedHashMap",{"k":1}]"#,
            #"["java.util.LinkedHashMap",{"l":["java.util.ArrayList",[1,["java.util.ArrayList",[2]]]],"m" : ["java.util.LinkedHashMap",{}]}]"#
        ),
        (
            #"{"java.util.LinkedHashMap":{"k":1}}"#,
            #"{"java.util.LinkedHashMap":{"l":{"java.util.ArrayList":[1,{"java.util.ArrayList":[2]}]},"m" : {"java.util.LinkedHashMap":{}}}}"#
        ),
        (#"{"k":[1]}"#, #"{"l":[1,[2]],"m" : {}}"#),
    ]) func plainJSONIsNamedAsTheSessionHasIt(_ other: String, _ expected: String) throws {
        let new = #" {"l":[1,[2]],"m" : {}} "#
        #expect(
            try NewValue.json(Array(new.utf8)).newJSON("n", beside: [Array(other.utf8)]).elementsEqual(expected.utf8))
        // In place of a scalar as well.
        #expect(try Self.set("", new, in: "5", beside: [other]) == expected)
    }

    @Test(arguments: [
        // The class that stands there stays, also inside.
        (".list", #"[1,[2]]"#, #""list":["java.util.LinkedList",[1,["java.util.ArrayList",[2]]]]"#),
        (".list+", #"[2]"#, #""list":["java.util.LinkedList",["x",["java.util.ArrayList",[2]]]]"#),
        (".n", #"{"b":[null]}"#, #""n":{"@class":"java.util.TreeMap","b":["java.util.ArrayList",[null]]}"#),
        (
            ".n", #"{"d":8,"e":[]}"#,
            #""n":{"@class":"java.util.TreeMap","d":["java.util.Date",8],"e":["java.util.ArrayList",[]]}"#
        ),
        (".new", "[[]]", #","new":["java.util.ArrayList",[["java.util.ArrayList",[]]]]}"#),
        // A field of an array of a class that is final has none.
        (".bean.tags", #"["c"]"#, #""tags":["c"]"#), (".bean.tags+", #""c""#, #""tags":["a","c"]"#),
        (".bean.home", #"{"street":"c"}"#, #""home":{"@class":"demo.Address","street":"c"}"#),
        (".bean", #"{"tags":[],"home":null}"#, #""bean":{"@class":"demo.Bean","tags":[],"home":null}"#),
        (".bean.none", #"["java.util.ArrayList",[1]]"#, #""none":["java.util.ArrayList",[1]]"#),
        // A field may hold several kinds of values.
        (
            ".bean.all", #"[1,"a",{"@class":"demo.Bean"},2]"#,
            #""all":["java.util.ArrayList",[1,"a",{"@class":"demo.Bean"},2]]"#
        ),
        (".bean.all+", "true", #""all":["java.util.ArrayList",["a",1,true]]"#),
        // What names its class is the user's.
        (".n", #"{"@class":"demo.Bean","tags":["a",["b"]]}"#, #""n":{"@class":"demo.Bean","tags":["a",["b"]]}"#),
    ]) func oneRuleForAllDepths(_ path: String, _ json: String, _ expected: String) throws {
        let after = try Self.set(path, json, in: Self.typed)
        #expect(after.contains(expected), "\(after)")
    }

    private static let typed =
        #"{"@class":"java.util.HashMap","list":["java.util.LinkedList",["x"]],"n":{"@class":"java.util.TreeMap","d":["java.util.Date",7]},"#
        + #""bean":{"@class":"demo.Bean","tags":["a"],"home":{"@class":"demo.Address","street":"x"},"none":null,"all":["java.util.ArrayList",["a",1]],"name":"y"},"#
        + #""beans":["java.util.ArrayList",[{"@class":"demo.Bean","tags":[]}]]}"#

    @Test(arguments: [
        (".bean.none", "[1]", "a.bean.none is inside of a demo.Bean, which alone knows the classes"),
        (".bean.name", "[1]", "a JSON string stands there, in a demo.Bean"), (".bean.name", "{}", "name of its class"),
        (".bean.tags", "[1]", "a.bean.tags[0]: a JSON string stands there"),
        (".bean.home", #"{"street":"c","zip":"1"}"#, "a.bean.home.zip: the demo.Address there has no such member"),
        (".bean", #"{"home":{"zip":"1"}}"#, "a.bean.home.zip: the demo.Address"),
        (".n", #"{"d":"x"}"#, "a.n.d holds a java.util.Date as a JSON number"),
        (".n", #"{"d":1.5}"#, "a.n.d: '1.5' is no Date"), (".beans+", #"{"tags":[]}"#, "such as demo.Bean"),
    ]) func saysWhatIsMissing(_ path: String, _ json: String, _ reason: String) throws {
        let error = #expect(throws: EditError.self) { try Self.set(path, json, in: Self.typed) }
        #expect(error?.description.contains(reason) == true, "\(String(describing: error))")
    }

    /// Where nothing shows how, lists and objects have to come with their classes.
    @Test func withoutAnExampleClassesAreAskedFor() throws {
        let scalars = ["5", #""x""#].map { Array($0.utf8) }
        for json in ["[1]", #"{"a":[1,2]}"#, "{}"] {
            let error = #expect(throws: EditError.self) {
                try NewValue.json(Array(json.utf8)).newJSON("n", beside: scalars)
            }
            #expect(error?.description.contains(#"such as {"@class":"java.util.LinkedHashMap",…}"#) == true)
        }
        let named = #"{"@class":"java.util.TreeMap","a":[1,{"b":2}]}"#
        let text = try NewValue.json(Array(named.utf8)).newJSON("n", beside: scalars)
        #expect(
            String(decoding: text, as: UTF8.self)
                == #"{"@class":"java.util.TreeMap","a":["java.util.ArrayList",[1,{"@class":"java.util.LinkedHashMap","b":2}]]}"#
        )
        // A list alone tells the form of lists, which two of the forms of objects go with.
        let lists = [Array(#"["java.util.ArrayList",[1]]"#.utf8)]
        #expect(
            try NewValue.json([0x5B, 0x5D]).newJSON("n", beside: lists).elementsEqual(
                #"["java.util.ArrayList",[]]"#.utf8))
        let error = #expect(throws: EditError.self) {
            try NewValue.json(Array("[{}]".utf8)).newJSON("n", beside: lists)
        }
        #expect(error?.description.hasPrefix("n[0]: no object of the session shows where") == true)
    }

    @Test func depthCostsNoStack() throws {
        let depth = 50_000
        let text = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        let other = Array(#"["java.util.ArrayList",[1]]"#.utf8)
        let after = try NewValue.json(Array(text.utf8)).newJSON("n", beside: [other])
        #expect(after.count == depth * (2 + #"["java.util.ArrayList",]"#.utf8.count))
    }

    // MARK: Times

    @Test(arguments: [
        ("2023-11-14T22:13:20Z", JavaValueType.date, "", #"["java.util.Date",1700000000000]"#),
        ("2023-11-14T23:13:20.5+01:00", .timestamp, "", #"["java.sql.Timestamp",1700000000500]"#),
        ("1700000000000", .date, "", #"["java.util.Date",1700000000000]"#),
        (
            "2023-11-14T22:13:20Z", .date, #"["java.util.Date","2016-05-01T12:01:44.123+00:00"]"#,
            #"["java.util.Date","2023-11-14T22:13:20.000+00:00"]"#
        ),
        (
            "1700000000000", .timestamp, #"["java.util.Date","2016-05-01T12:01:44.123+0000"]"#,
            #"["java.sql.Timestamp","2023-11-14T22:13:20.000+0000"]"#
        ),
        (
            "2023-11-14T22:13:20.5Z", .instant, #"["java.time.Instant",1462104000.123000000]"#,
            #"["java.time.Instant",1700000000.500000000]"#
        ),
        (
            "2023-11-14T22:13:20Z", .instant, #"["java.time.Instant","2016-05-01T12:01:44Z"]"#,
            #"["java.time.Instant","2023-11-14T22:13:20Z"]"#
        ),
        ("2023-11-14", .localDate, #"["java.time.LocalDate",[2016,5,1]]"#, #"["java.time.LocalDate",[2023,11,14]]"#),
        (
            "2023-11-14T01:02:03.5", .localDateTime, #"["java.time.LocalDateTime",[2016,5,1,12,0]]"#,
            #"["java.time.LocalDateTime",[2023,11,14,1,2,3,500000000]]"#
        ),
    ]) func timesAreWrittenAsTheSessionHasThem(
        _ text: String, _ type: JavaValueType, _ other: String, _ expected: String
    )
        throws
    {
        let others = other.isEmpty ? [] : [Array(other.utf8)]
        #expect(
            String(decoding: try NewValue.text(text, type: type).newJSON("n", beside: others), as: UTF8.self)
                == expected)
        // In place of the one that shows the form.
        guard !other.isEmpty, JacksonValue(try JSONReader.read(others[0]).root).className == type.className else {
            return
        }
        let edit = JSONPathEdit(others[0], name: "a")
        #expect(String(decoding: try edit.applying(.set(.text(text, type: type)), at: []), as: UTF8.self) == expected)
        if type != .localDate, type != .localDateTime {
            #expect(String(decoding: try edit.applying(.set(.text(text)), at: []), as: UTF8.self) == expected)
        }
    }

    @Test func timesThatJSONDoesNotHoldAreRefused() throws {
        for (text, type, reason) in [
            ("2023-11-14T22:13:20.123456Z", JavaValueType.timestamp, "2026-01-31T12:00:00.123Z"),
            ("2023-11-14T22:13:20Z", .instant, "has no java.time.Instant in its JSON"), ("soon", .date, "is no Date"),
            ("P1D", .period, "has no java.time.Period"),
        ] {
            let error = #expect(throws: EditError.self) { try NewValue.text(text, type: type).newJSON("n") }
            #expect(error?.description.contains(reason) == true, "\(String(describing: error))")
        }
        let date = Array(#"["java.util.Date",1462104000123]"#.utf8)
        let after = try JSONPathEdit(date, name: "a").applying(.set(.text("2023-11-14T22:13:20Z")), at: [])
        #expect(after.elementsEqual(#"["java.util.Date",1700000000000]"#.utf8))
    }

    // MARK: The difference

    private static func difference(_ text: String, _ after: String, beside others: [String] = []) throws
        -> (text: String, paths: [String])
    {
        let document = try JSONReader.read(Array(text.utf8))
        let style = JSONStyle(of: document, beside: others.map { Array($0.utf8) })
        var difference = JSONDifference(of: document.root, "a", style)
        try difference.compare(document.root, JSONReader.read(Array(after.utf8)).root)
        let changed = try JSONChange(difference.replacements, growth: 0).applied(to: document.source)
        return (String(decoding: changed, as: UTF8.self), difference.changes.map(\.path))
    }

    /// The paths are those that `get` and `set` take: the names of classes are no step.
    @Test(arguments: [
        (#""street":"x""#, #""street":"z""#, #""street":"z""#, "a.bean.home.street"),
        (#"["x"]"#, #"["y"]"#, #"["y"]"#, "a.list[0]"),
        (#"["x"]"#, #"["x",[1]]"#, #"["x",["java.util.ArrayList",[1]]]"#, "a.list[1]"),
        (#"Date",7]"#, #"Date",8]"#, #"Date",8]"#, "a.n.d"), (#"["x"]"#, "[]", "[]", "a.list[0]"),
        (#""tags":[]"#, #""tags":[1]"#, #""tags":[1]"#, "a.beans[0].tags[0]"),
        (
            #""d":["java.util.Date",7]"#, #""d":["java.util.Date",7],"e":{"f":[]}"#,
            #""e":{"@class":"java.util.HashMap","f":["java.util.ArrayList",[]]}"#, "a.n.e"
        ),
        (#"["java.util.LinkedList",["x"]]"#, "null", #""list":null"#, "a.list"),
    ]) func differencesHaveThePathsOfGet(_ old: String, _ new: String, _ expected: String, _ path: String) throws {
        let (after, paths) = try Self.difference(Self.typed, Self.typed.replacing(old, with: new))
        #expect(after.contains(expected) && paths == [path], "\(after) \(paths)")
    }

    @Test(arguments: [
        (#""name":"y""#, #""name":"y","more":1"#, "a.bean.more: the demo.Bean there has no such member"),
        (#""name":"y""#, #""name":[1]"#, "a.bean.name: a JSON string stands there"),
        (#""none":null"#, #""none":{}"#, "a.bean.none is inside of a demo.Bean"),
        (#"Date",7]"#, #"Date",1.5]"#, "a.n.d: '1.5' is no Date"), (#"Date",7]"#, #"Date","x"]"#, "as a JSON number"),
        (#"["java.util.LinkedList",["x"]]"#, #"["java.util.LinkedList",5]"#, "as a JSON array"),
    ]) func differencesThatTheApplicationCouldNotReadAreRefused(_ old: String, _ new: String, _ reason: String) throws {
        let error = #expect(throws: DocumentError.self) {
            try Self.difference(Self.typed, Self.typed.replacing(old, with: new))
        }
        #expect(error?.description.contains(reason) == true, "\(String(describing: error))")
    }

    @Test func aScalarBecomesAListOfTheSession() throws {
        let other = #"{"@class":"java.util.HashMap"}"#
        #expect(try Self.difference("5", "[1]", beside: [other]).text == #"["java.util.ArrayList",[1]]"#)
        #expect(throws: DocumentError.self) { try Self.difference("5", "[1]") }
    }
}
