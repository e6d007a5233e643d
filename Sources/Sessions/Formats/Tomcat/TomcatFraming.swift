import JavaSerialization

/// How a manager wraps the `StandardSession` sequence in a Redis string, told by the first bytes (session-formats, ch. 0, 3.1, 4
/// and 12).
enum TomcatFraming: String, CaseIterable {
    /// jcoleman's manager 2.x and forks: metadata object, sequence, creation time.
    case jcoleman
    /// jcoleman's manager 1.0 to 1.2: creation time, sequence.
    case jcoleman1
    /// ran-jit's manager, under three class names: as jcoleman 2.x.
    case ranjit
    /// dotCMS' fork: as jcoleman 2.x, under the cluster's id and the session's.
    case dotcms
    /// The sequence alone: Pivotal, Overit, copies of `FileStore`.
    case raw

    private static let header: [UInt8] = [0xAC, 0xED, 0, 5]
    private static let longClass: [UInt8] = [0x73, 0x72, 0, 14] + Array("java.lang.Long".utf8)
    private static let ranjitClasses = [
        "tomcat.request.session.SessionMetadata", "tomcat.request.session.model.SessionMetadata",
        "com.r.tomcat.session.management.SessionSerializationMetadata",
    ].map { Array($0.utf8) }
    private static let dotcmsClass = Array("com.dotcms.tomcat.redissessions.SessionSerializationMetadata".utf8)
    private static let metadataSuffix = Array(".SessionSerializationMetadata".utf8)

    /// The framing of `value`, or nil where it begins as none.
    init?(_ value: [UInt8]) {
        guard value.hasPrefix(Self.header), value.count > 8 else { return nil }
        if value[4] == 0x77 {
            guard value[5] == 8, value.hasPrefix(Self.longClass, at: 14) else { return nil }
            self = .jcoleman1
        } else if value.hasPrefix(Self.longClass, at: 4) {
            // A stream of one `Long` takes 82 bytes; here another follows, anew or by reference.
            guard value.count > 82, value[82] == 0x73 || value[82] == 0x71 else { return nil }
            self = .raw
        } else {
            guard value[4] == 0x73, value[5] == 0x72 else { return nil }
            let end = 8 + (Int(value[6]) << 8 | Int(value[7]))
            guard value.count >= end, let framing = Self(metadataClass: value[8..<end]) else { return nil }
            self = framing
        }
    }

    /// The framing whose metadata object is of this class.
    init?(metadataClass name: some BidirectionalCollection<UInt8>) {
        if name.elementsEqual(Self.dotcmsClass) {
            self = .dotcms
        } else if Self.ranjitClasses.contains(where: { name.elementsEqual($0) }) {
            self = .ranjit
        } else if name.suffix(Self.metadataSuffix.count).elementsEqual(Self.metadataSuffix) {
            self = .jcoleman
        } else {
            return nil
        }
    }

    /// Whether a metadata object stands in front.
    var hasMetadata: Bool { self != .raw && self != .jcoleman1 }
    /// Whether the creation time follows the sequence.
    var hasTrailer: Bool { hasMetadata }
    /// The number of elements in front of the sequence.
    var leadingElements: Int { self == .raw ? 0 : 1 }
    /// Whether the manager's interval rules and not the session's, and the key's life alone ends the session (ch. 3.2 and 3.3).
    var managerRules: Bool { self != .raw }

    /// The idle time that the key's life was set from: the manager's where it is known, else what the session says.
    ///
    /// ran-jit's manager honours a session's own interval if it is longer, and none under half an hour (ch. 4).
    func ruling(manager: Int64?, stored: Int64?) -> Int64? {
        guard managerRules, let manager else { return stored }
        guard self == .ranjit else { return manager }
        if let stored, stored >= manager { return stored }
        return max(manager, Self.leastRanjitSeconds)
    }

    /// What ran-jit's manager lets a session live at least.
    static let leastRanjitSeconds: Int64 = 1800
}
