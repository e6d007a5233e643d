import Terminal

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// The editor that the user has chosen: `SESSIONCTL_EDITOR`, then `VISUAL`, then `EDITOR`, else `vi`.
struct TextEditor {
    /// A shell command, to which the file's name is added.
    let command: String
    private let environment: [String: String]

    /// - Parameter isAtTerminal: whether somebody sits there who could use an editor.
    init(environment: [String: String], isAtTerminal: Bool) throws(Failure) {
        self.environment = environment
        let chosen = ["SESSIONCTL_EDITOR", "VISUAL", "EDITOR"].compactMap { environment[$0] }.first { !$0.isEmpty }
        guard let command = chosen ?? (isAtTerminal ? "vi" : nil) else {
            throw .usage(
                "nobody is there to edit, and no editor is named",
                advice: "VISUAL or EDITOR may be a program that changes the file; set and unset need none")
        }
        self.command = command
    }

    /// Shows the file and waits until the user leaves it.
    func edit(_ path: String) throws(Failure) {
        let variables = environment.map { "\($0.key)=\($0.value)" }
        let arguments = ["/bin/sh", "-c", command + " \"$1\"", "sh", path]
        guard let process = ChildProcess.spawn(arguments, environment: variables, input: STDIN_FILENO) else {
            throw Failure(.usage, "the editor '\(command)' cannot be started")
        }
        let status = ChildProcess.waitForExit(of: process)
        guard status == 0 else {
            throw .usage(
                "the editor '\(command)' ended with status \(status): nothing was changed",
                advice: "VISUAL or EDITOR names another editor")
        }
    }
}
