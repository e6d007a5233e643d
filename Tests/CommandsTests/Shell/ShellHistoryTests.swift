import Testing

@testable import Commands

@Suite struct ShellHistoryTests {
    private static let token = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9.c2lnbmF0dXJlIG9mIGl0"

    @Test(arguments: [
        "list -a s3cret", "list -as3cret", "list --pass s3cret", "list --pass=s3cret", "-a s3cret list",
        "list '-a' x", "list -u redis://:pw@host", "list -u 'redis://me:pw@host:1/0'", "list --uri=redis://me:pw@h",
        "show \(token)", "show 'cookie:\(token)'", "decode \"\(token)\"", "decode 'Bearer \(token)'",
        "decode \(token.prefix(30))", "show access_token=\(token)", "show password=abc",
        "decode rO0ABXQABWFsaWNl", "decode ACED0005740005616c696365", #"decode "\xac\xed\x00\x05t""#,
    ])
    func keepsSecretsOut(line: String) {
        #expect(!ShellHistory.mayRemember(line))
    }

    @Test(arguments: [
        "list", "use 019FD27FA8CDFE34BA952952AFAA4F22", "list -u redis://me@host:6379/1", "list -u redis://host:6379",
        "list --where \"attr.mail ~ '@example.org'\"", "show user:bob@example.org", "list --askpass", "show eyJ",
        "list 'unclosed", "help get",
    ])
    func remembersTheRest(line: String) {
        #expect(ShellHistory.mayRemember(line))
    }

    @Test func leavesOutBlanks() {
        #expect(ShellHistory.remembered("  use a b \t") == "use a b")
        #expect(ShellHistory.remembered(" \t ") == nil)
        #expect(ShellHistory.remembered(" list -a x") == nil)
    }

    @Test func liesWhereTheSpecificationSays() {
        #expect(ShellHistory.path(environment: ["XDG_STATE_HOME": "/s", "HOME": "/h"]) == "/s/sessionctl/history")
        #expect(ShellHistory.path(environment: ["HOME": "/h"]) == "/h/.local/state/sessionctl/history")
        #expect(
            ShellHistory.path(environment: ["XDG_STATE_HOME": "relative", "HOME": "/h"])
                == "/h/.local/state/sessionctl/history")
        #expect(ShellHistory.path(environment: [:]) == nil)
    }
}
