import Sessions
import Testing

/// Which values are masked until somebody asks for them.
struct SecretPolicyTests {
    @Test(arguments: [
        "password", "userPassword", "PASSWORD_HASH", "pwd", "dbPwd", "clientSecret", "accessToken", "tokenValue",
        "csrf",
        "org.example.CSRF_TOKEN", "credentials", "apiKey", "JSESSIONID", "cookies", "otp", "pin",
        "password.hash", "user.password.value", "db.credentials.0", "Token.value", "com.acme.LoginForm.password.hash",
    ])
    func masksByName(_ name: String) {
        #expect(SecretPolicy.isSecret(name: name))
    }

    @Test(arguments: [
        "user", "theme", "hotpink", "credentialsNonExpired", "tokenType", "laptop", "opinion", "cart.items", "",
        "shopping", "token.type", "org.example.tokens.CartFilter.CART", "com.acme.TokenStore.size", "user.name", ".",
        "..a",
    ])
    func showsOtherNames(_ name: String) {
        #expect(!SecretPolicy.isSecret(name: name))
    }

    @Test(arguments: [
        "Bearer abc", "-----BEGIN PRIVATE KEY-----", "$2a$10$abcdefghijklmnopqrstuv", "AKIAIOSFODNN7EXAMPLE",
        "ghp_abcdef",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9.c2ln",
    ])
    func masksByText(_ text: String) {
        #expect(SecretPolicy.isSecret(text: text))
    }

    @Test(arguments: ["alice", "", "eyJ", "Basically", "$5", "2026-11-23"])
    func showsOtherText(_ text: String) {
        #expect(!SecretPolicy.isSecret(text: text))
    }
}
