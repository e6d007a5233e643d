import Sessions
import Testing

/// What is wrong with tokens, as far as it shows without a key.
struct JWTFindingTests {
    private static let now: Int64 = 1_767_225_600_000
    private static let header = #"{"alg":"HS256","typ":"JWT"}"#
    private static let claims = #"{"sub":"u1","iat":1767225540,"exp":1767229200}"#

    private func codes(_ header: String = header, _ claims: String = claims) throws -> [JWTFinding.Code] {
        try JWT.decode(JWTDecodingTests.token(header, claims)).findings(now: Self.now).map(\.code)
    }

    @Test func aGoodTokenHasNone() throws {
        #expect(try codes() == [])
    }

    @Test(
        arguments: [
            (#"{}"#, [.algorithmMissing]),
            (#"{"ALG":"HS256"}"#, [.algorithmMissing]),
            (#"{"alg":"none"}"#, [.algorithmNone]),
            (#"{"alg":"nOnE"}"#, [.algorithmNone]),
            (#"{"alg":" none"}"#, [.algorithmNone]),
            (#"{"alg":""}"#, [.algorithmUnknown]),
            (#"{"alg":"hs256"}"#, [.algorithmUnknown]),
            (#"{"alg":"dir"}"#, [.algorithmUnknown]),
            (#"{"alg":256}"#, [.wrongType]),
            (#"{"alg":"HS256","alg":"none"}"#, [.duplicateMember, .algorithmNone]),
            (#"{"alg":"HS256","\u0061lg":"HS256"}"#, [.duplicateMember]),
            (#"{"alg":"HS256","typ":5}"#, [.wrongType]),
            (#"{"alg":"HS256","kid":{}}"#, [.wrongType]),
            (#"{"alg":"HS256","kid":"2011-04-29+a/b=="}"#, []),
            (#"{"alg":"HS256","kid":"../../dev/null"}"#, [.suspectKeyID]),
            (#"{"alg":"HS256","kid":"/dev/null"}"#, [.suspectKeyID]),
            (#"{"alg":"HS256","kid":"x' UNION SELECT 'k"}"#, [.suspectKeyID]),
            (#"{"alg":"HS256","kid":"\u001b[2J"}"#, [.suspectKeyID]),
            (#"{"alg":"HS256","jku":"http://127.0.0.1:9/"}"#, [.keyURL]),
            (#"{"alg":"HS256","x5u":"file:///etc/passwd"}"#, [.keyURL]),
            (#"{"alg":"HS256","jwk":{}}"#, [.embeddedKey]),
            (#"{"alg":"HS256","x5c":["MII"]}"#, [.embeddedKey]),
            (#"{"alg":"HS256","crit":["x"],"x":1}"#, [.criticalUnknown]),
            (#"{"alg":"HS256","crit":[]}"#, [.criticalMalformed]),
            (#"{"alg":"HS256","crit":"exp"}"#, [.wrongType]),
            (#"{"alg":"HS256","crit":["alg"]}"#, [.criticalMalformed]),
            (#"{"alg":"HS256","crit":["b64"],"b64":true}"#, []),
            (#"{"alg":"HS256","crit":["b64"]}"#, [.criticalMalformed]),
            (#"{"alg":"HS256","crit":["b64","b64"],"b64":false}"#, [.criticalMalformed, .unencodedPayload]),
            (#"{"alg":"HS256","zip":"DEF"}"#, [.compressed]),
            (#"{"alg":"RS256"}"#, [.signatureLength]),
            (#"{"alg":"ES256"}"#, [.signatureLength]),
            (#"{"alg":"EdDSA"}"#, [.signatureLength]),
            (#"{"alg":"HS512"}"#, [.signatureLength]),
            (#"{"alg":"HS256","x":[1,{"y":null}]}"#, []),
        ] as [(String, [JWTFinding.Code])])
    func inTheHeader(_ header: String, _ expected: [JWTFinding.Code]) throws {
        #expect(try codes(header) == expected)
    }

    @Test(
        arguments: [
            (#"{}"#, [.expiryMissing]),
            (#"[]"#, [.payloadIsNoObject]),
            (#"x"#, [.payloadIsNotJSON]),
            (#"{"exp":1767225600}"#, [.expired]),
            (#"{"exp":1767225600.001}"#, []),
            (#"{"exp":1767225599.999}"#, [.expired]),
            (#"{"exp":-0}"#, [.expired]),
            (#"{"exp":1e-400}"#, [.expired]),
            (#"{"exp":1767225601}"#, []),
            (#"{"exp":"1767225601"}"#, [.wrongType]),
            (#"{"exp":null}"#, [.wrongType]),
            (#"{"exp":1e400}"#, [.timeOutOfRange]),
            (#"{"exp":-9223372036854775809}"#, [.timeOutOfRange, .expired]),
            (#"{"exp":18446744073709551617}"#, [.timeOutOfRange]),
            (#"{"exp":1767225601000}"#, [.looksLikeMilliseconds]),
            (#"{"exp":1767229200,"auth_time":1767225601000}"#, [.looksLikeMilliseconds]),
            (#"{"exp":100000000000}"#, []),
            (#"{"exp":1,"exp":1767229200}"#, [.duplicateMember]),
            (#"{"exp":1767229200,"nbf":1767225601}"#, [.notYetValid]),
            (#"{"exp":1767229200,"nbf":1767225600}"#, []),
            (#"{"exp":1767229200,"nbf":9223372036854775808}"#, [.timeOutOfRange, .expiresBeforeValid, .notYetValid]),
            (#"{"exp":1767229200,"iat":1767225660}"#, []),
            (#"{"exp":1767229200,"iat":1767225661}"#, [.issuedInFuture]),
            (#"{"exp":1767225601,"iat":1767225602}"#, [.expiresBeforeIssued]),
            (#"{"exp":1767229200,"iat":"x"}"#, [.wrongType]),
            (#"{"exp":1767229200,"sub":1}"#, [.wrongType]),
            (#"{"exp":1767229200,"aud":["a","b"]}"#, []),
            (#"{"exp":1767229200,"aud":[["a"]]}"#, [.wrongType]),
            (#"{"exp":1767229200,"aud":1}"#, [.wrongType]),
            (#"{"exp":1767229200,"email_verified":"yes","cnf":[],"amr":"pwd"}"#, [.wrongType, .wrongType, .wrongType]),
            (#"{"exp":1767229200,"\ud800":1,"sub\u0000":2}"#, []),
        ] as [(String, [JWTFinding.Code])])
    func inTheClaims(_ claims: String, _ expected: [JWTFinding.Code]) throws {
        #expect(try codes(Self.header, claims) == expected)
    }

    @Test func withoutAClockNothingIsExpired() throws {
        let token = try JWT.decode(JWTDecodingTests.token(Self.header, #"{"exp":1,"nbf":9e9,"iat":8e9}"#))
        #expect(token.findings(now: nil).map(\.code) == [.expiresBeforeIssued, .expiresBeforeValid])
    }

    @Test(arguments: [Int64.min, -1, 0, .max - 1, .max])
    func anyClockIsSafe(_ now: Int64) throws {
        let claims = #"{"exp":1e400,"nbf":-1e400,"iat":9223372036854775.807}"#
        let codes = try JWT.decode(JWTDecodingTests.token(Self.header, claims)).findings(now: now).map(\.code)
        #expect(codes.contains(.timeOutOfRange))
        #expect(codes.contains(.issuedInFuture) == (now <= 0))
    }

    @Test func saysTheReadingInMilliseconds() throws {
        let token = try JWT.decode(JWTDecodingTests.token(Self.header, #"{"exp":1767225601000}"#))
        let finding = try #require(token.findings(now: Self.now).first)
        #expect(finding.message == "must be seconds; as milliseconds it is 2026-01-01T00:00:01.000Z")
        #expect(finding.name == JSONString("exp"))
        #expect(finding.severity == .warning && finding.part == .payload)
    }

    @Test func unsecuredAndEncryptedExamplesSaySo() throws {
        let unsecured = try JWT.decode(Array(JWTDecodingTests.rfc7519.utf8)).findings(now: Self.now)
        #expect(unsecured.map(\.code) == [.algorithmNone, .expired, .signatureEmpty])
        let encrypted = try JWT.decode(Array(JWTDecodingTests.rfc7516.utf8)).findings(now: Self.now)
        #expect(encrypted.map(\.code) == [.payloadEncrypted])
    }

    @Test func staysShortForManyThousandFaults() throws {
        let names = (0..<40_000).map { #""a\#($0 / 2)":1"# }.joined(separator: ",")
        let token = try JWT.decode(JWTDecodingTests.token(Self.header, "{\(names),\"exp\":1767229200}"))
        let findings = token.findings(now: Self.now)
        #expect(findings.count == 21)
        #expect(findings.last?.message == "and more of the same")
    }

    @Test func codesAreStableNames() {
        let names = Set(JWTFinding.Code.allCases.map(\.rawValue))
        #expect(names.count == JWTFinding.Code.allCases.count)
        #expect(names.allSatisfy { $0.allSatisfy { $0.isLowercase || $0 == "-" } })
    }
}
