import JavaSerialization
import TestSupport
import Testing

@testable import Sessions

/// What a set or a map finds by its content is not changed where it is, and fields of the platform's classes only where anything fits.
struct KeyPartTests {
    /// A set of two lists, the first of which the list around it has too.
    private static func sample() throws -> JavaGraph {
        var builder = JavaStreamBuilder()
        builder.beginList(count: 2)
        builder.beginSet(.linked, count: 2)
        let first = builder.beginList(count: 1)
        builder.string("a")
        builder.endList()
        builder.beginList(count: 1)
        builder.string("b")
        builder.endList()
        builder.endSet()
        builder.reference(first)
        builder.endList()
        return try builder.graph()
    }

    private static func steps(_ path: String) throws -> [AttributePath.Step] { try AttributePath("a" + path).steps }

    @Test(arguments: [("[0][0][0]", false), ("[0][1][0]", false), ("[1][0]", true)])
    func insideOfAnElementOfASetIsRefused(_ path: String, _ changesShared: Bool) throws {
        let edit = JavaPathEdit(graph: try Self.sample(), content: 0, changesShared: changesShared)
        let error = #expect(throws: EditError.self) { try edit.applying(.set(.text("b")), at: Self.steps(path)) }
        #expect(error?.description.contains("these find it by what it holds") == true, "\(String(describing: error))")
    }

    /// As a whole it would be another one for the set as well.
    @Test func aSharedElementIsNotReplacedForAll() throws {
        let edit = JavaPathEdit(graph: try Self.sample(), content: 0, changesShared: true)
        let new = NewValue.json(Array(#"["z"]"#.utf8))
        let error = #expect(throws: EditError.self) { try edit.applying(.set(new), at: Self.steps("[1]")) }
        #expect(error?.description.contains("these find it by what it holds") == true, "\(String(describing: error))")
    }

    /// Elements that point back to what holds the set do not make that a part of them.
    @Test func theParentOfASetIsChanged() throws {
        var builder = JavaStreamBuilder()
        let parent = builder.beginList(count: 2)
        builder.beginSet(.linked, count: 1)
        builder.beginList(count: 2)
        builder.reference(parent)
        builder.string("child")
        builder.endList()
        builder.endSet()
        builder.string("x")
        builder.endList()
        let edit = JavaPathEdit(graph: try builder.graph(), content: 0, changesShared: true)
        #expect(try edit.applying(.set(.text("y")), at: Self.steps("[1]")) != edit.graph.bytes)
        #expect(throws: EditError.self) { try edit.applying(.set(.text("y")), at: Self.steps("[0][0][1]")) }
    }

    /// For its own path alone the other place gets a copy, and the set keeps what it has.
    @Test func elsewhereItIsChanged() throws {
        let edit = JavaPathEdit(graph: try Self.sample(), content: 0)
        let after = try JavaGraph(edit.applying(.set(.text("b")), at: Self.steps("[1][0]")))
        var writer = JSONWriter()
        var json = PlainJSON(of: after)
        try json.write(after.content(0), to: &writer)
        #expect(String(decoding: writer.bytes, as: UTF8.self) == #"[[["a"],["b"]],["b"]]"#)
        // The element as a whole is another one.
        let whole = try edit.applying(.set(.json(Array(#"["c"]"#.utf8))), at: Self.steps("[0][1]"))
        #expect(try JavaGraph(whole).contentCount == 1)
    }

    @Test func editRefusesItToo() throws {
        let graph = try Self.sample()
        var writer = JSONWriter()
        var json = try TypedJSON(of: graph, roots: CollectionOfOne(graph.content(0)))
        try json.write(graph.content(0), to: &writer)
        let before = try JSONReader.read(writer.takeBytes())
        let text = String(decoding: before.source, as: UTF8.self).replacing("\"b\"", with: "\"c\"")
        let after = try JSONReader.read(Array(text.utf8))
        #expect(text.contains("\"c\""))
        let error = #expect(throws: DocumentError.self) {
            _ = try TypedDocument(graph: graph, before: before.root, after: after.root, path: "a")
        }
        #expect(error.map { "\($0)".contains("take that out") } == true, "\(String(describing: error))")
    }

    @Test(arguments: [
        ("uuid-locale-misc", "java.net.URI", ".string"), ("uuid-locale-misc", "java.util.Currency", ".currencyCode"),
        ("big-numbers", "java.math.BigDecimal", ".scale"), ("maps", "java.util.HashMap", "::loadFactor"),
    ]) func aFieldOfThePlatformIsRefused(_ file: String, _ name: String, _ field: String) throws {
        let graph = try JavaGraph(Fixtures.bytes("java-streams/\(file).ser"))
        let found = (0..<graph.contentCount).first { graph.content($0).map { graph.shownClass(of: $0) } == name }
        let content = try #require(found, "\(file)")
        let path = field.hasPrefix("::") ? ".HashMap" + field : field
        let edit = JavaPathEdit(graph: graph, content: content, name: "a")
        let error = #expect(throws: EditError.self) { try edit.applying(.set(.text("1")), at: Self.steps(path)) }
        #expect(error?.description.contains("is a field of \(name)") == true, "\(String(describing: error))")
    }
}
