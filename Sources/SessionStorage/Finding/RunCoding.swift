import Sessions

/// Entries as bytes, for the temporary file of a sort.
enum RunCoding {
    private enum Kind: UInt8 {
        case missing, never, text, number, many, decimal, boolean, time, parts
    }

    static func append(_ entry: SessionSorter.Entry, to bytes: inout [UInt8]) {
        let (kind, texts) = taken(entry.value)
        bytes.append(kind.rawValue)
        append(UInt32(truncatingIfNeeded: texts.count), to: &bytes)
        for part in texts + [entry.key] {
            append(UInt32(truncatingIfNeeded: part.count), to: &bytes)
            bytes += part
        }
    }

    private static func append(_ number: UInt32, to bytes: inout [UInt8]) {
        for shift in [24, 16, 8, 0] { bytes.append(UInt8(truncatingIfNeeded: number >> UInt32(shift))) }
    }

    private static func taken(_ value: FieldValue) -> (Kind, [[UInt8]]) {
        switch value {
        case .missing: (.missing, [])
        case .never: (.never, [])
        case .parts: (.parts, [])
        case .text(let text): (.text, [Array(text.utf8)])
        case .number(let number): (.number, [Array(String(number).utf8)])
        case .time(let time): (.time, [Array(String(time).utf8)])
        case .decimal(let number): (.decimal, [Array(number.text.utf8)])
        case .boolean(let value): (.boolean, value ? [[]] : [])
        case .many(let texts): (.many, texts.map { Array($0.utf8) })
        }
    }

    /// The entry at the start of `bytes` and its length; nil where they end before it does.
    static func entry(in bytes: ArraySlice<UInt8>) -> (SessionSorter.Entry, length: Int)? {
        var rest = bytes
        guard let kind = rest.popFirst().flatMap(Kind.init), let count = number(&rest) else { return nil }
        var texts: [String] = []
        for _ in 0..<count {
            guard let part = part(&rest) else { return nil }
            texts.append(String(decoding: part, as: UTF8.self))
        }
        guard let key = part(&rest) else { return nil }
        let entry = SessionSorter.Entry(value: value(kind, texts), key: Array(key), session: nil)
        return (entry, bytes.count - rest.count)
    }

    private static func number(_ rest: inout ArraySlice<UInt8>) -> Int? {
        guard rest.count >= 4 else { return nil }
        defer { rest = rest.dropFirst(4) }
        return rest.prefix(4).reduce(0) { $0 << 8 | Int($1) }
    }

    private static func part(_ rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        guard let length = number(&rest), rest.count >= length else { return nil }
        defer { rest = rest.dropFirst(length) }
        return rest.prefix(length)
    }

    private static func value(_ kind: Kind, _ texts: [String]) -> FieldValue {
        let first = texts.first ?? ""
        switch kind {
        case .missing: return .missing
        case .never: return .never
        case .parts: return .parts
        case .text: return .text(first)
        case .number: return Int64(first).map { .number($0) } ?? .missing
        case .time: return Int64(first).map { .time($0) } ?? .missing
        case .decimal: return ExactNumber(first).map { .decimal($0) } ?? .missing
        case .boolean: return .boolean(!texts.isEmpty)
        case .many: return .many(texts)
        }
    }
}
