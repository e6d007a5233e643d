package import Sessions

/// What became of one session of a migration.
package enum MigrationOutcome: Sendable, Hashable {
    /// It is at the target, and was read back.
    case migrated
    /// It is at the target, was read back, and is at the source no more.
    case moved
    /// It was there already: nothing was written.
    case unneeded
    /// It was written, now or before, and the target has it, or one of its keys, no more; the text says which.
    case absent(String)
    /// It has ended, and lay there still.
    case ended
    /// It is at the target, and at the source too: why it was left there.
    case left(String)
    /// Another one is at the target, and stays.
    case skipped(String)
    /// Another one is at the target, and nobody said what is to be done then.
    case conflict(String)
    /// The target's layout cannot hold it.
    case refused(String)
    /// The Redis user at the target may not look at all of its keys there.
    case denied(String)
    /// Somebody changes it all the time: an older state of it may be at the target.
    case changed
    /// It has ended meanwhile, or was deleted.
    case gone
    /// What the server said, or what was read back.
    case failed(String)
    /// It was sent, and the connection was lost: what is at the target now could not be read.
    case unknown(String)

    /// What a session comes to that was at the target, and of which a key is not there: somebody has ended it there, or the data are lost, unless
    /// its life was over.
    ///
    /// - Parameters:
    ///   - past: how it is known that it was there.
    ///   - time: milliseconds since 1970 by the target's clock.
    static func missing(_ key: KeyState, _ past: String, at time: Int64) -> MigrationOutcome {
        if let end = key.expiresAt, end <= time.addingReportingOverflow(moment).partialValue { return .ended }
        return .absent(
            "\(past), and the target has '\(EscapedName.text(of: key.key))' no more: it was ended there, or lost; --anew writes it again"
        )
    }

    /// Milliseconds by which a key may seem to go before its end: clocks are compared once.
    package static let moment: Int64 = 1000

    /// The word of reports.
    package var word: String {
        switch self {
        case .migrated: "migrated"
        case .moved: "moved"
        case .unneeded: "unneeded"
        case .absent: "absent"
        case .ended: "ended"
        case .left: "left"
        case .skipped: "skipped"
        case .conflict: "conflict"
        case .refused, .denied: "refused"
        case .changed: "changed"
        case .gone: "gone"
        case .failed: "failed"
        case .unknown: "unknown"
        }
    }

    /// What there is to say beside the word.
    package var detail: String? {
        switch self {
        case .absent(let text), .left(let text), .skipped(let text), .conflict(let text), .refused(let text),
            .denied(let text), .failed(let text), .unknown(let text):
            text
        case .changed:
            "it was used all the time, and the target may have an older state: the same command takes what is new"
        case .migrated, .moved, .unneeded, .ended, .gone: nil
        }
    }

    /// Whether the target was written.
    package var wasWritten: Bool {
        switch self {
        case .migrated, .moved, .left: true
        default: false
        }
    }
}

/// A session with what became of it.
package struct MigratedSession: Sendable {
    /// Its id, its key and its format at the source.
    package let id: [UInt8]
    package let key: [UInt8]
    package let format: String?
    package let principal: String?
    /// Its key at the target; nil where it came to none.
    package let target: [UInt8]?
    package let outcome: MigrationOutcome
    /// What it lost on the way.
    package let losses: [ConversionLoss]
    /// When it ends if nobody uses it, in milliseconds since 1970; nil for never, and where it was not read.
    package var end: Int64?
    /// Whether its user has logged out, and something is left of it for the application.
    var isLoggedOut = false
    /// Whether somebody may be logged in with it.
    var isSession = true
}

/// What is done where another session has the id at the target.
package enum ConflictPolicy: String, Sendable, CaseIterable {
    /// The one that is there stays, and that is as it should be.
    case skip
    /// The one from the source takes its place.
    case overwrite
    /// The one that was used last stays, or takes the place.
    case newer
    /// The one that is there stays, and the migration is not complete.
    case fail

    /// Whether another session may be written over.
    package var mayOverwrite: Bool { self == .overwrite || self == .newer }
}

extension StorageError {
    /// Why a session was not reached.
    var reason: String {
        switch self {
        case .redis(let error): "\(error)"
        case .archive(let problem), .tokenFile(let problem): "\(problem)"
        default: "\(self)"
        }
    }
}
