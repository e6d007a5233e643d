import ArgumentParser

/// The command tree.
struct SessionctlCommand: ParsableCommand {
    static let version = "0.1.0"

    private static let topics = HelpTopic.allCases.map { topic in
        "  " + topic.rawValue + String(repeating: " ", count: 12 - topic.rawValue.count) + topic.summary
    }.joined(separator: "\n")

    static let configuration = CommandConfiguration(
        commandName: "sessionctl",
        abstract: "Inspect web sessions in Redis: Spring Session, Tomcat session managers, JSON Web Tokens.",
        discussion: """
            Connection options are spelled as redis-cli spells them and may stand before or after the subcommand; -h is the host, \
            help is --help.

            Examples:
              sessionctl -h redis.example.org list
              sessionctl show 019FD27F
              sessionctl get user:carol cart.items.SKU-0009.quantity
              sessionctl decode SESSIONS.ser

            Topics, shown by help TOPIC:
            \(topics)

            Exit status:
            \(ExitStatus.help)
            """,
        version: version,
        subcommands: [
            ListCommand.self, ShowCommand.self, GetCommand.self, CountCommand.self, UsersCommand.self,
            StatsCommand.self, KeysCommand.self, CookieCommand.self, DecodeCommand.self, SetCommand.self,
            UnsetCommand.self, EditCommand.self, ExpireCommand.self, TouchCommand.self, UndoCommand.self,
            MigrateCommand.self, VerifyCommand.self, ExportCommand.self, ImportCommand.self, ShellCommand.self,
            ProfilesCommand.self, DemoCommand.self, JWTCommand.self,
        ],
        helpNames: [.long])
}
