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
        guard let start = key.lastIndex(of: sessions) else { return roleOutsideSessions(key) }
        let rest = start + sessions.count
        if key.firstIndex(of: principalIndex) != nil || key.firstIndex(of: reactiveIndex) != nil {
            return .auxiliary("principal index")
        }
        if key.hasPrefix(expires, at: rest) { return .auxiliary("shadow key") }
        if key.hasPrefix(index, at: rest) { return .auxiliary("principal index") }
        if key.count == rest + expirations.count, key.hasPrefix(expirations, at: rest) {
            return .auxiliary("expirations")
        }
        if key.count >= idx.count, key.hasPrefix(idx, at: key.count - idx.count) { return .auxiliary("session index") }
        guard rest < key.count, start > 0 else { return .undecided }
        return .session(id: rest..<key.count, namespace: 0..<start)
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

    /// The set that names the indices of the session at `key`: `<key>:idx`.
    static func indexKey(ofSession key: [UInt8]) -> [UInt8] { key + idx }

    /// The key of the session `id` in `namespace`.
    static func sessionKey(namespace: [UInt8], id: [UInt8]) -> [UInt8] { namespace + sessions + id }
}

extension Array where Element == UInt8 {
    /// Whether `part` stands at `offset`.
    func hasPrefix(_ part: [UInt8], at offset: Int = 0) -> Bool {
        guard offset >= 0, count - offset >= part.count else { return false }
        for index in 0..<part.count where self[offset + index] != part[index] { return false }
        return true
    }

    /// The offset of the last occurrence of `part`, or nil.
    func lastIndex(of part: [UInt8]) -> Int? {
        var start = count - part.count
        while start >= 0 {
            if self[start] == part[0], hasPrefix(part, at: start) { return start }
            start -= 1
        }
        return nil
    }

    /// The offset of the first occurrence of `part`, or nil.
    func firstIndex(of part: [UInt8]) -> Int? {
        guard count >= part.count else { return nil }
        for start in 0...(count - part.count) where self[start] == part[0] && hasPrefix(part, at: start) {
            return start
        }
        return nil
    }
}
