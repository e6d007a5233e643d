import Testing

@testable import Sessions

/// An id in the forms in which somebody could take it over.
struct IDTracesTests {
    private static let id = #"bbbbbbbb-1111-4222-8333-4444"4444\4444"#

    @Test(arguments: [
        id, "before " + id + " after", #"bbbbbbbb-1111-4222-8333-4444\"4444\\4444"#,
        Base64.encode(Array(id.utf8)), "x" + Base64.encode(Array(id.utf8), .url),
        Base64.encode(Array(("a" + id + "b").utf8)),
        Base64.encode(Array(("ab" + id + "bc").utf8)), Base64.encode(Array(("abc" + id + "b").utf8), .url),
    ]) func isFoundInEachForm(_ text: String) {
        #expect(IDTraces(of: [Array(Self.id.utf8)]).stand(in: Array(text.utf8)))
    }

    @Test func anotherIDAndAShortOneAreNone() {
        let traces = IDTraces(of: [Array(Self.id.utf8), Array("short".utf8)])
        for text in ["short", "bbbbbbbb-1111-4222-8333-4445", Base64.encode(Array("another id of many bytes".utf8))] {
            #expect(!traces.stand(in: Array(text.utf8)), "\(text)")
        }
    }
}
