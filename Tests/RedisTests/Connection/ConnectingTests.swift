import Foundation
import Redis
import TestSupport
import Testing

/// The way to a server: addresses, users, passwords, databases.
struct ConnectingTests {
    private static let password = "pass word\u{7f}\"'$€"

    private func endpoint(_ server: RedisServer, database: Int = 0) -> RedisEndpoint {
        RedisEndpoint(.unix(path: server.socketPath), database: database)
    }

    private func secret(_ text: String) -> Secret { Secret(Array(text.utf8)) }

    @Test(arguments: ["127.0.0.1", "localhost"]) func connectsOverTCP(host: String) throws {
        let server = try RedisServer { $0.tcp = true }
        defer { server.stop() }
        let connection = try RedisConnection.connect(to: RedisEndpoint(.tcp(host: host, port: server.port)))
        #expect(try connection.call("PING") == .status("PONG"))
    }

    @Test(.enabled(if: LoopbackPort.hasIPv6)) func connectsOverIPv6() throws {
        let server = try RedisServer { $0.tcp = true }
        defer { server.stop() }
        let endpoint = RedisEndpoint(.tcp(host: "::1", port: server.port))
        #expect(try RedisConnection.connect(to: endpoint).call("PING") == .status("PONG"))
        #expect(endpoint.description == "[::1]:\(server.port)/0")
    }

    @Test func givesItsName() throws {
        let server = try RedisServer()
        defer { server.stop() }
        let connection = try RedisConnection.connect(to: endpoint(server))
        #expect(try connection.call("CLIENT", "GETNAME") == .string(Array("sessionctl".utf8)))
    }

    @Test func selectsTheDatabase() throws {
        let server = try RedisServer()
        defer { server.stop() }
        let third = try RedisConnection.connect(to: endpoint(server, database: 3))
        try third.call("SET", "a", "1")
        #expect(try third.call("DBSIZE") == .integer(1))
        #expect(try RedisConnection.connect(to: endpoint(server)).call("DBSIZE") == .integer(0))
    }

    @Test(arguments: [99, -1]) func saysThatTheDatabaseDoesNotExist(database: Int) throws {
        let server = try RedisServer()
        defer { server.stop() }
        let error = #expect(throws: RedisError.self) {
            try RedisConnection.connect(to: endpoint(server, database: database))
        }
        #expect(error?.kind == .server(code: "ERR"))
        #expect(error?.command == "SELECT")
    }

    @Test func knowsThePassword() throws {
        let server = try RedisServer { $0.configuration = ["requirepass geheim"] }
        defer { server.stop() }
        let connection = try RedisConnection.connect(
            to: endpoint(server), credentials: RedisCredentials(password: secret("geheim")))
        #expect(try connection.call("PING") == .status("PONG"))
    }

    @Test(arguments: [nil, "falsch", ""]) func saysThatThePasswordIsWrong(password: String?) throws {
        let server = try RedisServer { $0.password = "geheim" }
        defer { server.stop() }
        let error = #expect(throws: RedisError.self) {
            try RedisConnection.connect(
                to: endpoint(server), credentials: RedisCredentials(password: password.map { secret($0) }))
        }
        #expect(error?.kind == .authentication)
        #expect(error.map { "\($0)".contains("falsch") } == false)
    }

    @Test func saysThatNoPasswordWasExpected() throws {
        let server = try RedisServer()
        defer { server.stop() }
        let error = #expect(throws: RedisError.self) {
            try RedisConnection.connect(
                to: endpoint(server), credentials: RedisCredentials(password: secret("geheim")))
        }
        #expect(error?.kind == .authentication)
        #expect(error?.command == "AUTH")
    }

    @Test func actsAsTheUser() throws {
        let server = try RedisServer { $0.users = ["alice on >geheim ~a:* +@all -@dangerous"] }
        defer { server.stop() }
        let connection = try RedisConnection.connect(
            to: endpoint(server), credentials: RedisCredentials(user: "alice", password: secret("geheim")))
        #expect(try connection.call("ACL", "WHOAMI") == .string(Array("alice".utf8)))
        let command = #expect(throws: RedisError.self) { try connection.call("KEYS", "*") }
        #expect(command?.kind == .permission)
        let key = #expect(throws: RedisError.self) { try connection.call("GET", "b:1") }
        #expect(key?.kind == .permission)
        #expect(try connection.call("GET", "a:1") == .null)
        let facts = try ServerInfo(of: connection)
        #expect(facts.version.isEmpty && facts.role == nil && facts.keyCount == 0)
    }

    @Test func needsNoRightToGiveItsName() throws {
        let server = try RedisServer { $0.users = ["reader on >geheim ~* +get"] }
        defer { server.stop() }
        let connection = try RedisConnection.connect(
            to: endpoint(server), credentials: RedisCredentials(user: "reader", password: secret("geheim")))
        #expect(try connection.call("GET", "a") == .null)
    }

    @Test func saysWhichUserIsUnknown() throws {
        let server = try RedisServer()
        defer { server.stop() }
        let error = #expect(throws: RedisError.self) {
            try RedisConnection.connect(
                to: endpoint(server), credentials: RedisCredentials(user: "nobody", password: secret("geheim")))
        }
        #expect(error?.kind == .authentication)
    }

    @Test func carriesPasswordsOfAnyBytes() throws {
        let server = try RedisServer()
        defer { server.stop() }
        try server.command("ACL", "SETUSER", "bob", "on", ">\(Self.password)", "+@all", "~*")
        let connection = try RedisConnection.connect(
            to: endpoint(server), credentials: RedisCredentials(user: "bob", password: secret(Self.password)))
        #expect(try connection.call("ACL", "WHOAMI") == .string(Array("bob".utf8)))
    }

    @Test func saysThatTheServerIsFull() throws {
        let server = try RedisServer { $0.configuration = ["maxclients 1"] }
        defer { server.stop() }
        let first = try RedisConnection.connect(to: endpoint(server))
        let error = #expect(throws: RedisError.self) { try RedisConnection.connect(to: endpoint(server)) }
        #expect(error?.kind == .cannotConnect || error?.kind == .connectionLost)
        #expect(try first.call("PING") == .status("PONG"))
    }

    @Test func hidesThePasswordThatAServerQuotes() throws {
        let quoting = "-ERR unknown command 'AUTH', with args beginning with: 'geheim'\r\n"
        let server = try ScriptedServer([quoting], greets: false)
        let error = #expect(throws: RedisError.self) {
            try RedisConnection.connect(
                to: server.endpoint, credentials: RedisCredentials(password: secret("geheim")))
        }
        #expect(error?.kind == .permission)
        #expect(error.map { String(reflecting: $0).contains("geheim") } == false)
    }

    /// Each byte is progress; the connection is none.
    @Test(arguments: [5, 50, 400] as [UInt32]) func givesUpAServerThatDrips(pause: UInt32) throws {
        let server = try ScriptedServer(["+"], greets: false, then: .drip(pause))
        let start = ContinuousClock.now
        let error = #expect(throws: RedisError.self) { try server.connect(connect: .milliseconds(700)) }
        #expect(error?.kind == .timedOut && error?.command == "connect")
        #expect(
            error?.message
                == "no connection within 700 ms: something answers there, too slowly for a Redis that lets us in")
        #expect(ContinuousClock.now - start < .seconds(5))
    }

    @Test func theDeadlineOfConnectingEndsWithIt() throws {
        let server = try ScriptedServer([":1\r\n"])
        let connection = try server.connect(connect: .milliseconds(300))
        usleep(400_000)
        #expect(try connection.call("DBSIZE") == .integer(1))
    }

    @Test func printsNoSecret() {
        let credentials = RedisCredentials(user: "alice", password: secret("geheim"))
        var dumped = ""
        dump(credentials, to: &dumped)
        let printed = ["\(credentials)", String(reflecting: credentials), dumped, "\(secret("geheim"))"]
        for text in printed { #expect(!text.contains("geheim") && !text.contains("103")) }
        #expect(secret("geheim").withBytes { $0 } == Array("geheim".utf8))
    }

    @Test func describesEndpoints() {
        #expect(
            RedisEndpoint(.tcp(host: "redis.example", port: 6380), database: 4).description == "redis.example:6380/4")
        #expect(RedisEndpoint(.unix(path: "/run/redis.sock")).description == "unix:///run/redis.sock?db=0")
    }
}
