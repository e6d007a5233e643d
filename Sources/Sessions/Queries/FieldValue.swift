/// A field's value as filters and sorting compare it.
public enum FieldValue: Hashable, Sendable {
    /// Not known, or not there.
    case missing
    /// There is no end to it: a key without expiry, an interval below zero.
    case never
    /// Text.
    case text(String)
    /// Milliseconds or bytes.
    case number(Int64)
    /// Several values; a test matches if any does.
    case many([String])
}

extension Session {
    /// The value of `field` at the time `now` (milliseconds since 1970).
    public func value(of field: SessionField, now: Int64) -> FieldValue {
        switch field {
        case .id: .text(EscapedName.text(of: id))
        case .format: .text(format)
        case .variant: text(variant)
        case .namespace: text(namespace.map { EscapedName.text(of: $0) })
        case .key: .text(EscapedName.text(of: key))
        case .principal: text(principal)
        case .created: number(createdAt)
        case .accessed: number(lastAccessedAt)
        case .idle: number(idleMilliseconds(now: now))
        case .interval: interval
        case .expires: number(expiresAt(now: now))
        case .ttl: remainingLife
        case .size: number(sizeBytes.map { Int64($0) })
        case .attributes: .many(attributes?.map { EscapedName.text(of: $0.name) } ?? [])
        case .finding: .many(findings.map { $0.code })
        }
    }

    private func text(_ value: String?) -> FieldValue { value.map { .text($0) } ?? .missing }
    private func number(_ value: Int64?) -> FieldValue { value.map { .number($0) } ?? .missing }

    private var interval: FieldValue {
        guard let seconds = maxInactiveSeconds else { return .missing }
        guard seconds >= 0 else { return .never }
        let (milliseconds, overflow) = seconds.multipliedReportingOverflow(by: 1000)
        return overflow ? .never : .number(milliseconds)
    }

    private var remainingLife: FieldValue {
        switch timeToLive {
        case .unknown: .missing
        case .none: .never
        case .milliseconds(let left): .number(left)
        }
    }
}

extension FieldValue {
    /// The order of sorting: missing last, never behind every number.
    public static func areInOrder(_ left: FieldValue, _ right: FieldValue) -> Bool {
        switch (left, right) {
        case (.text(let a), .text(let b)): a < b
        case (.number(let a), .number(let b)): a < b
        case (.many(let a), .many(let b)): a.lexicographicallyPrecedes(b)
        default: left.rank < right.rank
        }
    }

    private var rank: Int {
        switch self {
        case .text, .number, .many: 0
        case .never: 1
        case .missing: 2
        }
    }
}
