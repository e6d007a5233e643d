import Redis
import SessionStorage
import Sessions

// Where a change is taken back.
extension UndoJob {
    /// Whether what is taken back is so where the change was made: only that is noted in the archive.
    func isItsServer(_ server: ChangeServer) -> Bool {
        if isAtItsAddress { return true }
        guard let recorded = change.origin.server, let identity = server.identity else { return false }
        return identity.isSameProcess(asRecorded: recorded) && store.endpoint.database == change.origin.database
    }

    /// Another server may answer at the address by now: sessions of one must not be put into another.
    func requireSameServer(_ server: ChangeServer) throws(Failure) {
        // Who takes back at another address by force means another server.
        guard !isSameServer, isAtItsAddress else { return }
        if let recorded = change.origin.server, let identity = server.identity {
            guard !identity.isSame(asRecorded: recorded) else { return }
            throw refusal(
                "the server at \(store.endpoint) is not the one that change \(change.number) was made on, or has lost its data since"
            )
        }
        guard let started = server.started else {
            return context.say("this user may not ask which server this is (+info): it is taken for the same")
        }
        // Both by the server's clock, and to the second.
        guard started > change.began + 2000 else { return }
        throw refusal(
            "the server at \(store.endpoint) was started at \(RFC3339.text(milliseconds: started)), after change "
                + "\(change.number): it may be another one")
    }

    private func refusal(_ reason: String) -> Failure {
        .usage(reason, advice: "if it was restarted with its data, --same-server takes the change back")
    }
}
