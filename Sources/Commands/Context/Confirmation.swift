import Terminal

/// What a command line says of being asked.
protocol ConfirmedOptions {
    /// Whether nobody is to be asked.
    var yes: Bool { get }
    /// How many sessions are expected at most.
    var atMost: Int? { get }
}

/// Whether many sessions may be changed: a person types their number, a script says beforehand how many it expects.
struct Confirmation {
    let options: any ConfirmedOptions
    /// What is done, as in "log out 12 sessions".
    let verb: ChangeVerb
    /// How many sessions fit.
    let count: Int
    /// Where they are, as in "in redis://…": whoever is asked must see whether it is the right server.
    let place: String

    /// Throws where it is refused.
    func ask(in context: CommandContext) throws(Failure) {
        try check(in: context)
        guard !options.yes, let ask = context.ask else { return }
        try TypedCount(question: verb.infinitive, count: count, place: place).require(by: ask)
    }

    /// Throws where it is refused before anybody is asked.
    func check(in context: CommandContext) throws(Failure) {
        if let most = options.atMost, count > most {
            throw .usage(
                "\(number), and --at-most is \(most): nothing was changed",
                advice: "look at them with --dry-run, or give a higher number")
        }
        guard !options.yes else { return try checkCount() }
        guard context.ask != nil else {
            throw .usage(
                "\(number), and nobody is there to be asked: nothing was changed",
                advice:
                    "--yes goes on without a question, above \(ChangeOptions.mostWithoutCount) sessions with --at-most N"
            )
        }
    }

    private var number: String { count == 1 ? "1 session fits" : "\(count) sessions fit" }

    private func checkCount() throws(Failure) {
        guard options.atMost == nil, count > ChangeOptions.mostWithoutCount else { return }
        throw .usage(
            "\(number): --yes alone is good for \(ChangeOptions.mostWithoutCount), and nothing was changed",
            advice: "say how many you expect: --yes --at-most \(count)")
    }
}

/// A number that a person types, so that nobody says yes to more than was meant.
struct TypedCount {
    /// What is asked for, as in "Log out".
    let question: String
    let count: Int
    let place: String

    func require(by ask: (String) -> String?) throws(Failure) {
        let sessions = count == 1 ? "1 session" : "\(count) sessions"
        let words = TerminalText.escape("\(question) \(sessions) \(place)")
        guard let answer = ask("\(words): type \(count) to go on, anything else to stop: ") else {
            throw Failure(.interrupted, "interrupted")
        }
        guard answer.filter({ !$0.isWhitespace }) == String(count) else { throw .usage("stopped: nothing was changed") }
    }
}

/// The words for what a command does.
struct ChangeVerb {
    /// "Log out".
    let infinitive: String
    /// "logging out".
    let gerund: String
    /// "logged out".
    let participle: String
    /// Whether the same command leaves those alone that it has changed, so that it goes on with the others.
    var goesOn = true
}
