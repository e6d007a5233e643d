import Foundation
import TestSupport
import Testing

@testable import Commands
@testable import Terminal

/// `profiles` in each of its forms.
struct ProfilesCommandTests {
    private let home: TemporaryDirectory
    private var path: String { home.path + "/sessionctl/config.toml" }

    init() throws {
        home = try TemporaryDirectory()
        try FileManager.default.createDirectory(atPath: home.path + "/sessionctl", withIntermediateDirectories: false)
    }

    private func run(_ line: String, screen: TerminalSize? = nil) -> CommandRun {
        CommandRun(line, environment: ["XDG_CONFIG_HOME": home.path], screen: screen)
    }

    private func write() throws {
        let text = """
            [profiles.shop]
            url = "redis://operator@redis.example.org:7000/2"
            password-file = "not-there"
            production = true
            [profiles.local]
            socket = "/run/redis.sock"
            [profiles.replica]
            host = "::1"
            read-only = true
            """
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    }

    @Test func listsThemInTheOrderOfTheFile() throws {
        try write()
        let tsv = run("profiles")
        #expect(
            tsv.out == """
                shop\tredis.example.org:7000/2\ttrue\tfalse
                local\tunix:///run/redis.sock?db=0\tfalse\tfalse
                replica\t[::1]:6379/0\tfalse\ttrue

                """)
        #expect(tsv.status == .done && tsv.err.isEmpty)
        #expect(run("profiles -o csv").out.hasPrefix("name,store,production,read-only\r\nshop,"))
        let json = try TestJSON(reading: run("profiles -o json").outBytes)
        #expect(json.items?.count == 3)
        #expect(
            run("profiles -o jsonl").out.hasPrefix(
                #"{"name":"shop","store":"redis.example.org:7000/2","production":true,"readOnly":false}"# + "\n"))
        let table = run("profiles -o table", screen: TerminalSize(rows: 24, columns: 80)).out
        #expect(table.contains("NAME") && table.contains("READ-ONLY") && table.contains("yes"), "\(table)")
    }

    @Test func noFileIsAnEmptyListAndAWordWhereItWouldBe() throws {
        let run = self.run("profiles")
        #expect(
            run.status == .done && run.out.isEmpty && run.err == "sessionctl: no profiles: there is no file \(path)\n")
        #expect(self.run("profiles -o json").out == "[]\n" && self.run("profiles -q").err.isEmpty)
        try Data().write(to: URL(fileURLWithPath: path))
        #expect(self.run("profiles").err == "sessionctl: no profiles: \(path) has none\n")
        let nowhere = CommandRun("profiles")
        #expect(nowhere.status == .done && nowhere.err.contains("$XDG_CONFIG_HOME/sessionctl/config.toml"))
    }

    @Test func takesNoConnection() {
        let run = self.run("profiles -h x")
        #expect(run.status == .usage && run.err.contains("-h does not apply"), "\(run.err)")
    }
}
