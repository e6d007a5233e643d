import SessionStorage

/// What the shell lends to the commands that run in it.
final class ShellState {
    /// The store that the shell was started on.
    let store: SessionStore
    /// The session that commands fall back to, by its key.
    var current: [UInt8]?

    init(store: SessionStore) { self.store = store }
}
