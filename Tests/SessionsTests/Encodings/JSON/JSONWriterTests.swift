import Sessions
import Testing

/// Output piece by piece.
struct JSONWriterTests {
    private func text(_ layout: JSONWriter.Layout = .compact, _ write: (inout JSONWriter) -> Void) -> String {
        var writer = JSONWriter(layout: layout)
        write(&writer)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    private func sample(_ writer: inout JSONWriter) {
        writer.beginObject()
        writer.name("id")
        writer.string("a1")
        writer.name("times")
        writer.beginArray()
        writer.integer(1)
        writer.null()
        writer.endArray()
        writer.name("none")
        writer.beginObject()
        writer.endObject()
        writer.name("empty")
        writer.beginArray()
        writer.endArray()
        writer.endObject()
    }

    @Test func writesCompact() {
        #expect(text { sample(&$0) } == #"{"id":"a1","times":[1,null],"none":{},"empty":[]}"#)
    }

    @Test func writesIndented() {
        let expected = """
            {
              "id": "a1",
              "times": [
                1,
                null
              ],
              "none": {},
              "empty": []
            }
            """
        #expect(text(.indented) { sample(&$0) } == expected)
    }

    @Test func writesLinesAndHandsThemOver() {
        var writer = JSONWriter()
        writer.bool(true)
        writer.endLine()
        #expect(writer.takeBytes() == Array("true\n".utf8))
        #expect(writer.bytes.isEmpty)
        writer.beginArray()
        #expect(writer.takeBytes() == Array("[".utf8))
        writer.integer(1)
        writer.integer(2)
        writer.endArray()
        writer.endLine()
        #expect(writer.takeBytes() == Array("1,2]\n".utf8))
    }

    @Test func writesBytesThatAreNoTextAsBase64() throws {
        #expect(text { $0.string(bytes: Array("é".utf8)) } == "\"é\"")
        #expect(text { $0.string(bytes: [0xac, 0xed, 0x00, 0x05]) } == #"{"$base64":"rO0ABQ=="}"#)
        #expect(text { $0.string(bytes: [0xed, 0xa0, 0x80]) } == #"{"$base64":"7aCA"}"#)
        #expect(text { $0.base64([]) } == #"{"$base64":""}"#)
    }

    @Test func writesNamesThatAreNoTextSoThatTheyCanBeTold() {
        func name(_ bytes: [UInt8]) -> String {
            text {
                $0.beginObject()
                $0.name(bytes: bytes)
                $0.null()
                $0.endObject()
            }
        }
        #expect(name(Array("user".utf8)) == #"{"user":null}"#)
        #expect(name([0xff]) == #"{"$base64:/w==":null}"#)
        #expect(name(Array("$base64:x".utf8)) == #"{"$base64:JGJhc2U2NDp4":null}"#)
        #expect(name(Array("$base64".utf8)) == #"{"$base64":null}"#)
        #expect(name([]) == #"{"":null}"#)
    }

    @Test func writesTimes() {
        #expect(text { $0.time(milliseconds: 1_767_225_600_000) } == #""2026-01-01T00:00:00.000Z""#)
        #expect(text { $0.time(milliseconds: nil) } == "null")
    }

    @Test func writesNumbersAsTheyAre() {
        let digits = "123456789012345678901234567890.10"
        #expect(JSONNumber(digits).map { number in text { $0.number(number) } } == digits)
        #expect(text { $0.integer(UInt64.max) } == "18446744073709551615")
        #expect(text { $0.integer(Int64.min) } == "-9223372036854775808")
    }

    @Test func impossibleOrderTraps() async {
        await #expect(processExitsWith: .failure) {
            var writer = JSONWriter()
            writer.beginObject()
            writer.null()
        }
        await #expect(processExitsWith: .failure) {
            var writer = JSONWriter()
            writer.endArray()
        }
        await #expect(processExitsWith: .failure) {
            var writer = JSONWriter()
            writer.null()
            writer.null()
        }
    }
}
