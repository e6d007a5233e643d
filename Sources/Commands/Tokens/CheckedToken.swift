import SessionStorage
import Sessions
import Tokens

/// What checking one token came to.
struct CheckedToken {
    /// What Redis says; nil of what is no token.
    let standing: TokenStanding?
    /// Why it is no token.
    var problem: SessionError?
    /// What speaks against it by its signature and its claims; nothing where no key was given.
    var refusals: [TokenRefusal] = []

    /// The sum, in one word.
    var verdict: String {
        guard let standing else { return refusals.isEmpty ? "undecodable" : Self.refused }
        switch standing.verdict {
        case .revoked, .notListed, .expired: return standing.verdict.rawValue
        case .allowed, .unknown: return refusals.isEmpty ? standing.verdict.rawValue : Self.refused
        }
    }

    private static let refused = "refused"

    /// The status that the token makes.
    var status: ExitStatus {
        switch verdict {
        case "allowed": .done
        case "undecodable": .undecodable
        case "unknown": .partial
        default: .notFound
        }
    }

    /// The graver of two: that one is not to be accepted counts before that one is not known.
    static func status(_ one: ExitStatus, _ other: ExitStatus) -> ExitStatus {
        let order: [ExitStatus] = [.done, .partial, .undecodable, .notFound]
        return order.firstIndex(of: one) ?? 0 < order.firstIndex(of: other) ?? 0 ? other : one
    }

    /// What else speaks against it, or is worth knowing, in the form of a row.
    struct Line {
        let code: String
        let key: [UInt8]?
        let timeToLive: TimeToLive
        let message: String

        init(_ reason: TokenStanding.Reason) {
            (code, key) = (reason.code, reason.key)
            (timeToLive, message) = (reason.timeToLive, reason.message)
        }

        init(_ code: String, _ message: String) {
            (self.code, self.message) = (code, message)
            (key, timeToLive) = (nil, .unknown)
        }
    }

    /// Everything that speaks against the token.
    var reasons: [Line] {
        let own = problem.map { [Line("undecodable", "it is no token: \($0)")] } ?? []
        return (refusals.isEmpty ? own : []) + (standing?.reasons ?? []).map { Line($0) }
            + refusals.map { Line($0.code, $0.message) }
    }

    /// What is worth knowing beside that.
    var notes: [Line] { (standing?.notes ?? []).map { Line($0) } }
}
