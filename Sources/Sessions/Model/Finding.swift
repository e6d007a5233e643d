/// Something wrong with a session, or worth knowing before it is relied on.
public struct Finding: Sendable, Hashable {
    /// A short fixed word for scripts, such as `missing-field`.
    public let code: String
    private let content: Content

    private enum Content: Sendable, Hashable {
        case sentence(String)
        case expired(at: Int64)
    }

    /// Creates a finding.
    public init(_ code: String, _ message: String) {
        self.code = code
        content = .sentence(message)
    }

    /// The finding of a session that is there after its end, in milliseconds since 1970. Where nobody cleans up most sessions
    /// have it, so the sentence is made when somebody reads it.
    init(expiredAt end: Int64) {
        code = "expired"
        content = .expired(at: end)
    }

    /// One sentence for people; may hold text from the data, so escape it before a terminal sees it.
    public var message: String {
        switch content {
        case .sentence(let text): text
        case .expired(let end): "its interval ended at \(RFC3339.text(milliseconds: end)) and it is still stored"
        }
    }
}
