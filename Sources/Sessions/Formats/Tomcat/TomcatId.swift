/// Session ids as Tomcat makes them: an even number of hexadecimal digits, 32 by default, and perhaps `.route`.
enum TomcatId {
    private static let dot = UInt8(ascii: ".")

    /// Whether `id` looks like one.
    static func looksLikeOne(_ id: some Collection<UInt8>) -> Bool {
        let digits = id.prefix { $0 != dot }
        return digits.count >= 16 && digits.count.isMultiple(of: 2) && digits.allSatisfy { isDigit($0) }
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            || (UInt8(ascii: "A")...UInt8(ascii: "F")).contains(byte & 0xDF)
    }

    /// What follows the first dot of `id`; nil where there is none. Sessions that came from Spring keep their ids, which are UUIDs.
    static func route(of id: [UInt8]) -> [UInt8]? {
        guard let start = id.firstIndex(of: dot), start > 0, start + 1 < id.count,
            looksLikeOne(id) || looksLikeUUID(id[..<start])
        else { return nil }
        return Array(id[(start + 1)...])
    }

    private static func looksLikeUUID(_ id: ArraySlice<UInt8>) -> Bool {
        id.count == 36
            && id.enumerated().allSatisfy { index, byte in
                [8, 13, 18, 23].contains(index) ? byte == UInt8(ascii: "-") : isDigit(byte)
            }
    }

    /// Whether a route is twice the same, such as `r1.r1` (session-formats, ch. 3.1).
    static func isDoubled(route: [UInt8]) -> Bool {
        guard route.count.isMultiple(of: 2) == false else { return false }
        let middle = route.count / 2
        return route[middle] == dot && route[..<middle].elementsEqual(route[(middle + 1)...])
    }

    /// What stands before `id` in `key`, without a last colon; nil where the key is no longer than the id or does not end with it.
    ///
    /// The id is from the data: one that does not look like an id must at least stand behind a separator.
    static func prefix(of key: [UInt8], before id: [UInt8]) -> [UInt8]? {
        let length = key.count - id.count
        guard !id.isEmpty, length > 0, key.hasPrefix(id, at: length) else { return nil }
        let last = key[length - 1]
        let isSeparated = last == UInt8(ascii: ":") || last == UInt8(ascii: "_")
        guard isSeparated || looksLikeOne(id) else { return nil }
        return Array(key[..<(last == UInt8(ascii: ":") ? length - 1 : length)])
    }

    /// Where the id begins in the key of a placeholder, whose value does not tell it: at the key's start, or behind the
    /// cluster's id of dotCMS, where 32 digits in capitals are asked for, since keys of caches end in digits as well.
    static func start(inPlaceholder key: [UInt8]) -> Int? {
        if looksLikeOne(key) { return 0 }
        guard !key.contains(UInt8(ascii: ":")), !key.contains(where: { $0 < 0x21 || $0 > 0x7E }) else { return nil }
        var end = key.count
        while end > 0, let dotIndex = key[..<end].lastIndex(of: dot), dotIndex >= 32 {
            if isDefaultId(key[..<dotIndex].suffix(32)) { return dotIndex - 32 }
            end = dotIndex
        }
        return key.count > 32 && isDefaultId(key.suffix(32)) ? key.count - 32 : nil
    }

    private static func isDefaultId(_ id: ArraySlice<UInt8>) -> Bool {
        id.count == 32 && id.allSatisfy { isDigit($0) && $0 < UInt8(ascii: "a") }
    }
}
