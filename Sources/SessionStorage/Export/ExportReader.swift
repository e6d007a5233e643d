package import Sessions

/// Reads sessions with all their keys, as an export writes them. Writes nothing.
package struct ExportReader {
    /// What the reading of one session came to.
    package enum Reading {
        case session(Session, KeptSession)
        /// It has ended, is gone, or cannot be read.
        case left(MigratedSession)
    }

    private let reader: MigrationReader

    /// - Parameter filter: which sessions are meant: what no longer fulfils it when it is read is left out.
    package init(_ filter: SessionFilter, of source: MigrationBatch.Side) throws(StorageError) {
        reader = try MigrationReader(MigrationBatch.Manner(conversion: nil, filter: filter), source)
    }

    /// The sessions at the first of `keys`, as many as may be held at once.
    ///
    /// - Parameter now: milliseconds since 1970 by the server's clock.
    package func read(_ keys: [[UInt8]], now: Int64) throws(StorageError) -> [Reading] {
        try reader.read(keys, now: now).map { reading in
            switch reading {
            case .decided(let session): return .left(session)
            case .migrating(let migrating):
                let session = migrating.group.session
                let kept = KeptSession(
                    id: session.id, key: migrating.group.record.key, format: session.format, variant: session.variant,
                    states: migrating.source, result: [])
                return .session(session, kept)
            }
        }
    }
}
