import Sessions
import Testing

@testable import Commands

/// Typed JSON of values that are no Java streams says what they were.
struct TypedEncodingTests {
    private func json(_ value: AttributeValue, name: String = "a", typed: Bool = true, reveal: Bool = false) -> String {
        var rendering = ValueRendering(reveal: reveal, now: 0, isInterrupted: { false })
        rendering.typed = typed
        var writer = JSONWriter()
        AttributeJSON(rendering).write(SessionAttribute(name: Array(name.utf8), value: value), to: &writer)
        return String(decoding: writer.takeBytes(), as: UTF8.self)
    }

    private static let token = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbGljZSJ9."

    @Test(
        arguments: [
            ("plain text", "\"plain text\"", #"{"encoding":"text","value":"plain text"}"#),
            (
                #"{"@class":"a.B","c":1.50}"#, #"{"@class":"a.B","c":1.50}"#,
                #"{"encoding":"json","class":"a.B","value":{"@class":"a.B","c":1.50}}"#
            ),
            ("42", "42", #"{"encoding":"json","value":42}"#),
            ("\u{1}", #""\u0001""#, #"{"encoding":"text","value":"\u0001"}"#),
            (token, #""••••""#, #"{"encoding":"jwt","value":"••••","masked":true}"#),
        ])
    func textIsTold(_ stored: String, _ plain: String, _ typed: String) {
        #expect(json(.stored(Array(stored.utf8)), typed: false) == plain)
        #expect(json(.stored(Array(stored.utf8))) == typed)
    }

    @Test func bytesAreTold() {
        #expect(json(.stored([0xFF])) == #"{"encoding":"bytes","value":{"$base64":"/w=="}}"#)
        #expect(json(.stored([0xFF]), typed: false) == #"{"$base64":"/w=="}"#)
        let kept = AttributeValue.opaque([0xFF], reason: "its codec is not known")
        #expect(
            json(kept) == #"{"encoding":"undecodable","reason":"its codec is not known","value":{"$base64":"/w=="}}"#)
        #expect(json(.stored([0xAC, 0xED, 0, 5])).hasPrefix(#"{"encoding":"undecodable","reason":"#))
    }

    @Test func whatIsMaskedSaysSo() {
        #expect(
            json(.stored(Array("geheim".utf8)), name: "password")
                == #"{"encoding":"text","value":"••••","masked":true}"#)
        #expect(
            json(.stored([0xFF]), name: "password") == #"{"encoding":"bytes","value":"••••","masked":true}"#)
        #expect(
            json(.stored(Array("geheim".utf8)), name: "password", reveal: true)
                == #"{"encoding":"text","value":"geheim"}"#)
        let token = json(.stored(Array(Self.token.utf8)), reveal: true)
        #expect(token.hasPrefix(#"{"encoding":"jwt","value":{"#) && !token.contains("masked"))
    }

    /// Java's own values have a class and no encoding.
    @Test func javaNeedsNoName() {
        #expect(json(.stored(JavaBytes.string("x"))).hasPrefix(#"{"class":"java.lang.String","value":"x""#))
    }
}
