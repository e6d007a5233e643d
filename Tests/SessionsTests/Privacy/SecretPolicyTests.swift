import Sessions
import Testing

/// Which values are masked until somebody asks for them.
struct SecretPolicyTests {
    @Test(arguments: [
        "password", "userPassword", "PASSWORD_HASH", "pwd", "dbPwd", "clientSecret", "accessToken", "tokenValue",
        "csrf",
        "org.example.CSRF_TOKEN", "credentials", "apiKey", "JSESSIONID", "cookies", "otp", "pin",
        "password.hash", "user.password.value", "db.credentials.0", "Token.value", "com.acme.LoginForm.password.hash",
        "passwordCountry", "tokenIssuer", "isolatedPassword", "maximumSecret", "DBPassword", "url.password",
        "typeToken", "encryptionKey", "accessKey", "authKey", "sessionKey", "passcode", "pass", "userPass", "totp",
        "ccNumber",
        "creditCard", "AccountKey", "PHPSESSID", "sig", "credit_card", "access-key", "saml2Response", "SAMLResponse",
        "remember-me", "rememberMe", "code_verifier",
        "authCode", "device_code", "serviceTicket", "signingKey", "masterKey", "hmacKey", "aesKey", "xsrf", "_xsrf",
        "cvc", "otpCode", "kennwort", "userPin", "pw", "passHash", "sessid",
    ])
    func masksByName(_ name: String) {
        #expect(SecretPolicy.isSecret(name: name))
    }

    @Test(arguments: [
        "cookieName", "cookiePath", "cookieBanner", "tokenStatus", "tokenBalance", "authorizationStatus",
        "passwordRules", "usesPassword", "cardNumberLast4", "userPinned", "remember", "errorCode", "deviceName", "pwm",
        "response", "state", "code", "ticket",
        "user", "theme", "hotpink", "credentialsNonExpired", "tokenType", "laptop", "opinion", "cart.items", "",
        "shopping", "token.type", "org.example.tokens.CartFilter.CART", "com.acme.TokenStore.size", "user.name", ".",
        "..a", "boardingPass", "passage", "passport", "passenger", "compass", "signature", "mySession", "session",
        "primaryKey",
        "tokenExpiresAt", "token.expires", "access_token_expires_in", "tokenCount", "token_count", "max-tokens",
        "tokenizer", "passwordChangedAt", "password_expires_at", "isPasswordExpired", "hasPassword", "passwordStrength",
        "password.length", "password-policy", "forgotPasswordUrl", "cookieConsent", "secretsEnabled", "secretary",
        "secretly", "auth.token.type", "TOKEN_TTL", "JWTExpiration", "com.acme.LoginForm.passwordStrength",
    ])
    func showsOtherNames(_ name: String) {
        #expect(!SecretPolicy.isSecret(name: name))
    }

    /// What a CSRF token and a cookie say of themselves beside what is secret in them.
    @Test func showsFieldsThatAreKnownToBePublic() {
        #expect(
            SecretPolicy.isPublic(field: "headerName", of: "org.springframework.security.web.csrf.DefaultCsrfToken"))
        #expect(SecretPolicy.isPublic(field: "name", of: "org.springframework.security.web.savedrequest.SavedCookie"))
        #expect(!SecretPolicy.isPublic(field: "token", of: "org.springframework.security.web.csrf.DefaultCsrfToken"))
        #expect(!SecretPolicy.isPublic(field: "value", of: "javax.servlet.http.Cookie"))
        #expect(!SecretPolicy.isPublic(field: "name", of: "demo.Credentials"))
    }

    @Test(arguments: [
        "Bearer abc", "Basic YTpi", "Basic dGVzdA==", "Bearer aB1 x", "$5$salt$hash", "-----BEGIN PRIVATE KEY-----",
        "$2a$10$abcdefghijklmnopqrstuv", "AKIAIOSFODNN7EXAMPLE",
        "ghp_abcdef", "AIzaSyA-invented", "glpat-invented",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9.c2ln",
    ])
    func masksByText(_ text: String) {
        #expect(SecretPolicy.isSecret(text: text))
    }

    @Test(arguments: [
        "Basic plan", "Basic Information", "Bearer of bad news", "$5$ off", "Basic plan 2", "alice", "", "eyJ",
        "Basically", "$5", "2026-11-23",
    ])
    func showsOtherText(_ text: String) {
        #expect(!SecretPolicy.isSecret(text: text))
    }
}
