import Sessions
import Terminal

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// A file for an editor, which only its owner may read and which is gone when this program ends, however that happens.
///
/// It lies in a directory of its own, since editors put others beside it.
final class EditorFile {
    /// Where it is.
    let path: String
    private let folder: String
    private let guardian: Guardian

    /// - Parameter folder: in which the directory is made.
    init(in folder: String, named name: String, environment: [String: String]) throws(Failure) {
        var template = Array((folder + "/sessionctl-XXXXXX").utf8CString)
        // Mode 0700.
        guard mkdtemp(&template) != nil else {
            throw Failure(.usage, "no temporary directory in \(folder): \(String(cString: strerror(errno)))")
        }
        self.folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        path = self.folder + "/" + name
        guard
            let guardian = Guardian(
                script: "read ending; /bin/rm -rf \"$1\"", arguments: [self.folder], environment: environment)
        else {
            rmdir(self.folder)
            throw Failure(.usage, "no process can be started that removes the temporary file in the end")
        }
        self.guardian = guardian
    }

    /// Returns when the file is gone.
    deinit { guardian.end() }

    /// Whether the user has a directory of this name.
    static func isDirectory(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR && access(path, W_OK | X_OK) == 0
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
