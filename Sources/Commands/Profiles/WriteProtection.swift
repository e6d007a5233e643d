/// Why sessions of a store are not changed just so: what a profile says of it.
struct WriteProtection: Equatable {
    enum Kind: Equatable {
        /// Only where somebody says that it is meant.
        case production
        /// Never.
        case readOnly
        /// Never: it is a file.
        case file
    }

    let kind: Kind
    /// The name of the profile.
    let profile: String
    /// File and line of the profile.
    let place: String
    /// The store, where it was reached by flags and is the same as the profile's.
    var store: String?

    init(kind: Kind, profile: String, place: String, store: String? = nil) {
        self.kind = kind
        self.profile = profile
        self.place = place
        self.store = store
    }

    /// That of a file.
    init(of file: StoreFile) { self.init(kind: .file, profile: "", place: "", store: file.title) }

    /// Throws where a command may not change sessions.
    func check(_ permission: WritePermission, in context: CommandContext) throws(Failure) {
        guard !permission.isDryRun, kind != .production || !permission.isMeant else { return }
        throw .usage("\(subject) \(words): nothing was changed", advice: advice(in: context))
    }

    private var subject: String {
        if kind == .file { return store ?? "" }
        let profile = "profile '\(profile)' (\(place))"
        return store.map { "\($0) is the store of \(profile), which" } ?? profile
    }

    private var words: String {
        switch kind {
        case .production: "is production"
        case .readOnly: "is read-only"
        case .file: "is a file"
        }
    }

    private func advice(in context: CommandContext) -> String {
        let look = "--dry-run shows what would be sent"
        switch kind {
        case .file: return "its sessions can be changed once import has carried them to a Redis"
        case .readOnly: return "\(look); who is to change sessions there takes read-only out of the profile"
        case .production where context.shell != nil:
            return "\(look); \\write on allows changes in the shell's own store, --write for one line"
        case .production: return "\(look); --write goes on"
        }
    }
}

/// What a command that changes sessions says of it.
struct WritePermission {
    /// Whether nothing is sent that writes.
    let isDryRun: Bool
    /// Whether production is meant: `--write`, or `\write on` in the shell.
    var isMeant: Bool
}
