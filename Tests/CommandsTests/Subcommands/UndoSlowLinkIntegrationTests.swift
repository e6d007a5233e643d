import TestSupport
import Testing

/// `undo` for a user who may not ask when keys end, over a link on which commands come one by one.
struct UndoSlowLinkIntegrationTests {
    /// By a clock that goes on: lives begin when the commands are run.
    private func run(_ line: String, _ link: SlowLink, _ home: TemporaryDirectory) throws -> BuiltProgram.Outcome {
        try BuiltProgram.run(
            line.split(separator: " ").map(String.init) + ["-s", link.socketPath, "--user", "old"],
            environment: ["XDG_STATE_HOME": home.path, "REDISCLI_AUTH": "any"])
    }

    /// The value of every key, and its end to two milliseconds.
    private func expectSame(_ one: [[UInt8]: [RespValue]], _ other: [[UInt8]: [RespValue]]) {
        #expect(Set(one.keys) == Set(other.keys))
        for (key, before) in one {
            guard let after = other[key], case .integer(let first) = before[1], case .integer(let second) = after[1]
            else {
                Issue.record("\(String(decoding: key, as: UTF8.self)) has no end any more")
                continue
            }
            #expect(before[0] == after[0])
            #expect((first - second).magnitude <= 2, "\(String(decoding: key, as: UTF8.self)): \(second - first) ms")
        }
    }

    @Test(arguments: ["tomcat9-redis-session-manager", "spring-session-2.7.4-indexed"])
    func touchIsTakenBackToTheMillisecond(_ store: String) throws {
        let server = try RedisServer {
            $0.configuration = ["enable-debug-command yes"]
            $0.users = ["old on nopass ~* &* +@all -pexpiretime"]
        }
        defer { server.stop() }
        try server.load(FixtureStore(store))
        let home = try TemporaryDirectory()
        let link = try SlowLink(to: server)
        defer { link.stop() }
        let isTomcat = store.hasPrefix("tomcat")
        if isTomcat {
            for key in try server.everything().keys {
                try server.command([Array("PEXPIRE".utf8), key, Array("600000".utf8)])
            }
        }
        let before = try server.everything()
        let touch = try run("touch --all --yes" + (isTomcat ? " --max-inactive-interval 1800" : ""), link, home)
        #expect(touch.errors.contains("to take it back: "), "\(touch.errors)")
        #expect(try server.everything() != before)
        let undo = try run("undo --yes", link, home)
        #expect(undo.status == 0 && undo.errors.contains("took back"), "\(undo.errors)")
        expectSame(before, try server.everything())
    }
}
