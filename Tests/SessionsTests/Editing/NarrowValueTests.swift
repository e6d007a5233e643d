import JavaSerialization
import TestSupport
import Testing

@testable import Sessions

/// Collections that say what may stand in them, sets that are the keys of maps, and fields that are enums: edited by their paths, and read by
/// the JDK.
struct NarrowValueTests {
    /// An edit of one of a file's objects, and what the JDK is to see of it then.
    struct Case: CustomTestStringConvertible, Sendable {
        let file: String
        let content: Int
        let path: String
        let operation: AttributeEdit.Operation
        let expected: String
        var testDescription: String { "\(file)[\(content)]\(path) \(operation)" }

        init(_ file: String, _ content: Int, _ path: String, _ operation: AttributeEdit.Operation, _ expected: String) {
            (self.file, self.content, self.path, self.operation, self.expected) = (
                file, content, path, operation, expected
            )
        }

        func edited() throws -> [UInt8] {
            let graph = try JavaGraph(Fixtures.bytes("narrow-values/\(file).ser"))
            let steps = try AttributePath("a" + path).steps
            return try JavaPathEdit(graph: graph, content: content).applying(operation, at: steps)
        }
    }

    private static let enums: [Case] = [
        // The constant occurs in the stream, or the user says that there is one.
        Case("enums", 0, "", .append(.text("NEW")), "[NEW]"),
        Case("enums", 0, "", .append(.constant("PAID")), "[PAID]"),
        Case("enums", 0, "", .append(.json(Array(#""NEW""#.utf8))), "[NEW]"),
        Case("enums", 1, ".NEW", .set(.text("x")), "{NEW=x}"),
        Case("enums", 2, ".NEW", .rename("SHIPPED", key: .constant("SHIPPED")), "{SHIPPED=a}"),
        // Of the platform's enums it is known which constants there are.
        Case("enums", 3, "", .append(.text("FRIDAY")), "[MONDAY, FRIDAY]"),
        Case("enums", 3, "[0]", .set(.text("SUNDAY")), "[SUNDAY]"),
        Case("enums", 4, ".TUESDAY", .set(.text("x")), "{TUESDAY=x}"),
        Case("enums", 5, ".day", .set(.text("MONDAY")), "{day=MONDAY, hours=0, next=null, status=null, unit=HOURS}"),
        Case("enums", 5, ".unit", .set(.text("DAYS")), "{day=null, hours=0, next=null, status=null, unit=DAYS}"),
        Case("enums", 5, ".status", .set(.text("NEW")), "{day=null, hours=0, next=null, status=NEW, unit=HOURS}"),
        // Nothing else of the stream describes this class: the user says that it is an enum.
        Case(
            "shift", 0, ".status", .set(.constant("SHIPPED")),
            "{day=null, hours=0, next=null, status=SHIPPED, unit=HOURS}"),
        Case(
            "shift", 0, ".day", .set(.constant("FRIDAY")), "{day=FRIDAY, hours=0, next=null, status=null, unit=HOURS}"),
    ]

    private static let checked: [Case] = [
        Case("checked", 0, "", .append(.text("5")), "[5]"), Case("checked", 1, "[0]", .set(.text("b")), "[b]"),
        Case("checked", 2, ".b", .set(.text("2")), "{a=1, b=2}"), Case("checked", 2, ".a", .set(.text("2")), "{a=2}"),
        Case("checked", 3, "", .append(.text("5", type: .long)), "[1, 5]"),
    ]

    private static let keySets: [Case] = [
        Case("key-sets", 0, "[0]", .remove, "[b]"), Case("key-sets", 0, "", .append(.text("c")), "[a, b, c]"),
        Case("key-sets", 0, "[1]", .set(.text("c")), "[a, c]"),
        Case("key-sets", 0, "[0]", .insert(.text("c")), "[a, b, c]"),
        Case("key-sets", 1, "", .append(.text("c")), "[c]"), Case("key-sets", 2, "[1]", .remove, "[a]"),
        Case("key-sets", 2, "", .append(.text("b")), "[a, b, c]"), Case("key-sets", 3, "[0]", .remove, "[1]"),
        Case("key-sets", 4, "[0]", .remove, "[]"), Case("key-sets", 4, "", .append(.text("b")), "[a, b]"),
        Case("key-sets", 5, "[0]", .remove, "[]"), Case("key-sets", 5, ".map.b", .set(.text("2")), "[a, b]"),
        Case("key-sets", 6, "", .append(.text("b")), "[a, b]"),
    ]

    @Test func theJDKSeesEachEdit() throws {
        var judge = try JavaJudge()
        let cases = Self.enums + Self.checked + Self.keySets
        for one in cases {
            // A path that fails is told with its case.
            do { try judge.add(one.edited()) } catch { Issue.record("\(one.testDescription): \(error)"); return }
        }
        for (verdict, one) in zip(try judge.verdicts(), cases) {
            guard case .contents(let contents) = verdict, let items = contents.items else {
                Issue.record("\(one.testDescription): \(verdict)")
                continue
            }
            let object = try items[one.content].required("object")
            #expect(Self.text(object) == one.expected, "\(one.testDescription)")
        }
    }

    /// What the JDK saw, as Java writes collections.
    private static func text(_ value: TestJSON) -> String {
        if value.isNull { return "null" }
        if let items = value["items"]?.items {
            let isSorted = value["unordered"] != nil
            let texts = items.map { text($0) }
            return "[" + (isSorted ? texts.sorted() : texts).joined(separator: ", ") + "]"
        }
        if let entries = value["entries"]?.items {
            let texts = entries.map { ($0.items ?? []).map { text($0) }.joined(separator: "=") }
            return "{" + texts.sorted().joined(separator: ", ") + "}"
        }
        if let fields = value["classes"]?.items?.last?["fields"] {
            let texts = (fields.members ?? []).map { String(decoding: $0.name, as: UTF16.self) + "=" + text($0.value) }
            return "{" + texts.sorted().joined(separator: ", ") + "}"
        }
        return value["enum"]?.string ?? value["value"]?.string ?? value["value"]?.number ?? value.string ?? value.number
            ?? "?"
    }

    private static let refused: [Case] = [
        Case("enums", 0, "", .append(.text("PAID")), "whether there is a constant PAID of demo.shop.OrderStatus"),
        Case(
            "enums", 0, "", .append(.text("a", type: .string)), "demo.shop.OrderStatus, which java.lang.String is not"),
        Case("enums", 0, "", .append(.constant("no name")), "'no name' is no name of a constant"),
        Case("enums", 1, ".PAID", .set(.text("x")), "whether there is a constant PAID of demo.shop.OrderStatus"),
        Case("enums", 2, ".NEW", .rename("PAID"), "whether there is a constant PAID of demo.shop.OrderStatus"),
        Case(
            "enums", 3, "", .append(.text("FUNDAY")), "java.time.DayOfWeek has no constant FUNDAY: there are MONDAY, "),
        Case("enums", 3, "", .append(.constant("FUNDAY")), "java.time.DayOfWeek has no constant FUNDAY"),
        Case("enums", 4, ".FUNDAY", .set(.text("x")), "java.time.DayOfWeek has no constant FUNDAY"),
        Case("shift", 0, ".status", .set(.text("NEW")), "of the type demo.shop.OrderStatus"),
        Case("shift", 0, ".next", .set(.constant("NEW")), "demo.shop.Shift is no enum"),
        Case("shift", 0, ".next", .set(.text("5", type: .integer)), "demo.shop.Shift, which java.lang.Integer is not"),
        Case("checked", 0, "", .append(.text("5", type: .long)), "java.lang.Integer, which java.lang.Long is not"),
        Case("checked", 1, "[0]", .set(.text("5", type: .long)), "java.lang.String, which java.lang.Long is not"),
        Case("checked", 2, ".a", .set(.text("5", type: .integer)), "java.lang.Long, which java.lang.Integer is not"),
        Case(
            "checked", 2, ".a", .rename("5", key: .text("5", type: .long)),
            "java.lang.String, which java.lang.Long is not"),
        Case("checked", 3, "", .append(.text("a", type: .string)), "java.lang.Number, which java.lang.String is not"),
        Case("checked", 4, "", .append(.text("a", type: .string)), "demo.shop.Shift, which java.lang.String is not"),
        Case("key-sets", 2, "", .append(.text("a")), "it is there already"),
        Case("key-sets", 2, "", .append(.null), "cannot hold null"),
        Case("key-sets", 3, "", .append(.text("3")), "only the application has"),
        Case("key-sets", 5, "", .append(.text("b")), "set its entry below .map"),
    ]

    @Test(arguments: refused) func saysWhyNot(_ one: Case) throws {
        let error = #expect(throws: EditError.self) { try one.edited() }
        #expect(error?.description.contains(one.expected) == true, "\(String(describing: error))")
    }
}
