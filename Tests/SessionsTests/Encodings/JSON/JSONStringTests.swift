import Sessions
import Testing

/// Strings, with the surrogates that Unicode text may not hold.
struct JSONStringTests {
    private func read(_ text: String) throws -> JSONString {
        try #require(try JSONReader.read(Array(text.utf8)).root.string)
    }

    private func written(_ string: JSONString) -> String {
        var writer = JSONWriter()
        writer.string(string)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    @Test(arguments: [
        (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{c}\n\r\t"),
        (#""\u0041\u00e9\u20ac\ud83d\ude00""#, "Aé€😀"),
        (#""\u0000""#, "\0"),
        (#""\\u0041""#, #"\u0041"#),
        ("\"é€😀\"", "é€😀"),
    ])
    func undoesEscapes(_ text: String, _ meaning: String) throws {
        #expect(try read(text).text == meaning)
    }

    @Test(arguments: [
        (#""\ud83d""#, [0xed, 0xa0, 0xbd]),
        (#""\ude00""#, [0xed, 0xb8, 0x80]),
        (#""a\uDE00\uD83Db""#, [0x61, 0xed, 0xb8, 0x80, 0xed, 0xa0, 0xbd, 0x62]),
        (#""\ud83d\ud83d\ude00""#, [0xed, 0xa0, 0xbd, 0xf0, 0x9f, 0x98, 0x80]),
        (#""\ud83d\n""#, [0xed, 0xa0, 0xbd, 0x0a]),
        (#""\ud83d\u0041""#, [0xed, 0xa0, 0xbd, 0x41]),
    ])
    func keepsUnpairedSurrogates(_ text: String, _ bytes: [UInt8]) throws {
        let string = try read(text)
        #expect(string.bytes == bytes)
        #expect(string.text == nil)
        #expect(try read(written(string)) == string)
    }

    @Test func takesUTF16Units() {
        #expect(JSONString(utf16: "aé😀".utf16).text == "aé😀")
        #expect(JSONString(utf16: [0xd83d]).bytes == [0xed, 0xa0, 0xbd])
        #expect(written(JSONString(utf16: [0xd83d, 0xd83d, 0xde00, 0xde00])) == #""\ud83d😀\ude00""#)
        #expect(JSONString(utf16: []).text == "")
    }

    @Test func showsReplacementsForMessagesOnly() throws {
        #expect(try read(#""a\ud83db""#).lossyText == "a\u{fffd}b")
    }

    @Test func escapesWhatDrivesATerminal() {
        #expect(written(JSONString("\u{1b}]0;x\u{7}")) == #""\u001b]0;x\u0007""#)
        #expect(written(JSONString("\u{7f}\u{9b}31m")) == #""\u007f\u009b31m""#)
        #expect(written(JSONString("a\u{202e}b\u{2066}\u{200b}\u{feff}")) == #""a\u202eb\u2066\u200b\ufeff""#)
        #expect(written(JSONString("a\u{3164}\u{34f}❤\u{fe0f}")) == "\"a\\u3164\\u034f❤\u{fe0f}\"")
        #expect(written(JSONString("\u{2028}\u{2029}")) == #""\u2028\u2029""#)
        #expect(written(JSONString("\u{e0041}")) == #""\udb40\udc41""#)
        #expect(written(JSONString("\"\\/\n\r\t\u{8}\u{c}")) == #""\"\\/\n\r\t\b\f""#)
        #expect(written(JSONString("é漢字😀")) == "\"é漢字😀\"")
    }

    @Test func everyCharacterComesBack() throws {
        for start in stride(from: UInt32(0), through: 0x10ffff, by: 0x1000) {
            let scalars = (start..<start + 0x1000).compactMap(Unicode.Scalar.init)
            var text = String.UnicodeScalarView()
            text.append(contentsOf: scalars)
            let string = JSONString(String(text))
            #expect(try read(written(string)) == string)
        }
    }

    @Test func everyUTF16UnitComesBack() throws {
        for unit in UInt16.min...UInt16.max {
            let string = JSONString(utf16: [0x61, unit])
            let output = written(string)
            guard try read(output) == string else {
                Issue.record("unit \(unit) does not come back")
                return
            }
        }
    }
}
