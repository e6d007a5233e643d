import SessionStorage
import Sessions

/// Tells whether sessions that are missing are at the target in another layout than the one in which they were looked for.
///
/// Their ids are in a temporary file: memory does not grow with their number.
final class MissingSessions {
    private let folder: String
    private var ids: KeySet?
    /// The first layout in which one was seen.
    private var layout: LayoutOptions.Format?

    /// - Parameter folder: where the temporary file is made, once a session is missing.
    init(folder: String) { self.folder = folder }

    /// Takes note of a session that is missing.
    func expect(_ id: [UInt8]) throws(StorageError) {
        if ids == nil { ids = try KeySet(folder: folder) }
        try ids?.insert(Self.withoutRoute(id))
    }

    /// Looks at a session that is at the target alone.
    func look(at session: Session) throws(StorageError) {
        guard layout == nil, let ids, let format = LayoutOptions.Format(rawValue: session.format), format != .jwt,
            try ids.contains(Self.withoutRoute(session.id))
        else { return }
        layout = format
    }

    /// What to do where one was seen; nil where none was.
    var hint: String? {
        layout.map {
            "sessions that are missing are at the target in another layout: "
                + "verify with --to \($0.rawValue) and what else migrate was given"
        }
    }

    /// Of one session Tomcat and Spring have the same id, but for the `jvmRoute`.
    private static func withoutRoute(_ id: [UInt8]) -> [UInt8] { Array(id.prefix { $0 != UInt8(ascii: ".") }) }
}
