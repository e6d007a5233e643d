import Sessions
import Testing

/// The token as JSON.
struct JWTOutputTests {
    private func json(_ bytes: [UInt8], now: Int64? = 1_300_000_000_000) throws -> String {
        var writer = JSONWriter()
        try JWT.decode(bytes).write(to: &writer, now: now)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    @Test func showsASignedToken() throws {
        let expected =
            #"{"format":"jwt","serialization":"JWS","header":{"typ":"JWT","alg":"HS256"},"#
            + #""claims":{"iss":"joe","exp":1300819380,"http://example.com/is_root":true},"#
            + #""times":{"exp":"2011-03-22T18:43:00.000Z"},"signature":{"bytes":32,"checked":false},"findings":[]}"#
        #expect(try json(Array(JWTDecodingTests.rfc7515.utf8)) == expected)
    }

    @Test func showsFindings() throws {
        let expected =
            #""findings":[{"code":"expired","severity":"error","part":"payload","name":"exp","#
            + #""message":"expired 2011-03-22T18:43:00.000Z"}]}"#
        #expect(try json(Array(JWTDecodingTests.rfc7515.utf8), now: 1_400_000_000_000).hasSuffix(expected))
    }

    @Test func showsAnEncryptedToken() throws {
        let output = try json(Array(JWTDecodingTests.rfc7516.utf8))
        let expected = #""serialization":"JWE","header":{"alg":"RSA-OAEP","enc":"A256GCM"},"encryptedBytes":63,"#
        #expect(output.contains(expected))
        #expect(!output.contains("claims"))
    }

    @Test func showsAPayloadThatIsNoObject() throws {
        #expect(try json(Array(JWTDecodingTests.rfc8037.utf8)).contains(#""payload":"Example of Ed25519 signing","#))
        #expect(try json(JWTDecodingTests.token("{}", "[1]")).contains(#""payload":[1],"#))
        let bytes = Array("e30._w.AA".utf8)
        #expect(try json(bytes).contains(#""payload":{"$base64":"/w=="},"#))
    }

    @Test func keepsNumbersAndDuplicates() throws {
        let claims = #"{"n":12345678901234567890.10,"n":1e400,"exp":1e400}"#
        let output = try json(JWTDecodingTests.token(#"{"alg":"HS256"}"#, claims))
        #expect(output.contains(#""claims":\#(claims),"times":{"exp":null},"#))
    }
}
