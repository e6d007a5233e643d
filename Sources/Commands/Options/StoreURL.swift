import Redis
import Sessions

/// A store named by a URL: `redis://[[user]:password@]host[:port][/db]`, `unix://[[user]:password@]/path?db=n`, `archive:FILE`,
/// `rdb:FILE?db=n` or `tokens:FILE`.
struct StoreURL {
    /// The file that holds it, where it is no server.
    var file: StoreFile?
    var host: String?
    var port: Int?
    var socket: String?
    var database: Int?
    var user: String?
    var password: String?
    var timeout: Double?
    /// Only profiles say it.
    var connectTimeout: Double?

    init() {}

    /// The database that is named, where flags say nothing else.
    func endpoint() throws(Failure) -> RedisEndpoint {
        let number = database ?? 0
        guard number >= 0 else { throw Failure.usage("database \(number): a database's number is not below zero") }
        if let file { return file.endpoint(at: .unix(path: file.path), database: number) }
        if let socket { return RedisEndpoint(.unix(path: socket), database: number) }
        let port = port ?? 6379
        guard let number16 = UInt16(exactly: port), number16 > 0 else {
            throw Failure.usage("port \(port) is not between 1 and 65535")
        }
        return RedisEndpoint(.tcp(host: host ?? "127.0.0.1", port: number16), database: number)
    }

    /// Understands `text`; what it does not know is an error, never ignored.
    init(_ text: String) throws(Failure) {
        if let kind = StoreFile.Kind.allCases.first(where: { text.hasPrefix($0.rawValue + ":") }) {
            try readFile(text.dropFirst(kind.rawValue.count + 1), kind)
            return
        }
        guard let colon = text.range(of: "://") else {
            throw .usage(
                "'\(Self.withoutPassword(text))' is no store: write redis://host:port/db, unix:///path?db=n, archive:FILE, rdb:FILE, tokens:FILE or @PROFILE"
            )
        }
        let scheme = text[..<colon.lowerBound]
        var rest = text[colon.upperBound...]
        if let question = rest.firstIndex(of: "?") {
            try readQuery(rest[rest.index(after: question)...])
            rest = rest[..<question]
        }
        switch scheme {
        case "redis": try readServer(rest)
        case "unix": try readSocket(rest)
        default:
            throw .usage("unknown scheme '\(scheme)://': this version knows redis://, unix://, archive:, rdb:, tokens:")
        }
    }

    /// The same URL, or name of a profile, without a password; with the user.
    static func withoutPassword(of text: String) -> String {
        guard let info = userInfo(in: text), let colon = text[info].firstIndex(of: ":") else { return text }
        let user = text[info.lowerBound..<colon]
        let rest = user.isEmpty ? text[info.upperBound...].dropFirst() : text[info.upperBound...]
        return String(text[..<info.lowerBound] + user + rest)
    }

    /// Where user and password stand in a URL, in front of an at sign; nil where there are none.
    static func userInfo(in text: String) -> Range<String.Index>? {
        guard let scheme = text.range(of: "://") else { return nil }
        let end: Character
        switch text[..<scheme.lowerBound] {
        case "redis": end = "?"
        // A socket's path may have at signs as well.
        case "unix": end = "/"
        default: return nil
        }
        let start = scheme.upperBound
        return text[start...].prefix { $0 != end }.lastIndex(of: "@").map { start..<$0 }
    }

    /// What may be said of a text that is no URL: nothing in front of an at sign.
    private static func withoutPassword(_ text: String) -> String {
        text.lastIndex(of: "@").map { SecretPolicy.mask + text[$0...] } ?? text
    }

    private mutating func readFile(_ text: Substring, _ kind: StoreFile.Kind) throws(Failure) {
        var path = text
        if let question = text.firstIndex(of: "?") {
            try readQuery(text[text.index(after: question)...])
            path = text[..<question]
        }
        if kind != .rdb, database != nil || timeout != nil {
            throw .usage("\(kind.rawValue):FILE has one set of sessions: it takes neither db nor timeout")
        }
        let name = try Self.decoded(path)
        guard !name.isEmpty, name != "-" else { throw .usage("\(kind.rawValue): needs the name of a file behind it") }
        file = StoreFile(kind, path: name)
    }

    private mutating func readServer(_ text: Substring) throws(Failure) {
        var address = text
        if let at = text.lastIndex(of: "@") {
            try readUserInfo(text[..<at])
            address = text[text.index(after: at)...]
        }
        if let slash = address.firstIndex(of: "/") {
            try readDatabase(address[address.index(after: slash)...])
            address = address[..<slash]
        }
        try readHost(address)
    }

    private mutating func readUserInfo(_ text: Substring) throws(Failure) {
        guard let colon = text.firstIndex(of: ":") else {
            user = try Self.decoded(text)
            return
        }
        let name = try Self.decoded(text[..<colon])
        user = name.isEmpty ? nil : name
        password = try Self.decoded(text[text.index(after: colon)...])
    }

    private mutating func readHost(_ text: Substring) throws(Failure) {
        var name = text
        // An IPv6 address stands in brackets (RFC 3986 §3.2.2).
        if text.first == "[", !text.contains("]") { throw .usage("the bracket of '\(text)' is not closed") }
        let afterHost = text.first == "[" ? (text.firstIndex(of: "]") ?? text.startIndex) : text.startIndex
        if let colon = text[afterHost...].lastIndex(of: ":") {
            guard let number = Int(text[text.index(after: colon)...]) else {
                throw .usage("'\(text)' has no valid port")
            }
            port = number
            name = text[..<colon]
        }
        if name.first == "[", name.last == "]" { name = name.dropFirst().dropLast() }
        host = name.isEmpty ? nil : try Self.decoded(name)
    }

    private mutating func readSocket(_ text: Substring) throws(Failure) {
        let before = text.prefix { $0 != "/" }
        guard before.count < text.count, before.isEmpty || before.last == "@" else {
            throw .usage("a socket's path starts with a slash: unix:///run/redis.sock")
        }
        if !before.isEmpty { try readUserInfo(before.dropLast()) }
        socket = try Self.decoded(text[before.endIndex...])
    }

    private mutating func readDatabase(_ text: Substring) throws(Failure) {
        if text.isEmpty { return }
        guard let number = Int(text) else { throw .usage("'\(text)' is no database number") }
        database = number
    }

    private mutating func readQuery(_ text: Substring) throws(Failure) {
        for part in text.split(separator: "&") {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let value = pair.count == 2 ? try Self.decoded(pair[1]) : ""
            switch pair[0] {
            case "db": try readDatabase(Substring(value))
            case "timeout":
                guard let seconds = Double(value) else { throw .usage("timeout=\(value) is no number of seconds") }
                timeout = seconds
            default: throw .usage("unknown part '\(pair[0])' of the URL: this version knows db and timeout")
            }
        }
    }

    private static func decoded(_ text: Substring) throws(Failure) -> String {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard rest.count >= 2, let pair = try? Hexadecimal.decode(Array(rest.prefix(2))), let value = pair.first
            else {
                throw .usage("a % in a URL stands before two hexadecimal digits; write %25 for the sign itself")
            }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension String {
    /// The first place where `part` stands.
    fileprivate func range(of part: String) -> Range<Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(part) { return start..<index(start, offsetBy: part.count) }
            start = index(after: start)
        }
        return nil
    }
}
