import ArgumentParser
import Sessions

/// What the claims of a new token are made of.
struct ClaimOptions: ParsableArguments {
    @Argument(
        help: ArgumentHelp("The claims: a file with a JSON object, or - for standard input.", valueName: "file"),
        completion: .file())
    var file: String?

    @Option(
        name: .customLong("from"),
        help: ArgumentHelp("Make the claims of this session of the store.", valueName: "session"))
    var session: String?

    @Option(
        name: .customLong("unset"),
        help: ArgumentHelp("Leave out the claim at a path; may be repeated.", valueName: "path"))
    var removed: [String] = []

    @Option(
        name: .customLong("set"),
        help: ArgumentHelp(
            "A claim: JSON, or else text, under a path such as sub or realm_access.roles[0]; may be repeated.",
            valueName: "path=value"))
    var assignments: [String] = []

    @Option(
        name: .customLong("expires-in"),
        help: ArgumentHelp(
            "How long the token lives from now: 15m, 12h; sets exp, and iat if there is none.", valueName: "duration"))
    var life: String?

    /// The life in milliseconds; nil where none is given.
    func milliseconds() throws(Failure) -> Int64? {
        guard let life else { return nil }
        guard let milliseconds = TimeWords.duration(life), milliseconds >= 1000 else {
            throw .usage("--expires-in \(life): write 15m, 12h or 7d; a second is the least")
        }
        return milliseconds
    }

    /// - Throws: where what is given contradicts itself, or is nothing.
    func check() throws(Failure) {
        guard file == nil || session == nil else {
            throw .usage(
                "the claims are in a file or come from a session, and both were given", advice: "--set adds to either")
        }
        guard file != nil || session != nil || !assignments.isEmpty else {
            throw .usage(
                "there are no claims: a token that says nothing is for nobody",
                advice: "give a file with a JSON object, - for standard input, --set PATH=VALUE or --from SESSION")
        }
    }
}
