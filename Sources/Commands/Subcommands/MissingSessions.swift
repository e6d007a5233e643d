import SessionStorage
import Sessions

/// Tells whether sessions that are missing are at the target in another layout than the one in which they were looked for.
final class MissingSessions {
    private let ids: SessionIds
    /// The first layout in which one was seen.
    private var layout: LayoutOptions.Format?

    /// - Parameter folder: where the temporary file is made, once a session is missing.
    init(folder: String) { ids = SessionIds(folder: folder) }

    /// Takes note of a session that is missing.
    func expect(_ id: [UInt8]) throws(StorageError) { try ids.insert(id) }

    /// Looks at a session that is at the target alone.
    func look(at session: Session) throws(StorageError) {
        guard layout == nil, let format = LayoutOptions.Format(rawValue: session.format), format != .jwt,
            try ids.contains(session.id)
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
}
