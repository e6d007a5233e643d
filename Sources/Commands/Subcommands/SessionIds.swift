import SessionStorage

/// Ids of sessions of which it is asked later whether they were there.
///
/// They are in a temporary file: memory does not grow with their number.
final class SessionIds {
    private let folder: String
    private var ids: KeySet?

    /// - Parameter folder: where the temporary file is made, once there is an id.
    init(folder: String) { self.folder = folder }

    /// Adds the id of a session.
    func insert(_ id: [UInt8]) throws(StorageError) {
        if ids == nil { ids = try KeySet(folder: folder) }
        try ids?.insert(Self.withoutRoute(id))
    }

    /// Whether the id of a session was added, in whatever layout.
    func contains(_ id: [UInt8]) throws(StorageError) -> Bool { try ids?.contains(Self.withoutRoute(id)) ?? false }

    /// Of one session Tomcat and Spring have the same id, but for the `jvmRoute`.
    private static func withoutRoute(_ id: [UInt8]) -> [UInt8] { Array(id.prefix { $0 != UInt8(ascii: ".") }) }
}
