import Sessions
import Testing
import TestSupport

/// RFC 4648, §10 and the strictness of §3.
struct Base64Tests {
    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"),
    ])
    func matchesTheExamplesOfTheRFC(_ plain: String, _ coded: String) throws {
        #expect(Base64.encode(Array(plain.utf8)) == coded)
        #expect(try Base64.decode(coded.utf8) == Array(plain.utf8))
        let bare = coded.filter { $0 != "=" }
        #expect(Base64.encode(Array(plain.utf8), .url) == bare)
        #expect(try Base64.decode(bare.utf8, .url) == Array(plain.utf8))
    }

    @Test func usesTheTwoAlphabets() throws {
        #expect(Base64.encode([0xfb, 0xff, 0xbf]) == "+/+/")
        #expect(Base64.encode([0xfb, 0xff, 0xbf], .url) == "-_-_")
        #expect(try Base64.decode("-_-_".utf8, .url) == [0xfb, 0xff, 0xbf])
    }

    static let refused: [(text: String, alphabet: Base64.Alphabet, offset: Int, problem: EncodingProblem)] = [
        ("Z", .standard, 1, .base64Length),
        ("Zm9vY", .url, 5, .base64Length),
        ("Zg", .standard, 2, .base64Padding),
        ("Zg=", .standard, 3, .base64Padding),
        ("Zg===", .standard, 4, .base64Padding),
        ("Zm9v=", .standard, 4, .base64Padding),
        ("=", .standard, 0, .base64Padding),
        ("Z=g=", .standard, 1, .base64Padding),
        ("Zg==Zg==", .standard, 4, .base64Padding),
        ("Zg==", .url, 2, .base64Padding),
        ("Zh==", .standard, 1, .base64UnusedBits),
        ("Zm9vYmF", .url, 6, .base64UnusedBits),
        ("Zm-v", .standard, 2, .notBase64(0x2d)),
        ("Zm+v", .url, 2, .notBase64(0x2b)),
        ("Zm/v", .url, 2, .notBase64(0x2f)),
        ("Zm 9v", .standard, 2, .notBase64(0x20)),
        ("Zm9v\n", .url, 4, .notBase64(0x0a)),
        ("Zé==", .standard, 1, .notBase64(0xc3)),
        ("\0m9v", .standard, 0, .notBase64(0)),
    ]

    @Test(arguments: refused.indices)
    func refuses(_ index: Int) {
        let (text, alphabet, offset, problem) = Self.refused[index]
        #expect(throws: SessionError(.encoding(problem), offset: offset), "\(text)") {
            try Base64.decode(text.utf8, alphabet)
        }
    }

    @Test func passesOverSpaceWhereAsked() throws {
        #expect(try Base64.decode(" Zm9v\r\nYg\t=\n=".utf8, skippingSpace: true) == Array("foob".utf8))
    }

    @Test func anyBytesComeBack() throws {
        var random = SeededRandom(for: "Base64 of random bytes")
        for length in 0..<300 {
            let bytes = (0..<length).map { _ in UInt8.random(in: .min ... .max, using: &random) }
            for alphabet in [Base64.Alphabet.standard, .url] {
                #expect(try Base64.decode(Base64.encode(bytes, alphabet).utf8, alphabet) == bytes)
            }
        }
    }
}
