import ArgumentParser
import Configuration
import Terminal

/// The forms of `profiles`.
enum ProfilesForms: CommandForms {
    static let all: [OutputForm] = [.table, .tsv, .csv, .json, .jsonl]
}

/// `profiles`: the connections that have a name.
struct ProfilesCommand: Subcommand {
    static let withoutServer: String? = "profiles lists what the configuration says"

    static let configuration = CommandConfiguration(
        commandName: "profiles",
        abstract: "List the connections that have a name.",
        usage: "sessionctl profiles [-o FORM]",
        discussion: """
            A profile is a table of $XDG_CONFIG_HOME/sessionctl/config.toml (~/.config without it); -u @NAME connects to it. It says \
            what connection options say: url or host, port, socket, db; user, connect-timeout, timeout, namespace, \
            max-inactive-interval, jwt-keys; the password by password-file or password-env.

              [profiles.shop]
              url = "redis://redis.example.org/0"
              password-file = "shop.password"
              production = true

            With production = true, sessions are changed only with --write, in the shell after \\write on; with read-only = true \
            never. That holds also where -h, -p, -s or another URL names the same server and database. No server is asked.

            Examples:
              sessionctl profiles
              sessionctl profiles -o json
              sessionctl -u @shop list
            """)

    @OptionGroup(title: "Output") var form: FormOptions<ProfilesForms>
    @OptionGroup(title: "Output") var output: OutputOptions

    mutating func run(in context: CommandContext) throws -> ExitStatus {
        let profiles = try Profiles(environment: context.environment)
        let form = form.form(onTerminal: .table, inPipe: .tsv, context: context)
        var writer = RowWriter(
            [
                .init("name"), .init("store", isFlexible: true), .init("production"),
                .init("read-only", json: "readOnly"),
            ], form, output, context)
        for entry in profiles.entries {
            writer.write([
                .text(entry.profile.name, .name), .text("\(entry.endpoint)"),
                .flag(entry.profile.isProduction), .flag(entry.profile.isReadOnly),
            ])
        }
        writer.finish()
        if profiles.entries.isEmpty, !output.quiet {
            context.say(
                "no profiles: \(profiles.isThere ? "\(profiles.place) has none" : "there is no file \(profiles.place)")"
            )
        }
        return .done
    }
}
