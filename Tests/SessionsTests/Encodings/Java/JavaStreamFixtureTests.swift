import JavaSerialization
import Sessions
import TestSupport
import Testing

/// Every stream of the fixtures comes out as the software that wrote it says.
struct JavaStreamFixtureTests {
    /// The streams that only their class could explain.
    private static let opaque = ["custom-write-no-default", "externalizable-protocol-1"]

    private func typed(_ fixture: JavaStreamFixture) throws -> TestJSON {
        var writer = JSONWriter()
        try TypedJSON.writeStream(try JavaGraph(fixture.bytes), to: &writer)
        return try TestJSON(reading: writer.bytes)
    }

    @Test func everyStreamEqualsItsGroundTruth() throws {
        var (streams, nodes) = (0, 0)
        for fixture in try JavaStreamFixture.all() where !Self.opaque.contains(fixture.name) {
            let outcome = GroundTruth.compareTyped(
                expected: try fixture.contents(), actual: try typed(fixture).required("contents"))
            #expect(outcome.differences == [], "\(fixture.name)")
            streams += 1
            nodes += outcome.compared
        }
        #expect(streams == 71)
        #expect(nodes == 4951)
    }

    @Test func everyStreamHasTheTagsAndHandlesOfItsGroundTruth() throws {
        var (streams, tags) = (0, 0)
        for fixture in try JavaStreamFixture.all() where !Self.opaque.contains(fixture.name) {
            let graph = try JavaGraph(fixture.bytes)
            let expected = try fixture.truth.required("tags")
            for (name, count) in zip(expected.names, expected.members ?? []) {
                #expect(graph.tagCounts[name].map(Int64.init) == count.value.integer, "\(fixture.name) \(name)")
                tags += 1
            }
            #expect(graph.tagCounts.count == expected.names.count, "\(fixture.name)")
            #expect(Int64(graph.handleCount) == (try fixture.truth.required("handles").requiredInteger()))
            streams += 1
        }
        #expect(streams == 71)
        #expect(tags == 411)
    }

    @Test func streamsThatOnlyTheirClassExplainsAreKeptWholeWithTheReason() throws {
        let reasons = [
            "custom-write-no-default":
                "only class demo.streams.NoDefault knows its data: its writeObject method does not write the declared fields",
            "externalizable-protocol-1":
                "only class demo.streams.Ext knows where its external data ends (stream protocol 1)",
        ]
        #expect(reasons.keys.sorted() == Self.opaque)
        for (name, reason) in reasons {
            let fixture = try JavaStreamFixture(name)
            #expect(fixture.truth["needsClassKnowledge"]?.string != nil)
            // Where protocol 1 does not say how far the data goes, nothing behind it can be read.
            let (followers, rest) = name == "custom-write-no-default" ? (1, "t\0\u{05}after".utf8.count) : (0, 0)
            let contents = try typed(fixture).required("contents").requiredItems(count: 1 + followers)
            let value = try contents[0].required("object")
            #expect(value["reason"]?.string == reason)
            #expect(try value.required("opaque").requiredBase64() == Array(fixture.bytes.dropFirst(4).dropLast(rest)))
            #expect(value["bytes"]?.items?.map(\.integer) == [4, Int64(fixture.bytes.count - 4 - rest)])
            if followers > 0 { #expect(try contents[1].required("object")["value"]?.string == "after") }
        }
    }

    @Test func showsTheFieldsThatTheClassItselfDoesNotHave() throws {
        let fixture = try JavaStreamFixture("put-fields")
        let object = try typed(fixture).required("contents").requiredItems(count: 1)[0].required("object")
        let fields = try object.required("classes").requiredItems(count: 1)[0].required("fields")
        #expect(fields.names == ["oldCount", "list", "oldName"])
        #expect(fields["oldCount"]?["class"]?.string == "long")
        #expect(fields["oldName"]?["class"]?.string == "java.lang.String")
        #expect(fields["list"]?["class"]?.string == "java.util.ArrayList")
    }

    @Test func holdsTheWholeStream() throws {
        let fixture = try JavaStreamFixture("session-like")
        #expect(try typed(fixture).required("stream").requiredBase64() == fixture.bytes)
    }
}
