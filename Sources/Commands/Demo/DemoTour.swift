import Terminal

/// The program's main job on the sample sessions: each step is a question, a command that answers it, and what it says.
struct DemoTour {
    private struct Step {
        let question: String
        /// As it is typed into a shell.
        let command: String
    }

    private static let steps = [
        Step(
            question: "Which sessions are there? Spring's, Tomcat's and tokens in one list:",
            command: "list --sort principal"),
        Step(
            question: "Where is Alice logged in?",
            command: "list --where 'user = alice' --sort ttl"),
        Step(
            question: "What is in Grace's Spring session? The beginning of its id is enough:",
            command: "show c388238a"),
        Step(
            question: "And in Alice's Tomcat session, one blob of serialized Java in Redis?",
            command: "show 019FD27F"),
        Step(
            question: "What is in Carol's cart, of classes that this program has never seen?",
            command: "get 2979428e cart.items.SKU-0009"),
        Step(
            question: "What does Alice's token say?",
            command: "show token:alice"),
        Step(
            question: "Which keys make up her Spring session?",
            command: "keys d7aa0843"),
        Step(
            question: "Is anything wrong with one of them?",
            command: "list --where 'finding != none' --fields id,format,finding --sort id"),
        Step(
            question: "Log Carol out of her Spring session: what would be sent?",
            command: "expire 2979428e --dry-run"),
        Step(
            question: "Do it. (Elsewhere, without --no-undo, sessionctl undo takes it back.)",
            command: "expire 2979428e --yes --settle 0 --no-undo"),
        Step(
            question: "It is over; for five minutes something is left for the application's events:",
            command: "list --where 'user = carol' --fields id,format,interval,ttl --sort id"),
    ]

    let store: SampleStore
    let context: CommandContext

    /// Runs every step; the worst exit status of them.
    func run() throws -> ExitStatus {
        say(Self.opening(store))
        var worst = ExitStatus.done
        for step in Self.steps {
            say("\n" + palette.paint(step.question, .header))
            say(palette.paint("$ ", .prompt) + "sessionctl " + step.command)
            let words = try ShellWords(step.command).all() + ["-s", store.socketPath]
            let status = Program.runCommand(words, in: context)
            try context.output.flush()
            try context.errors.flush()
            if context.isInterrupted() { return .interrupted }
            guard context.output.wantsMore else { return worst }
            if status != .done { worst = status }
        }
        say("\n" + Self.closing)
        try context.output.flush()
        return worst
    }

    private var palette: Palette {
        Palette(isEnabled: ColorChoice.auto.isOn(isTerminal: true, environment: context.environment))
    }

    private func say(_ text: String) { context.output.write(text + "\n") }

    private static func opening(_ store: SampleStore) -> String {
        """
        A private Redis \(store.version) with sessions of Spring Session and of two Tomcat
        session managers in it, and a token. The sessions are real: those libraries
        wrote them on 23 November 2026; only the clocks of their keys began anew.
        Each command below does the same on your own Redis, with -h HOST -p PORT.
        """
    }

    private static let closing = """
        That is the end; this Redis goes with it. To go on:
          sessionctl demo --shell          the same sessions in a shell; Tab completes
          sessionctl demo --serve          the same sessions for others, until Ctrl-C
          sessionctl -h HOST -p PORT list  your own sessions; nothing is written
          sessionctl --help                all commands
        """
}
