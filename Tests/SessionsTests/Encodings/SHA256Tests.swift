import TestSupport
import Testing

@testable import Sessions

struct SHA256Tests {
    /// FIPS 180-4, the examples of NIST.
    @Test(
        arguments: [
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
            ),
        ])
    func digestsTheExamples(_ text: String, _ digest: String) {
        #expect(Sessions.SHA256.hexadecimal(of: Array(text.utf8)) == Array(digest.utf8))
    }

    /// Every length around the ends of blocks, against another implementation.
    @Test func digestsEveryLength() {
        for length in 0..<200 {
            let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ length) }
            let digest = TestSupport.SHA256.hex(bytes)
            #expect(Sessions.SHA256.hexadecimal(of: bytes) == Array(digest.utf8), "\(length)")
        }
    }
}
