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
            ("http://SECRET@host/", "http://••••@host/"), ("https://secret@host/", "https://••••@host/"),
            ("see http://9f3c0d6e1b2a@host", "see http://••••@host"), ("redis://hidden@cache", "redis://••••@cache"),
            ("git+https://abc123@git.example.org/x", "git+https://••••@git.example.org/x"),
            ("redis://s3cret@cache:6379", "redis://••••@cache:6379"), ("amqps://Key1@mq/v", "amqps://••••@mq/v"),
        ])
    func masksPasswordsInURLs(_ text: String, _ shown: String) {
        #expect(SecretPolicy.masked(text) == shown)
        #expect(SecretPolicy.masked("{\"link\": \"\(text)\"}") == "{\"link\": \"••••\"}")
    }

    @Test(arguments: [
        "http://host:8080/x@y", "http://[::1]:80/a@b", "http://alice@host/", "https://first.last@git.example.org/x",
        "https://git@github.com/x", "https://user@example.org:8443/a", "ssh://git@host/x", "ftp://alice@host/",
        "imap://alice@host",
        "postgresql://alice@db/x", "mailto:alice@example.org", "alice@example.org", "http://@host/", "http://host/?q=a",
        "a:b@c", "://",
        "http://",
        "http://:@h", "", "plain", "user:password@host", "[1, 2, 3]", "{}", "[INFO] it's 12:30",
        "{\"user\": \"alice\"}",
        "{\"password\": null, \"pin\": true, \"token\": \"\", \"csrf\": true}", "{\"a\": \"password\"}", "{\"password",
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

    @Test(
        arguments: [
            ("mysqldump --password=hunter2 -u root", "mysqldump --password=•••• -u root"),
            ("run --db-password 'a b' --verbose", "run --db-password '••••' --verbose"),
            ("--token=abc", "--token=••••"),
            ("java -Dssl.keyStorePassword=changeit -jar", "java -Dssl.keyStorePassword=•••• -jar"),
            ("Server=db;User Id=sa;Password=a b&c;Encrypt=true", "Server=db;User Id=sa;Password=••••;Encrypt=true"),
            ("Data Source=x;Pwd=p w", "Data Source=x;Pwd=••••"), ("PWD=x;UID=a;", "PWD=••••;UID=a;"),
            ("Server=db; Password = \"a;b\"\"c\" ;x=y", "Server=db; Password = \"••••\" ;x=y"),
            ("jdbc:sqlserver://h:1433;user=sa;password=x;a=b", "jdbc:sqlserver://h:1433;user=sa;password=••••;a=b"),
            ("host=db password=abc user=x", "host=db password=•••• user=x"),
            ("User[name=alice, password=a b, age=3]", "User[name=alice, password=••••, age=3]"),
            ("{secret=x}", "{secret=••••}"), ("Login(tokens=[a, b], n=1)", "Login(tokens=[••••], n=1)"),
            ("user=alice&password=a%20b&x=1", "user=alice&password=••••&x=1"), ("password=to the end", "password=••••"),
            ("password=a, user=b", "password=••••, user=b"), ("password=a, b c", "password=••••"),
            ("see https://h/?a=b and pwd=x", "see https://h/?a=b and pwd=••••"),
        ])
    func masksWhatIsAssignedToASecretName(_ text: String, _ shown: String) {
        #expect(SecretPolicy.masked(text) == shown)
    }

    @Test(arguments: [
        "password=", "password==", "password = null", "passwordExpired=false", "Credentials=[PROTECTED], x=1",
        "user=alice",
        "--user=alice", "--password", "--password --force", "a == b", "password => x", "pwd=****", "key=abc=", "=x",
        "=", "--",
        "rO0ABXQABWFsaWNl==", "a=1;b=2", "opinion=good", "hotpink=1", "tokenType=Bearer", "if (password != x) return",
        "token_count=5", "--max-tokens=100", "password.length=8", "password-policy=strict",
    ])
    func showsOtherAssignments(_ text: String) {
        #expect(SecretPolicy.masked(text) == nil)
    }

    @Test(
        arguments: [
            ("4111111111111111", "••••1111"), ("4111 1111 1111 1111", "•••• 1111"),
            ("4111-1111-1111-1111", "••••-1111"),
            ("card: 5555 5555 5555 4444, 12/27", "card: •••• 4444, 12/27"), ("3782 822463 10005", "••••0005"),
            ("378282246310005", "••••0005"), ("4222222222222", "••••2222"), ("3530111333300000", "••••0000"),
            ("30569309025904", "••••5904"), ("6011111111111117", "••••1117"),
            ("6200000000000005", "••••0005"),
            ("4000000000000000006", "••••0006"), ("4111 1111 1111 1111 123", "•••• 1111 123"),
            ("12 4111 1111 1111 1111", "12 •••• 1111"), ("2223003122003222.", "••••3222."),
            ("a 4111111111111111 b 5105105105105100", "a ••••1111 b ••••5100"),
            ("password=4111111111111111 x", "password=••••"),
        ])
    func keepsTheLastFourDigitsOfACard(_ text: String, _ shown: String) {
        #expect(SecretPolicy.masked(text) == shown)
    }

    /// Other check digits, times, telephone and decimal numbers, ids, and digits in the middle of more.
    @Test(arguments: [
        "4111111111111112", "4111 1111 1111 1112", "1700000000000", "1700000000009", "1795420000000000003",
        "0000000000000000",
        "+4917612345678901", "0.4111111111111111", "4111111111111111.5", "x4111111111111111", "4111111111111111x",
        "41111111111111111111", "4111  1111 1111 1111", "4111 1111-1111 1111", "41111 1111 1111 111", "411111111111",
        "12345678-1234-4234-8234-123456789012", "4111-1111-1111-1111-abcd", "abcd-4111-1111-1111-1111",
        "2026-11-23 07:26:47",
        "019fd27f-4111-1111-1111-111111111111", "10.4111111111111111", "5901234123457", "490154203237518",
        "6304000000000000",
    ])
    func showsOtherNumbers(_ text: String) {
        #expect(SecretPolicy.masked(text) == nil)
    }

    /// A quick look says no to nothing that a search would find, wherever it stands.
    @Test func findsWhatIsSecretAtEveryPlace() {
        let secrets = ["--password x", "pwd=x", "redis://a@h", "4111111111111111", "4111 1111 1111 1111"]
        for secret in secrets {
            for length in 0..<40 {
                let text = String(repeating: "z", count: length) + " " + secret
                #expect(SecretPolicy.masked(text) != nil, "\(text)")
                #expect(SecretPolicy.masked(text + " zz") != nil, "\(text)")
            }
        }
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
        let assignments = String(repeating: "pwd=[", count: 50_000)
        let options = String(repeating: " --pwd '", count: 50_000)
        let cards = String(repeating: "4111 ", count: 50_000) + String(repeating: "4", count: 200_000)
        let blanks = String(repeating: " ", count: 400_000)
        let prose = String(repeating: "(token: is {pin: [no ", count: 50_000)
        let duration = ContinuousClock().measure {
            for text in [nested, quotes, links, assignments, options, cards, blanks, prose] {
                _ = SecretPolicy.masked(text)
            }
        }
        #expect(duration < .seconds(30))
    }
}
