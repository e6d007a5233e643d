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
            (
                #"log: {"user" : "bob", "password" : "hunter2secret"}"#,
                #"log: {"user" : "bob", "password" : "••••"}"#
            ),
            ("Password : x", "Password : ••••"), (#""password" : "x""#, #""password" : "••••""#),
            ("'pwd'  : 'x'", "'pwd'  : '••••'"), (#"log: {"pin" : 123456}"#, #"log: {"pin" : ••••}"#),
            ("INFO|password: x", "INFO|password: ••••"), ("<b>password: x</b>", "<b>password: ••••</b>"),
            (#"log: {"password": "a\"b", "c": "d"}"#, #"log: {"password": "••••", "c": "d"}"#),
            (#"log: {\"password\" : \"a b\", \"c\": \"d\"}"#, #"log: {\"password\" : \"••••\", \"c\": \"d\"}"#),
            ("<password type=\"x\">hunter2secret</password>", "<password type=\"x\">••••</password>"),
            ("<Password><![CDATA[hunter2secret]]></Password>", "<Password><![CDATA[••••]]></Password>"),
            ("<a:pwd\n  b='c'> <![CDATA[a]>]]></a:pwd>", "<a:pwd\n  b='c'> <![CDATA[••••]]></a:pwd>"),
            ("otp: 512345", "otp: ••••"), ("cookies: a=b", "cookies: ••••"),
            ("code=abc&state=xyz", "code=••••&state=••••"), ("a=b&code=c&d=e", "a=b&code=••••&d=e"),
            ("/login?code=abc", "/login?code=••••"), ("https://h/cb?state=x&a=b", "https://h/cb?state=••••&a=b"),
            ("ticket=ST-1-abc", "ticket=••••"), ("/cas?ticket=ST-1", "/cas?ticket=••••"),
            ("https://h/k?X-Amz-Date=1&X-Amz-Signature=ab", "https://h/k?X-Amz-Date=1&X-Amz-Signature=••••"),
            ("Authorization: Digest username=\"a\", response=\"b\"\nHost: h", "Authorization: ••••\nHost: h"),
            ("curl -H 'Authorization: Digest a=b, response=x' h", "curl -H 'Authorization: ••••' h"),
            (#"{"name":"Authorization","value":"x"}"#, #"{"name":"Authorization","value":"••••"}"#),
            (#"[{"value":"x","key":"password"}]"#, #"[{"value":"••••","key":"password"}]"#),
            (#"[{"Key":"pin","Value":5,"a":6}]"#, #"[{"Key":"pin","Value":"••••","a":6}]"#),
            (#"{"value":5,"name":"otp"}"#, #"{"value":"••••","name":"otp"}"#),
            (#"{"name":"cookie","values":["x"],"b":"c"}"#, #"{"name":"cookie","values":["••••"],"b":"c"}"#),
            ("see //u:p@h", "see //u:••••@h"), ("use ghp_abcdefghijklmnop now", "use •••• now"),
            ("key AIzaSyAinventedinvented", "key ••••"), ("id AKIAIOSFODNN7EXAMPLE", "id ••••"),
        ] as [(String, String?)]

    @Test(arguments: secrets) func masksTheSecret(_ text: String, _ shown: String?) {
        #expect(SecretPolicy.masked(text) == shown ?? "GET / authorization: ••••")
    }

    @Test(arguments: [
        "12:30", "Password: must have 8 characters", "token: expired", "at Token.java:12", "spring:session:csrf:1",
        "token:read token:write", "pass: 12, fail: 0", "password:", "password: ", "token://x", "a::b", "Session=1",
        "<password></password>", "<password/>", "<password a='b'/>x",
        "<password><![CDATA[]]></password>", "<user password-policy='a'>x</user>", "otp: 5 minutes",
        "valid otp: 5 minutes", "cookies: chocolate", "passwords are bad : very",
        "code=404",
        "state=open", "the state=open & more", "state: open", "ticket=12", "http_code=404&x=y", "response=x",
        #"{"name":"theme","value":"dark"}"#, #"{"key":{"a":"password"},"value":"x"}"#,
        #"{"name":"password","other":{"value":"x"}}"#, #"[{"name":"password"},{"value":"x"}]"#,
        "<p>password</p>", "<user>x</user>", "// see a:b@c", "//host:80/x",
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
        let texts = [
            "pwd:[", " pwd: '", "<pwd>", "ghp_", "//u:", "pwd=a,b", "Cookie: ", "\"pwd\" : \"", "pwd    :",
            "<pwd a='b'>", "<pwd><![CDATA[", "<pwd a",
            "\\\"pwd\\\":\\\"", "pwd:\\\\", "\"\\", "|pwd:\\\"",
        ]
        let duration = ContinuousClock().measure {
            for text in texts { _ = SecretPolicy.masked(String(repeating: text, count: 50_000)) }
        }
        #expect(duration < .seconds(30))
    }
}
