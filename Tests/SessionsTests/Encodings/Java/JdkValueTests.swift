import JavaSerialization
import Sessions
import TestSupport
import Testing

/// Values of the platform's classes, as two JDKs wrote them, come out as those JDKs say.
struct JdkValueTests {
    @Test(arguments: [("jdk-17", 19, 2322), ("jdk-25", 6, 3799)])
    func everyFamilyEqualsWhatTheJVMSays(folder: String, families: Int, nodes: Int) throws {
        var (seen, compared) = (0, 0)
        for name in try Fixtures.names(in: "jdk-values/" + folder) where name.hasSuffix(".ser") {
            let path = "jdk-values/\(folder)/\(name.dropLast(4))"
            var writer = JSONWriter()
            try TypedJSON.writeStream(try JavaGraph(try Fixtures.bytes(path + ".ser")), to: &writer)
            let outcome = GroundTruth.compareTyped(
                expected: try Fixtures.json(path + ".json").required("contents"),
                actual: try TestJSON(reading: writer.bytes).required("contents"))
            #expect(outcome.differences == [], "\(path)")
            seen += 1
            compared += outcome.compared
        }
        #expect(seen == families)
        #expect(compared == nodes)
    }
}
