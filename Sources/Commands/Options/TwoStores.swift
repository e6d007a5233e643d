import ArgumentParser
import SessionStorage
import Sessions

/// The two stores of a command that compares them or carries sessions from one to the other.
struct TwoStores: ParsableArguments {
    @Argument(
        help: ArgumentHelp(
            "Store that sessions are read from: a URL, as of -u, @NAME of a profile, archive:FILE or rdb:FILE.",
            valueName: "source"))
    var source: String

    @Argument(help: ArgumentHelp("Store that they go to.", valueName: "target"))
    var target: String

    /// The environment's variables that hold the passwords, so that none has to be on the command line.
    private static let passwords = (source: "SESSIONCTL_SOURCE_AUTH", target: "SESSIONCTL_TARGET_AUTH")

    /// Opens the source; nothing is written there unless `permission` is given.
    func openSource(in context: CommandContext, toChange permission: WritePermission? = nil) throws -> SessionStore {
        try Self.openSource(source, in: context, toChange: permission)
    }

    /// Opens the store that `word` names as one that sessions come from.
    static func openSource(
        _ word: String, in context: CommandContext, toChange permission: WritePermission? = nil
    ) throws -> SessionStore {
        try context.openStore(try plan(word, passwords.source, in: context, permission))
    }

    /// Opens the target.
    func openTarget(in context: CommandContext, toChange permission: WritePermission? = nil) throws -> SessionStore {
        try Self.openTarget(target, in: context, toChange: permission)
    }

    /// Opens the store that `word` names as one that sessions go to.
    static func openTarget(
        _ word: String, in context: CommandContext, toChange permission: WritePermission? = nil
    ) throws -> SessionStore {
        let plan = try plan(word, passwords.target, in: context, permission)
        if permission != nil, let file = plan.file {
            throw Failure.usage(
                "\(file.title) is a file: nothing was changed", advice: "export writes sessions to files")
        }
        return try context.openStore(plan)
    }

    private static func plan(
        _ word: String, _ password: String, in context: CommandContext, _ permission: WritePermission?
    ) throws -> ConnectionPlan {
        var options = try ConnectionOptions.parse([])
        options.url = word
        return try options.plan(in: context, passwords: [password, "REDISCLI_AUTH"], toChange: permission)
    }
}
