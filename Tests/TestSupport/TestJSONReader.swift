extension TestJSON {
    /// Reads one JSON value (RFC 8259), with white space around it and nothing else.
    package init(reading bytes: [UInt8]) throws(TestJSONError) {
        var reader = TestJSONReader(bytes: bytes)
        try reader.readDocument()
        self.init(nodes: reader.nodes, index: 0)
    }

    package init(reading text: String) throws(TestJSONError) {
        try self.init(reading: Array(text.utf8))
    }
}

package struct TestJSONError: Error, CustomStringConvertible {
    package let problem: String
    package let offset: Int

    package var description: String { "\(problem) at byte \(offset)" }
}

/// A strict reader with a stack of its own: a million nested arrays are no problem.
struct TestJSONReader {
    private let bytes: [UInt8]
    private var position = 0
    private(set) var nodes: [TestJSON.Node] = []
    /// The arrays and objects that are not closed yet.
    private var open: [Int] = []

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func readDocument() throws(TestJSONError) {
        repeat {
            try readValue()
            try closeAndSeparate()
        } while !open.isEmpty
        guard peek() == nil else { throw problem("more after the value") }
    }

    // MARK: Structure

    /// Reads a scalar, or opens arrays and objects up to the first value that is not their start.
    private mutating func readValue() throws(TestJSONError) {
        while true {
            switch peek() {
            case UInt8(ascii: "["):
                position += 1
                openContainer(.array)
                if take("]") { return closeInnermost() }
            case UInt8(ascii: "{"):
                position += 1
                openContainer(.object)
                if take("}") { return closeInnermost() }
                try readName()
            default:
                return try readScalar()
            }
        }
    }

    /// After a value: closes what ends here; a comma leaves the reader before the next value.
    private mutating func closeAndSeparate() throws(TestJSONError) {
        while let innermost = open.last {
            let isObject = nodes[innermost].kind == .object
            if take(",") {
                if isObject { try readName() }
                return
            }
            guard take(isObject ? "}" : "]") else { throw problem("neither a comma nor the end") }
            closeInnermost()
        }
    }

    private mutating func openContainer(_ kind: TestJSON.Kind) {
        append(TestJSON.Node(kind: kind))
        open.append(nodes.count - 1)
    }

    private mutating func closeInnermost() {
        open.removeLast()
    }

    private mutating func append(_ node: TestJSON.Node) {
        if let innermost = open.last { nodes[innermost].children.append(nodes.count) }
        nodes.append(node)
    }

    private mutating func readName() throws(TestJSONError) {
        guard let innermost = open.last, peek() == UInt8(ascii: "\"") else { throw problem("no member name") }
        let name = try readString()
        nodes[innermost].names.append(name)
        guard take(":") else { throw problem("no colon") }
    }

    // MARK: Scalars

    private mutating func readScalar() throws(TestJSONError) {
        switch peek() {
        case UInt8(ascii: "\""): append(TestJSON.Node(kind: .string, units: try readString()))
        case UInt8(ascii: "t"): try readWord("true", TestJSON.Node(kind: .bool, units: [1]))
        case UInt8(ascii: "f"): try readWord("false", TestJSON.Node(kind: .bool, units: [0]))
        case UInt8(ascii: "n"): try readWord("null", TestJSON.Node(kind: .null))
        case .some(let byte) where "-0123456789".utf8.contains(byte): try readNumber()
        default: throw problem("no value")
        }
    }

    private mutating func readWord(_ word: String, _ node: TestJSON.Node) throws(TestJSONError) {
        guard bytes[position...].starts(with: word.utf8) else { throw problem("no value") }
        position += word.utf8.count
        append(node)
    }

    private mutating func readNumber() throws(TestJSONError) {
        let start = position
        if position < bytes.count, bytes[position] == UInt8(ascii: "-") { position += 1 }
        let whole = position
        guard takeDigits() > 0, bytes[whole] != UInt8(ascii: "0") || position == whole + 1 else {
            throw problem("no number")
        }
        if takeAny(of: ".") { guard takeDigits() > 0 else { throw problem("no number") } }
        if takeAny(of: "eE") {
            _ = takeAny(of: "+-")
            guard takeDigits() > 0 else { throw problem("no number") }
        }
        guard position == bytes.count || !"+-.eE0123456789".utf8.contains(bytes[position]) else {
            throw problem("no number")
        }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        append(TestJSON.Node(kind: .number, units: Array(text.utf16)))
    }

    /// Goes behind the digits that stand here, and returns how many they are.
    private mutating func takeDigits() -> Int {
        let start = position
        while position < bytes.count, (0x30...0x39).contains(bytes[position]) { position += 1 }
        return position - start
    }

    private mutating func takeAny(of characters: StaticString) -> Bool {
        guard position < bytes.count, characters.withUTF8Buffer({ $0.contains(bytes[position]) }) else { return false }
        position += 1
        return true
    }

    private mutating func readString() throws(TestJSONError) -> [UInt16] {
        position += 1
        var units: [UInt16] = []
        while true {
            let start = position
            while position < bytes.count, bytes[position] >= 0x20, bytes[position] != UInt8(ascii: "\""),
                bytes[position] != UInt8(ascii: "\\")
            {
                position += 1
            }
            guard let run = String(validating: bytes[start..<position], as: UTF8.self) else {
                throw problem("a string that is no UTF-8")
            }
            units += run.utf16
            guard position < bytes.count, bytes[position] >= 0x20 else { throw problem("a string without end") }
            position += 1
            if bytes[position - 1] == UInt8(ascii: "\"") { return units }
            units.append(try readEscape())
        }
    }

    private mutating func readEscape() throws(TestJSONError) -> UInt16 {
        guard position < bytes.count else { throw problem("a string without end") }
        position += 1
        switch bytes[position - 1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return UInt16(bytes[position - 1])
        case UInt8(ascii: "b"): return 8
        case UInt8(ascii: "f"): return 12
        case UInt8(ascii: "n"): return 10
        case UInt8(ascii: "r"): return 13
        case UInt8(ascii: "t"): return 9
        case UInt8(ascii: "u"): return try readUnit()
        default: throw problem("no such escape")
        }
    }

    private mutating func readUnit() throws(TestJSONError) -> UInt16 {
        let digits = bytes[position...].prefix(4)
        guard digits.count == 4, digits.allSatisfy({ $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "-") }),
            let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
        else { throw problem("no four hex digits") }
        position += 4
        return unit
    }

    // MARK: Bytes

    /// The next byte that is no white space; nil at the end.
    private mutating func peek() -> UInt8? {
        while position < bytes.count, [0x20, 0x09, 0x0a, 0x0d].contains(bytes[position]) { position += 1 }
        return position < bytes.count ? bytes[position] : nil
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard peek() == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    private func problem(_ text: String) -> TestJSONError {
        TestJSONError(problem: text, offset: position)
    }
}
