import Sessions
import Testing

/// Secrets inside of text that is none as a whole.
struct MaskedTextTests {
    private static let jwt = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9.c2ln"

    @Test(
        arguments: [
            ("redis://alice:s3cret@db:6379/0", "redis://alice:••••@db:6379/0"),
            ("jdbc:mysql://root:pw@h/db?useSSL=true", "jdbc:mysql://root:••••@h/db?useSSL=true"),
            ("http://:pw@h", "http://:••••@h"),
            ("see http://a:b@h and ftp://c:d@i/x", "see http://a:••••@h and ftp://c:••••@i/x"),
            ("amqp://u:pa/ss@h", "amqp://u:••••@h"), ("https://u:p@s@h/", "https://u:••••@h/"),
            ("https://ghp_abcdef@github.com/x", "https://••••@github.com/x"),
            ("https://h/reset?user=a&token=abc#end", "https://h/reset?user=a&token=••••#end"),
        ])
    func masksPasswordsInURLs(_ text: String, _ shown: String) {
        #expect(SecretPolicy.masked(text) == shown)
        #expect(SecretPolicy.masked("{\"link\": \"\(text)\"}") == "{\"link\": \"••••\"}")
    }

    @Test(arguments: [
        "http://host:8080/x@y", "http://[::1]:80/a@b", "http://alice@host/", "http://host/?q=a", "a:b@c", "://",
        "http://",
        "http://:@h", "", "plain", "user:password@host", "[1, 2, 3]", "{}", "[INFO] it's 12:30",
        "{\"user\": \"alice\"}",
        "{\"password\": null, \"pin\": 1, \"token\": \"\", \"csrf\": true}", "{\"a\": \"password\"}", "{\"password",
    ])
    func showsTheRest(_ text: String) {
        #expect(SecretPolicy.masked(text) == nil)
    }

    @Test(
        arguments: [
            (#"{"user":"alice","password":"x"}"#, #"{"user":"alice","password":"••••"}"#),
            (#" [{"apiKey" : "a\"b", "n": 1}]"#, #" [{"apiKey" : "••••", "n": 1}]"#),
            (#"{"tokens":["a",{"b":"c"}],"d":"e"}"#, #"{"tokens":["••••",{"b":"••••"}],"d":"e"}"#),
            (#"{"p\u0061ssword":"x"}"#, #"{"p\u0061ssword":"••••"}"#), (#"{"a":"\#(jwt)"}"#, #"{"a":"••••"}"#),
            (#"{"inner":"{\"secret\":\"x\"}"}"#, #"{"inner":"••••"}"#), (#"{"password":"cut o"#, #"{"password":"••••"#),
            (#"{"credentials":{"a":"b"},"c":{"d":"e"}}"#, #"{"credentials":{"a":"••••"},"c":{"d":"e"}}"#),
        ])
    func masksSecretMembersOfJSON(_ text: String, _ shown: String) {
        #expect(SecretPolicy.masked(text) == shown)
    }

    @Test func masksTheWholeByItsName() {
        #expect(SecretPolicy.masked("x", named: "password") == "••••")
        #expect(SecretPolicy.masked("", named: "password") == nil)
        #expect(SecretPolicy.masked(Self.jwt) == "••••")
    }

    @Test(
        arguments: [
            ("no session '\(jwt)'; looked at it", "no session '••••'; looked at it"),
            ("'cookie:\(jwt)'", "'cookie:••••'"), ("-u redis://a:b@h: no", "-u redis://a:••••@h: no"),
            ("'sk_live_4242' is no file", "'••••' is no file"),
            ("'" + String(repeating: "aB3", count: 40) + "' is no file", "'aB3aB3…' is no file"),
            ("'/tmp/" + String(repeating: "long/", count: 40) + "' is no file", nil),
            ("no session '9f3c0d6e1b2a4c5d8e7f9f3c0d6e1b2a4c5d8e7f9f3c0d6e1b2a4c5d8e7f1234'", nil),
            ("no session '019FD27FA8CDFE34BA952952AFAA4F22.node1'", nil),
        ] as [(String, String?)])
    func keepsTokensOutOfMessages(_ message: String, _ said: String?) {
        #expect(SecretPolicy.maskedMessage(message) == said ?? message)
    }

    @Test func takesTimeInProportion() {
        let nested = String(repeating: "{\"a\":[", count: 200_000)
        let quotes = "[" + String(repeating: "\\\"", count: 200_000)
        let links = String(repeating: "a://b:c", count: 50_000)
        let duration = ContinuousClock().measure {
            for text in [nested, quotes, links] { _ = SecretPolicy.masked(text) }
        }
        #expect(duration < .seconds(10))
    }
}
