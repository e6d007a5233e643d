import JavaSerialization

/// Judges names by `SecretPolicy` and remembers what it found: the same names stand in session after session.
struct SecretNames: ~Copyable {
    private var names = NameCache(slotCount: 512)
    private var isSecret: [Bool] = []

    /// Whether a field, attribute or map key of this name, in modified UTF-8, holds a secret.
    mutating func isSecret(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
        isSecret(bytes.span.extracting(range).bytes)
    }

    /// Whether a name of any kind is one of a secret.
    mutating func isSecret(_ name: String) -> Bool { isSecret(name.utf8Span.span.bytes) }

    private mutating func isSecret(_ name: RawSpan) -> Bool {
        if isSecret.isEmpty { isSecret = Array(repeating: false, count: names.slotCount) }
        guard let slot = names.slot(for: name) else { return Self.judge(name) }
        if slot.isHit { return isSecret[slot.index] }
        let found = Self.judge(name)
        isSecret[slot.index] = found
        return found
    }

    private static func judge(_ name: RawSpan) -> Bool {
        name.withUnsafeBytes { bytes in
            let text = bytes.bindMemory(to: UInt8.self)
            return SecretPolicy.mayBeSecret(name: text.span)
                && SecretPolicy.isSecret(name: String(decoding: text, as: UTF8.self))
        }
    }
}
