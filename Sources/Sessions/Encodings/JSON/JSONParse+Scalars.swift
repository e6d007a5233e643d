extension JSONParse {
    /// `ws = *( %x20 / %x09 / %x0A / %x0D )` (RFC 8259 §2)
    mutating func skipSpace(_ text: Span<UInt8>) {
        while position < text.count, Hexadecimal.isSpace(text[position]) { position += 1 }
    }

    /// `string = quotation-mark *char quotation-mark` (§7). The escapes are checked here, so that undoing them cannot
    /// fail.
    mutating func string(_ text: Span<UInt8>) throws(SessionError) {
        position += 1
        let start = position
        var isEscaped = false
        while position < text.count {
            let byte = text[position]
            if byte == UInt8(ascii: "\"") {
                try append(.string, isEscaped: isEscaped, from: start, to: position)
                position += 1
                return
            }
            guard byte >= 0x20 else { throw error(.controlCharacter(byte)) }
            if byte == UInt8(ascii: "\\") {
                isEscaped = true
                try escape(text)
            } else {
                position += 1
            }
        }
        throw error(.unexpectedEnd(expected: .stringEnd))
    }

    private mutating func escape(_ text: Span<UInt8>) throws(SessionError) {
        guard position + 1 < text.count else { throw endOfText(text, .escape) }
        if JSONEscapes.meaning(of: text[position + 1]) != nil {
            position += 2
            return
        }
        guard text[position + 1] == UInt8(ascii: "u") else { throw error(.invalidEscape) }
        for place in 2..<6 {
            guard position + place < text.count else { throw endOfText(text, .escape) }
            guard Hexadecimal.value(of: text[position + place]) != nil else { throw error(.invalidEscape) }
        }
        position += 6
    }

    /// `number = [ minus ] int [ frac ] [ exp ]` (§6)
    mutating func number(_ text: Span<UInt8>) throws(SessionError) {
        let start = position
        if text[position] == UInt8(ascii: "-") { position += 1 }
        let isZero = position < text.count && text[position] == UInt8(ascii: "0")
        let digitsFrom = position
        try digits(text)
        guard !isZero || position == digitsFrom + 1 else {
            throw SessionError(.json(.leadingZero), offset: digitsFrom)
        }
        if position < text.count, text[position] == UInt8(ascii: ".") {
            position += 1
            try digits(text)
        }
        if position < text.count, text[position] | 0x20 == UInt8(ascii: "e") {
            position += 1
            if position < text.count, text[position] == UInt8(ascii: "+") || text[position] == UInt8(ascii: "-") {
                position += 1
            }
            try digits(text)
        }
        try append(.number, from: start, to: position)
    }

    /// One digit or more.
    private mutating func digits(_ text: Span<UInt8>) throws(SessionError) {
        guard position < text.count else { throw error(.unexpectedEnd(expected: .digit)) }
        guard isDigit(text[position]) else { throw error(.unexpected(text[position], expected: .digit)) }
        while position < text.count, isDigit(text[position]) { position += 1 }
    }

    private func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

    /// `true`, `false` or `null` (§3).
    mutating func literal(_ word: StaticString, _ kind: JSONKind, _ text: Span<UInt8>) throws(SessionError) {
        let start = position
        for byte in word.description.utf8 {
            guard position < text.count else { throw error(.unexpectedEnd(expected: .value)) }
            guard text[position] == byte else { throw error(.unexpected(text[position], expected: .value)) }
            position += 1
        }
        try append(kind, from: start, to: position)
    }

    private func endOfText(_ text: Span<UInt8>, _ expected: JSONProblem.Expectation) -> SessionError {
        SessionError(.json(.unexpectedEnd(expected: expected)), offset: text.count)
    }
}
