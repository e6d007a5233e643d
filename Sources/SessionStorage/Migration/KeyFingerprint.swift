import Sessions

/// What a session's own key held, in twenty bytes, and when it expires: by it a later look tells whether anybody has changed it.
package struct KeyFingerprint: Sendable, Hashable {
    /// The SHA-1 of the content.
    package let digest: [UInt8]
    /// Milliseconds since 1970; nil for never.
    package let expiresAt: Int64?

    package init(digest: [UInt8], expiresAt: Int64?) {
        self.digest = digest
        self.expiresAt = expiresAt
    }

    /// That of a key as it is, or is to be.
    init(_ content: KeyState.Content, expiresAt: Int64?) {
        digest = SHA1.digest(of: content.canonical)
        self.expiresAt = expiresAt
    }

    /// Whether it is the same key untouched. Lives that are read by PTTL differ by some milliseconds.
    func isSame(as other: KeyFingerprint) -> Bool {
        digest == other.digest && KeyState.isSame(expiresAt, other.expiresAt)
    }
}

extension KeyState.Content {
    /// The content as bytes that are the same however the server orders it.
    fileprivate var canonical: [UInt8] {
        switch self {
        case .missing: return []
        case .string(let bytes): return [0] + bytes
        case .hash(let fields):
            let sorted = fields.sorted { $0.field.lexicographicallyPrecedes($1.field) }
            return [1] + sorted.flatMap { Self.framed($0.field) + Self.framed($0.value) }
        case .set(let members): return [2] + Self.framed(members)
        case .shared(let members): return [3] + Self.framed(members.map(\.member))
        }
    }

    private static func framed(_ parts: [[UInt8]]) -> [UInt8] {
        parts.sorted { $0.lexicographicallyPrecedes($1) }.flatMap { framed($0) }
    }

    private static func framed(_ part: [UInt8]) -> [UInt8] {
        withUnsafeBytes(of: UInt64(part.count).littleEndian) { Array($0) } + part
    }
}
