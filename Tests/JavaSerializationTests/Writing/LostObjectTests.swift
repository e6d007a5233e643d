import TestSupport
import Testing

@testable import JavaSerialization

/// What had been begun of an object that could not be written stands before its `TC_EXCEPTION`: it is kept where it still means the same.
struct LostObjectTests {
    private static func value(_ build: (inout JavaStreamBuilder) -> Void) throws -> GraphEditor.Value {
        var builder = JavaStreamBuilder()
        build(&builder)
        let graph = try builder.graph()
        return (graph, graph.content(0))
    }

    private struct Lost: Equatable {
        let content: Int
        let bytes: [UInt8]
    }

    /// Of a Tomcat session: what was begun of each attribute that could not be written.
    private static func lost(in graph: JavaGraph) -> [Lost] {
        (0..<graph.contentCount).compactMap { index in
            guard let node = graph.content(index), let failure = graph.failure(of: node) else { return nil }
            return Lost(
                content: index,
                bytes: Array(graph.bytes[failure.lostObjectOffset..<graph.byteRange(of: node).lowerBound]))
        }
    }

    @Test(arguments: ["tomcat9", "tomcat10"]) func isKeptBehindATextThatChanges(_ version: String) throws {
        let graph = try JavaGraph(Fixtures.bytes("tomcat-layouts/\(version)-not-serializable.value"))
        let lost = Self.lost(in: graph)
        try #require(!lost.isEmpty && lost.allSatisfy { $0.bytes.count > 10 })
        var changed = 0
        for index in 0..<lost[0].content {
            guard let node = graph.content(index), graph.kind(of: node) == .string, !graph.isShared(node) else {
                continue
            }
            var editor = GraphEditor(of: graph)
            try editor.setContent(index, to: Self.value { $0.string("another text, and longer") })
            let written = try editor.encoded()
            #expect(try Self.lost(in: JavaGraph(written)) == lost, "\(index)")
            changed += 1
        }
        #expect(changed > 0)
    }

    /// Of a box in the place of a text the numbers are others.
    @Test(arguments: ["tomcat9", "tomcat10"]) func isLeftOutWhereNumbersAreOthers(_ version: String) throws {
        let graph = try JavaGraph(Fixtures.bytes("tomcat-layouts/\(version)-not-serializable.value"))
        let lost = try #require(Self.lost(in: graph).first)
        let text = try #require(
            (0..<lost.content).last { index in graph.content(index).map { graph.kind(of: $0) == .string } ?? false })
        var editor = GraphEditor(of: graph)
        try editor.setContent(text, to: Self.value { $0.bigInteger(signum: 1, magnitude: [7]) })
        let changed = try Self.lost(in: JavaGraph(editor.encoded()))
        #expect(changed.map(\.content) == Self.lost(in: graph).map(\.content))
        #expect(changed.first?.bytes == [])
    }
}
