package import JavaSerialization

extension JavaText {
    /// The text as UTF-8, unpaired surrogates in three bytes each: what output escapes as `\ud83d`.
    package var wtf8: [UInt8] { wholeText.map { Array($0.utf8) } ?? JSONString(utf16: units).bytes }
}

extension JavaGraph {
    /// A string as UTF-8, unpaired surrogates in three bytes each. Nil for other kinds.
    package func wtf8(of node: JavaNode) -> [UInt8]? {
        guard kind(of: node) == .string else { return nil }
        let stored = bytes[payload(of: node)]
        if stored.allSatisfy({ $0 < 0x80 }) { return Array(stored) }
        return units(of: node).map { JSONString(utf16: $0).bytes }
    }
}

extension JavaStreamBuilder {
    /// A string of UTF-8 that may have unpaired surrogates in three bytes each.
    @discardableResult
    mutating func string(wtf8 bytes: [UInt8]) -> Handle {
        if let text = String(validating: bytes, as: UTF8.self) { return string(text) }
        return string(WTF8.units(of: bytes))
    }
}
