import ArgumentParser
import Redis
import Terminal

/// How to reach Redis, spelled as redis-cli spells it.
struct ConnectionOptions: ParsableArguments {
    @Option(name: [.customShort("h"), .customLong("host")], help: ArgumentHelp("Server host name.", valueName: "host"))
    var host: String?

    @Option(name: [.customShort("p"), .customLong("port")], help: ArgumentHelp("Server port.", valueName: "port"))
    var port: Int?

    @Option(
        name: [.customShort("s"), .customLong("socket")],
        help: ArgumentHelp("Server unix socket (instead of host and port).", valueName: "path"), completion: .file())
    var socket: String?

    @Option(name: [.customShort("n"), .customLong("db")], help: ArgumentHelp("Database number.", valueName: "number"))
    var database: Int?

    @Option(
        name: [.customShort("u"), .customLong("uri")],
        help: ArgumentHelp(
            "Store as a URL, redis://[[user]:password@]host[:port][/db] or unix://[[user]:password@]/path?db=n, as a file, archive:FILE or rdb:FILE?db=n, or @NAME of a profile.",
            valueName: "url"))
    var url: String?

    @Option(name: .customLong("user"), help: ArgumentHelp("Redis user (ACL).", valueName: "name"))
    var user: String?

    @Option(
        name: [.customShort("a"), .customLong("pass")],
        help: ArgumentHelp(
            "Password; others can see it in the process list for a moment, so prefer --askpass or REDISCLI_AUTH.",
            valueName: "password"))
    var password: String?

    @Flag(name: .customLong("askpass"), help: "Ask for the password without showing it.")
    var askPassword = false

    @Option(
        name: [.customShort("t"), .customLong("connect-timeout")],
        help: ArgumentHelp("Seconds to wait for a connection (3).", valueName: "seconds"))
    var connectTimeout: Double?

    @Option(
        help: ArgumentHelp("Seconds without any progress after which the server is given up (3).", valueName: "seconds")
    )
    var timeout: Double?

    @Option(
        name: .customLong("namespace"),
        help: ArgumentHelp(
            "Namespace in which an id is looked for first (spring:session); may be repeated.", valueName: "name")
    )
    var namespaces: [String] = []

    @Option(
        name: .customLong("max-inactive-interval"),
        help: ArgumentHelp(
            "Interval that the Tomcat session manager is configured with: it rules instead of what a session says and tells its last access.",
            valueName: "seconds"))
    var managerInterval: Int64?

    @Option(
        name: .customLong("jwt-keys"),
        help: ArgumentHelp(
            "How keys beside tokens are named, such as deny=revoked:{jti} (sessionctl help jwt-keys); may be repeated.",
            valueName: "purpose=template"))
    var jwtKeys: [String] = []

    /// Options of this group that take a value; before the subcommand they are moved behind it.
    static let valued: Set<String> = [
        "-h", "--host", "-p", "--port", "-s", "--socket", "-n", "--db", "-u", "--uri", "--user", "-a", "--pass", "-t",
        "--connect-timeout", "--timeout", "--namespace", "--max-inactive-interval", "--jwt-keys",
    ]

    /// Whether another server than the shell's is named.
    var namesServer: Bool { host != nil || port != nil || socket != nil || url != nil }

    /// Whether another store than the shell's is named.
    var namesStore: Bool { namesServer || database != nil }

    /// Whether nothing was given, so that the shell's own connection serves.
    var isEmpty: Bool {
        !namesStore && user == nil && password == nil && !askPassword && connectTimeout == nil && timeout == nil
            && managerInterval == nil && jwtKeys.isEmpty
    }
}
