import ArgumentParser
import Foundation
import Redis
import Sessions
import TestSupport
import Testing

@testable import Commands
@testable import Terminal

/// Connections by the names of profiles: what counts more, and what is wrong. A RedisServer answers.
struct ProfileConnectionIntegrationTests {
    private func context(_ bench: ProfileBench, _ variables: [String: String] = [:]) -> CommandContext {
        CommandContext(
            output: .memory(), errors: .memory(), environment: bench.environment.merging(variables) { $1 },
            clock: { CommandRun.now }, monotonicClock: { 0 }, isInterrupted: { false }, screen: nil, messageColumns: nil
        )
    }

    private func plan(_ line: String, _ bench: ProfileBench, _ variables: [String: String] = [:]) throws
        -> ConnectionPlan
    {
        let options = try ConnectionOptions.parse(line.split(separator: " ").map(String.init))
        return try options.plan(in: context(bench, variables))
    }

    private func password(_ plan: ConnectionPlan) -> String? {
        plan.credentials.password?.withBytes { String(decoding: $0, as: UTF8.self) }
    }

    /// Flags > URL > environment > profile > default.
    @Test func flagsCountMoreThanTheEnvironmentAndThatMoreThanTheProfile() throws {
        let bench = try ProfileBench()
        try bench.write("from-file\n", to: bench.home.path + "/sessionctl/pw")
        try bench.write(
            """
            [profiles.full]
            host = "redis.example.org"
            port = 7000
            db = 3
            user = "operator"
            password-file = "pw"
            connect-timeout = 1
            timeout = 2.5
            namespace = "shop"
            max-inactive-interval = 600
            jwt-keys = ["deny=revoked:{jti}"]
            [profiles.url]
            url = "redis://reader@h:7001/4?timeout=9"
            port = 7002
            [profiles.plain]
            """)
        let full = try plan("-u @full", bench)
        #expect("\(full.endpoint)" == "redis.example.org:7000/3" && full.credentials.user == "operator")
        #expect(password(full) == "from-file" && full.profile == "full" && full.protection == nil)
        #expect(full.timeouts.connect == .seconds(1) && full.timeouts.progress == .milliseconds(2500))
        #expect(full.namespaces == ["shop"] && full.managerInterval == 600)
        #expect(full.jwtKeys.all(for: .deny).count == 1)
        let flags = try plan(
            "-u @full -h other -p 7 -n 1 --user me -a flag -t 4 --timeout 5 --max-inactive-interval 7 --jwt-keys deny=x:{jti}",
            bench, ["REDISCLI_AUTH": "from-environment"])
        #expect("\(flags.endpoint)" == "other:7/1" && flags.credentials.user == "me" && password(flags) == "flag")
        #expect(flags.timeouts.connect == .seconds(4) && flags.timeouts.progress == .seconds(5))
        #expect(flags.managerInterval == 7 && flags.jwtKeys.all(for: .deny).first != full.jwtKeys.all(for: .deny).first)
        #expect(password(try plan("-u @full", bench, ["REDISCLI_AUTH": "from-environment"])) == "from-environment")
        let url = try plan("-u redis://:in-url@redis.example.org", bench, ["REDISCLI_AUTH": "from-environment"])
        #expect("\(url.endpoint)" == "redis.example.org:6379/0" && password(url) == "in-url" && url.profile == nil)
        let merged = try plan("-u @url", bench)
        #expect("\(merged.endpoint)" == "h:7002/4" && merged.credentials.user == "reader" && password(merged) == nil)
        #expect(merged.timeouts.progress == .seconds(9) && merged.timeouts.connect == .seconds(3))
        #expect(try plan("-u @plain", bench).endpoint.description == "127.0.0.1:6379/0")
        #expect(try plan("-s /x -u @full", bench).endpoint.description == "unix:///x?db=3")
    }

    @Test func connectsWithThePasswordOfTheProfile() throws {
        let bench = try ProfileBench { $0.users = ["operator on >S3cret ~* +@all"] }
        try bench.write("S3cret\n", to: bench.home.path + "/sessionctl/pw")
        try bench.protect("user = \"operator\"\npassword-file = \"pw\"")
        let run = bench.run("-u @shop list --fields id")
        #expect(run.status == .done && run.out.contains(ProfileBench.alice) && run.err.isEmpty, "\(run.err)")
        try bench.protect("user = \"operator\"\npassword-env = \"SHOP_PASSWORD\"")
        #expect(bench.run("list -u @shop", variables: ["SHOP_PASSWORD": "S3cret"]).status == .done)
        let wrong = bench.run("list -u @shop", variables: ["SHOP_PASSWORD": "wr0ng"])
        #expect(wrong.status == .permission && !wrong.err.contains("wr0ng"), "\(wrong.err)")
        let unset = bench.run("list -u @shop")
        #expect(unset.status == .usage && unset.err.contains("line 4: the variable 'SHOP_PASSWORD'"), "\(unset.err)")
    }

    /// Ids are asked for in the profile's namespaces, before anything is scanned.
    @Test func looksInTheNamespaceOfTheProfile() throws {
        let bench = try ProfileBench()
        let id = "0d5e7a3c-0000-4000-8000-000000000001"
        try bench.server.command("HSET", "shop:sessions:\(id)", "lastAccessedTime", "1", "creationTime", "1")
        try bench.protect("namespace = \"shop\"")
        try bench.beginToCount()
        let run = bench.run("show \(id) -u @shop")
        #expect(run.status == .done, "\(run.err)")
        #expect(try !bench.calls().contains("scan"))
    }

    // MARK: What is wrong

    @Test(
        arguments: [
            (
                "[profiles.shop]\nprodution = true\n",
                ", line 2: there is no key 'prodution'; did you mean 'production'?"
            ),
            ("[profiles.shop]\nport = \"x\"\n", ", line 2: 'port' takes a number between 1 and 65535"),
            ("[profiles.shop]\nhost = \n", ", line 2: this is no TOML"),
            ("[profiles.shop]\nurl = \"ftp://h\"\n", ", line 2: 'url': unknown scheme"),
            ("[profiles.shop]\nurl = \"@other\"\n", ", line 2: 'url' takes redis://"),
            ("[profiles.shop]\n\nurl = \"redis://:S3cret@h\"\n", ", line 3: 'url' holds a password"),
            ("[profiles.shop]\npassword = \"S3cret\"\n", ", line 2: 'password': no password stands in this file"),
            ("[profiles.shop]\nhost = \"h\"\nsocket = \"/s\"\n", ", line 3: 'socket' is instead of"),
            ("[profiles.shop]\njwt-keys = \"nonsense\"\n", ", line 2: 'jwt-keys'"),
        ])
    func errorsNameFileAndLine(_ text: String, _ words: String) throws {
        let bench = try ProfileBench()
        try bench.write(text)
        var lines = ["-u @shop list", "-u @shop touch user:alice --yes"]
        if !text.contains("jwt-keys") { lines += ["profiles", "list -s \(bench.server.socketPath)"] }
        for line in lines {
            let run = bench.run(line)
            #expect(run.status == .usage && run.out.isEmpty, "\(line) \(run.err)")
            #expect(run.err.hasPrefix("sessionctl: \(bench.configuration)\(words)"), "\(run.err)")
            #expect(!run.err.contains("S3cret"))
        }
    }

    @Test func aFileThatOthersMayWriteIsRefused() throws {
        let bench = try ProfileBench()
        try bench.write("[profiles.shop]\n", mode: 0o666)
        let run = bench.run("-u @shop list")
        #expect(run.status == .usage && run.err.contains("\(bench.configuration): others may write it"), "\(run.err)")
        #expect(run.err.contains("\n  chmod go-w '\(bench.configuration)'"))
    }

    @Test func unknownProfilesAreToldTheNearest() throws {
        let bench = try ProfileBench()
        let none = bench.run("-u @shop list")
        #expect(
            none.status == .usage
                && none.err.contains("there is no profile 'shop': there is no file \(bench.configuration)"))
        try bench.protect("")
        let near = bench.run("-u @shpo list")
        #expect(
            near.status == .usage
                && near.err.contains("there is no profile 'shpo' in \(bench.configuration); did you mean 'shop'?"))
        #expect(near.err.contains("sessionctl profiles lists them"))
        #expect(bench.run("-u @ list").status == .usage && bench.run("-u shop list").err.contains("@PROFILE"))
    }

    /// No other command looks at the file.
    @Test(arguments: ["--version", "--help", "help filters", "decode rO0ABXQABWFsaWNl", "undo list"])
    func withoutAConnectionTheFileIsNotRead(_ line: String) throws {
        let bench = try ProfileBench()
        try bench.write("nonsense")
        #expect(bench.run(line).status == .done)
        #expect(bench.run("profiles").status == .usage)
    }
}
