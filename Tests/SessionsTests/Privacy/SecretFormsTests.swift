import Sessions
import Testing

/// Forms in which secrets stand in text, beside assignments and URLs.
struct SecretFormsTests {
    private static let secrets =
        [
            ("Authorization: Bearer abc.def", "Authorization: ••••"), ("GET / authorization: Basic YTpi", nil),
            ("password: hunter2", "password: ••••"), ("pwd:hunter2", "pwd:••••"), ("x-api-key: abc", "x-api-key: ••••"),
            ("{'password': 'hunter2'}", "{'password': '••••'}"),
            ("log: {\"password\": \"a\"}", "log: {\"password\": \"••••\"}"),
            ("user: a\npassword: b c\nrole: d", "user: a\npassword: ••••\nrole: d"),
            ("password: a, user: b", "password: ••••, user: b"), ("Cookie: a=b; c=d", "Cookie: ••••"),
            ("Set-Cookie: id=abc; Path=/\nHost: h", "Set-Cookie: ••••\nHost: h"), ("SESSION=abc", "SESSION=••••"),
            ("curl -b PHPSESSID=abc", "curl -b PHPSESSID=••••"), ("--pass=abc", "--pass=••••"),
            ("pass=word", "pass=••••"),
            ("AccountName=a;AccountKey=YWJj==;X=y", "AccountName=a;AccountKey=••••;X=y"),
            ("https://h/b?sv=1&sig=abc", "https://h/b?sv=1&sig=••••"), ("sv=1&sig=abc", "sv=1&sig=••••"),
            ("<a><password>x y</password></a>", "<a><password>••••</password></a>"), ("//u:p@h/x", "//u:••••@h/x"),
            ("see //u:p@h", "see //u:••••@h"), ("use ghp_abcdefghijklmnop now", "use •••• now"),
            ("key AIzaSyAinventedinvented", "key ••••"), ("id AKIAIOSFODNN7EXAMPLE", "id ••••"),
        ] as [(String, String?)]

    @Test(arguments: secrets) func masksTheSecret(_ text: String, _ shown: String?) {
        #expect(SecretPolicy.masked(text) == shown ?? "GET / authorization: ••••")
    }

    @Test(arguments: [
        "12:30", "Password: must have 8 characters", "token: expired", "at Token.java:12", "spring:session:csrf:1",
        "token:read token:write", "pass: 12, fail: 0", "password:", "password: ", "token://x", "a::b", "Session=1",
        "<password></password>", "<password/>", "<p>password</p>", "<user>x</user>", "// see a:b@c", "//host:80/x",
        "github_path", "the AIza key", "IAM", "snake_case_name", "user: alice", "{'user': 'alice'}", "mypass:port",
    ])
    func showsTheRest(_ text: String) {
        #expect(SecretPolicy.masked(text) == nil)
    }

    /// The quick look says no to none of them, wherever it stands.
    @Test func findsThemAtEveryPlace() {
        for secret in ["pwd: x", "<pwd>x", "//u:p@h", "ghp_abcdefghijklmnop", "AIzaSyAinventedinvented", "SESSION=x"] {
            for length in 0..<20 {
                let text = String(repeating: "z", count: length) + " " + secret
                #expect(SecretPolicy.masked(text) != nil, "\(text)")
            }
        }
    }

    @Test func takesTimeInProportion() {
        let texts = ["pwd:[", " pwd: '", "<pwd>", "ghp_", "//u:", "pwd=a,b", "Cookie: "]
        let duration = ContinuousClock().measure {
            for text in texts { _ = SecretPolicy.masked(String(repeating: text, count: 50_000)) }
        }
        #expect(duration < .seconds(30))
    }
}
