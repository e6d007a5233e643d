import Testing
import TestSupport

struct TestJSONTests {
    @Test func keepsNumbersAsWrittenAndLoneSurrogates() throws {
        let json = try TestJSON(reading: #" {"n": -1.50e+3, "s": "\ud83d\u0000\"", "n": []} "#)
        #expect(json["n"]?.number == "-1.50e+3")
        #expect(json["s"]?.units == [0xd83d, 0, 0x22])
        #expect(json["s"]?.string == nil)
        #expect(json.members?.count == 3)
    }

    @Test(arguments: [
        "", "[", "{", "[1,]", "{\"a\":1,}", "{\"a\"}", "{1:2}", "01", "1.", "-", "+1", "1e", "nul", "[1 2]", "1 2", "]",
        "\"a", "\"\u{1}\"", #""\x""#, #""\u12""#, #""\u+123""#, "[1}", "{\"a\":1]", "'a'",
    ])
    func rejectsWhatIsNoJSON(_ text: String) {
        #expect(throws: TestJSONError.self) { try TestJSON(reading: text) }
    }

    @Test func rejectsStringsThatAreNoUTF8() {
        #expect(throws: TestJSONError.self) { try TestJSON(reading: [0x22, 0xed, 0xa0, 0x80, 0x22]) }
    }

    @Test func readsEmptyContainersAnywhere() throws {
        let json = try TestJSON(reading: #"[[], {}, [[]], {"a": {}, "b": []}, 1]"#)
        #expect(json.items?.count == 5)
        #expect(json.items?[3]["b"]?.items?.isEmpty == true)
    }
}
