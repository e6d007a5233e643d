import ArgumentParser
import TestSupport
import Testing

@testable import Commands

/// Options that take numbers say which.
struct NumberOptionsTests {
    @Test(
        arguments: [
            ("list --limit -1", "--limit -1: give a whole number from 0 on"),
            ("list --limit=-1", "--limit -1: give a whole number from 0 on"),
            ("list --limit x", "--limit x: give a whole number from 0 on"),
            ("list --limit 1.5", "--limit 1.5: give a whole number"), ("list --limit", "--limit: give a whole number"),
            ("count --limit 99999999999999999999", "--limit 99999999999999999999: give a whole number"),
            ("users --limit -3", "--limit -3: give a whole number from 0 on"),
            ("expire --all --limit 0", "--limit 0: give a whole number of sessions above 0, or leave it out for all"),
            ("touch --all --limit=0", "--limit 0: give a whole number of sessions above 0"),
            ("logout --all --limit 0", "above 0"), ("import a.sqlite redis://b --limit 0", "above 0"),
            ("migrate redis://a redis://b --limit -1", "--limit -1: give a whole number of sessions above 0"),
            ("stats --top -1", "--top -1: give a whole number from 0 on"),
            ("-n -1 list", "-n -1: give the number of a database, from 0 on"),
            ("list --db zero", "--db zero: give the number of a database"),
            ("list -p 0", "-p 0: give a number between 1 and 65535"), ("list --port 65536", "between 1 and 65535"),
            ("-p99999 list", "-p 99999: give a number between 1 and 65535"), ("list -n1x", "-n 1x: give the number"),
            ("list -t0", "-t 0: give a number of seconds above 0"),
            ("list --timeout 0", "--timeout 0: give a number of seconds above 0 and up to 86400"),
            ("list --timeout 3s", "--timeout 3s: give a number of seconds"),
            ("list -t -2", "-t -2: give a number of seconds above 0"),
            ("list --connect-timeout nan", "a number of seconds"),
            ("expire abc --in -5m", "--in -5m: give a duration above 0"),
            ("expire abc --settle -1", "--settle -1: give a duration from 0 on"),
            ("list --max-inactive-interval -5", "give a whole number of seconds above 0"),
            ("show abc --max-inactive-interval 1e3", "give a whole number of seconds above 0"),
        ])
    func sayWhatNumbersTheyTake(_ line: String, _ message: String) {
        let run = CommandRun(line)
        #expect(run.status == .usage && run.out.isEmpty)
        #expect(run.err.hasPrefix("sessionctl: ") && run.err.contains(message), "\(run.err)")
    }

    @Test func areLeftToTheParserWhereTheCommandHasNone() {
        #expect(CommandRun("show abc --limit -1").err.contains("Unknown option '--limit'"))
    }

    /// As redis-cli's users write them.
    @Test func standAtTheirOptionWithoutASpace() throws {
        let server = try RedisServer()
        defer { server.stop() }
        for words in [["-n1", "list", "-ojson"], ["list", "-n1", "-t5", "-o", "json"]] {
            let run = CommandRun(words, on: server)
            #expect(run.status == .done && run.out == "[]\n", "\(run.out) \(run.err)")
        }
        // What follows an option with a value, or two hyphens, is taken as it is: here the parser has an opinion of its own.
        #expect(CommandRun(["list", "--pattern=-n1"], on: server).status == .done)
        #expect(CommandRun(["list", "--pattern", "-n1"], on: server).err.contains("Missing value for '--pattern"))
        #expect(CommandRun(["show", "--", "-n1"], on: server).err.contains("'-n1'"))
        #expect(CommandRun(["list", "-help"]).err.contains("-help"))
    }

    /// The value of another option may look like one.
    @Test func valuesOfOthersAreNoOptions() throws {
        let server = try RedisServer()
        defer { server.stop() }
        let run = CommandRun(["list", "--pattern", "--limit", "--where", "id = a"], on: server)
        #expect(!run.err.contains("whole number"), "\(run.err)")
    }

    /// An option with a value that is not known as such would hide the one behind it, or show what is none.
    @Test func knowEveryOptionWithAValue() {
        for command in CommandTable(of: ShellCommandTree.self).commands
            + CommandTable(of: SessionctlCommand.self).commands
        {
            for option in command.options where option.value != nil {
                for name in option.names { #expect(NumberOptions.valued.contains(name), "\(command.name) \(name)") }
            }
        }
    }
}
