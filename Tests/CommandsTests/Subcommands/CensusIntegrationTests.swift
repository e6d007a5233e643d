import TestSupport
import Testing

@testable import Commands
@testable import Sessions
@testable import Terminal

/// `count`, `users`, `stats` and `cookie` on the sessions of real programs.
struct CensusIntegrationTests {
    private static let token = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJlcmluIiwiaWF0IjoxNzk1NDE4MDAwLCJleHAiOjE3OTU0MjE2MDB9."

    private func server() throws -> RedisServer {
        let server = try RedisServer()
        try server.load(FixtureStore("spring-session-3.5.7-indexed"), forever: true)
        try server.load(FixtureStore("tomcat9-redis-session-manager"), forever: true)
        try server.command("SET", "token:erin", Self.token)
        return server
    }

    @Test func counts() throws {
        let server = try server()
        defer { server.stop() }
        #expect(CommandRun("count", on: server).out == "18\n")
        #expect(CommandRun("count -o csv", on: server).out == "count\r\n18\r\n")
        #expect(CommandRun("count --json", on: server).out == "{\"count\":18}\n")
        #expect(CommandRun("count --by format", on: server).out == "spring\t11\ntomcat\t6\njwt\t1\n")
        #expect(CommandRun("count --by principal --limit 2", on: server).out == "\t8\nbob@example.org\t2\n")
        #expect(
            CommandRun("count --by format --limit 1 -o json", on: server).out
                == "[\n{\"format\":\"spring\",\"count\":11}\n]\n")
        #expect(CommandRun("count --by attr.int", on: server).out == "\t17\n42\t1\n")
        let classes = CommandRun("count --by class --where user=frank -o csv", on: server)
        #expect(classes.out.contains("org.springframework.security.core.context.SecurityContextImpl,2\r\n"))
        let none = CommandRun("count --where user=nobody --exit-code", on: server)
        #expect(none.status == .notFound && none.out == "0\n")
        #expect(CommandRun("count --where user=nobody", on: server).status == .done)
        for field in ["idle", "interval", "created", "size"] {
            let bad = CommandRun("count --by " + field, on: server)
            #expect(bad.status == .usage && bad.err.contains("stats draws times"), "\(bad.err)")
            #expect(bad.err.contains("times, durations and sizes are not counted by value"), "\(bad.err)")
        }
    }

    /// As the ground truth of both fixtures has them, and the token's subject.
    @Test func countsTheUsersThatThereAre() throws {
        let server = try server()
        defer { server.stop() }
        let expected = [
            "deleted": 1, "late": 1, "frank": 2, "changer": 1, "bob@example.org": 2, "erin": 1, "alice": 1,
            "anonymousUser": 1,
        ]
        var found: [String: Int] = [:]
        for line in CommandRun("users --fields principal,sessions", on: server).out.split(separator: "\n") {
            let columns = line.split(separator: "\t").map(String.init)
            found[columns[0]] = Int(columns[1])
        }
        #expect(found == expected)
    }

    @Test func listsUsersInEveryForm() throws {
        let server = try server()
        defer { server.stop() }
        let line = "users --where format=spring --sort=-sessions --limit 2"
        #expect(
            CommandRun(line + " --fields user,sessions,format", on: server).out.hasPrefix(
                "frank\t2\tspring\nanonymousUser\t1\t"))
        let csv = CommandRun(line + " -o csv", on: server).out
        let frankInCSV = "frank,2,ROLE_ADMIN ROLE_USER,2026-11-23T07:17:40.7"
        #expect(csv.hasPrefix("principal,sessions,role,accessed,idle\r\n" + frankInCSV), "\(csv)")
        let json = try TestJSON(reading: CommandRun(line + " -o json", on: server).outBytes)
        let frank = try #require(json.items?.first)
        #expect(frank.names == ["principal", "sessions", "roles", "lastAccessedAt", "idleMilliseconds"])
        #expect(frank["sessions"]?.integer == 2 && frank["idleMilliseconds"]?.integer == 1_739_274, "\(frank)")
        let screen = TerminalSize(rows: 50, columns: 100)
        let table = CommandRun(line + " --no-pager", on: server, environment: ["NO_COLOR": "1"], screen: screen)
        #expect(table.out.hasPrefix("PRINCIPAL      SESSIONS  ROLE                  ACCESSED"), "\(table.out)")
        #expect(
            table.err.hasSuffix("sessionctl: 2 users; sessions without one: 4; ended and still stored: 2\n"),
            "\(table.err)")
        let bad = CommandRun("users --fields sesions", on: server)
        #expect(bad.status == .usage && bad.err.contains("did you mean 'sessions'?"), "\(bad.err)")
        #expect(CommandRun("users --where user=nobody --exit-code", on: server).status == .notFound)
    }

    @Test(arguments: [
        ("stats.txt", "stats -o table"), ("stats.json", "stats -o json --top 3"),
        ("stats.tsv", "stats --quick --top 2"), ("stats.prom", "stats -o prometheus --top 3"),
    ])
    func showsStatistics(_ file: String, _ line: String) throws {
        let server = try server()
        defer { server.stop() }
        // Ages of what fixtures hold do not move, the lives of keys are for ever.
        let run = CommandRun(line, on: server, environment: ["NO_COLOR": "1"])
        #expect(run.status == .done && run.err == "", "\(run.err)")
        try Golden.compare(run.out, with: file, in: #filePath)
    }

    /// Every line of the exposition format is a comment or a sample; buckets rise to the count.
    @Test func metricsAreWellFormed() throws {
        let server = try server()
        defer { server.stop() }
        let text = CommandRun("stats -o prometheus", on: server).out
        let sample = try Regex(#"^sessionctl_[a-z_]+(\{[a-z]+="([^"\\\n]|\\[\\"n])*"\})? [0-9.e+]+$"#)
        var samples = 0
        var typed: Set<String> = []
        for line in text.split(separator: "\n") {
            if line.hasPrefix("# TYPE ") { typed.insert(String(line.split(separator: " ")[2])) }
            if line.hasPrefix("#") { continue }
            #expect(try sample.wholeMatch(in: String(line)) != nil, "\(line)")
            samples += 1
        }
        #expect(samples > 60 && typed.count == 11, "\(samples) \(typed.count)")
        #expect(text.contains("sessionctl_sessions{format=\"spring\"} 11\n"))
        for metric in ["idle_seconds", "age_seconds", "ttl_seconds", "size_bytes"] {
            let lines = text.split(separator: "\n").filter { $0.hasPrefix("sessionctl_session_\(metric)_") }
            let values = lines.filter { $0.contains("_bucket") }.compactMap { Int($0.split(separator: " ")[1]) }
            #expect(
                values == values.sorted() && lines.last == "sessionctl_session_\(metric)_count \(values.last ?? -1)")
        }
    }

    @Test func labelsAreEscaped() {
        #expect(StatisticsMetrics.escaped("a\"b\\c\nd\u{1B}é") == #"a\"b\\c\\nd\\x1bé"#)
    }

    @Test func barsAreDrawnInEighths() {
        #expect(StatisticsText.bar(8, of: 8, columns: 2) == "██" && StatisticsText.bar(0, of: 8, columns: 2) == "")
        #expect(StatisticsText.bar(1, of: 1000, columns: 2) == "▏" && StatisticsText.bar(3, of: 4, columns: 1) == "▊")
    }

    @Test func whatIsBeyondTheBoundIsCounted() {
        var counts = BoundedCounts(maximumNames: 2)
        for name in ["a", "b", "c", "b", "d", "a", "b"] { counts.add(name) }
        #expect(counts.nameCount == 2 && counts.unnamed == 2)
        #expect(counts.most().map { $0.name } == ["b", "a"] && counts.most(1).map { $0.count } == [3])
        var census = PrincipalCensus(maximumNames: 1)
        for name in ["x", "y", "x", nil] {
            var session = Session(id: [], format: "f", key: [], timeToLive: .none)
            session.principal = name
            census.add(session)
        }
        #expect(census.all.map { $0.sessions } == [2] && census.unnamed == 1 && census.anonymous == 1)
    }

    @Test func showsCookies() throws {
        let server = try server()
        defer { server.stop() }
        let id = "a8b35bb8-1d56-4270-a19b-e9b7d05d52c1"
        let encoded = "YThiMzViYjgtMWQ1Ni00MjcwLWExOWItZTliN2QwNWQ1MmMx"
        #expect(
            CommandRun("cookie \(id)", on: server).out
                == "\(id)\tSESSION\t\(encoded)\tSpring Session 2.0 and later\n"
                + "\(id)\tSESSION\t\(id)\tSpring Session 1.x, or without Base64\n")
        #expect(CommandRun("cookie \(id) -o raw", on: server).out == encoded + "\n")
        let routed = CommandRun("cookie \(id) --route n1 -o raw", on: server).out
        #expect(CommandRun(["list", "--where", "id=x"], on: server).status == .done && routed.hasPrefix("YThiMz"))
        // What is shown names the session again.
        for value in [encoded, String(routed.dropLast()), "SESSION=" + encoded, "\(id).n1"] {
            #expect(
                CommandRun(["cookie", "cookie:" + value, "-o", "raw"], on: server).out == encoded + "\n", "\(value)")
        }
        let tomcat = CommandRun("cookie A25894229847D7EF5CDCFF5099122EA2 -o json", on: server)
        #expect(tomcat.out.contains("\"cookie\":\"JSESSIONID\",\"value\":\"A25894229847D7EF5CDCFF5099122EA2\""))
        let token = CommandRun("cookie key:token:erin", on: server)
        #expect(token.status == .usage && token.err.contains("is a JSON Web Token: no cookie"), "\(token.err)")
    }

    @Test(
        arguments: [
            ("abc", "abc\tas it is\n"), ("YWJjZA==", "YWJjZA==\tas it is\nabcd\tBase64 undone\n"),
            (
                "SESSION=YWJjZA%3D%3D",
                "YWJjZA%3D%3D\tas it is\nYWJjZA==\tURL-encoding undone\nabcd\tURL-encoding undone, Base64 undone\n"
            ),
            ("JSESSIONID=AB.n1", "AB.n1\tas it is\nAB\twithout the route n1\n"),
            ("sid=abc", "abc\tas it is\n"),
            (
                "0123456789ABCDEF-m1.n1",
                "0123456789ABCDEF-m1.n1\tas it is\n0123456789ABCDEF-m1\twithout the route n1\n"
                    + "0123456789ABCDEF.n1\twithout the memcached node m1\n"
                    + "0123456789ABCDEF\twithout the memcached node m1, without the route n1\n"
            ),
        ])
    func saysWhatACookieMayMean(_ value: String, _ lines: String) {
        let run = CommandRun(["cookie", "--decode", value])
        #expect(run.status == .done && run.out == lines, "\(run.out)\(run.err)")
    }
}
