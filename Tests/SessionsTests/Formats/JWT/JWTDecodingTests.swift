import Sessions
import Testing

/// Taking tokens apart.
struct JWTDecodingTests {
    /// RFC 7515 appendix A.1: white space in the header, a claim named by a URL.
    static let rfc7515 =
        "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9"
        + ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
        + ".dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
    /// RFC 7519 §6.1: an unsecured token.
    static let rfc7519 =
        "eyJhbGciOiJub25lIn0"
        + ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ."
    /// RFC 8037 appendix A.4: a signed text that is no token.
    static let rfc8037 =
        "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc"
        + ".hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg"
    /// RFC 7516 appendix A.1: an encrypted text, with its header and authentication tag.
    static let rfc7516 =
        "eyJhbGciOiJSU0EtT0FFUCIsImVuYyI6IkEyNTZHQ00ifQ.OKOawDo13gRp2ojaHV7LFpZcgV7T6DVZKTyKOMTYUmKoTCVJRgckCL9kiMT03"
        + "JGe.48V1_ALb6US04U3b.5eym8TW_c8SuK0ltJ3rpYIzOeDQz7TALvtu6UG9oMo4vpzs9tX_EFShS8iB7j6jiSdiwkIr3ajwQzaBtQD_A"
        + ".XFBoMYUZodetZdvTiFvSkQ"

    private func decode(_ text: String) throws -> JWT { try JWT.decode(Array(text.utf8)) }

    /// A token of a header and claims written as JSON, with 32 bytes for a signature.
    static func token(_ header: String, _ claims: String) -> [UInt8] {
        let parts = [Array(header.utf8), Array(claims.utf8), [UInt8](repeating: 7, count: 32)]
        return Array(parts.map { Base64.encode($0, .url) }.joined(separator: ".").utf8)
    }

    @Test func readsTheSignedExampleOfRFC7515() throws {
        let token = try decode(Self.rfc7515)
        #expect(token.headerMembers.map(\.name.text) == ["typ", "alg"])
        #expect(token.header.root["alg"]?.string?.text == "HS256")
        #expect(token.claimMembers.map(\.name.text) == ["iss", "exp", "http://example.com/is_root"])
        #expect(token.claimMembers.map(\.meaning) == ["issuer", "expires", nil])
        #expect(token.claimMembers[1].date?.text == "2011-03-22T18:43:00.000Z")
        #expect(token.claimMembers[2].value.bool == true)
        #expect(token.signature.count == 32)
        #expect(token.signature.prefix(4).elementsEqual([116, 24, 223, 180]))
        #expect(!token.isEncrypted && token.malformation == nil)
    }

    @Test func readsTheUnsecuredExampleOfRFC7519() throws {
        let token = try decode(Self.rfc7519)
        #expect(token.signature.isEmpty)
        #expect(token.claims?.count == 3)
    }

    @Test func keepsAPayloadThatIsNoJSON() throws {
        let token = try decode(Self.rfc8037)
        #expect(token.claims == nil)
        let reason = SessionError(.json(.unexpected(0x45, expected: .value)), offset: 0, path: "payload")
        #expect(token.malformation == reason)
        guard case .bytes(let bytes, reason) = token.payload else {
            Issue.record("the payload is not kept")
            return
        }
        #expect(bytes == Array("Example of Ed25519 signing".utf8))
    }

    @Test func leavesAnEncryptedTokenClosed() throws {
        let token = try decode(Self.rfc7516)
        #expect(token.isEncrypted && token.claims == nil && token.malformation == nil)
        #expect(token.headerMembers.map(\.value.string?.text) == ["RSA-OAEP", "A256GCM"])
        #expect(token.signature.count == 16)
        guard case .encrypted(let bytes) = token.payload else {
            Issue.record("the payload is not encrypted")
            return
        }
        #expect(bytes.count == 63)
    }

    @Test func findsATokenInAToken() throws {
        let inner = String(decoding: Self.token(#"{"alg":"HS256"}"#, "{}"), as: UTF8.self)
        let token = try JWT.decode(Self.token(#"{"alg":"HS256","cty":"JWT"}"#, inner))
        guard case .token(let bytes) = token.payload else {
            Issue.record("the inner token is not seen")
            return
        }
        #expect(token.malformation == nil)
        #expect(try JWT.decode(bytes).claims?.count == 0)
    }

    @Test(arguments: [
        (" \(rfc7515)\r\n", true, false, false), ("Bearer \(rfc7515)", false, true, false),
        ("bearer\t\(rfc7515)", false, true, false), ("\"\(rfc7515)\"", false, false, true),
        ("'\(rfc7515)'\n", true, false, true), ("\"BEARER \(rfc7515)\"", false, true, true),
        ("Bearer \"\(rfc7515)\"", false, true, true), (rfc7515, false, false, false),
    ])
    func takesOffWhatStandsAroundIt(_ text: String, _ space: Bool, _ bearer: Bool, _ quotes: Bool) throws {
        let token = try decode(text)
        #expect(token.wrapping.range.count == Self.rfc7515.utf8.count)
        #expect(token.wrapping.hasSpace == space)
        #expect(token.wrapping.hasBearer == bearer)
        #expect(token.wrapping.hasQuotes == quotes)
        let codes = Set(token.findings(now: nil).map(\.code))
        #expect(codes.contains(.surroundingSpace) == space)
        #expect(codes.contains(.bearerPrefix) == bearer)
        #expect(codes.contains(.surroundingQuotes) == quotes)
    }

    static let refused: [(text: String, error: SessionError)] = [
        ("", SessionError(.jwt(.empty), offset: 0)),
        (" \n", SessionError(.jwt(.empty), offset: 2)),
        ("\"\"", SessionError(.jwt(.empty), offset: 1)),
        ("eyJ9", SessionError(.jwt(.partCount(1)), offset: 4)),
        ("e30.e30", SessionError(.jwt(.partCount(2)), offset: 7)),
        ("e30.e30.AA.AA", SessionError(.jwt(.partCount(4)), offset: 13)),
        ("......", SessionError(.jwt(.partCount(7)), offset: 6)),
        ("{\"payload\":\"e30\"}", SessionError(.jwt(.jsonSerialization), offset: 0)),
        ("..", SessionError(.json(.unexpectedEnd(expected: .value)), offset: 0, path: "header")),
        ("e30.e30.AA==", SessionError(.encoding(.base64Padding), offset: 10)),
        (" e30.e+0.AA", SessionError(.encoding(.notBase64(0x2b)), offset: 6)),
        ("e30.e30.A", SessionError(.encoding(.base64Length), offset: 9)),
        ("e30.e30.AB", SessionError(.encoding(.base64UnusedBits), offset: 9)),
        ("e30.e3 0.AA", SessionError(.encoding(.notBase64(0x20)), offset: 6)),
        ("W10.e30.AA", SessionError(.jwt(.headerIsNoObject), offset: 0, path: "header")),
        ("e319.e30.AA", SessionError(.json(.unexpected(0x7d, expected: .end)), offset: 2, path: "header")),
        ("Bearer", SessionError(.jwt(.partCount(1)), offset: 6)),
    ]

    @Test(arguments: refused.indices)
    func refusesWithPlaceAndReason(_ index: Int) {
        let (text, error) = Self.refused[index]
        #expect(throws: error, "\(text)") { try JWT.decode(Array(text.utf8)) }
    }

    @Test func everyCutOfATokenIsDecodedOrRefused() {
        let bytes = Array(Self.rfc7515.utf8)
        for length in 0..<bytes.count {
            do {
                let token = try JWT.decode(Array(bytes[..<length]))
                // Only the signature can be shorter without being noticed here; its length is a finding.
                #expect(token.findings(now: nil).contains { $0.part == .signature })
            } catch {
                #expect(error.offset <= length)
            }
        }
    }

    @Test func descriptionHoldsNoContent() throws {
        #expect("\(try decode(Self.rfc7515))" == "JWT of 179 bytes")
    }
}
