import JavaSerialization

/// How a library writes JSON, as far as its texts show; Jackson's own way where they do not.
struct JSONStyle {
    private var strings: JSONStringStyle
    private let texts: [[UInt8]]

    /// The style of a document and of what the same library wrote beside it.
    init(of document: JSONDocument?, beside others: [[UInt8]] = []) {
        strings = JSONStringStyle(of: document?.source ?? [])
        texts = [document?.source ?? []] + others
    }

    /// Text in WTF-8 as a JSON string.
    func quoted(_ text: [UInt8]) -> [UInt8] { strings.quoted(text) }

    // MARK: Classes

    /// Why a value of this class cannot be written with the name of its class; nil where it can be.
    ///
    /// Spring Security's Jackson module reads the classes of its list, and those that the application adds; what is read is written
    /// somewhere.
    func refusal(ofClass name: String) -> String? {
        let quoted = Array("\"\(name)\"".utf8)
        guard !Self.allowed.contains(name), texts.contains(where: { $0.firstIndex(of: Self.security) != nil }),
            !texts.contains(where: { $0.firstIndex(of: quoted) != nil })
        else { return nil }
        return "Spring Security's JSON reads a \(name) only where the application has allowed it, and none is there"
    }

    /// Those of the list that are written here.
    private static let allowed: Set<String> = [
        "java.util.Date", "java.time.Instant", "java.util.ArrayList", "java.util.HashMap", "java.util.LinkedHashMap",
    ]

    private static let security = Array("\"org.springframework.security.".utf8)

    /// How lists and objects name their classes here, and in a new value beside.
    func forms(beside new: JSONNode?) -> JSONClassForms {
        JSONClassForms(of: texts + (new.map { [Array($0.text)] } ?? []))
    }

    /// A value with one of these classes around it, as the library wrote it; nil where there is none.
    func example(ofClasses names: [String]) -> JSONNode? {
        let quoted = names.map { Array("\"\($0)\"".utf8) }
        for text in texts where quoted.contains(where: { text.firstRange(of: $0) != nil }) {
            guard let document = try? JSONReader.read(text) else { continue }
            for (index, row) in document.rows.enumerated() where row.kind == .object || row.kind == .array {
                let value = JacksonValue(JSONNode(document: document, index: index))
                if let name = value.className, value.isWrapper, names.contains(name) { return value.node }
            }
        }
        return nil
    }

    /// Those of the texts in which a name occurs.
    func documents(with name: String) -> [JSONDocument] {
        let name = Array(name.utf8)
        return texts.filter { $0.firstRange(of: name) != nil }.compactMap { try? JSONReader.read($0) }
    }

    /// Whether arrays and objects name their classes; nil where there are none.
    var namesClasses: Bool? {
        for text in texts {
            guard let root = try? JSONReader.read(text).root, root.kind == .object || root.kind == .array else {
                continue
            }
            return JacksonValue(root).className != nil
        }
        return nil
    }
}

/// How strings are escaped (RFC 8259 §7). All ways mean the same.
struct JSONStringStyle {
    /// Jackson writes characters beyond the basic plane as two escapes.
    private var escapesAstral = true
    private var escapesAll = false
    private var escapesSlash = false
    private var isLowercase = false

    /// The style that a text shows.
    init(of source: [UInt8]) {
        var position = 0
        var isRaw = false
        while position < source.count {
            let byte = source[position]
            position += 1
            if byte >= 0x80 { isRaw = true }
            if byte >= 0xF0 { escapesAstral = false }
            guard byte == UInt8(ascii: "\\"), position < source.count else { continue }
            take(escape: source[position], source[position...].dropFirst().prefix(4))
            position += 1
        }
        if isRaw { escapesAll = false }
    }

    private mutating func take(escape: UInt8, _ digits: ArraySlice<UInt8>) {
        if escape == UInt8(ascii: "/") { escapesSlash = true }
        guard escape == UInt8(ascii: "u") else { return }
        let unit = digits.reduce(UInt16(0)) { $0 << 4 | UInt16(Hexadecimal.value(of: $1) ?? 0) }
        // Those that are escaped wherever else text is raw: controls, separators of lines, halves of pairs.
        if unit >= 0xA0, !(0x2000...0x206F).contains(unit), !(0xD800...0xDFFF).contains(unit) { escapesAll = true }
        if digits.contains(where: { (0x61...0x66).contains($0) }) { isLowercase = true }
    }

    /// Text in WTF-8 as a JSON string, with its quotation marks.
    func quoted(_ text: [UInt8]) -> [UInt8] {
        var output = [UInt8(ascii: "\"")]
        var position = 0
        while position < text.count {
            let start = position
            guard let scalar = WTF8.scalar(in: text, at: &position) else { break }
            if let letter = letter(for: scalar) {
                output += [UInt8(ascii: "\\"), letter]
            } else if mustEscape(scalar) {
                for unit in Self.units(of: scalar) { append(unit, to: &output) }
            } else {
                output += text[start..<position]
            }
        }
        return output + [UInt8(ascii: "\"")]
    }

    private func letter(for scalar: UInt32) -> UInt8? {
        switch scalar {
        case 0x22, 0x5C: UInt8(scalar)
        case 0x2F where escapesSlash: UInt8(ascii: "/")
        case 0x08: UInt8(ascii: "b")
        case 0x09: UInt8(ascii: "t")
        case 0x0A: UInt8(ascii: "n")
        case 0x0C: UInt8(ascii: "f")
        case 0x0D: UInt8(ascii: "r")
        default: nil
        }
    }

    private func mustEscape(_ scalar: UInt32) -> Bool {
        switch scalar {
        case ..<0x20, 0xD800...0xDFFF: true
        case ..<0x80: false
        case 0x10000...: escapesAstral || escapesAll
        default: escapesAll
        }
    }

    private static func units(of scalar: UInt32) -> [UInt16] {
        guard scalar >= 0x10000 else { return [UInt16(truncatingIfNeeded: scalar)] }
        let rest = scalar - 0x10000
        return [0xD800 + UInt16(truncatingIfNeeded: rest >> 10), 0xDC00 + UInt16(truncatingIfNeeded: rest & 0x3FF)]
    }

    private func append(_ unit: UInt16, to output: inout [UInt8]) {
        output += [UInt8(ascii: "\\"), UInt8(ascii: "u")]
        for shift in [12, 8, 4, 0] as [UInt16] {
            let digit = UInt8(truncatingIfNeeded: unit >> shift & 15)
            output.append(digit < 10 ? 0x30 + digit : (isLowercase ? 0x61 : 0x41) + digit - 10)
        }
    }
}
