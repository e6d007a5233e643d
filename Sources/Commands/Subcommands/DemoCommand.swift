import ArgumentParser
import Terminal

/// `demo`: the program at work on sample sessions, in a Redis that is gone afterwards.
struct DemoCommand: Subcommand {
    static let withoutServer: String? = "demo starts a Redis of its own"

    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Show what the program does, on sample sessions in a private Redis.",
        usage: "sessionctl demo [--shell | --serve]",
        discussion: """
            Starts a redis-server of its own, on a unix socket in a directory that only you can read, without a port; fills it with \
            sessions that Spring Session and Tomcat session managers wrote, and a JWT; runs commands on them and shows what they say. \
            At the end, and after Ctrl-C, server and directory are gone. No other Redis is touched.

            With --shell you give the commands; with --serve the Redis stays until Ctrl-C, for commands in another terminal.

            Examples:
              sessionctl demo
              sessionctl demo --shell
              sessionctl demo --serve
            """)

    @Flag(name: .customLong("shell"), help: "Open a shell on the sample sessions instead.")
    var shell = false

    @Flag(name: .customLong("serve"), help: "Keep the Redis until Ctrl-C instead, and say how to reach it.")
    var serve = false

    mutating func validate() throws {
        if shell, serve { throw ValidationError("--shell and --serve: give one or the other") }
    }

    mutating func run(in context: CommandContext) throws -> ExitStatus {
        let server = try PrivateServer(for: "the demo", environment: context.environment)
        defer { server.stop() }
        let store = try SampleStore(on: server, isInterrupted: context.isInterrupted)
        if shell { return Program.runCommand(["shell", "-s", store.socketPath], in: context) }
        let context = context.asDemonstration()
        return try serve ? keep(server, store, context) : DemoTour(store: store, context: context).run()
    }

    /// Waits until Ctrl-C, or until somebody stops the server.
    private func keep(_ server: PrivateServer, _ store: SampleStore, _ context: CommandContext) throws -> ExitStatus {
        context.output.write(
            """
            Redis \(store.version) with sample sessions, until Ctrl-C:
              sessionctl -s \(store.socketPath) list
              redis-cli -s \(store.socketPath)

            """)
        try context.output.flush()
        while !context.isInterrupted(), !server.hasEnded(within: 500) {}
        return .done
    }
}
