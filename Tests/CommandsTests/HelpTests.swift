import ArgumentParser
import Sessions
import TestSupport
import Testing

@testable import Commands

/// What help says, and what is refused with a word about it.
struct HelpTests {
    private static let forms: [String: [OutputForm]] = [
        "list": ListForms.all, "show": ShowForms.all, "get": GetForms.all, "keys": KeysForms.all,
        "decode": DecodeForms.all, "count": CountForms.all, "users": UsersForms.all, "stats": StatsForms.all,
        "cookie": CookieForms.all, "profiles": ProfilesForms.all, "jwt verify": JWTVerifyForms.all,
        "jwt sign": JWTSignForms.all,
        "jwt check": JWTCheckForms.all,
    ]

    @Test(arguments: forms.keys) func listsTheFormsOfTheCommandAndRefusesOthers(_ command: String) throws {
        let own = try #require(Self.forms[command])
        let words = command.split(separator: " ").map(String.init)
        let help = CommandRun(words + ["--help"]).out.split(separator: "\n")
        for form in OutputForm.allCases {
            let isListed = help.contains { $0.contains("  \(form.rawValue) ") && $0.contains(" - \(form.summary)") }
            #expect(isListed == own.contains(form), "\(form)")
            guard !own.contains(form) else { continue }
            let run = CommandRun(words + ["x", "y", "-o", form.rawValue])
            #expect(run.status == .usage)
            for name in own {
                #expect(run.err.contains("'\(name.rawValue)'") || run.err.contains("- \(name.rawValue)\n"))
            }
        }
    }

    @Test func aSingleValueHasNoColumns() {
        let value = "rO0ABXQABWFsaWNl"
        #expect(CommandRun(["decode", value, "-o", "jsonl"]).out == "\"alice\"\n")
        let run = CommandRun(["decode", value, "-o", "tsv"])
        #expect(run.status == .usage && run.err.contains("tree, json, jsonl"), "\(run.err)")
    }

    /// Two arguments are two, also in the lists below the usage.
    @Test(arguments: ["get", "set", "unset", "edit"]) func eachArgumentHasANameOfItsOwn(_ command: String) {
        let help = CommandRun([command, "--help"]).out
        #expect(help.contains("\n  <session> ") && !help.contains("<session]") && !help.contains("] [path"), "\(help)")
    }

    /// A terminal has 80 columns at least; text is wrapped there, and an example would be cut in two.
    @Test func examplesFitInALine() {
        let commands =
            [SessionctlCommand.self, JWTCommand.self] + SessionctlCommand.runnable.map(\.type)
            + ShellCommandTree.shellOnly
        var examples = 0
        for command in commands as [any ParsableCommand.Type] {
            let lines = command.configuration.discussion.split(separator: "\n").filter { $0.hasPrefix("  ") }
            examples += lines.count
            for line in lines { #expect(line.count <= 80, "\(line)") }
        }
        #expect(examples > 25)
    }

    @Test(
        arguments: [
            ("-h x decode rO0ABXQABWFsaWNl", "decode needs no server: -h does not apply"),
            ("--uri=redis://h decode rO0ABXQABWFsaWNl", "decode needs no server: --uri does not apply"),
            ("decode rO0ABXQABWFsaWNl -o json --askpass", "decode needs no server: --askpass does not apply"),
            ("-n 1 demo", "demo starts a Redis of its own: -n does not apply"),
        ])
    func saysWhichCommandsNeedNoServer(_ line: String, _ message: String) {
        let run = CommandRun(line)
        #expect(run.status == .usage && run.err.contains(message), "\(run.err)")
    }

    @Test func whatIsBehindTwoDashesIsNoOption() {
        let run = CommandRun("decode -- -h")
        #expect(run.err.contains("'-h': No such file"), "\(run.err)")
    }

    /// The path into a token is one that is followed, and its steps are the members of the token as JSON.
    @Test func thePathIntoATokenIsThatOfItsJSON() throws {
        let token = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbGljZSJ9."
        let line = try #require(HelpTopic.paths.text.split(separator: "\n").first { $0.contains("JSON Web Token") })
        let text = try #require(line.split(separator: " ").first.map(String.init))
        let attributes = [SessionAttribute(name: Array("token".utf8), value: .stored(Array(token.utf8)))]
        guard case .json(let found) = try AttributePath(text).value(in: attributes) else { throw FixtureError(text) }
        #expect(found.string?.text == "alice")
        let steps = text.split(separator: ".").dropFirst()
        var json = try TestJSON(reading: CommandRun(["decode", token, "-o", "json"]).outBytes)
        for step in steps { json = try json.required(String(step)) }
        #expect(json.string == "alice")
        let manual = try String(
            decoding: Fixtures.bytes("../../docs/json.md"), as: UTF8.self)
        #expect(manual.contains("`\(text)`"))
    }

    @Test(arguments: HelpTopic.allCases) func topicsAreShown(_ topic: HelpTopic) {
        let run = CommandRun("help \(topic.rawValue)")
        #expect(run.status == .done && run.out == topic.text && run.out.hasSuffix("\n"))
        for line in run.out.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
        let help = CommandRun("--help").out
        #expect(help.contains(topic.rawValue) && help.contains(topic.summary))
    }

    @Test func topicsNameEveryFieldAndFormat() {
        for field in SessionField.named where field.isComparable {
            #expect(HelpTopic.filters.text.contains(field.name), "\(field)")
        }
        for format in SessionFormats.all { #expect(HelpTopic.formats.text.contains(format.name)) }
    }

    @Test(
        arguments: [
            ("list --sorte id", "Did you mean '--sort'?"), ("help jwtkeys", "did you mean 'jwt-keys'?"),
            ("ls --limt 3", "Did you mean '--limit'?"), ("shw x", "did you mean 'show'?"),
            ("list --fields idd", "did you mean 'id'?"), ("list --sort siz", "did you mean 'size'?"),
            ("users --fields rol", "did you mean 'role'?"), ("count --by forma", "did you mean 'format'?"),
            ("lst", "there is no command 'lst'; did you mean 'list'?"), ("usres", "did you mean 'users'?"),
            ("help filter", "did you mean 'filters'?"), ("help exitcodes", "did you mean 'exit-codes'?"),
            ("help cout", "did you mean 'count'?"), ("list -o jsn", "there is no form 'jsn'; did you mean 'json'?"),
            ("list --output=jsonll", "did you mean 'jsonl'?"), ("list --wher x=1", "--where"),
            ("stats -o prometeus", "did you mean 'prometheus'?"), ("xyzzy", "there is no command 'xyzzy'\n"),
        ])
    func saysWhatWasMeant(_ line: String, _ words: String) {
        let run = CommandRun(line)
        #expect(run.status == .usage && run.out.isEmpty && run.err.contains(words), "\(run.err)")
    }

    @Test func helpOnCommandsIsAsBefore() {
        #expect(CommandRun("help list").out == CommandRun("list --help").out)
        #expect(CommandRun("help").status == .done && CommandRun("help ls").status == .done)
    }

    /// What is missing is said before a server is looked for.
    @Test(arguments: ["show", "keys", "cookie", "get"])
    func aSessionMustBeNamed(_ command: String) {
        let run = CommandRun(["-s", "/nonexistent/redis.sock", command])
        #expect(run.status == .usage && run.err.contains("name a session"), "\(run.err)")
    }
}
