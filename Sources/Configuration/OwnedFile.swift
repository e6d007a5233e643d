#if canImport(Darwin)
    import Darwin

    private let systemRead = Darwin.read
#else
    import Glibc

    private let systemRead = Glibc.read
#endif

/// A file that nobody but its owner may have written, read whole.
enum OwnedFile {
    /// What the mode of the file must not allow.
    enum Privacy {
        /// Others may read it.
        case unwritable
        /// Only its owner may read or write it.
        case secret

        fileprivate var forbidden: mode_t { self == .secret ? 0o077 : 0o022 }

        fileprivate func reason(_ path: String) -> (message: String, advice: String) {
            switch self {
            case .unwritable: ("others may write it, and so choose where you connect to", "chmod go-w '\(path)'")
            case .secret: ("others may read or write it", "chmod 600 '\(path)'")
            }
        }
    }

    /// The content; nil where there is no file.
    ///
    /// - Parameter longest: bytes; a longer file is an error.
    static func read(_ path: String, _ privacy: Privacy, longest: Int) throws(ConfigurationError) -> [UInt8]? {
        // A pipe would wait for somebody to write.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            if errno == ENOENT || errno == ENOTDIR { return nil }
            throw failed(path)
        }
        defer { close(descriptor) }
        try check(descriptor, path, privacy)
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 14)
        while true {
            let count = systemRead(descriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw failed(path) }
            if count == 0 { return bytes }
            bytes += buffer[..<count]
            guard bytes.count <= longest else { throw ConfigurationError(path, "it is longer than \(longest) bytes") }
        }
    }

    /// Of what was opened, so that nobody can exchange it in between.
    private static func check(_ descriptor: Int32, _ path: String, _ privacy: Privacy) throws(ConfigurationError) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw failed(path) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw ConfigurationError(path, "it is no regular file") }
        guard status.st_uid == geteuid() || status.st_uid == 0 && privacy == .unwritable else {
            throw ConfigurationError(
                path, "it belongs to user \(status.st_uid) and not to \(geteuid()), who runs this")
        }
        guard status.st_mode & privacy.forbidden == 0 else {
            let (message, advice) = privacy.reason(path)
            throw ConfigurationError(path, message, advice: advice)
        }
    }

    private static func failed(_ path: String) -> ConfigurationError {
        ConfigurationError(path, "it cannot be read: \(String(cString: strerror(errno)))")
    }
}
