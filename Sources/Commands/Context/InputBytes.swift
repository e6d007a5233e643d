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
        if word == "-" { return ByteText.bytes(of: try contents(of: 0, name: "standard input")) }
        let descriptor = open(word, O_RDONLY | O_CLOEXEC)
        if descriptor >= 0 {
            defer { close(descriptor) }
            return ByteText.bytes(of: try contents(of: descriptor, name: word))
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
    static func contents(ofFile name: String) throws(Failure) -> [UInt8] {
        if name == "-" { return try contents(of: 0, name: "standard input") }
        let descriptor = open(name, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw Failure(.usage, "'\(name)' cannot be read: \(String(cString: strerror(errno)))")
        }
        defer { close(descriptor) }
        return try contents(of: descriptor, name: name)
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

    private static func contents(of descriptor: Int32, name: String) throws(Failure) -> [UInt8] {
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
                throw Failure(.usage, "'\(name)' cannot be read: \(String(cString: strerror(errno)))")
            }
            bytes += buffer[..<count]
            guard bytes.count <= maximum else { throw Failure(.usage, "'\(name)' is longer than \(maximum) bytes") }
        }
    }
}
