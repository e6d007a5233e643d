import Foundation
import JavaSerialization
import Sessions
import TestSupport
import Testing

/// Random graphs that the JDK wrote, read by us: we see what it says that it wrote.
struct RandomJavaGraphTests {
    private static let program = Result {
        try JavaProgram(main: "RandomGraphs", ["judge/RandomGraphs.java", "judge/labfx/Canon.java"])
    }

    /// A thousand of each seed.
    @Test(arguments: 1...10) func weReadWhatTheJDKWrote(_ seed: Int) throws {
        let folder = try TemporaryDirectory()
        let lines = try Self.program.get().lines([folder.path, "1000", String(seed)])
        var compared = 0
        var differences: [String] = []
        for line in lines {
            let name = try line.required("file").requiredString()
            let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder.path + "/" + name)))
            let graph = try JavaGraph(bytes)
            #expect(try graph.encoded() == bytes, "seed \(seed), graph \(name)")
            var writer = JSONWriter()
            try TypedJSON.writeStream(graph, includingBytes: false, to: &writer)
            let actual = try TestJSON(reading: writer.bytes).required("contents")
            let outcome = GroundTruth.compareTyped(expected: try line.required("contents"), actual: actual)
            compared += outcome.compared
            differences += outcome.differences.map { "seed \(seed), graph \(name): \($0)" }
        }
        #expect(lines.count == 1000 && compared > 100_000, "\(lines.count) \(compared)")
        #expect(Array(differences.prefix(5)) == [])
    }
}
