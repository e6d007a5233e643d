import ArgumentParser
import Sessions
import Testing

@testable import Commands

@Suite struct ShellCompletionTests {
    private let table = CommandTable(of: ShellCommandTree.self)

    private func expected(_ line: String) -> ShellCompletion.Expectation {
        let words = ShellWords(line)
        return ShellCompletion(table: table).expectation(after: words.finished, word: words.open?.text ?? "")
    }

    private func words(_ line: String) -> [String] {
        guard case .words(let words, let behind, _) = expected(line) else { return [] }
        return words.map { behind + $0 }
    }

    @Test func knowsEveryCommandOfTheTree() {
        let subcommands = ShellCommandTree.configuration.subcommands
        var names = subcommands.map { $0._commandName }
        #expect(names.contains("list") && names.contains("use") && names.contains("exit"))
        #expect(!names.contains("shell") && !names.contains("demo"))
        names.append("help")
        #expect(Set(table.commands.map { $0.name }) == Set(ShellCommandTree.runnable.map(\.name) + ["help"]))
        #expect(Set(words("jwt ")) == Set(JWTCommand.configuration.subcommands.map { $0._commandName }))
        #expect(words("jwt verify --").contains("--pem") && expected("jwt verify --pem ") == .files)
        #expect(Set(words("")) == Set(names + ["ls", "quit", "logout", "extend"]))
    }

    @Test func knowsEveryOptionThatHelpShows() throws {
        for (name, type) in ShellCommandTree.runnable {
            let command = try #require(table.command(name))
            let help = ShellCommandTree.helpMessage(for: type, columns: 200)
            // `  -o, --output <form>    Form of …`
            let lines = help.split(separator: "\n").filter { $0.hasPrefix("  -") }
            let shown = lines.flatMap { line in
                line.dropFirst(2).split(separator: "  ")[0].split { " ,/".contains($0) }.filter { $0.hasPrefix("-") }
            }.map(String.init)
            let known = Set(command.options.flatMap { $0.names })
            #expect(!shown.isEmpty && Set(shown).isSubset(of: known), "\(type._commandName)")
        }
    }

    @Test func knowsEveryConnectionOption() throws {
        let list = try #require(table.command("list"))
        let valued = list.options.filter { $0.value != nil }.flatMap { $0.names }
        #expect(ConnectionOptions.valued.isSubset(of: valued))
        #expect(Set(words("-")) == ConnectionOptions.valued.union(["--askpass"]))
    }

    @Test func completesOptionsThatWereNotGiven() {
        #expect(words("list -").contains("--where") && words("list -").contains("-o"))
        #expect(!words("list --output json -").contains("-o"))
        #expect(words("list --namespace a -").contains("--namespace"))
        #expect(words("-n 2 list -").contains("--where"))
    }

    @Test func completesValues() {
        let forms = ListForms.all.map { $0.rawValue }
        #expect(words("list -o ") == forms)
        #expect(words("list --output ") == forms)
        #expect(words("list --output=j") == forms.map { "--output=" + $0 })
        #expect(words("list --color ") == ["auto", "always", "never"])
        #expect(expected("list -s ") == .files)
        #expect(expected("decode ") == .files)
        #expect(expected("list --limit ") == .nothing)
        #expect(expected("list ") == .nothing)
        #expect(Set(words("help ")) == Set(words("")).union(["filters", "paths", "formats", "jwt-keys", "exit-codes"]))
    }

    @Test func completesProfiles() {
        let completion = ShellCompletion(table: table, profiles: { ["shop", "local"] })
        for before in [["-u"], ["--uri"], ["list", "-u"], ["list", "--uri"], ["-n", "1", "-u"]] {
            #expect(completion.expectation(after: before, word: "@s") == .words(["@shop", "@local"]), "\(before)")
        }
        let joined = completion.expectation(after: ["list"], word: "--uri=@")
        #expect(joined == .words(["@shop", "@local"], behind: "--uri="))
        #expect(completion.expectation(after: ["-h"], word: "") == .nothing)
    }

    @Test func completesFields() {
        #expect(words("list --sort ") == SessionField.named.filter { $0 != .attributes }.map { $0.name })
        #expect(words("list --sort=-i").contains("--sort=-idle"))
        #expect(words("list --fields ").contains("attributes"))
        #expect(words("list --fields id,pr").contains("id,principal"))
        #expect(!words("list --fields id,pr").contains("id,id"))
        let filter = words("list --where \"(idle > 3 and pr")
        #expect(filter.contains("(idle > 3 and principal") && !filter.contains("(idle > 3 and attributes"))
    }

    @Test func completesPathsIntoAttributes() {
        let completion = ShellCompletion(
            table: CommandTable(of: ShellCommandTree.self), attributePaths: { ["cart.total", "['a b']"] })
        func words(_ before: [String], _ word: String) -> [String] {
            guard case .words(let words, let behind, _) = completion.expectation(after: before, word: word) else {
                return []
            }
            return words.map { behind + $0 }
        }
        #expect(words(["list", "--fields"], "id,at").contains("id,attr.cart.total"))
        #expect(words(["list", "--sort"], "-at").contains("-attr.cart.total"))
        #expect(words(["list", "--where"], "idle > 3d and at").contains("idle > 3d and attr['a b']"))
        #expect(words(["count", "--by"], "at").contains("attr.cart.total"))
        #expect(words(["get", "abc"], "ca") == ["cart.total", "['a b']"])
        #expect(words(["users", "--fields"], "principal,se").contains("principal,sessions"))
        #expect(words(["users", "--sort"], "-").contains("-sessions"))
    }

    @Test func expectsSessionsWhereCommandsTakeThem() {
        for line in ["use ", "show ", "show a b", "keys x", "get a", "-n 1 show ", "show -o json x"] {
            #expect(expected(line) == .sessions, "\(line)")
        }
        #expect(expected("use a b") == .nothing)
        #expect(expected("get a b") == .nothing)
        #expect(expected("unknown x") == .nothing)
    }
}
