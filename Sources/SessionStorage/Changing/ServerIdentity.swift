package import Redis

/// By what a server is known again when a change is to be taken back: its process, or the data that it has.
///
/// A replica that was made the primary has the replication id of the primary before; so has, from Redis 7.0 on, a server with
/// replicas that was restarted with its data. A server's id also changes while it runs, when its last replica has been gone for an hour: then the run
/// id tells.
package struct ServerIdentity: Sendable, Equatable {
    /// The run id of the process.
    let run: String
    /// The replication ids of its data, the present one first.
    let replication: [String]

    /// Nil where the user may not ask for INFO, or something answers that has no such ids.
    package init?(_ info: ServerInfo) {
        guard let run = info.runID, !info.replicationIDs.isEmpty else { return nil }
        (self.run, replication) = (run, info.replicationIDs)
    }

    /// What the undo archive keeps of it: the run id and the replication id, with a space between them.
    package var text: String { "\(run) \(replication[0])" }

    /// Whether it is the same process, by whatever address.
    package func isSameProcess(as other: ServerIdentity) -> Bool { run == other.run }

    /// Whether it is the process that was recorded so, by whatever address.
    package func isSameProcess(asRecorded text: String) -> Bool {
        text.split(separator: " ").first.map { $0 == run } ?? false
    }

    /// Whether this is the server, or has the data of it, that was recorded so.
    package func isSame(asRecorded text: String) -> Bool {
        let words = text.split(separator: " ")
        return words.first.map { $0 == run } ?? false
            || words.dropFirst().contains { word in replication.contains { $0 == word } }
    }
}
