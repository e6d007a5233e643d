#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

internal import CReadline

/// The file that keeps a shell's history: readable by its owner only, because sessions are private.
struct HistoryFile {
    /// How many lines are kept.
    static let limit: Int32 = 1000

    private let path: String

    /// Makes the file (and its folder) if it is not there, and loads it into readline's history.
    init(path: String) throws(TerminalError) {
        self.path = path
        makeFolder()
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .historyUnavailable(path: path, code: errno) }
        defer { close(descriptor) }
        // A file that was made by somebody with another umask is closed to others before anything is written to it.
        guard fchmod(descriptor, 0o600) == 0 else { throw .historyUnavailable(path: path, code: errno) }
        history_truncate_file(path, Self.limit)
        let code = read_history(path)
        guard code == 0 else { throw .historyUnavailable(path: path, code: code) }
    }

    /// Writes the newest line of the history to the file's end, so that several shells can share it.
    func appendNewest() {
        // A history that cannot be written was reported when the shell started; a disk that fills up later is not
        // worth a message.
        append_history(1, path)
    }

    private func makeFolder() {
        var folder = ""
        for part in path.split(separator: "/", omittingEmptySubsequences: false).dropLast() {
            folder += part + "/"
            mkdir(folder, 0o700)
        }
    }
}
