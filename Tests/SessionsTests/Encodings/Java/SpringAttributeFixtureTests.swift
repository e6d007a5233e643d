import JavaSerialization
import Sessions
import TestSupport
import Testing

/// Every attribute that Spring Session stored as a Java stream comes out as Spring Session says.
struct SpringAttributeFixtureTests {
    /// The attribute whose class writes other data than its fields, which no reader without the class can tell.
    private static let opaque = "raw"

    @Test(arguments: [
        ("spring-session-1.2.1", "expected", 442, 6196), ("spring-session-1.2.1", "expected-namespace", 52, 335),
        ("spring-session-1.2.1", "big-expected", 6, 33), ("spring-session-2.7.4-indexed", "expected", 61, 210),
        ("spring-session-2.7.4-simple", "expected", 38, 141), ("spring-session-3.5.7-indexed", "expected", 68, 1434),
        ("spring-session-3.5.7-indexed-zset", "expected", 42, 1544),
        ("spring-session-3.5.7-simple", "expected", 35, 1162),
    ])
    func everyAttributeEqualsItsGroundTruth(store: String, list: String, attributes: Int, nodes: Int) throws {
        let store = FixtureStore(store)
        let sessions = try Dictionary(
            store.expectedSessions(list).map { (try $0.required("id").requiredString(), $0) }
        ) { $1 }
        var (seen, compared) = (0, 0)
        for record in try store.records(list.hasPrefix("big-") ? .big : .main) {
            let id = String(decoding: record.key, as: UTF8.self).split(separator: ":").last.map(String.init)
            guard case .hash(let fields) = record.content, let session = sessions[id ?? ""],
                let expected = session["attributes"]
            else { continue }
            for field in fields where field.name.starts(with: Array("sessionAttr:".utf8)) && !field.value.isEmpty {
                let name = String(decoding: field.name.dropFirst(12), as: UTF8.self)
                guard name != Self.opaque else { continue }
                var writer = JSONWriter()
                let graph = try JavaGraph(field.value)
                var typed = try TypedJSON(of: graph, roots: graph.contents)
                try typed.write(graph.content(0), to: &writer)
                let outcome = GroundTruth.compareTyped(
                    expected: try expected.required(name), actual: try TestJSON(reading: writer.bytes))
                #expect(outcome.differences == [], "\(session["label"]?.string ?? "") \(name)")
                seen += 1
                compared += outcome.compared
            }
        }
        #expect(seen == attributes)
        #expect(compared == nodes)
    }
}
