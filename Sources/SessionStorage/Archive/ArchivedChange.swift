/// A change of sessions, as the undo archive tells of it.
package struct ArchivedChange: Sendable, Hashable {
    /// What a change is known by before its first session is kept.
    package struct Origin: Sendable, Hashable {
        /// The words of the command, without those that are secret.
        package var command: [String]
        /// Where the sessions are: the server's address without user and password.
        package var endpoint: String
        /// The number of the database there.
        package var database: Int
        /// The version of the program.
        package var version: String
        /// Which server it was (``ServerIdentity``); nil where it did not say.
        package var server: String?

        package init(command: [String], endpoint: String, database: Int, version: String, server: String?) {
            self.server = server
            self.command = command
            self.endpoint = endpoint
            self.database = database
            self.version = version
        }
    }

    /// How far it came.
    package enum State: String, Sendable, Hashable {
        /// A process is at it.
        case running
        /// It came to its end.
        case done
        /// It was stopped, or the program was killed.
        case interrupted
    }

    /// What became of its sessions.
    package struct Counts: Sendable, Hashable {
        /// All that are kept.
        package var sessions = 0
        /// Those that were changed.
        package var changed = 0
        /// Those that were left as they were.
        package var left = 0
        /// Those of which nobody knows whether they were changed; also those for which nothing is recorded yet.
        package var unknown: Int { max(0, sessions - changed - left) }
        /// Those that were made what they had been; they count above as well.
        package var undone = 0
        /// Those that may have been changed, and are not what they had been.
        package var open: Int { max(0, changed + unknown - undone) }
    }

    /// 1, 2, …: never given twice in one archive.
    package let number: Int64
    /// What it is.
    package let origin: Origin
    /// When it began, in milliseconds since 1970.
    package let began: Int64
    /// When it ended, in the same; nil while it runs, and where it was killed.
    package internal(set) var ended: Int64?
    /// How far it came.
    package internal(set) var state: State
    /// What became of its sessions.
    package internal(set) var counts: Counts
    /// How many bytes are kept.
    package internal(set) var bytes: Int64
}

/// What is recorded of a session after its commands were sent.
package enum ArchivedOutcome: String, Sendable, Hashable {
    /// It was changed.
    case changed
    /// Nothing of it was written.
    case left
    /// It may have been changed, or in part.
    case unknown
}

/// A session of a change, as the archive holds it.
package struct ArchivedSession: Sendable, Hashable {
    /// Its place in the change, from 0 on.
    package let place: Int
    /// What it was.
    package let session: KeptSession
    /// What became of it; nil where the program was killed before it was recorded.
    package let outcome: ArchivedOutcome?
    /// When it was made what it had been, in milliseconds since 1970; nil where it was not.
    package let undone: Int64?
}

extension ChangeOutcome {
    /// What the undo archive records of it.
    package var archived: ArchivedOutcome {
        switch self {
        case .done, .uncertain: .changed
        case .unneeded, .usedSince, .changed, .gone, .inUse, .refused, .denied: .left
        case .failed, .unknown: .unknown
        }
    }
}
