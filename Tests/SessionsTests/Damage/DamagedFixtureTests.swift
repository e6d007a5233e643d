import JavaSerialization
import Sessions
import TestSupport
import Testing

/// Every fixture cut and changed: whatever comes of it, it is a value or a reason, in bounded time.
///
/// A trap ends the test run, a hang its time limit, and memory is bounded by what each decoding may write.
@Suite struct DamagedFixtureTests {
    /// Cuts below this length are made at each byte, above at `sampledCuts` seeded places.
    private static let wholeLength = 4096
    private static let sampledCuts = 2000

    /// Decodes `bytes` as `decode` does and writes what comes of it in both forms; says whether it was decoded.
    private func decode(_ bytes: [UInt8]) -> Bool {
        guard let input = try? DecodedInput(bytes, now: 1_800_000_000_000) else { return false }
        switch input {
        case .jwt(let token):
            var writer = JSONWriter()
            token.write(to: &writer, now: 0)
        case .java(let graph), .wrapped(let graph): write(graph)
        case .json(let document):
            var writer = JSONWriter()
            writer.value(document.root)
        case .tomcat(_, let sessions): for session in sessions { write(session) }
        case .memcached(let session): write(session)
        }
        return true
    }

    private func write(_ session: Session) {
        for attribute in session.attributes ?? [] {
            if case .node(let graph, let node) = attribute.value { write(node, of: graph) }
        }
    }

    private func write(_ graph: JavaGraph) {
        var writer = JSONWriter()
        try? TypedJSON.writeStream(graph, includingBytes: false, to: &writer)
        for node in graph.contents { write(node, of: graph) }
    }

    private func write(_ node: JavaNode?, of graph: JavaGraph) {
        var writer = JSONWriter()
        var plain = PlainJSON(of: graph)
        try? plain.write(node, to: &writer)
    }

    private func cuts(of bytes: [UInt8], _ random: inout SeededRandom) -> [Int] {
        if bytes.count <= Self.wholeLength { return Array(0..<bytes.count) }
        let sampled = (0..<Self.sampledCuts).map { _ in Int.random(in: Self.wholeLength..<bytes.count, using: &random) }
        return Array(0..<Self.wholeLength) + sampled
    }

    private func changed(_ bytes: [UInt8], _ random: inout SeededRandom) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...4, using: &random) where !bytes.isEmpty {
            bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
        }
        return bytes
    }

    /// Counts the damaged inputs, and those of them that could still be decoded.
    private func damage(_ fixtures: [[UInt8]], changes: Int, _ purpose: String) -> (inputs: Int, decoded: Int) {
        var random = SeededRandom(for: purpose)
        var inputs = 0
        var decoded = 0
        for bytes in fixtures {
            for cut in cuts(of: bytes, &random) {
                inputs += 1
                if decode(Array(bytes[..<cut])) { decoded += 1 }
            }
            for _ in 0..<changes {
                inputs += 1
                if decode(changed(bytes, &random)) { decoded += 1 }
            }
        }
        return (inputs, decoded)
    }

    @Test(.timeLimit(.minutes(10))) func damagedStreamsAreReadOrRefused() throws {
        let streams = try JavaStreamFixture.all().map(\.bytes)
        #expect(streams.count == 73)
        let result = damage(streams, changes: 200, "damaged streams")
        #expect(result.inputs == 64_354)
        #expect(result.decoded > 0 && result.decoded < result.inputs)
    }

    @Test(.timeLimit(.minutes(10))) func damagedStoredValuesAreReadOrRefused() throws {
        var values: Set<[UInt8]> = []
        for store in try FixtureStore.all() {
            for record in try store.records() {
                switch record.content {
                case .string(let value): values.insert(value)
                case .hash(let fields): for field in fields { values.insert(field.value) }
                default: break
                }
            }
        }
        let ordered = values.sorted { $0.lexicographicallyPrecedes($1) }
        let result = damage(ordered, changes: 40, "damaged values")
        #expect(values.count == 663)
        #expect(result.inputs == 182_733)
        #expect(result.decoded > 0 && result.decoded < result.inputs)
    }
}
