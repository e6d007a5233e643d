/// A JVM that reads streams with the JDK's own `ObjectInputStream` and says what they hold.
package struct JavaJudge {
    /// What it said of one stream.
    package enum Verdict: Sendable {
        /// The contents, by the rendering rules of the fixtures.
        case contents(TestJSON)
        /// The exception.
        case error(String)
    }

    private var streams: NumberedFiles

    package init() throws { streams = try NumberedFiles() }

    /// Adds a stream; verdicts come in this order.
    package mutating func add(_ stream: [UInt8]) throws { try streams.add(stream) }

    /// Starts the JVM, which reads all streams.
    package func verdicts() throws -> [Verdict] {
        let lines = try Self.program.get().lines([streams.path])
        guard lines.count == streams.count else {
            throw FixtureError("\(lines.count) verdicts of \(streams.count) streams")
        }
        return try lines.map { json in
            if let error = json["error"]?.string { return .error(error) }
            return .contents(try json.required("contents"))
        }
    }

    /// Compiled once.
    private static let program = Result {
        try JavaProgram(
            main: "Judge", ["judge/Judge.java", "judge/labfx/Canon.java", "judge/demo/shop", "demo/library"])
    }
}
