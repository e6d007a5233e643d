/// The names of Spring Session's keys (session-formats, ch. 5.2, 6.1 and 8).
enum SpringKeys {
    private static let sessions = Array(":sessions:".utf8)
    private static let expires = Array("expires:".utf8)
    private static let index = Array("index:".utf8)
    private static let expirations = Array("expirations".utf8)
    private static let minuteBuckets = Array(":expirations:".utf8)
    private static let idx = Array(":idx".utf8)
    private static let principalIndex = Array(
        ":index:org.springframework.session.FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME:".utf8)

    private static let reactiveIndex = Array(":sessions:index:PRINCIPAL_NAME_INDEX_NAME:".utf8)

    /// What `key` is; the prefix is whatever stands before `sessions:`, as no version limits it.
    static func role(of key: [UInt8]) -> KeyRole {
        guard let start = lastSessions(in: key) else { return roleOutsideSessions(key) }
        let rest = start + sessions.count
        let first = rest < key.count ? key[rest] : 0
        if mayHoldIndex(key, start, first),
            key.firstIndex(of: principalIndex) != nil || key.firstIndex(of: reactiveIndex) != nil
        {
            return .auxiliary("principal index")
        }
        // Ids are judged by the million, and nearly all are told from the other names by one byte.
        if first == UInt8(ascii: "e") || first == UInt8(ascii: "i") {
            if key.hasPrefix(expires, at: rest) { return .auxiliary("shadow key") }
            if key.hasPrefix(index, at: rest) { return .auxiliary("principal index") }
            if key.count == rest + expirations.count, key.hasPrefix(expirations, at: rest) {
                return .auxiliary("expirations")
            }
        }
        if key.last == idx.last, key.hasPrefix(idx, at: key.count - idx.count) { return .auxiliary("session index") }
        guard rest < key.count, start > 0 else { return .undecided }
        return .session(id: rest..<key.count, namespace: 0..<start)
    }

    /// Where id and namespace of the session stand that `key` holds if it is a hash: an id may be any string, the empty one too
    /// (ch. 5.3), and so look like the name of another key. Nil where no session of this format can be there.
    static func place(ofHash key: [UInt8]) -> (id: Range<Int>, namespace: Range<Int>)? {
        guard let start = lastSessions(in: key) else { return nil }
        return (start + sessions.count..<key.count, 0..<start)
    }

    /// Whether the key is `…:sessions:expires:` and a UUID.
    static func isShadowKeyOfUUID(_ key: [UInt8]) -> Bool {
        let start = key.count - 36
        guard start > 0, [8, 13, 18, 23].allSatisfy({ key[start + $0] == UInt8(ascii: "-") }) else { return false }
        return key.hasPrefix(expires, at: start - expires.count)
            && key.hasPrefix(sessions, at: start - expires.count - sessions.count)
    }

    /// Where `:sessions:` stands last, by the colon at its end.
    private static func lastSessions(in key: [UInt8]) -> Int? {
        let (bytes, part) = (key.span, sessions.span)
        var end = bytes.count - 1
        while end >= part.count - 1 {
            // Eight bytes without a colon at once.
            if end >= 7, !bytes.bytes.hasColon(end &- 7) {
                end &-= 8
                continue
            }
            if bytes[end] == UInt8(ascii: ":"), bytes.hasPart(part, at: end + 1 - part.count) {
                return end + 1 - part.count
            }
            end -= 1
        }
        return nil
    }

    /// False where the names of the index cannot stand in the key, whose last `:sessions:` begins at `start`: they end in a
    /// colon before it, or begin with it or behind it, where `first` stands.
    private static func mayHoldIndex(_ key: [UInt8], _ start: Int, _ first: UInt8) -> Bool {
        let shortest = reactiveIndex.count
        let rest = start + sessions.count
        return start + 1 >= shortest || first == UInt8(ascii: "i")
            || key.count - rest + 1 >= principalIndex.count
    }

    private static func roleOutsideSessions(_ key: [UInt8]) -> KeyRole {
        if key.firstIndex(of: principalIndex) != nil { return .auxiliary("principal index") }
        guard let start = key.lastIndex(of: minuteBuckets) else { return .undecided }
        let minute = key[(start + minuteBuckets.count)...]
        let isNumber = !minute.isEmpty && minute.allSatisfy { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
        return isNumber ? .auxiliary("expirations") : .undecided
    }

    /// The shadow key of the session `id` in `namespace`: `<namespace>:sessions:expires:<id>`.
    static func shadowKey(namespace: ArraySlice<UInt8>, id: ArraySlice<UInt8>) -> [UInt8] {
        namespace + sessions + expires + id
    }

    /// The bucket of the sessions that end at `end`, in milliseconds since 1970, in the namespace of another bucket; a time exactly
    /// on a minute belongs to the next (ch. 6.1).
    static func bucket(of end: Int64, besideBucket key: [UInt8]) -> [UInt8]? {
        let (later, overflow) = end.addingReportingOverflow(60_000)
        guard !overflow, later >= 0, let start = key.lastIndex(of: minuteBuckets) else { return nil }
        return key[..<(start + minuteBuckets.count)] + (later - later % 60_000).decimal
    }

    /// The namespace of the index of a user; nil where `key` is none.
    static func namespace(ofIndex key: [UInt8]) -> [UInt8]? {
        [principalIndex, reactiveIndex].lazy.compactMap { key.firstIndex(of: $0) }.first.map { Array(key[..<$0]) }
    }

    /// The set that names the indices of the session at `key`: `<key>:idx`.
    static func indexKey(ofSession key: [UInt8]) -> [UInt8] { key + idx }

    /// The key of the session `id` in `namespace`.
    static func sessionKey(namespace: [UInt8], id: [UInt8]) -> [UInt8] { namespace + sessions + id }
}

extension Array where Element == UInt8 {
    /// Whether `part` stands at `offset`.
    func hasPrefix(_ part: [UInt8], at offset: Int = 0) -> Bool { span.hasPart(part.span, at: offset) }

    /// The offset of the last occurrence of `part`, or nil.
    func lastIndex(of part: [UInt8]) -> Int? {
        let (key, part) = (span, part.span)
        var start = key.count - part.count
        while start >= 0 {
            if key.hasPart(part, at: start) { return start }
            start -= 1
        }
        return nil
    }

    /// The offset of the first occurrence of `part`, or nil.
    func firstIndex(of part: [UInt8]) -> Int? {
        let (key, part) = (span, part.span)
        guard key.count >= part.count else { return nil }
        for start in 0...(key.count - part.count) where key.hasPart(part, at: start) { return start }
        return nil
    }
}

extension RawSpan {
    /// Whether one of the eight bytes from `offset` on is a colon.
    @inline(__always)
    fileprivate func hasColon(_ offset: Int) -> Bool {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let word = unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self) ^ (ones &* UInt64(UInt8(ascii: ":")))
        return (word &- ones) & ~word & (ones &* 0x80) != 0
    }
}

extension Span<UInt8> {
    /// Whether the bytes come before those of `other` in the order of their values.
    func precedes(_ other: Span<UInt8>) -> Bool {
        for index in 0..<Swift.min(count, other.count) where self[index] != other[index] {
            return self[index] < other[index]
        }
        return count < other.count
    }

    /// Whether `part` stands at `offset`. Names of keys are judged by the million: nothing is copied or counted for it.
    @inline(__always)
    fileprivate func hasPart(_ part: Span<UInt8>, at offset: Int) -> Bool {
        guard offset >= 0, count &- offset >= part.count else { return false }
        let (own, other, length) = (bytes, part.bytes, part.count)
        func isSame(_ index: Int) -> Bool {
            own.unsafeLoadUnaligned(fromByteOffset: offset &+ index, as: UInt64.self)
                == other.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
        }
        guard length >= 8 else {
            for index in part.indices where self[offset &+ index] != part[index] { return false }
            return true
        }
        var index = 0
        while index &+ 8 <= length {
            guard isSame(index) else { return false }
            index &+= 8
        }
        // The last eight, some of them for the second time.
        return isSame(length &- 8)
    }
}
