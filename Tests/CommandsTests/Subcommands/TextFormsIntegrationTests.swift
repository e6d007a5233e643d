import JavaSerialization
import TestSupport
import Testing

@testable import Commands
@testable import Terminal

/// What text forms print of values that are hard to print, from a RedisServer of its own.
struct TextFormsIntegrationTests {
    private func server(_ store: String) throws -> RedisServer {
        let server = try RedisServer()
        try server.load(FixtureStore(store), forever: true)
        return server
    }

    /// `\ud83d alone`, a string that Java cut in the middle of an emoji.
    @Test func halfAPairOfSurrogatesIsAnEscape() throws {
        let server = try server("java-programs/spring-session-1.0.0")
        defer { server.stop() }
        let id = "f72f3356-f8e3-355e-a8b7-ff401b353b74"
        let shown = #"\ud83d alone"#
        #expect(CommandRun("get \(id) surrogate", on: server).out == shown + "\n")
        #expect(CommandRun("get \(id) surrogate -o tree", on: server).out == "surrogate  \"\(shown)\"\n")
        #expect(CommandRun("get \(id) surrogate -o json", on: server).out == "\"\(shown)\"\n")
        let raw = CommandRun("get \(id) surrogate -o raw", on: server)
        #expect(raw.outBytes.firstRange(of: [0xED, 0xA0, 0xBD, 0x20]) != nil)
        for form in ["tsv", "csv", "table", "json"] {
            let list = CommandRun(
                ["list", "-o", form, "--fields", "attr.surrogate", "--where", #"attr.surrogate = '\ud83d alone'"#],
                on: server)
            #expect(list.status == .done && list.out.contains(shown), "\(form) \(list.out)")
        }
        let show = CommandRun("show \(id) -o tree", on: server)
        #expect(show.out.contains(shown) && !show.out.contains("\u{FFFD}"), "\(show.out)")
    }

    @Test func halfAPairOfSurrogatesIsAnEscapeWhereverItStands() {
        #expect(JavaWords.primitive(.char(0xD83D)).painted(by: .init(isEnabled: false)) == #"'\ud83d'"#)
        #expect(JavaWords.plain(.char(0xDC00)) == #"'\udc00'"#)
        #expect(JavaWords.quoted([0xED, 0xA0, 0xBD]).painted(by: .init(isEnabled: false)) == #""\ud83d""#)
    }

    @Test func claimsOfATokenInAJavaStringAreFound() throws {
        let server = try server("java-programs/spring-session-jwt")
        defer { server.stop() }
        let id = "7f6a5094-4a33-3181-be03-b045a82e472c"
        #expect(CommandRun("get \(id) token.claims.sub --reveal", on: server).out == "alice\n")
        let list = CommandRun(
            "list --where attr.token.claims.sub=alice --fields id,attr.token.claims.jti --reveal", on: server)
        #expect(list.out == "\(id)\tjti-1\n", "\(list.out) \(list.err)")
        let run = CommandRun("get \(id) user.claims.sub", on: server)
        #expect(run.status == .notFound && run.err.contains("no claims in the attribute") && !run.err.contains("()"))
        // Under the name of a secret all is secret.
        #expect(CommandRun("get \(id) token.claims.sub", on: server).out == "••••\n")
    }

    /// `java.util.Date` of the epoch.
    private static let epoch: [UInt8] =
        [0xAC, 0xED, 0, 5, 0x73, 0x72, 0, 14] + Array("java.util.Date".utf8) + [
            0x68, 0x6A, 0x81, 0x01, 0x4B, 0x59, 0x74, 0x19, 3, 0, 0, 0x78, 0x70, 0x77, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0x78,
        ]

    @Test func aDateHasOneForm() throws {
        let server = try RedisServer()
        defer { server.stop() }
        try server.command(Trouble.attribute("t", Self.epoch, of: "dates"))
        #expect(CommandRun("get id:dates t", on: server).out == "1970-01-01T00:00:00Z\n")
        #expect(CommandRun("get id:dates t -o json", on: server).out == "\"1970-01-01T00:00:00Z\"\n")
        #expect(CommandRun("get id:dates t -o tree", on: server).out == "t  Date 1970-01-01T00:00:00Z\n")
        let list = CommandRun(["list", "--fields", "attr.t", "--where", "attr.t < 2000-01-01"], on: server)
        #expect(list.out == "1970-01-01T00:00:00Z\n", "\(list.out)")
    }

    @Test(arguments: ["/nonexistent/path", "./nothing-here", "../nothing-here/rO0ABXQABWFsaWNl"])
    func aPathThatIsNotThereIsNoBase64(_ path: String) {
        let run = CommandRun(["decode", path])
        #expect(run.status == .usage && run.out.isEmpty)
        #expect(
            run.err.contains("'\(path)': No such file or directory") && !run.err.contains("begins with"), "\(run.err)")
    }
}
