/// What a `SimpleSession` writes before its attributes: a mask of two bytes, and what its bits announce, in order (session-formats,
/// ch. 13). Read from the first bytes alone, so that a large session need not be there.
struct SimpleSessionHeader {
    private(set) var id: [UInt8]?
    private var start, stop, lastAccess, timeout: Int64?
    private var isExpired = false
    private var host: [UInt8]?
    private(set) var hasAttributes = false
    /// Whether everything before the attributes was as expected.
    private var isComplete = false

    private static let stream: [UInt8] =
        [0xAC, 0xED, 0, 5, 0x73, 0x72, 0, 42] + Array("org.apache.shiro.session.mgt.SimpleSession".utf8)
    private static let dateClass: [UInt8] =
        [0x73, 0x72, 0, 14] + Array("java.util.Date".utf8)
        + [0x68, 0x6A, 0x81, 0x01, 0x4B, 0x59, 0x74, 0x19, 3, 0, 0, 0x78, 0x70]

    static func looksLikeSession(_ value: [UInt8]) -> Bool { value.hasPrefix(stream) }

    init(_ value: [UInt8]) {
        var cursor = ByteCursor(value, at: Self.stream.count)
        // Version, flags, no fields, no superclass; then a block with the mask.
        guard cursor.take(8) != nil, cursor.skip([3, 0, 0, 0x78, 0x70, 0x77, 2]), let mask = cursor.uint16() else {
            return
        }
        hasAttributes = mask & 128 != 0
        isComplete = read(&cursor, mask)
    }

    private mutating func read(_ cursor: inout ByteCursor, _ mask: Int) -> Bool {
        if mask & 1 != 0 {
            guard cursor.skip([0x74]), let text = cursor.counted() else { return false }
            id = text
        }
        for (bit, field) in [(2, \SimpleSessionHeader.start), (4, \.stop), (8, \.lastAccess)] where mask & bit != 0 {
            guard let time = Self.date(&cursor) else { return false }
            self[keyPath: field] = time
        }
        guard mask & (16 | 32 | 64) != 0 else { return true }
        guard cursor.uint8() == 0x77, cursor.uint8() != nil else { return false }
        if mask & 16 != 0 {
            timeout = cursor.int64()
            guard timeout != nil else { return false }
        }
        if mask & 32 != 0 {
            guard let byte = cursor.uint8() else { return false }
            isExpired = byte != 0
        }
        if mask & 64 != 0 { host = cursor.counted() }
        return mask & 64 == 0 || host != nil
    }

    /// A `java.util.Date`: its class the first time, a reference to it later, and milliseconds as a block.
    private static func date(_ cursor: inout ByteCursor) -> Int64? {
        guard cursor.skip(dateClass) || (cursor.skip([0x73, 0x71]) && cursor.take(4) != nil),
            cursor.skip([0x77, 8]), let time = cursor.int64(), cursor.skip([0x78])
        else { return nil }
        return time
    }

    func fill(_ session: inout Session, isWhole: Bool) {
        session.createdAt = start
        session.lastAccessedAt = lastAccess
        // Below zero is never; the rest of a second is in the details.
        session.maxInactiveSeconds = timeout.map { $0 < 0 ? -1 : $0 / 1000 }
        session.add("timeout", timeout.map { String($0) })
        session.add("stopTimestamp", stop.map { String($0) })
        session.add("expired", isComplete ? String(isExpired) : nil)
        session.add("host", host.map { EscapedName.text(of: $0) })
        if isExpired {
            session.findings.append(Finding("expired", "the session is marked as expired and is still stored"))
        } else if stop != nil {
            session.findings.append(Finding("stopped", "the session was stopped and is still stored"))
        }
        if isWhole, !isComplete {
            session.findings.append(Finding("bad-sequence", "the data is not what a SimpleSession writes"))
        }
    }
}
