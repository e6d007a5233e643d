import TestSupport
import Testing

@testable import Commands

/// Options that are given twice.
struct RepeatedOptionsTests {
    @Test(
        arguments: [
            ("list --sort id --sort idle", "--sort id and --sort idle"),
            ("list --sort=-id --sort=idle", "--sort -id and --sort idle"),
            ("ls --limit 1 --limit 1", "--limit 1 and --limit 1"), ("list -o json -o csv", "-o json and -o csv"),
            ("list -o json --output=csv", "-o json and --output csv"), ("list -qo json -o csv", "-o json and -o csv"),
            ("list --json -o csv", "--json and -o csv"), ("list -o tsv --json", "--json and -o tsv"),
            ("-h a list -h b", "-h a and -h b"), ("-h a --host b show x", "-h a and --host b"),
            ("-p 1 -p 2 keys x", "-p 1 and -p 2"),
            ("get x y -u redis://a --uri redis://b", "-u redis://a and --uri redis://b"),
            ("list -a hunter1 --pass hunter2", "-a and --pass"),
            ("list --color auto --color never", "--color auto and --color never"),
            ("decode --json -o tree x", "--json and -o tree"), ("shell -n 1 -n 2", "-n 1 and -n 2"),
        ])
    func contradict(_ line: String, _ both: String) {
        let run = CommandRun(line)
        #expect(run.status == .usage)
        #expect(run.err.contains("\(both) contradict each other"), "\(run.err)")
        #expect(!run.err.contains("hunter"), "\(run.err)")
    }

    @Test func knowsTheLongNamesOfAllOptions() {
        var pairs: [String: String] = [:]
        for option in CommandTable(of: ShellCommandTree.self).commands.flatMap(\.options) where option.value != nil {
            guard let short = option.names.first(where: { !$0.hasPrefix("--") }) else { continue }
            pairs[short] = option.names.first { $0.hasPrefix("--") }
        }
        #expect(pairs == RepeatedOptions.longNames)
    }

    @Test(
        arguments: [
            "decode --json -o json rO0ABXQABWFsaWNl", "decode --json --json -q -q rO0ABXQABWFsaWNl",
            "decode -o json -- rO0ABXQABWFsaWNl", "decode --reveal --typed -q --no-pager rO0ABXQABWFsaWNl",
        ])
    func agree(_ line: String) {
        let run = CommandRun(line)
        #expect(run.status == .done, "\(run.err)")
    }
}
