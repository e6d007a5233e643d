package import Sessions

/// What became of one session that was to be changed.
package enum ChangeOutcome: Sendable {
    /// It was changed. Commands that only tidy up and failed are named.
    case done([PlanFailure])
    /// It was changed in the store, and nobody can know from here whether the application keeps to it; the text says why and what to do.
    case uncertain(String, [PlanFailure])
    /// It was so already: nothing was to be written.
    case unneeded
    /// Somebody used it since it was read: it was left.
    case usedSince
    /// It does not fulfil the filter any more, or somebody changes it all the time: it was left.
    case changed
    /// It has ended meanwhile.
    case gone
    /// A request works on it.
    case inUse
    /// Its format, or what it holds, does not allow this.
    case refused(String)
    /// It is as it was, or partly changed: what the server said.
    case failed(String)
    /// The connection was lost behind it, and what it is now could not be read either.
    case unknown(String)

    /// The word of reports.
    package var word: String {
        switch self {
        case .done: "done"
        case .uncertain: "uncertain"
        case .unneeded: "unneeded"
        case .usedSince: "active again"
        case .changed: "changed"
        case .gone: "gone"
        case .inUse: "in use"
        case .refused: "refused"
        case .failed: "failed"
        case .unknown: "unknown"
        }
    }

    /// Whether something was written that `undo` can take back.
    package var wasWritten: Bool {
        switch self {
        case .done, .uncertain: true
        default: false
        }
    }
}

/// A session that was to be changed, and what became of it.
package struct ChangedSession: Sendable {
    /// What was to be done; nil where no plan could be made.
    package let plan: ChangePlan?
    /// The key that holds or held the session.
    package let key: [UInt8]
    /// Its id; the key where it was gone before anybody read it.
    package let id: [UInt8]
    /// Who was logged in, as far as it was read.
    package let principal: String?
    /// What became of it.
    package var outcome: ChangeOutcome
}
