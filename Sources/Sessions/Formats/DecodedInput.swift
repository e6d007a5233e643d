public import JavaSerialization

/// Bytes of unknown origin, told by what they are: what `decode` shows, with no server behind it.
public enum DecodedInput {
    /// Tomcat sessions; of a stream that breaks off, what is there, with a finding that says where.
    case tomcat(kind: TomcatFile.Kind, sessions: [Session])
    /// A session as memcached-session-manager writes it.
    case memcached(Session)
    /// A Java stream that stands, as all there is, in the block data of another: what ran-jit's manager keeps of a single
    /// sign-on (session-formats, ch. 4). The inner one.
    case wrapped(JavaGraph)
    /// Any other Java stream.
    case java(JavaGraph)
    /// A JSON Web Token.
    case jwt(JWT)
    /// Any other JSON, as Spring's Jackson serializers store values (session-formats, ch. 5.3).
    case json(JSONDocument)

    /// Tells what `bytes` are.
    ///
    /// - Parameter now: milliseconds since 1970.
    /// - Throws: `DecodingFailure` where they are nothing known or cannot be read.
    public init(_ bytes: [UInt8], now: Int64, limits: JavaStreamLimits = JavaStreamLimits()) throws(DecodingFailure) {
        guard !bytes.isEmpty else { throw .empty }
        if bytes.starts(with: [0xAC, 0xED]) {
            self = try Self.stream(bytes, now: now, limits)
        } else if MemcachedFrame.begins(bytes) {
            guard let frame = MemcachedFrame(bytes) else { throw .cutFrame(end: bytes.count) }
            self = .memcached(MemcachedFormat.session(from: frame.withoutLineFeed))
        } else if JWT.looksLikeToken(bytes) {
            do { self = .jwt(try JWT.decode(bytes)) } catch { throw .token(error) }
        } else if ByteText.mayBeJSON(bytes) {
            self = try Self.json(bytes)
        } else {
            throw .unknown(firstBytes: Array(bytes.prefix(8)))
        }
    }

    /// What begins as an object, a list or a text in quotes is nothing else; a number or a word may be.
    private static func json(_ bytes: [UInt8]) throws(DecodingFailure) -> DecodedInput {
        do { return .json(try JSONReader.read(bytes)) } catch {
            guard ByteText.mustBeJSON(bytes) else { throw .unknown(firstBytes: Array(bytes.prefix(8))) }
            throw .json(error)
        }
    }

    /// Reads the stream, without the line feed that redis-cli and terminals put behind a value; gives what stopped it.
    private static func read(_ bytes: [UInt8], into graph: JavaGraph) -> JavaStreamError? {
        do {
            try graph.read(bytes)
            return nil
        } catch {
            guard error.offset == bytes.count - 1, bytes.last == UInt8(ascii: "\n") else { return error }
            do { try graph.read(Array(bytes.dropLast())) } catch { return error }
            return nil
        }
    }

    /// Of a stream that breaks off, sessions are what they are up to there; of any other value there is nothing whole.
    private static func stream(
        _ bytes: [UInt8], now: Int64, _ limits: JavaStreamLimits
    ) throws(DecodingFailure) -> DecodedInput {
        let graph = JavaGraph(limits: limits)
        let error = read(bytes, into: graph)
        if let kind = TomcatFile.kind(of: graph) {
            return .tomcat(
                kind: kind, sessions: TomcatFile.sessions(in: graph, kind: kind, brokenOffBy: error, now: now))
        }
        if let error { throw .stream(error) }
        guard graph.contentCount > 0 else { throw .emptyStream }
        guard let inner = graph.wrappedStream else { return .java(graph) }
        do { return .wrapped(try JavaGraph(inner, limits: limits)) } catch { throw .innerStream(error) }
    }
}

/// Why bytes could not be decoded.
public enum DecodingFailure: Error, Equatable, Sendable, CustomStringConvertible {
    /// There are no bytes.
    case empty
    /// A stream's header and nothing behind it.
    case emptyStream
    /// Neither a Java stream nor a token nor JSON nor a frame of memcached-session-manager.
    case unknown(firstBytes: [UInt8])
    /// A Java stream that cannot be read.
    case stream(JavaStreamError)
    /// A Java stream in the block data of another that cannot be read.
    case innerStream(JavaStreamError)
    /// A frame of memcached-session-manager that ends before its session's id does.
    case cutFrame(end: Int)
    /// A token that cannot be read.
    case token(SessionError)
    /// What begins as JSON and is none.
    case json(SessionError)

    /// One sentence with the place.
    public var description: String {
        switch self {
        case .empty: "there is nothing to decode"
        case .emptyStream: "the stream has a header and nothing behind it, at byte 4"
        case .unknown(let bytes):
            "neither a Java stream (which begins with ac ed) nor a JWT, nor JSON, nor a value of memcached-session-manager "
                + "(00 01 or 00 02); it begins with \(Hexadecimal.encode(bytes)), at byte 0"
        case .stream(let error): "\(error)"
        case .innerStream(let error): "in the stream that the data of another hold: \(error)"
        case .cutFrame(let end): "the value of memcached-session-manager ends within its header, at byte \(end)"
        case .token(let error): "not a valid JWT: \(error)"
        case .json(let error): "not valid JSON: \(error)"
        }
    }
}

/// The ways in which people have bytes at hand: raw, as Base64, as hexadecimal digits, or as redis-cli prints them. JSON is what
/// it is.
public enum ByteText {
    /// The bytes that `input` stands for; what is neither of the forms is taken as it is.
    public static func bytes(of input: [UInt8]) -> [UInt8] {
        if input.starts(with: [0xAC, 0xED]) || MemcachedFrame.begins(input) { return input }
        var text = input[...]
        while let last = text.last, isSpace(last) { text.removeLast() }
        while let first = text.first, isSpace(first) { text.removeFirst() }
        let trimmed = Array(text)
        if JWT.looksLikeToken(trimmed) || isJSON(trimmed) { return trimmed }
        if let bytes = escaped(trimmed) { return bytes }
        if let bytes = try? Hexadecimal.decode(trimmed), !bytes.isEmpty { return bytes }
        if let bytes = try? Base64.decode(trimmed, skippingSpace: true), !bytes.isEmpty { return bytes }
        if let bytes = try? Base64.decode(trimmed, .url), !bytes.isEmpty { return bytes }
        return input
    }

    /// Whether the whole is JSON: `42` and `true` are, before they are anything else.
    public static func isJSON(_ bytes: [UInt8]) -> Bool { mayBeJSON(bytes) && (try? JSONReader.read(bytes)) != nil }

    /// Whether `bytes` begin as a value of JSON does.
    static func mayBeJSON(_ bytes: [UInt8]) -> Bool { begins(bytes, with: "{[\"-0123456789tfn") }

    /// Whether `bytes` begin as nothing else does that is decoded.
    public static func mustBeJSON(_ bytes: [UInt8]) -> Bool { begins(bytes, with: "{[\"") }

    private static func begins(_ bytes: [UInt8], with characters: String) -> Bool {
        bytes.first { !Hexadecimal.isSpace($0) }.map { characters.utf8.contains($0) } ?? false
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

    /// `"\xac\xed\x00\x05t\x00\x05alice"`, with or without its quotes; nil where there is no such escape.
    private static func escaped(_ text: [UInt8]) -> [UInt8]? {
        guard text.firstIndex(of: Array("\\x".utf8)) != nil else { return nil }
        var inside = text[...]
        if inside.first == UInt8(ascii: "\""), inside.last == UInt8(ascii: "\""), inside.count >= 2 {
            inside = inside.dropFirst().dropLast()
        }
        var bytes: [UInt8] = []
        while let byte = inside.popFirst() {
            guard byte == UInt8(ascii: "\\") else {
                bytes.append(byte)
                continue
            }
            guard let kind = inside.popFirst(), let value = escape(kind, &inside) else { return nil }
            bytes.append(value)
        }
        return bytes
    }

    /// The escapes of redis-cli: `\xNN \n \r \t \a \b \" \\`.
    private static func escape(_ kind: UInt8, _ rest: inout ArraySlice<UInt8>) -> UInt8? {
        switch kind {
        case UInt8(ascii: "n"): return 0x0A
        case UInt8(ascii: "r"): return 0x0D
        case UInt8(ascii: "t"): return 0x09
        case UInt8(ascii: "a"): return 0x07
        case UInt8(ascii: "b"): return 0x08
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): return kind
        case UInt8(ascii: "x"):
            guard rest.count >= 2, let pair = try? Hexadecimal.decode(Array(rest.prefix(2))) else { return nil }
            rest = rest.dropFirst(2)
            return pair.first
        default: return nil
        }
    }
}
