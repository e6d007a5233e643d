import Sessions
import Testing

/// Bytes as pairs of digits.
struct HexadecimalTests {
    @Test func everyByteComesBack() throws {
        let bytes = Array(UInt8.min...UInt8.max)
        let text = Hexadecimal.encode(bytes)
        #expect(text.hasPrefix("000102") && text.hasSuffix("fdfeff"))
        #expect(try Hexadecimal.decode(text.utf8) == bytes)
        #expect(try Hexadecimal.decode(text.uppercased().utf8) == bytes)
    }

    @Test func passesOverSpaceBetweenBytes() throws {
        #expect(try Hexadecimal.decode(" ac ed\n00\t05\r\n".utf8) == [0xac, 0xed, 0x00, 0x05])
        #expect(try Hexadecimal.decode("".utf8) == [])
    }

    @Test(
        arguments: [
            ("a", 0, .oddHexadecimal), ("abc", 2, .oddHexadecimal), ("a b", 0, .oddHexadecimal),
            ("ag", 1, .notHexadecimal(0x67)), ("0x41", 1, .notHexadecimal(0x78)), ("é", 0, .notHexadecimal(0xc3)),
            ("ab:cd", 2, .notHexadecimal(0x3a)),
        ] as [(String, Int, EncodingProblem)])
    func refuses(_ text: String, _ offset: Int, _ problem: EncodingProblem) {
        #expect(throws: SessionError(.encoding(problem), offset: offset)) { try Hexadecimal.decode(text.utf8) }
    }
}
