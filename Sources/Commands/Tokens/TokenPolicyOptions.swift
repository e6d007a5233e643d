import ArgumentParser
import Sessions
import Tokens

/// What is asked of tokens beside their signature.
struct TokenPolicyOptions: ParsableArguments {
    @Option(
        name: .customLong("alg"),
        help: ArgumentHelp(
            "Accept only this algorithm of those that the key allows; may be repeated.", valueName: "name"))
    var algorithms: [AlgorithmWord] = []

    @Option(
        name: .customLong("iss"),
        help: ArgumentHelp("The issuer that iss must be; of several, one of them.", valueName: "issuer"))
    var issuers: [String] = []

    @Option(
        name: .customLong("aud"),
        help: ArgumentHelp("The audience that aud must name; of several, one of them.", valueName: "audience"))
    var audiences: [String] = []

    @Option(
        name: .customLong("typ"), help: ArgumentHelp("The type that typ must be, such as at+jwt.", valueName: "type"))
    var type: String?

    @Option(
        name: .customLong("require"),
        help: ArgumentHelp("A claim that must be there; may be repeated.", valueName: "claim"))
    var required: [String] = []

    @Option(
        name: .customLong("leeway"),
        help: ArgumentHelp("How far the issuer's clock may differ: 30s, 1m.", valueName: "duration"))
    var leeway = TokenPolicyOptions.noLeeway

    @Option(
        name: .customLong("at"),
        help: ArgumentHelp("Judge as of this time: RFC 3339, a date, or the epoch.", valueName: "time"))
    var time: String?

    /// Whether nothing was asked for.
    var isEmpty: Bool {
        algorithms.isEmpty && issuers.isEmpty && audiences.isEmpty && type == nil && required.isEmpty
            && leeway == Self.noLeeway && time == nil
    }

    /// Whether all that was asked for can be said of tokens that are made as well.
    var asksOfMadeTokens: Bool { required.isEmpty && leeway == Self.noLeeway && time == nil }

    private static let noLeeway = "0s"

    /// - Parameter now: milliseconds since 1970.
    func policy(now: Int64) throws(Failure) -> TokenPolicy {
        guard let leeway = TimeWords.duration(leeway), 0...Self.longestLeeway ~= leeway else {
            throw .usage("--leeway \(self.leeway): write 30s or 1m; clocks differ by an hour at most")
        }
        var policy = TokenPolicy(
            now: now, leeway: leeway, issuers: issuers, audiences: audiences, type: type, required: required)
        if !algorithms.isEmpty { policy.algorithms = Set(algorithms.map(\.algorithm)) }
        guard let time else { return policy }
        guard let moment = TimeWords.time(time, now: now) else {
            throw .usage("--at \(time): write 2026-01-31, 2026-01-31T12:00:00Z or epoch seconds")
        }
        policy.now = moment
        return policy
    }

    /// What is more is no difference of clocks, and would keep ended tokens alive.
    static let longestLeeway: Int64 = 3_600_000
}
