import Sessions
import Testing

/// Telling tokens from other values at a glance.
struct JWTRecognisingTests {
    private static let good = JWTDecodingTests.rfc7515

    @Test(arguments: [
        good, JWTDecodingTests.rfc7516, JWTDecodingTests.rfc7519, JWTDecodingTests.rfc8037, "\"\(good)\"", "\(good)\n",
        "Bearer \(good)", "eyAidHlwIiA6ICJKV1QiLA0KICJhbGciIDogIkhTMjU2IiB9.e30.AA",
        "ewogICJhbGciOiAiSFMyNTYiCn0.e30.AA",
    ])
    func knowsTokens(_ text: String) {
        #expect(JWT.looksLikeToken(Array(text.utf8)))
    }

    @Test(arguments: [
        "", "null", "1", "a.b.c", "1.2.3", "www.example.com", "eyJ", "eyJhbGciOiJIUzI1NiJ9", "eyJhbGciOiJIUzI1NiJ9.e30",
        "\(good).x", "\(good)=", "\(good) x", "{\"alg\":\"HS256\"}", "W10.e30.AA", "IkhTMjU2Ig.e30.AA",
        "0123456789ABCDEF0123456789ABCDEF.node1", "f81d4fae-7dec-11d0-a765-00a0c91e6bf6", "é.é.é",
    ])
    func leavesOtherValuesAlone(_ text: String) {
        #expect(!JWT.looksLikeToken(Array(text.utf8)))
    }

    @Test func leavesJavaStreamsAlone() {
        #expect(!JWT.looksLikeToken([0xac, 0xed, 0x00, 0x05, 0x74, 0x00, 0x00]))
    }

    @Test func knowsTheBeginningOfAToken() {
        let bytes = Array(Self.good.utf8)
        for length in 4...bytes.count { #expect(JWT.looksLikeToken(Array(bytes[..<length]), isPrefix: true)) }
        for length in 0..<4 { #expect(!JWT.looksLikeToken(Array(bytes[..<length]), isPrefix: true)) }
        #expect(JWT.looksLikeToken(Array("\"\(Self.good.prefix(100))".utf8), isPrefix: true))
        #expect(!JWT.looksLikeToken(Array("\(Self.good) and more".utf8), isPrefix: true))
    }

    @Test func agreesWithDecodingOnGoodTokens() throws {
        for text in [Self.good, JWTDecodingTests.rfc7516, JWTDecodingTests.rfc7519] {
            #expect(JWT.looksLikeToken(Array(text.utf8)))
            #expect(try JWT.decode(Array(text.utf8)).malformation == nil)
        }
    }
}
