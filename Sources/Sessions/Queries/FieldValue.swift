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
    /// A number in an attribute.
    case decimal(ExactNumber)
    /// True or false in an attribute.
    case boolean(Bool)
    /// A date in an attribute, in milliseconds since 1970.
    case time(Int64)
    /// A value with parts, or without a meaning of its own: it can be asked for only with `has()`.
    case parts
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
        case .class: .many(classNames)
        case .role: .many(roles)
        case .finding: .many(findingsWithValues.map { $0.code })
        case .attribute(let attribute): attribute.value(in: self)
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
    /// The order of sorting: booleans, numbers, times, text, then what cannot be compared; never behind every number, missing last.
    public static func areInOrder(_ left: FieldValue, _ right: FieldValue) -> Bool {
        switch (left, right) {
        case (.text(let a), .text(let b)): a < b
        case (.number(let a), .number(let b)): a < b
        case (.decimal(let a), .decimal(let b)): a < b
        case (.time(let a), .time(let b)): a < b
        case (.boolean(let a), .boolean(let b)): !a && b
        case (.many(let a), .many(let b)) where !a.isEmpty && !b.isEmpty: a.lexicographicallyPrecedes(b)
        default: left.rank < right.rank
        }
    }

    /// Whether there is no value: no user, or no roles.
    public var isMissing: Bool { self == .missing || self == .many([]) }

    /// The values as text, none where there is nothing: what is counted by.
    public var texts: [String] {
        switch self {
        case .missing, .never, .parts: []
        case .text(let text): [text]
        case .many(let texts): texts
        case .number(let number): [String(number)]
        case .decimal(let number): [number.plainText]
        case .boolean(let value): [value ? "true" : "false"]
        case .time(let time): [RFC3339.text(milliseconds: time)]
        }
    }

    private var rank: Int {
        switch self {
        case .boolean: 0
        case .number: 1
        case .decimal: 2
        case .time: 3
        case .text: 4
        // Without any it is missing.
        case .many(let values): values.isEmpty ? 8 : 5
        case .parts: 6
        case .never: 7
        case .missing: 8
        }
    }
}
