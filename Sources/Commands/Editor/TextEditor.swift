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

    init(environment: [String: String]) {
        self.environment = environment
        let chosen = ["SESSIONCTL_EDITOR", "VISUAL", "EDITOR"].lazy.compactMap { environment[$0] }
        command = chosen.first { !$0.isEmpty } ?? "vi"
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
