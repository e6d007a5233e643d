import Redis
import SessionStorage
import Sessions

/// What has to be known of the target before sessions are written there: its server, and the application that will read them.
struct MigrationAdvice {
    let source: ChangeServer
    let target: ChangeServer
    /// `notify-keyspace-events` of the target; nil where this user may not ask.
    let events: String?
    let conversion: SessionConversion?

    /// Whether the memory that sessions take has to be known.
    var asksForSizes: Bool { target.info.memoryLimit != nil }

    /// What is told of the target's server.
    ///
    /// - Parameters:
    ///   - bytes: the memory that the sessions take at the source.
    ///   - formats: the formats of the sessions.
    func lines(sessionBytes bytes: Int64, formats: Set<String>) -> [String] {
        [server] + memory(bytes) + notifications + cookies(formats)
    }

    private var server: String {
        let used = target.info.usedMemory.map { ", \(SizeText.short(bytes: $0)) in use" } ?? ""
        let limit = target.info.memoryLimit.map { " of \(SizeText.short(bytes: $0))" } ?? ""
        let older =
            Self.isOlder(target.info, source.info) ? ", older than the source's \(Self.version(source.info))" : ""
        return "the target is Redis \(Self.version(target.info))\(older)\(used)\(limit)"
    }

    private static func version(_ info: ServerInfo) -> String {
        info.version.isEmpty ? "of an unknown version" : info.version.map(String.init).joined(separator: ".")
    }

    private static func isOlder(_ one: ServerInfo, _ other: ServerInfo) -> Bool {
        !one.version.isEmpty && one.version.lexicographicallyPrecedes(other.version)
    }

    private func memory(_ bytes: Int64) -> [String] {
        guard let limit = target.info.memoryLimit, let used = target.info.usedMemory else { return [] }
        let policy = target.info.evictionPolicy ?? "noeviction"
        let keepsAll = policy == "noeviction"
        var lines: [String] = []
        let left = max(0, limit.subtractingReportingOverflow(used).partialValue)
        if bytes > left {
            lines.append(
                "it has no room: the sessions take about \(SizeText.short(bytes: bytes)) where they are, and it has "
                    + "\(SizeText.short(bytes: left)) left of its maxmemory; then "
                    + (keepsAll ? "it refuses to write" : "it takes other keys away"))
        }
        if !keepsAll {
            lines.append(
                "when its memory is full it takes keys away (maxmemory-policy \(policy)), and with them sessions before their end: "
                    + "noeviction keeps them")
        }
        return lines
    }

    /// An indexed repository hears of ends by the events of keys (session-formats, ch. 6.4), and sets them itself unless it is told not to.
    private var notifications: [String] {
        guard case .spring(let layout)? = conversion?.layout, layout.repository != .default else { return [] }
        guard let events else {
            return ["this user may not look whether it tells of keys that end (CONFIG GET notify-keyspace-events)"]
        }
        let wanted: [Character] = events.contains("A") ? ["E"] : ["E", "g", "x"]
        guard !wanted.allSatisfy(events.contains) else { return [] }
        return [
            "it does not tell of keys that end (notify-keyspace-events is '\(events)'): an indexed Spring Session sets Egx when it starts, "
                + "where its user may; with ConfigureRedisAction.NO_OP set it by hand"
        ]
    }

    /// Browsers go on sending what they have (session-formats, ch. 18).
    private func cookies(_ formats: Set<String>) -> [String] {
        if conversion != nil, formats == [JWTFormat.name] {
            return [
                "clients hold tokens, and the new application looks for a cookie: whoever takes the token of a request, such as a gateway, has to set it. "
                    + "The id is made of the token's SHA-256 (sessionctl cookie ID prints the cookie)"
            ]
        }
        switch conversion?.layout {
        case .jwt:
            return [
                "clients hold cookies, and the new application looks for tokens: whoever sees the old cookie, such as a gateway, exchanges it. "
                    + "The file has each token beside its sid, a digest of the session's id (docs/tokens.md)"
            ]
        case .spring where !formats.isSubset(of: ["spring"]):
            return [
                "browsers go on sending JSESSIONID with the plain id: the new application's DefaultCookieSerializer needs "
                    + "setCookieName(\"JSESSIONID\") and setUseBase64Encoding(false), and setJvmRoute where ids had a route"
            ]
        case .tomcat where formats.contains("spring"):
            return [
                "browsers go on sending SESSION with the id in Base64, and Tomcat looks for JSESSIONID with the plain id: the old application, "
                    + "or a proxy, has to set the new cookie (sessionctl cookie prints both)"
            ]
        default: return []
        }
    }
}
