import Terminal

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// What somebody has written in an editor and could not be taken over: kept beside the undo archive, for the owner alone, and of such
/// texts the newest only, no longer than what `undo` keeps.
struct KeptText {
    /// How many are kept.
    static let limit = 10
    /// Milliseconds for which they are: 30 days.
    static let longest: Int64 = 30 * 86_400_000

    private let folder: String

    /// Nil where the user has no such folder.
    init?(environment: [String: String]) {
        guard let history = ShellHistory.path(environment: environment), let end = history.lastIndex(of: "/") else {
            return nil
        }
        folder = history[..<end] + "/edits"
    }

    /// Writes the text to a file of its own, mode 0600.
    ///
    /// - Parameter time: milliseconds since 1970: names of files have it.
    func keep(_ bytes: [UInt8], at time: Int64) throws(Failure) -> String {
        makeFolder()
        for number in 0..<100 {
            let path = "\(folder)/\(time + Int64(number)).json"
            guard access(path, F_OK) != 0 else { continue }
            try OwnFile.write(bytes, to: path, flags: O_EXCL)
            prune(at: time)
            return path
        }
        throw Failure(.usage, "no file can be made in \(folder)")
    }

    private func makeFolder() {
        var path = ""
        for part in folder.split(separator: "/") {
            path += "/" + part
            mkdir(path, 0o700)
        }
    }

    /// Removes what is too old or too much.
    func prune(at time: Int64) {
        let times = times.sorted()
        for (place, kept) in times.enumerated() where place < times.count - Self.limit || kept < time - Self.longest {
            unlink("\(folder)/\(kept).json")
        }
    }

    /// Of the files, which are named for them.
    private var times: [Int64] {
        guard let directory = opendir(folder) else { return [] }
        defer { closedir(directory) }
        var times: [Int64] = []
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name.hasSuffix(".json"), let time = Int64(name.dropLast(5)) { times.append(time) }
        }
        return times
    }
}

/// A file that its owner alone may read.
enum OwnFile {
    /// Writes the whole content; a file that is made has mode 0600.
    ///
    /// - Parameter flags: such as `O_EXCL` or `O_TRUNC`.
    static func write(_ bytes: [UInt8], to path: String, flags: Int32) throws(Failure) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW | flags, 0o600)
        guard descriptor >= 0 else { throw failed(path) }
        defer { close(descriptor) }
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes { systemWrite(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw failed(path) }
            written += count
        }
    }

    private static func failed(_ path: String) -> Failure {
        Failure(.usage, "the file \(path) cannot be written: \(String(cString: strerror(errno)))")
    }
}

#if canImport(Darwin)
    private let systemWrite = Darwin.write
#else
    private let systemWrite = Glibc.write
#endif
