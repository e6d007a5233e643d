/// Why the undo archive cannot be used: what failed, in which file, and what to do.
package struct ArchiveProblem: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of problem it is, for those who decide by it.
    package enum Kind: Sendable, Hashable {
        /// Somebody else may read or exchange the file, or it is no regular file.
        case unsafe
        /// What is in it contradicts itself, or is not what was written.
        case damaged
        /// A newer version of the program wrote it.
        case newer
        /// Another process writes it all the time.
        case busy
        /// There is no room on the disk.
        case full
        /// A session is larger than what can be kept.
        case tooLarge
        /// There is no such change.
        case unknownChange
        /// The system, or SQLite, refuses for another reason.
        case failed
    }

    /// What kind of problem it is.
    package let kind: Kind
    /// One or two sentences for people.
    package let description: String

    init(_ kind: Kind, _ description: String) {
        self.kind = kind
        self.description = description
    }
}

extension StorageError {
    /// What ends every message about an archive that cannot be used at all.
    static let wayOnWithoutArchive = "move it away to start a new one; \(changesWithoutArchive)"
    /// What can be done without one; `undo` cannot.
    static let changesWithoutArchive = ArchiveKind.undo.wayOnWithout

    /// A file whose content cannot be relied on: nothing of it is used.
    static func damagedArchive(_ path: String, _ reason: String, _ kind: ArchiveKind = .undo) -> StorageError {
        .archive(
            ArchiveProblem(
                .damaged,
                "\(kind.title) \(path) is damaged: \(reason); \(kind.remedy)"))
    }

    /// What the system refused, with its word for `errno`.
    static func archiveSystem(
        _ what: String, _ path: String, code: Int32, _ kind: ArchiveKind = .undo
    ) -> StorageError {
        let problem: ArchiveProblem.Kind = SystemReason.isLackOfRoom(code) ? .full : .failed
        let room = problem == .full ? "make room on its disk; " : ""
        return .archive(
            ArchiveProblem(problem, "\(what) \(path): \(SystemReason.text(code)); \(room)\(kind.wayOnWithout)"))
    }
}
