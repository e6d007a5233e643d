import JavaSerialization
import Sessions
import TestSupport
import Testing

/// Malformed and hostile streams: read and written in every form, or refused with cause and place; always in bounded time
/// and space.
struct BadJavaStreamTests {
    /// Bytes of JSON for a case that is not large itself.
    private static let outputCeiling = 1 << 20

    /// The ceilings are those of the program as it is used; without optimisation everything takes ten times as long.
    #if DEBUG
        private static let slowness = 10
    #else
        private static let slowness = 1
    #endif

    private struct Result {
        var problem: JavaStreamError?
        var written = 0
        var suspect = false
        var escapesAll = true
        var duration = Duration.zero
    }

    /// What `decode` does at this level: reads the graph, walks all values and writes them in every form.
    private func decode(_ bytes: [UInt8]) -> Result {
        var result = Result()
        result.duration = ContinuousClock().measure {
            do throws(JavaStreamError) {
                let graph = try JavaGraph(bytes)
                try write(graph, &result)
            } catch {
                result.problem = error
            }
        }
        return result
    }

    private func write(_ graph: JavaGraph, _ result: inout Result) throws(JavaStreamError) {
        var counts = (typed: 0, plain: 0, isSuspect: false, isSafe: true)
        let marker = Array("\"suspect\":true".utf8)
        // Nothing that is to be escaped or marked is in the large cases.
        func note(_ piece: [UInt8]) {
            guard graph.bytes.count < 1 << 16 else { return }
            counts.isSafe = counts.isSafe && piece.allSatisfy { $0 >= 0x20 && $0 != 0x7f }
            counts.isSuspect = counts.isSuspect || piece.indices.contains { piece[$0...].starts(with: marker) }
        }
        var writer = JSONWriter()
        try TypedJSON.writeStream(
            graph, includingBytes: false, to: &writer,
            takePiece: { piece in
                counts.typed += piece.count
                note(piece)
            })
        note(writer.bytes)
        counts.typed += writer.bytes.count
        result.written = counts.typed
        // The largest are walked once: without optimisation each walk takes half a minute.
        guard graph.bytes.count < 1 << 20 else { return }
        var plain = PlainJSON(of: graph)
        plain.takePiece = { piece in
            counts.plain += piece.count
            note(piece)
        }
        writer = JSONWriter()
        writer.beginArray()
        for (index, node) in graph.contents.enumerated() {
            try plain.write(node, path: "contents[\(index)]", to: &writer)
        }
        writer.endArray()
        counts.plain += writer.bytes.count
        note(writer.bytes)
        result.written = max(counts.typed, counts.plain)
        result.suspect = counts.isSuspect
        result.escapesAll = counts.isSafe
    }

    @Test func everyCaseEndsAsItSays() throws {
        var seen: [BadInput.Expectation: Int] = [:]
        for input in try BadInput.javaStreams() {
            let result = decode(try input.expand())
            seen[input.expectation, default: 0] += 1
            check(input, result)
            let seconds = (input.length > 1 << 20 ? 10 : 2) * Self.slowness
            #expect(result.duration < .seconds(seconds), "\(input.id) took \(result.duration)")
            #expect(result.written <= max(Self.outputCeiling, 64 * input.length), "\(input.id) wrote \(result.written)")
        }
        #expect(seen == [.accept: 51, .reject: 110, .either: 44, .bounded: 13])
    }

    @Test func namesTheByteOfACountOfAttributesBelowZero() throws {
        let input = try #require(try BadInput.javaStreams().first { $0.id == "java-session-count-neg" })
        guard case .tomcat(_, let sessions) = try DecodedInput(try input.expand(), now: 0) else {
            Issue.record("no session")
            return
        }
        #expect(sessions[0].findings.first?.message == "the session claims -1 attributes at byte 245")
    }

    private func check(_ input: BadInput, _ result: Result) {
        switch input.expectation {
        case .accept: #expect(result.problem == nil, "\(input.id): \(input.reason)")
        case .reject:
            // A whole stream of good values, whose count of attributes only a session's reader knows to be wrong:
            // see `namesTheByteOfACountOfAttributesBelowZero`. And a header alone is a stream of nothing, which only who wants a value refuses.
            guard input.id != "java-session-count-neg", input.id != "java-trunc-004" else { break }
            #expect(result.problem != nil, "\(input.id): \(input.reason)")
            #expect((result.problem?.offset ?? 0) <= input.length, "\(input.id)")
        case .either: break
        case .bounded:
            if case .limit? = result.problem?.problem { break }
            #expect(result.problem == nil, "\(input.id): \(input.reason)")
        }
        if input.flags.contains("escape-output") { #expect(result.escapesAll, "\(input.id)") }
        if input.flags.contains("suspect-class") { #expect(result.suspect, "\(input.id)") }
    }
}
