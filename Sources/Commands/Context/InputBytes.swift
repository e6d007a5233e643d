import Sessions

#if canImport(Darwin)
    import Darwin

    private let systemRead = Darwin.read
#else
    import Glibc

    private let systemRead = Glibc.read
#endif

/// Bytes that a command is given: a file, standard input, or text on the command line.
enum InputBytes {
    /// Longest input; a whole session is far below it.
    static let maximum = 1 << 30

    /// The bytes that `word` names: `-` is standard input, an existing file is read, what has the form of a path must
    /// be one (`/`, `./` or `../` at its start), anything else is taken as the bytes
    /// themselves in Base64, hexadecimal digits, redis-cli's escapes, or as a JWT or JSON.
    static func read(_ word: String) throws(Failure) -> [UInt8] {
        if word == "-" { return ByteText.bytes(of: try contents(of: 0, "standard input")) }
        let descriptor = open(word, O_RDONLY | O_CLOEXEC)
        if descriptor >= 0 {
            defer { close(descriptor) }
            return ByteText.bytes(of: try contents(of: descriptor, "'\(word)'"))
        }
        let reason = String(cString: strerror(errno))
        // Base64 has slashes too, but nothing that is decoded begins with one.
        if ["/", "./", "../"].contains(where: { word.hasPrefix($0) }) {
            throw Failure(
                .usage, "'\(word)': \(reason)", advice: "give a file, - for standard input, or the bytes as text")
        }
        let bytes = Array(word.utf8)
        let decoded = ByteText.bytes(of: bytes)
        let isAsItIs = JWT.looksLikeToken(bytes) || ByteText.isJSON(bytes) || ByteText.mustBeJSON(bytes)
        guard decoded != bytes || isAsItIs else {
            throw Failure(
                .usage, "'\(word)': \(reason); and it is neither Base64 nor hexadecimal digits nor a JWT nor JSON",
                advice: "give a file, - for standard input, or the bytes as text")
        }
        return decoded
    }

    /// The bytes of a file as they are; `-` is standard input.
    ///
    /// - Parameters:
    ///   - label: what messages call it instead of its name, which may be a secret that was meant for elsewhere.
    ///   - most: bytes that are read; of more it is refused.
    static func contents(
        ofFile name: String, called label: String? = nil, atMost most: Int = maximum
    ) throws(Failure) -> [UInt8] {
        if name == "-" { return try contents(of: 0, "standard input", atMost: most) }
        let label = label ?? "'\(name)'"
        let descriptor = open(name, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw Failure(.usage, "\(label) cannot be read: \(String(cString: strerror(errno)))")
        }
        defer { close(descriptor) }
        return try contents(of: descriptor, label, atMost: most)
    }

    /// Whether there is a file of this name that is no folder.
    static func isFile(_ name: String) -> Bool {
        var status = stat()
        return stat(name, &status) == 0 && status.st_mode & S_IFMT != S_IFDIR
    }

    /// Hands over an open file that is read only; `-` is standard input.
    static func reading<Result>(_ name: String, _ body: (Int32) throws -> Result) throws -> Result {
        if name == "-" { return try body(0) }
        let descriptor = open(name, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw Failure(.usage, "'\(name)' cannot be read: \(String(cString: strerror(errno)))")
        }
        defer { close(descriptor) }
        return try body(descriptor)
    }

    private static func contents(
        of descriptor: Int32, _ label: String, atMost most: Int = maximum
    ) throws(Failure) -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = systemRead(descriptor, &buffer, buffer.count)
            if count == 0 { return bytes }
            if count < 0 {
                if errno == EINTR {
                    guard Signals.received != 0 else { continue }
                    throw Failure(.interrupted, "interrupted")
                }
                throw Failure(.usage, "\(label) cannot be read: \(String(cString: strerror(errno)))")
            }
            bytes += buffer[..<count]
            guard bytes.count <= most else { throw Failure(.usage, "\(label) is longer than \(most) bytes") }
        }
    }
}
