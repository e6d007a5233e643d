import TestSupport
import Testing

/// One answer is lost on the way, or one command: what was done is found out, and `undo` takes back just that.
struct LostAnswerIntegrationTests {
    private func run(_ line: String, _ path: String, _ home: TemporaryDirectory) throws -> BuiltProgram.Outcome {
        try BuiltProgram.run(
            line.split(separator: " ").map(String.init) + ["-s", path], environment: ["XDG_STATE_HOME": home.path])
    }

    /// The id of a session that this command would change.
    private func id(for command: String, on server: RedisServer, _ home: TemporaryDirectory) throws -> String {
        let ids = try run("list --where interval>0s --fields id", server.socketPath, home).output.split(separator: "\n")
        let id = try ids.first {
            try run("\(command.replacing("ID", with: $0)) --dry-run", server.socketPath, home).status == 0
        }
        return String(try #require(id))
    }

    private func server(_ store: String) throws -> RedisServer {
        let server = try RedisServer { $0.configuration = ["enable-debug-command yes"] }
        try server.load(FixtureStore(store))
        guard !store.hasPrefix("spring") else { return server }
        for key in try server.everything().keys {
            try server.command([Array("PEXPIRE".utf8), key, Array("600000".utf8)])
        }
        return server
    }

    @Test(
        arguments: [
            ("spring-session-3.5.7-indexed", "expire ID --event expired --settle 0"),
            ("spring-session-2.7.4-indexed", "expire ID --settle 0"),
            ("spring-session-2.7.4-simple", "expire ID --settle 0"),
            ("tomcat9-redis-session-manager", "expire ID --settle 0"),
            ("tomcat9-redis-session-manager", "touch ID --max-inactive-interval 1800"),
            ("redisson-tomcat-3.52.0", "touch ID"),
        ], LossyLink.Loss.allCases)
    func undoIsExact(_ example: (store: String, command: String), _ loss: LossyLink.Loss) throws {
        let server = try server(example.store)
        defer { server.stop() }
        let home = try TemporaryDirectory()
        let line = example.command.replacing("ID", with: try id(for: example.command, on: server, home)) + " --yes"
        let before = try server.everything()
        let link = try LossyLink(to: server, losing: loss, of: "EVALSHA", number: 1)
        defer { link.stop() }
        let changed = try run(line, link.socketPath, home)
        #expect(link.count >= 2 && changed.status == 0, "\(line): \(changed.errors)")
        #expect(try server.everything() != before)
        let undo = try run("undo --yes", link.socketPath, home)
        #expect(undo.status == 0 && undo.errors.contains("took back 1 of 1"), "\(line): \(undo.errors)")
        #expect(try server.everything() == before, "\(line)")
    }

    /// What could be said of nobody's work is said of nobody: the plan leaves the hash, and it has another id since.
    @Test(arguments: LossyLink.Loss.allCases)
    func whatIsGoneSinceIsUnknown(_ loss: LossyLink.Loss) throws {
        let server = try server("spring-session-3.5.7-indexed")
        defer { server.stop() }
        let home = try TemporaryDirectory()
        let id = try id(for: "expire ID", on: server, home)
        let key = Array("spring:session:sessions:\(id)".utf8)
        let link = try LossyLink(to: server, losing: loss, of: "EVALSHA", number: 1) {
            _ = try? server.command([Array("RENAME".utf8), key, key + Array("2".utf8)])
        }
        defer { link.stop() }
        let expire = try run("expire \(id) --yes --settle 0", link.socketPath, home)
        #expect(expire.status == 5 && expire.errors.contains("unknown"), "\(expire.errors)")
    }

    /// To take back is done once: its user may have logged out since, and then all looks as before.
    @Test(arguments: [true, false]) func undoBringsNobodyBackTwice(isLoggedOut: Bool) throws {
        let server = try server("tomcat9-redis-session-manager")
        defer { server.stop() }
        let home = try TemporaryDirectory()
        let id = try id(for: "expire ID", on: server, home)
        let before = try server.everything()
        let link = try LossyLink(to: server, losing: .answer, of: "EVALSHA", number: 2) {
            if isLoggedOut { _ = try? server.command([Array("DEL".utf8), Array(id.utf8)]) }
        }
        defer { link.stop() }
        #expect(try run("expire \(id) --yes --settle 0", link.socketPath, home).status == 0)
        let undo = try run("undo --yes", link.socketPath, home)
        #expect(link.count == 2 && undo.status == (isLoggedOut ? 5 : 0), "\(undo.errors)")
        #expect(undo.errors.contains("took back \(isLoggedOut ? 0 : 1) of 1"), "\(undo.errors)")
        let left = try server.everything()
        #expect(isLoggedOut ? left[Array(id.utf8)] == nil : left == before)
    }

    /// Spring's library leaves the same hash as a logout from here, but for its end.
    @Test func undoBringsNobodyBackWhomTheApplicationHasLoggedOut() throws {
        let server = try server("spring-session-3.5.7-indexed")
        defer { server.stop() }
        let home = try TemporaryDirectory()
        let id = try id(for: "expire ID", on: server, home)
        let hash = "spring:session:sessions:\(id)"
        let zero = try zeroInterval(of: hash, on: server)
        let link = try LossyLink(to: server, losing: .answer, of: "EVALSHA", number: 2) {
            _ = try? server.command([Array("HSET".utf8), Array(hash.utf8), Array("maxInactiveInterval".utf8), zero])
            _ = try? server.command("DEL", "spring:session:sessions:expires:\(id)")
            // Half a minute later than it is.
            _ = try? server.command("PEXPIRE", hash, "330000")
        }
        defer { link.stop() }
        #expect(try run("expire \(id) --yes --settle 0", link.socketPath, home).status == 0)
        let undo = try run("undo --yes", link.socketPath, home)
        #expect(link.count == 2 && undo.status == 5, "\(undo.errors)")
        let left = try server.everything()
        let again = try run("undo --yes", link.socketPath, home)
        #expect(again.status == 5 && again.errors.contains("not as the change left it"), "\(again.errors)")
        #expect(try server.everything() == left)
    }

    /// The interval 0 as the hash would hold it.
    private func zeroInterval(of hash: String, on server: RedisServer) throws -> [UInt8] {
        guard case .string(var interval) = try server.command("HGET", hash, "maxInactiveInterval") else {
            throw FixtureError("\(hash) has no interval")
        }
        interval.replaceSubrange((interval.count - 4)..., with: [0, 0, 0, 0])
        return interval
    }

    /// On a node of a cluster there is a script for each slot: what is left of them is run behind a lost one.
    @Test func onAClusterAllOfItIsDone() throws {
        let server = try RedisServer {
            $0.configuration = ["cluster-enabled yes", "cluster-port 21873", "enable-debug-command yes"]
        }
        defer { server.stop() }
        try server.command("CLUSTER", "ADDSLOTSRANGE", "0", "16383")
        try server.waitForCluster()
        let home = try TemporaryDirectory()
        for number in 1...4 { try extendNoOneWhoLogsOut(server, home, number) }
        var broken = 0
        for (number, loss) in (1...6).flatMap({ number in LossyLink.Loss.allCases.map { (number, $0) } }) {
            try server.command("FLUSHALL")
            try server.load(FixtureStore("spring-session-3.5.7-indexed-zset"))
            let before = try server.everything()
            let id = try id(for: "expire ID", on: server, home)
            let first = try run("expire \(id) --yes --settle 0", server.socketPath, home)
            let wanted = try server.everything().mapValues { $0[0] }
            #expect(first.status == 0, "\(first.errors)")
            #expect(try run("undo --yes", server.socketPath, home).status == 0)
            let link = try LossyLink(to: server, losing: loss, of: "EVALSHA", number: number)
            defer { link.stop() }
            let expire = try run("expire \(id) --yes --settle 0", link.socketPath, home)
            if link.count > number { broken += 1 }
            #expect(expire.status == 0, "\(loss) \(number): \(expire.errors)")
            #expect(try server.everything().mapValues { $0[0] } == wanted, "\(loss) \(number)")
            link.stop()
            let whole = try LossyLink(to: server, losing: loss, of: "EVALSHA", number: .max)
            defer { whole.stop() }
            #expect(try run("undo --yes", whole.socketPath, home).status == 0)
            #expect(try server.everything() == before, "\(loss) \(number)")
        }
        #expect(broken >= 4)
    }

    /// Its user logs out where an answer to `touch` is lost: nothing of the session is made anew.
    private func extendNoOneWhoLogsOut(_ server: RedisServer, _ home: TemporaryDirectory, _ number: Int) throws {
        try server.command("FLUSHALL")
        try server.load(FixtureStore("spring-session-3.5.7-indexed"))
        let id = try id(for: "touch ID", on: server, home)
        let hash = Array("spring:session:sessions:\(id)".utf8)
        let shadow = Array("spring:session:sessions:expires:\(id)".utf8)
        let field = Array("maxInactiveInterval".utf8)
        let zero = try zeroInterval(of: "spring:session:sessions:\(id)", on: server)
        let link = try LossyLink(to: server, losing: .answer, of: "EVALSHA", number: number) {
            _ = try? server.command([Array("HSET".utf8), hash, field, zero])
            _ = try? server.command([Array("DEL".utf8), shadow])
        }
        defer { link.stop() }
        let touch = try run("touch \(id) --yes", link.socketPath, home)
        #expect(link.count > number && touch.status == 5, "\(number): \(touch.errors)")
        #expect(try server.command([Array("EXISTS".utf8), shadow]) == .integer(0), "\(number)")
    }
}
