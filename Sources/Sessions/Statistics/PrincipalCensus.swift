/// Who is logged in, gathered session after session in bounded memory.
public struct PrincipalCensus: Sendable {
    /// One principal.
    public struct Entry: Sendable {
        /// The name, as ``Session/principalName`` has it.
        public let name: [UInt8]
        /// The name as people see it.
        public var principal: String { EscapedName.text(of: name) }
        /// How many sessions there are.
        public fileprivate(set) var sessions = 0
        /// What any of the sessions may do.
        public fileprivate(set) var roles: Set<String> = []
        /// The formats of the sessions.
        public fileprivate(set) var formats: Set<String> = []
        /// When any of the sessions was last used, in milliseconds since 1970.
        public fileprivate(set) var lastAccessedAt: Int64?
    }

    /// More roles than this of one principal are not kept.
    private static let maximumRoles = 100

    private let maximumNames: Int
    private var entries: [[UInt8]: Entry] = [:]
    private var bytes = 0
    /// Sessions of which nobody is logged in.
    public private(set) var anonymous = 0
    /// Sessions of principals that came after the bound.
    public private(set) var unnamed = 0

    /// Nobody yet.
    public init(maximumNames: Int = BoundedCounts.maximumNames) { self.maximumNames = maximumNames }

    /// Takes a session in.
    public mutating func add(_ session: Session) {
        guard let principal = session.principalName else {
            anonymous += 1
            return
        }
        var entry = entries[principal] ?? Entry(name: principal)
        let length = entry.sessions == 0 ? principal.count : 0
        guard entry.sessions > 0 || entries.count < maximumNames && bytes + length <= BoundedCounts.maximumBytes else {
            unnamed += 1
            return
        }
        bytes += length
        entry.sessions += 1
        entry.formats.insert(session.format)
        for role in session.roles where entry.roles.count < Self.maximumRoles {
            if entry.roles.insert(role).inserted { bytes += role.utf8.count }
        }
        if let accessed = session.lastAccessedAt { entry.lastAccessedAt = max(accessed, entry.lastAccessedAt ?? .min) }
        entries[principal] = entry
    }

    /// All that are kept, by name.
    public var all: [Entry] { entries.values.sorted { $0.principal < $1.principal } }
}
