import ArgumentParser
import SessionStorage
import Sessions

/// The claims that are to be signed, as options say: those of a file or of a session, with what was set and taken out.
struct NewClaims {
    /// The claims as one JSON object.
    private(set) var json: [UInt8]
    /// What a session says otherwise, or more.
    private(set) var losses: [ConversionLoss] = []
    private let now: Int64

    /// Larger claims are no token's.
    private static let mostBytes = 1 << 20

    /// Reads the claims and changes them.
    ///
    /// - Parameter connection: the store of `--from`.
    init(_ options: ClaimOptions, _ connection: ConnectionOptions, quiet: Bool, in context: CommandContext) throws {
        now = context.clock()
        json = Array("{}".utf8)
        let life = try options.milliseconds()
        if let name = options.session {
            let session = try Self.session(name, connection, quiet: quiet, in: context)
            try take(session, life: life)
        } else if let file = options.file {
            json = try InputBytes.contents(ofFile: file, atMost: Self.mostBytes)
            try requireObject(file)
        }
        try change(options, life: options.session == nil ? life : nil)
        try compact()
    }

    /// The one session of this name, with all that it holds.
    private static func session(
        _ name: String, _ connection: ConnectionOptions, quiet: Bool, in context: CommandContext
    ) throws -> Session {
        let store = try context.openStore(connection)
        let argument = try SessionArgument.parse(["--", name])
        let found = try argument.sessions(in: context, connection, store, quiet: quiet)
        guard let session = found.first, found.count == 1 else {
            let ids = found.map { EscapedName.text(of: $0.id) }.joined(separator: ", ")
            throw Failure.usage(
                "'\(name)' stands for \(found.count) sessions, and a token takes the place of one: \(ids)",
                advice: "name one of them")
        }
        guard !session.isTooLarge else {
            throw Failure.usage("session '\(EscapedName.text(of: session.id))' is too large for a token")
        }
        return session
    }

    private mutating func take(_ session: Session, life: Int64?) throws(Failure) {
        do throws(ConversionRefusal) {
            let claims = try SessionClaims(
                of: session, jti: Self.newID(), now: now, life: life, issuer: nil, audiences: [])
            (json, losses) = (claims.json, claims.losses)
        } catch {
            throw .usage(
                "session '\(EscapedName.text(of: session.id))': \(error)",
                advice: life == nil ? "--expires-in 15m says how long the token lives" : nil)
        }
    }

    /// A token's id that nobody can guess.
    private static func newID() -> [UInt8] {
        let bytes = (0..<16).map { _ in UInt8.random(in: .min ... .max) }
        return Array(Base64.encode(bytes, .url).utf8)
    }

    private func requireObject(_ file: String) throws(Failure) {
        let place = file == "-" ? "standard input" : "'\(file)'"
        let root: JSONNode
        do throws(SessionError) {
            root = try JSONReader.read(json, limits: JWT.limits).root
        } catch {
            throw .usage("\(place) is no JSON: \(error)")
        }
        guard let object = root.object else { throw .usage("\(place) is JSON, but no object: claims have names") }
        guard object.duplicateNames.isEmpty else {
            throw .usage("\(place) has a claim twice, and nobody knows which one counts (RFC 7519 §4)")
        }
    }

    // MARK: Changes

    private mutating func change(_ options: ClaimOptions, life: Int64?) throws(Failure) {
        for path in options.removed {
            try edit { json throws(EditError) in try ClaimEdit(path, in: json).removing() }
        }
        for word in options.assignments {
            guard let assignment = Assignment(word) else {
                throw .usage("--set '\(word)' has no equals sign", advice: "write PATH=VALUE: --set sub=alice")
            }
            guard options.life == nil || assignment.path != "exp" else {
                throw .usage("--expires-in and --set exp contradict each other: give one of them")
            }
            let value = Self.value(assignment.value)
            try edit { json throws(EditError) in try ClaimEdit(assignment.path, in: json).setting(value) }
        }
        if let life { try setTimes(life) }
    }

    private mutating func edit(_ body: ([UInt8]) throws(EditError) -> [UInt8]) throws(Failure) {
        do throws(EditError) {
            json = try body(json)
        } catch {
            throw .usage("\(error)")
        }
    }

    /// JSON where it is some, else text.
    private static func value(_ text: String) -> [UInt8] {
        let bytes = Array(text.utf8)
        if (try? JSONReader.read(bytes, limits: JWT.limits)) != nil { return bytes }
        var writer = JSONWriter()
        writer.string(text)
        return writer.takeBytes()
    }

    private mutating func setTimes(_ life: Int64) throws(Failure) {
        let (end, overflow) = now.addingReportingOverflow(life)
        guard !overflow else { throw .usage("--expires-in is longer than all clocks go") }
        let root = try? JSONReader.read(json, limits: JWT.limits).root
        let times = [("exp", end / 1000)] + (root?["iat"] == nil ? [("iat", now / 1000)] : [])
        for (name, seconds) in times {
            try edit { json throws(EditError) in
                try ClaimEdit(name, in: json).setting(Array(String(seconds).utf8))
            }
        }
    }

    /// White space is not worth a byte of every request.
    private mutating func compact() throws(Failure) {
        var writer = JSONWriter()
        do throws(SessionError) {
            writer.value(try JSONReader.read(json, limits: JWT.limits).root)
        } catch {
            throw .usage("the claims are more than any token has: \(error)")
        }
        json = writer.takeBytes()
    }
}
