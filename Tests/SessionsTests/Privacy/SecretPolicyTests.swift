import Sessions
import Testing

struct SecretPolicyTests {
    @Test(arguments: [
        "password", "userPassword", "PASSWD", "api_key", "api-key", "csrfToken", "JSESSIONID", "otp", "OTP",
        "com.acme.secret",
        "a.b.password.", "private key", "x.Authorization", "clientSecret2", "to\u{212a}en",
    ])
    func masksNamesOfSecrets(_ name: String) {
        #expect(SecretPolicy.isSecret(name: name))
    }

    @Test(arguments: [
        "", ".", "user", "laptop", "hotpink", "tokenType", "password.hint", "credentialsNonExpired", "passé",
    ])
    func showsOtherNames(_ name: String) {
        #expect(!SecretPolicy.isSecret(name: name))
    }

    @Test(arguments: [
        "Bearer abc", "Basic YTpi", "-----BEGIN PRIVATE KEY-----", "$2a$10$abcdefghijklmnopqrstuv", "$argon2id$v=19$",
        "{bcrypt}$2a$10$", "{noop}x", "$6$salt$hash", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhIn0.c2ln",
    ])
    func masksTextThatLooksSecret(_ text: String) {
        #expect(SecretPolicy.isSecret(text: text))
    }

    @Test(arguments: [
        "", "B", "Bearer", "alice", "$5", "eyJ", "{\"a\":1}", "-----", "basic words", "eyJhbGciOiJIUzI1NiJ9",
    ])
    func showsOtherText(_ text: String) {
        #expect(!SecretPolicy.isSecret(text: text))
    }
}
