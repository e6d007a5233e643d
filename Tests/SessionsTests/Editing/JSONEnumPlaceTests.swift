import JavaSerialization
import TestSupport
import Testing

@testable import Sessions

/// Constants of enums in JSON that Jackson wrote: those that are known are written, others where somebody says so.
struct JSONEnumPlaceTests {
    private static func applied(
        _ operation: AttributeEdit.Operation, _ path: String, beside others: [String] = []
    ) throws -> String {
        let edit = JSONPathEdit(Array(text.utf8), name: "a", beside: others.map { Array($0.utf8) })
        return String(
            decoding: try edit.applying(operation, at: AttributePath("a" + path).steps), as: UTF8.self)
    }

    private static func json(_ text: String) -> NewValue { .json(Array(text.utf8)) }

    private static let text =
        #"{"@class":"java.util.HashMap","s":["demo.shop.Status","PAID"],"t":["demo.shop.Status","NEW"],"#
        + #""set":["java.util.EnumSet<demo.shop.Status>",["OPEN"]],"none":["java.util.EnumSet<demo.shop.Status>",[]],"#
        + #""all":["[Ldemo.shop.Status;",["PAID"]],"day":["java.time.DayOfWeek","MONDAY"],"sku":["demo.shop.Sku","a-1"],"#
        + #""map":{"@class":"java.util.EnumMap<demo.shop.Status,java.lang.Object>","PAID":1},"text":"PAID"}"#

    @Test(arguments: [
        (AttributeEdit.Operation.set(.text("NEW")), ".s", #""s":["demo.shop.Status","NEW"]"#),
        (.set(.text("OPEN")), ".s", #""s":["demo.shop.Status","OPEN"]"#),
        (.set(.constant("LOST")), ".s", #""s":["demo.shop.Status","LOST"]"#),
        (.set(json(#""NEW""#)), ".s", #""s":["demo.shop.Status","NEW"]"#),
        (.append(.text("PAID")), ".set", #"["OPEN","PAID"]"#),
        (.append(.constant("LOST")), ".set", #"["OPEN","LOST"]"#),
        (.append(.text("NEW")), ".none", #"<demo.shop.Status>",["NEW"]]"#),
        (.set(.text("NEW")), ".all[0]", #"["[Ldemo.shop.Status;",["NEW"]]"#),
        (.set(json(#"["NEW","PAID"]"#)), ".set", #"<demo.shop.Status>",["NEW","PAID"]]"#),
        (.set(.text("FRIDAY")), ".day", #"["java.time.DayOfWeek","FRIDAY"]"#),
        (.set(.text("b-2")), ".sku", #"["demo.shop.Sku","b-2"]"#), (.set(.text("LOST")), ".text", #""text":"LOST""#),
        (.set(.text("2")), ".map.NEW", #""PAID":1,"NEW":2}"#),
        (.set(json(#"["demo.shop.Status","LOST"]"#)), ".s", #""s":["demo.shop.Status","LOST"]"#),
    ]) func aKnownConstantIsWritten(_ operation: AttributeEdit.Operation, _ path: String, _ expected: String) throws {
        let after = try Self.applied(operation, path)
        #expect(after.contains(expected), "\(after)")
    }

    @Test(arguments: [
        (AttributeEdit.Operation.set(.text("LOST")), ".s", "a.s: whether there is a constant LOST of demo.shop.Status"),
        (.set(.text("LOST")), ".s", "here there are: PAID, NEW, OPEN. --type enum writes it all the same"),
        (.set(.text("")), ".s", "'' is no name of a constant"), (.set(.text("no name")), ".s", "'no name' is no name"),
        (.set(.constant("")), ".s", "'' is no name of a constant"), (.set(.constant("1x")), ".s", "'1x' is no name"),
        (.set(.constant("1x")), ".text", "'1x' is no name"), (.set(.string("LOST")), ".s", "a constant LOST"),
        (.set(json(#""LOST""#)), ".s", "a constant LOST"), (.append(.text("LOST")), ".set", "a constant LOST"),
        (.append(.text("")), ".none", "'' is no name"), (.append(json(#""LOST""#)), ".set", "a constant LOST"),
        (.set(json(#"["LOST"]"#)), ".set", "a constant LOST"), (.set(json(#"["LOST"]"#)), ".all", "a constant LOST"),
        (.set(.text("LOST")), ".all[0]", "a constant LOST"), (.set(.text("LOST")), ".day", "has no constant LOST"),
        (.set(.constant("LOST")), ".day", "has no constant LOST"),
        (.set(json(#"{"@class":"java.util.HashMap","s":"LOST"}"#)), "", "not refused"),
        (.set(json(#"{"s":"LOST"}"#)), "", "a constant LOST"), (.set(.text("2")), ".map.LOST", "a constant LOST"),
        (.rename("LOST"), ".map.PAID", "a constant LOST"),
    ]) func anotherOneIsRefused(_ operation: AttributeEdit.Operation, _ path: String, _ reason: String) throws {
        let text: String
        do {
            text = "not refused: " + (try Self.applied(operation, path))
        } catch {
            text = "\(error)"
        }
        #expect(text.contains(reason), "\(text)")
    }

    /// Those that occur in other attributes are known as well.
    @Test func constantsOfOtherAttributesAreKnown() throws {
        let after = try Self.applied(.set(.text("LOST")), ".s", beside: [#"["demo.shop.Status","LOST"]"#])
        #expect(after.contains(#""s":["demo.shop.Status","LOST"]"#))
    }

    /// In Java streams an empty name is none either.
    @Test func anEmptyNameIsNone() throws {
        let graph = try JavaGraph(Fixtures.bytes("narrow-values/enums.ser"))
        let edit = JavaPathEdit(graph: graph, content: 0)
        let error = #expect(throws: EditError.self) { try edit.applying(.append(.text("")), at: []) }
        #expect(error?.description.contains("'' is no name of a constant") == true, "\(String(describing: error))")
    }

    /// What stands with its class becomes no value of another.
    @Test(arguments: [
        (".set", json(#"{"a":1}"#)), (".s", json("5")), ("", json(#"{"set":{"a":1}}"#)), ("", json(#"{"s":5}"#)),
        ("", json(#"{"set":5}"#)),
    ]) func aClassThatIsNamedStays(_ path: String, _ value: NewValue) throws {
        let error = #expect(throws: EditError.self) { try Self.applied(.set(value), path) }
        #expect(error?.description.contains("or one that names its class") == true, "\(String(describing: error))")
    }
}
