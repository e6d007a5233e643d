package import Sessions

extension UndoBatch {
    /// What became of one session.
    package enum Outcome: Sendable {
        /// It would be made what it was; nothing was written.
        case planned(ChangePlan)
        /// It is as it was.
        case restored
        /// It was as it was: nothing was written.
        case unneeded
        /// It would have ended meanwhile, and was left.
        case ended
        /// It has ended since, and was left: the change has kept nothing that could make it anew.
        case gone
        /// Somebody has changed it since, and it was left; the text says what.
        case changed(String)
        /// It cannot be made what it was, also by force, and was left; the text says why.
        case refused(String)
        /// What the server said.
        case failed(String)
        /// Somebody wants to stop, and it was left.
        case notReached
    }
}

extension UndoBatch.Outcome {
    /// Whether the session is what it was, so that there is nothing to take back any more.
    package var isAsItWas: Bool {
        switch self {
        case .restored, .unneeded: true
        case .planned, .ended, .gone, .changed, .refused, .failed, .notReached: false
        }
    }
}
