/// A minor version of Spring Security, by which its serialized classes differ (session-formats, ch. 9).
public struct SpringSecurityVersion: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The major version.
    public let major: Int
    /// The minor version.
    public let minor: Int

    init(_ major: Int, _ minor: Int) { (self.major, self.minor) = (major, minor) }

    /// All that are known, by age.
    public static let all: [SpringSecurityVersion] = [
        (3, 1...2), (4, 0...2), (5, 0...8), (6, 0...5), (7, 0...1),
    ].flatMap { major, minors in minors.map { SpringSecurityVersion(major, $0) } }

    /// A version as it is written: `5.8`, `6.2.1`, `4.2.20.RELEASE`; nil for those that are not known.
    public init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count >= 2, let major = Int(parts[0]), let minor = Int(parts[1]),
            parts.allSatisfy({ !$0.isEmpty }), Self.all.contains(SpringSecurityVersion(major, minor))
        else { return nil }
        self.init(major, minor)
    }

    /// The `serialVersionUID` that most of its classes share. It went with the minor version until 6.2, and has stayed since.
    public var serialVersionUID: Int64 { min(Int64(major * 100 + minor * 10), 620) }

    /// Those that have this `serialVersionUID`, for people: `5.7`, or `6.2 to 7.1`; nil where none has it.
    static func names(of serialVersionUID: Int64) -> String? {
        let versions = all.filter { $0.serialVersionUID == serialVersionUID }
        guard let first = versions.first, let last = versions.last else { return nil }
        return first == last ? "\(first)" : "\(first) to \(last)"
    }

    /// The major and the minor version.
    public var description: String { "\(major).\(minor)" }

    /// By age.
    public static func < (one: SpringSecurityVersion, other: SpringSecurityVersion) -> Bool {
        (one.major, one.minor) < (other.major, other.minor)
    }
}
