import TestSupport
import Testing

@testable import Commands

/// Connection options as a user gives them, and how failures to connect end.
struct ConnectingIntegrationTests {
    private func server(_ change: (inout RedisServer.Options) -> Void = { _ in }) throws -> RedisServer {
        let server = try RedisServer(change)
        return server
    }

    /// One session in database 0 and two in database 3.
    private func fill(_ server: RedisServer) throws {
        let client = try server.client()
        for (database, ids) in [("0", ["zero"]), ("3", ["three", "drei"])] {
            _ = try client.command(["SELECT", database].map { Array($0.utf8) })
            for id in ids {
                _ = try client.command(
                    ["HSET", "spring:session:sessions:\(id)", "lastAccessedTime", "1"].map { Array($0.utf8) })
            }
        }
    }

    private static let zero = "zero\n"
    private static let three = "drei\nthree\n"

    @Test func takesOptionsBeforeAndAfterTheSubcommand() throws {
        let server = try server { $0.tcp = true }
        defer { server.stop() }
        try fill(server)
        let (socket, port) = (server.socketPath, String(server.port))
        let list = ["list", "--fields", "id", "--sort", "id"]
        let zero = [
            ["-s", socket] + list, list + ["-s", socket], ["--socket", socket] + list, ["--socket=\(socket)"] + list,
            ["-p", port] + list, list + ["-p", port], ["-h", "127.0.0.1", "-p", port] + list,
            ["-h", "localhost"] + list + ["--port", port], ["-u", "redis://127.0.0.1:\(port)"] + list,
            list + ["--uri", "unix://\(socket)"], ["-q", "-s", socket, "--color", "never"] + list,
        ]
        let three = [
            ["-n", "3", "-s", socket] + list, ["-s", socket] + list + ["--db", "3"],
            ["-u", "redis://127.0.0.1:\(port)/3"] + list, list + ["-u", "unix://\(socket)?db=3"],
            ["-u", "redis://127.0.0.1:1/3", "-p", port] + list, ["-u", "unix://\(socket)?db=0", "-n", "3"] + list,
            ["-t", "2", "--timeout", "2.5", "-n", "3"] + list + ["-s", socket],
        ]
        for (lines, expected) in [(zero, Self.zero), (three, Self.three)] {
            for line in lines {
                let run = CommandRun(line)
                #expect(run.out == expected && run.err == "" && run.status == .done, "\(line) \(run.err)")
            }
        }
    }

    /// However many places have a password, it is said once.
    @Test(
        arguments: [
            ("-a one list -p 1", "in -a can"), ("list -p 1 -a one", "in -a can"),
            ("-u redis://:one@127.0.0.1:1 list", "in the URL can"),
            ("-a two -u redis://:one@127.0.0.1:1 list", "in the URL and in -a can"),
            ("-u redis://:one@127.0.0.1:1 list -a two", "in the URL and in -a can"),
        ])
    func warnsOnceOfPasswords(_ line: String, _ words: String) {
        let run = CommandRun(line)
        #expect(run.status == .connection && run.err.contains("a password " + words), "\(run.err)")
        #expect(run.err.ranges(of: "can be seen by others").count == 1, "\(run.err)")
    }

    @Test func findsTheServerOfTheUsualPortOnly() throws {
        let run = CommandRun("-p 1 list")
        #expect(run.status == .connection)
        #expect(run.out == "")
        #expect(run.err.contains("127.0.0.1:1/0") && run.err.contains("is the server running there?"))
    }

    @Test(arguments: [
        "-s /tmp/no-such-socket.sock list", "-u redis://no-such-host.invalid list", "-h 127.0.0.1 -p 1 list",
    ])
    func aServerThatIsNotThereIsStatus3(_ line: String) {
        let run = CommandRun(line)
        #expect(run.status == .connection)
        #expect(run.out == "" && run.err.hasPrefix("sessionctl: "))
    }

    @Test func aServerThatDoesNotAnswerIsStatus3() throws {
        let server = try server()
        defer { server.stop() }
        server.suspend()
        let run = CommandRun("--timeout 0.3 list", on: server)
        server.resume()
        #expect(run.status == .connection)
        #expect(run.err.contains("--timeout"))
    }

    @Test func aServerThatGoesAwayIsStatus3() throws {
        let server = try server()
        try server.pipeline(
            (0..<5000).map { index in
                ["HSET", "a:sessions:\(index)", "lastAccessedTime", "1"].map { Array($0.utf8) }
            })
        var asked = 0
        let run = CommandRun(
            ["list", "-s", server.socketPath],
            interrupted: {
                asked += 1
                if asked == 10 { server.stop() }
                return false
            })
        #expect(run.status == .connection, "\(asked)")
        server.stop()
    }

    @Test func passwordsComeFromOptionURLAndEnvironment() throws {
        let server = try server {
            $0.password = "S3cret-pw"
            $0.users = ["reader on >readers-own ~* +@read +@connection +scan"]
        }
        defer { server.stop() }
        let socket = server.socketPath
        let list = ["list", "--fields", "id"]
        let quiet = CommandRun(["-s", socket] + list, environment: ["REDISCLI_AUTH": "S3cret-pw"])
        #expect(quiet.status == .done && quiet.err == "")
        let warned = [
            ["-s", socket, "-a", "S3cret-pw"] + list, ["-s", socket] + list + ["--pass", "S3cret-pw"],
            ["-s", socket, "--user", "reader", "-a", "readers-own"] + list,
            ["-s", socket, "--user", "default", "--pass=S3cret-pw"] + list,
        ]
        for line in warned {
            let run = CommandRun(line)
            #expect(run.status == .done, "\(run.err)")
            #expect(run.err.split(separator: "\n").count == 1 && run.err.contains("--askpass or REDISCLI_AUTH"))
            #expect(!run.err.contains("S3cret") && !run.err.contains("readers-own"))
        }
        // The option is stronger than the environment.
        let both = CommandRun(["-s", socket, "-a", "S3cret-pw"] + list, environment: ["REDISCLI_AUTH": "wrong"])
        #expect(both.status == .done)
    }

    @Test func passwordsInURLsAreWarnedAboutOnce() throws {
        let server = try server {
            $0.tcp = true
            $0.password = "S3cret/pw"
        }
        defer { server.stop() }
        let run = CommandRun(["list", "-u", "redis://:S3cret%2Fpw@127.0.0.1:\(server.port)/0"])
        #expect(run.status == .done)
        #expect(run.err.split(separator: "\n").count == 1 && run.err.contains("a password in the URL"))
        #expect(!run.err.contains("S3cret"))
    }

    @Test(arguments: [[], ["-a", "wrong-pass-word"], ["--user", "nobody", "-a", "wrong-pass-word"]])
    func aWrongPasswordIsStatus4(_ options: [String]) throws {
        let server = try server { $0.password = "S3cret-pw" }
        defer { server.stop() }
        let run = CommandRun(options + ["list"], on: server)
        #expect(run.status == .permission)
        #expect(run.out == "")
        #expect(!run.err.contains("wrong-pass-word") && run.err.contains("REDISCLI_AUTH"))
    }

    @Test func aUserWhoMayNotReadIsStatus4() throws {
        let server = try server { $0.users = ["walker on >pw ~* +scan +dbsize", "none on >pw"] }
        defer { server.stop() }
        try fill(server)
        for user in ["walker", "none"] {
            for line in ["list", "show zero", "show user:x", "keys zero", "get zero a"] {
                let run = CommandRun("--user \(user) \(line)", on: server, environment: ["REDISCLI_AUTH": "pw"])
                #expect(run.status == .permission, "\(user) \(line): \(run.err)")
                #expect(run.err.contains("NOPERM"))
            }
        }
    }

    @Test func keysThatAreClosedMakeAListPartial() throws {
        let server = try server { $0.users = ["shop on >pw ~spring:session:sessions:z* +@all -@write"] }
        defer { server.stop() }
        try fill(server)
        try server.command("SET", "other", "key")
        let environment = ["REDISCLI_AUTH": "pw"]
        let run = CommandRun("--user shop list --fields id", on: server, environment: environment)
        #expect(run.status == .partial)
        #expect(run.out == Self.zero)
        #expect(run.err.contains("may not read 1 of the keys"))
        let narrow = CommandRun(
            "--user shop list --fields id --pattern spring:session:sessions:z*", on: server, environment: environment)
        #expect(narrow.status == .done && narrow.out == Self.zero && narrow.err == "")
    }

    @Test(
        arguments: [
            "-p 0 list", "-p 70000 list", "-p x list", "-n -1 list", "-s /x -h y list", "-u nonsense list",
            "-u ftp://h list", "-t 0 list", "--timeout -1 list", "--timeout 1e9 list", "-h",
        ])
    func wrongConnectionOptionsAreStatus2(_ line: String) {
        let run = CommandRun(line)
        #expect(run.status == .usage, "\(run.err)")
        #expect(run.out == "" && run.err != "")
    }

    @Test func ctrlCIsStatus130() throws {
        let server = try server()
        defer { server.stop() }
        try server.loadAllFixtures()
        let run = CommandRun(["list", "-s", server.socketPath], interrupted: { true })
        #expect(run.status == .interrupted)
        #expect(run.out == "" && run.err == "")
    }
}
