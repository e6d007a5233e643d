/// What the keys of a password prompt do.
struct PasswordLine {
    enum Outcome: Equatable { case more, done, interrupted, tooLong }

    private(set) var bytes: [UInt8] = []

    mutating func type(_ key: UInt8) -> Outcome {
        switch key {
        case 0x0A, 0x0D: return .done
        case 0x03: return .interrupted
        case 0x04: return bytes.isEmpty ? .interrupted : .done
        case 0x08, 0x7F: deleteLast()
        case 0x15: bytes.removeAll()
        default: bytes.append(key)
        }
        return bytes.count > PasswordPrompt.longest ? .tooLong : .more
    }

    /// Backspace takes a whole UTF-8 character.
    private mutating func deleteLast() {
        while let byte = bytes.popLast(), byte & 0xC0 == 0x80 {}
    }
}
