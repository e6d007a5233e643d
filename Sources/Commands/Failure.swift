import Configuration
import JavaSerialization
import Redis
import SessionStorage
import Sessions
import Terminal

/// A failure as the user meets it: words and exit status, chosen in one place.
struct Failure: Error {
    let status: ExitStatus
    /// What failed and where; text from data or servers is escaped when it is printed.
    let message: String
    /// What is named in lines of its own.
    var details: [String] = []
    /// What to do about it.
    var advice: String?

    init(_ status: ExitStatus, _ message: String, advice: String? = nil) {
        self.status = status
        self.message = message
        self.advice = advice
    }

    static func usage(_ message: String, advice: String? = nil) -> Failure { Failure(.usage, message, advice: advice) }
}

extension Failure {
    /// The words for any error of the rooms below.
    init(_ error: any Error) {
        switch error {
        case let failure as Failure: self = failure
        case let error as StorageError: self.init(storage: error)
        case let error as RedisError: self.init(redis: error)
        case let error as FilterError:
            self.init(.usage, "--where: \(error)", advice: "sessionctl help filters tells what a filter may say")
        case let error as TerminalError: self.init(terminal: error)
        case let error as ConfigurationError: self.init(configuration: error)
        case let error as JavaStreamError: self.init(.undecodable, "\(error)")
        case let error as SessionError: self.init(.undecodable, "\(error)")
        default: self.init(.usage, "\(error)")
        }
    }

    private init(storage error: StorageError) {
        switch error {
        case .redis(let error): self.init(redis: error)
        case .notPermitted(let name, let denied):
            self.init(
                .permission,
                "'\(TerminalText.escape(name))' was not found, but this user may not read \(denied) of the keys: it may be one of them",
                advice: "the Redis user needs +@read on the sessions' keys")
        case .noSuchSession(let name, let searched):
            self.init(
                .notFound, "no session \(Self.quoted(name)); looked at \(searched)",
                advice: "sessionctl list shows the sessions that are there" + Self.userHint(name))
        case .ambiguous(let name, let keys):
            let rest = keys.count > 20 ? ["… and \(keys.count - 20) more"] : []
            self.init(.usage, "'\(TerminalText.escape(name))' fits \(keys.count) sessions; name one of them:")
            details = keys.prefix(20).map { "key:" + TerminalText.escape(bytes: $0) } + rest
        case .invalidName(let reason): self.init(.usage, reason)
        case .notASession(let key, let type):
            self.init(
                .notFound, "key '\(TerminalText.escape(bytes: key))' (\(type)) holds no session of a known format",
                advice: "redis-cli can show it; sessionctl leaves it alone")
        case .wrongKeyType(let key, let type, let expected):
            let name = TerminalText.escape(bytes: key)
            self.init(
                .notFound,
                "key '\(name)' has the name of a session and the type \(type); it must be a \(expected)",
                advice: "whatever writes it breaks the session of this id; redis-cli can show it")
        case .temporaryFile(let reason):
            self.init(.partial, "sorting: \(reason)", advice: "TMPDIR names the folder for temporary files")
        case .archive(let problem):
            self.init(problem.kind == .unknownChange ? .notFound : .usage, TerminalText.escape(problem.description))
        case .tokenFile(let problem):
            self.init(
                problem.kind == .unsafe ? .usage : .partial, TerminalText.escape(problem.description),
                advice: problem.kind == .unsafe ? nil : "the same command goes on")
        case .interrupted: self.init(.interrupted, "interrupted")
        }
    }

    private init(redis error: RedisError) {
        switch error.kind {
        case .cannotConnect:
            self.init(
                .connection, "\(error)",
                advice: "is the server running there? -h host -p port, or -s socket, say where it is")
        case .connectionLost: self.init(.connection, "\(error)", advice: "give the command again")
        case .timedOut: self.init(.connection, "\(error)", advice: "--timeout and --connect-timeout allow more time")
        case .authentication:
            self.init(.permission, "\(error)", advice: "--user and --askpass, or REDISCLI_AUTH, give user and password")
        case .permission:
            let isUnknown = error.message.hasPrefix(RedisError.unknownCommand)
            self.init(.permission, "\(error)", advice: isUnknown ? Self.renamed : Self.rights)
        case .server, .protocolViolation, .overLimit: self.init(.connection, "\(error)")
        case .interrupted: self.init(.interrupted, "interrupted")
        }
    }

    private static let renamed =
        "the server has it under another name (rename-command), or not at all: it is needed here"

    /// What ends every message about them.
    static let rights =
        "the Redis user needs +@read +@connection, and to change sessions +@write +@scripting +@transaction +info +time, "
        + "on the keys of sessions and of what belongs to them"

    private static func quoted(_ name: String) -> String {
        name.isEmpty ? "with an empty id" : "'\(TerminalText.escape(name))'"
    }

    /// Who types a bare name often means the user: names are short, and have no digits to speak of.
    private static func userHint(_ name: String) -> String {
        let digits = name.utf8.count { 0x30...0x39 ~= $0 }
        guard 1...64 ~= name.utf8.count, digits < 4, !name.contains(where: { $0 == ":" || $0 == " " }) else {
            return ""
        }
        return ", user:\(TerminalText.escape(name)) those of a user"
    }

    private init(terminal error: TerminalError) {
        switch error {
        case .interrupted: self.init(.interrupted, "interrupted")
        case .noTerminal: self.init(.usage, "\(error)", advice: "REDISCLI_AUTH gives the password without a terminal")
        default: self.init(.partial, "\(error)")
        }
    }
}

extension Program {
    /// Whether `error` comes from our own rooms rather than from the argument parser.
    static func isOwn(_ error: any Error) -> Bool {
        error is Failure || error is StorageError || error is RedisError || error is FilterError
            || error is TerminalError || error is ConfigurationError
            || error is JavaStreamError || error is SessionError
    }
}
