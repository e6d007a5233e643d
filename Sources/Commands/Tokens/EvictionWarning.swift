import Redis
import SessionStorage
import Sessions

/// Tells what a server may do to keys that revoke tokens.
struct EvictionWarning {
    /// Nil where nothing is to be told.
    let text: String?

    init(of store: SessionStore, _ info: ServerInfo) throws(StorageError) {
        guard let eviction = try KeyEviction(of: store.connection, info) else {
            text =
                try KeyEviction.isUnknown(to: store.connection, info)
                ? "this user may not ask whether the server evicts keys (+info): where it does, a token whose key is evicted from a deny-list is "
                    + "good again" : nil
            return
        }
        text =
            "this server evicts keys when \(SizeText.short(bytes: eviction.limit)) are full (\(eviction.policy)): where a key of a "
            + "deny-list or a cut-off is evicted, the token is good again; noeviction keeps them, and an allow-list fails closed"
    }
}
