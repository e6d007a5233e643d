import Sessions

/// A session on its way: as it was read at the source, and as it is to be at the target. It is large, and handed on from step to step: it is
/// shared, not copied, and used by one thread at a time.
final class MigratingSession: @unchecked Sendable {
    /// What was read.
    let group: SessionGroup
    /// Its keys at the source, its own first.
    let source: [KeyState]
    /// Its keys at the target, its own first.
    private(set) var wanted: [KeyState]
    /// What it loses.
    let losses: [ConversionLoss]
    /// When it was last used, in milliseconds since 1970; nil where nothing tells.
    let lastAccessedAt: Int64?
    /// What it becomes, where it gets another layout.
    let converted: ConvertedSession?
    /// What it was at the source.
    let fingerprint: KeyFingerprint
    /// What it is to be at the target.
    private(set) var targetFingerprint: KeyFingerprint
    /// Whether something is at its key at the target.
    var overwrites = false
    /// What this run has seen of it at the target.
    var seen = SeenAtTarget()
    /// Whether it was seen there, and is not there any more.
    var wasEnded = false
    /// What was found at its key at the target where that is another session, which stays.
    var found: KeyFingerprint?
    /// The key of the session of the source that has become the one at the target, where that is kept.
    var takenBy: [UInt8]?
    /// When it ends if nobody uses it, in milliseconds since 1970; nil for never.
    var end: Int64?

    init(
        group: SessionGroup, source: [KeyState], wanted: [KeyState], losses: [ConversionLoss] = [],
        lastAccessedAt: Int64?, converted: ConvertedSession? = nil
    ) {
        self.group = group
        self.source = source
        self.wanted = wanted
        self.losses = losses
        self.lastAccessedAt = lastAccessedAt
        self.converted = converted
        fingerprint = KeyFingerprint(source[0].content, expiresAt: source[0].expiresAt)
        targetFingerprint = KeyFingerprint(wanted[0].content, expiresAt: wanted[0].expiresAt)
    }

    /// Its key at the source.
    var key: [UInt8] { group.record.key }

    /// Notes that the target has it as it was to be.
    func noteWritten() { seen.note(written: targetFingerprint) }

    /// As it is taken away from the source.
    var moving: SourceRemoval.Moving { SourceRemoval.Moving(group: group, source: source, target: wanted) }

    /// Keys beside it that its layout does not have, and another one of the same names does.
    private(set) lazy var absent: [KeyState] =
        SessionFormats.shadowKey(ofKey: wanted[0].key)
        .map { shadow in
            wanted.contains { $0.key == shadow }
                ? [] : [KeyState(key: shadow, role: .shadow, content: .missing, expiresAt: nil)]
        } ?? []

    /// Whether a key that is to be written was read, or a member of a set that is to be put in.
    var takesItsOwnPlace: Bool {
        wanted.contains { wanted in
            source.contains {
                $0.key == wanted.key && ($0.members.isEmpty || !Set($0.members).isDisjoint(with: wanted.members))
            }
        }
    }

    /// Whether it is at the source what it is to be at the target, key by key.
    var hasTheLayout: Bool { isSame(source[0].content) && Set(source.map(\.key)) == Set(wanted.map(\.key)) }

    /// What it is to be without a layout; nil where it cannot be had.
    func portable(_ now: Int64) -> PortableSession? {
        converted?.session ?? (try? PortableSession(of: group.session, now: now))
    }

    /// Whether a content is that of its own key, in whatever order the fields are.
    func isSame(_ content: KeyState.Content) -> Bool {
        KeyFingerprint(content, expiresAt: nil).digest == targetFingerprint.digest
    }

    /// A session that is used at the target already is not to end there sooner than it would.
    func keepLonger(_ end: Int64?) {
        guard let wantedEnd = wanted[0].expiresAt, end.map({ $0 > wantedEnd }) ?? true else { return }
        let own = wanted[0]
        wanted[0] = KeyState(key: own.key, role: own.role, content: own.content, expiresAt: end)
        targetFingerprint = KeyFingerprint(digest: targetFingerprint.digest, expiresAt: end)
    }

    /// The sets that sessions share live as long as the last of a batch needs them.
    func share(_ lives: SharedLives) {
        for (place, state) in wanted.enumerated() {
            guard case .shared = state.content else { continue }
            wanted[place] = KeyState(
                key: state.key, role: state.role, content: state.content, expiresAt: lives.end(of: state))
        }
    }

    /// What the journal has of it.
    var entry: (key: [UInt8], step: MigrationJournal.Step) { entry(targetFingerprint) }

    /// What the journal has of it where another session was found at the target, and left; nil for every other.
    var foundEntry: (key: [UInt8], step: MigrationJournal.Step)? { found.map { entry($0) } }

    private func entry(_ target: KeyFingerprint) -> (key: [UInt8], step: MigrationJournal.Step) {
        let (key, place) = (group.record.key, wanted[0].key)
        return (key, MigrationJournal.Step(source: fingerprint, target: target, place: place == key ? nil : place))
    }
}

/// How long the sets have to live that several sessions of a batch are in.
struct SharedLives {
    /// By key; nil for ever.
    private var ends: [[UInt8]: Int64?] = [:]

    init(of sessions: [MigratingSession]) {
        for state in sessions.lazy.flatMap(\.wanted) {
            guard case .shared = state.content else { continue }
            if let known = ends[state.key] {
                ends[state.key] = known.flatMap { known in state.expiresAt.map { max($0, known) } }
            } else {
                ends[state.key] = .some(state.expiresAt)
            }
        }
    }

    func end(of state: KeyState) -> Int64? { ends[state.key] ?? state.expiresAt }
}

extension MigratedSession {
    init(_ session: MigratingSession, _ outcome: MigrationOutcome) {
        self.init(
            id: session.group.session.id, key: session.group.record.key, format: session.group.session.format,
            principal: session.group.session.principal, target: session.wanted[0].key, outcome: outcome,
            losses: session.losses, end: session.end)
    }

    /// One that comes to nothing at the target.
    init(_ group: SessionGroup, _ outcome: MigrationOutcome, losses: [ConversionLoss] = []) {
        self.init(
            id: group.session.id, key: group.record.key, format: group.session.format,
            principal: group.session.principal, target: nil, outcome: outcome, losses: losses,
            isLoggedOut: SessionFormats.isLoggedOut(group.session), isSession: !group.isNone)
    }

    /// One of which nothing was read.
    package init(gone key: [UInt8], _ outcome: MigrationOutcome) {
        self.init(
            id: ChangedSession.id(ofKey: key), key: key, format: nil, principal: nil, target: nil, outcome: outcome,
            losses: [])
    }
}
