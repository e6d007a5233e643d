import Sessions
import Terminal

#if canImport(Darwin)
    import Darwin

    private let systemPipe = Darwin.pipe
#else
    import Glibc

    private let systemPipe = Glibc.pipe
#endif

/// A file for an editor, which only its owner may read and which is gone when this program ends, however that happens.
///
/// It lies in a directory of its own, since editors put others beside it. A shell waits for the end of a pipe that this program holds, and
/// then removes the directory: that happens even if this program is killed.
final class EditorFile {
    /// Where it is.
    let path: String
    private let folder: String
    private let life: Int32
    private let guardian: pid_t

    private static let script = "trap '' HUP INT QUIT TERM; read ending; rm -rf \"$1\""

    /// - Parameter folder: in which the directory is made.
    init(in folder: String, named name: String, environment: [String: String]) throws(Failure) {
        var template = Array((folder + "/sessionctl-XXXXXX").utf8CString)
        // Mode 0700.
        guard mkdtemp(&template) != nil else {
            throw Failure(.usage, "no temporary directory in \(folder): \(String(cString: strerror(errno)))")
        }
        self.folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        path = self.folder + "/" + name
        var ends: [Int32] = [-1, -1]
        let isPiped = systemPipe(&ends) == 0
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        let variables = environment.map { "\($0.key)=\($0.value)" }
        let started =
            isPiped
            ? ChildProcess.spawn(
                ["/bin/sh", "-c", Self.script, "sh", self.folder], environment: variables, input: ends[0],
                isApart: true) : nil
        if isPiped { close(ends[0]) }
        guard let started else {
            if isPiped { close(ends[1]) }
            rmdir(self.folder)
            throw Failure(.usage, "no process can be started that removes the temporary file in the end")
        }
        (life, guardian) = (ends[1], started)
    }

    deinit { remove() }

    /// Whether the user has a directory of this name.
    static func isDirectory(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR && access(path, W_OK | X_OK) == 0
    }

    /// Returns when it is gone.
    private func remove() {
        close(life)
        var status: Int32 = 0
        while waitpid(guardian, &status, 0) < 0, errno == EINTR {}
    }

    /// Writes the whole content; mode 0600.
    func write(_ bytes: [UInt8]) throws(Failure) {
        try OwnFile.write(bytes, to: path, flags: O_TRUNC)
    }

    /// What the editor left; nothing where it removed the file.
    func read() throws(Failure) -> [UInt8] {
        guard access(path, F_OK) == 0 else { return [] }
        return try InputBytes.contents(ofFile: path)
    }
}
