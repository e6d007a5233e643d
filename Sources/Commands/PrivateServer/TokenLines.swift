import Redis
import Sessions
import Terminal

/// The tokens of a file, a line each: bare, or as the member `token` of an object in JSON.
struct TokenLines {
    /// What messages call it.
    let name: String
    let lines: PlainLineEditor

    /// Tokens that are sent at once.
    private static let atOnce = 300

    init(_ descriptor: Int32, name: String, isInterrupted: @escaping () -> Bool) {
        self.name = name
        lines = PlainLineEditor(descriptor: descriptor, interruption: isInterrupted)
    }

    /// Puts each token under a key of its own, which is the same whenever the file is read.
    ///
    /// - Throws: where a line is none, so that nobody is forgotten.
    func load(into connection: RedisConnection, progress: (Int) -> Void) throws {
        var batch = CommandBatch()
        var count = 0
        func send() throws {
            var replies = ReplyBatch()
            guard batch.count > 0 else { return }
            try connection.send(batch, as: "SET")
            try connection.receive(batch.count, into: &replies)
            if let error = connection.failure(in: replies, at: 0) { throw error }
            count += batch.count
            batch.removeAll()
            progress(count)
        }
        while let (token, name) = try next() {
            batch.append([Array("SET".utf8), Array("token:".utf8) + SHA256.hexadecimal(of: name), token])
            if batch.count == Self.atOnce { try send() }
        }
        try send()
    }

    /// A token, and what it is known by: of several lines with one `jti` beside the token the last counts, as each takes the place of the one
    /// before.
    private typealias Line = (token: [UInt8], name: [UInt8])

    /// The next token; nil behind the last.
    private func next() throws -> Line? {
        while true {
            switch try lines.readLine(prompt: "") {
            case .endOfInput: return nil
            case .interrupted: throw Failure(.interrupted, "interrupted")
            case .line(let line):
                let bytes = Array(line.utf8)
                guard bytes.contains(where: { !Hexadecimal.isSpace($0) }) else { continue }
                return try token(bytes)
            }
        }
    }

    private func token(_ line: [UInt8]) throws -> Line {
        var (bytes, id) = (line, [] as [UInt8])
        if line.first(where: { !Hexadecimal.isSpace($0) }) == UInt8(ascii: "{") {
            let root = (try? JSONReader.read(line, limits: JWT.limits))?.root
            guard let text = root?["token"]?.string else {
                throw problem("is no JSON object with a token in its member 'token'")
            }
            bytes = text.bytes
            id = root?["jti"]?.string?.bytes ?? []
        }
        do {
            let token = try JWT.decode(bytes)
            let own = Array(bytes[token.wrapping.range])
            return (own, id.isEmpty ? own : Array("jti:".utf8) + id)
        } catch {
            throw problem("is no token: \(error.description)")
        }
    }

    private func problem(_ reason: String) -> Failure {
        Failure(.undecodable, "line \(lines.lineNumber) of \(name) \(reason)")
    }
}
