import JavaSerialization

extension JSONValueBuilder {
    /// A whole number as the smallest of `Integer`, `Long` and `BigInteger`; others as `Double` if that loses nothing, else `BigDecimal`.
    mutating func write(_ number: JSONNumber, _ node: JSONNode, _ path: Int) throws(DocumentError) {
        let text = number.text
        let isWhole = !text.utf8.contains { ".eE".utf8.contains($0) }
        if isWhole, let small = Int32(text) { return _ = builder.box(.int(small)) }
        if isWhole, let large = Int64(text) { return _ = builder.box(.long(large)) }
        if !isWhole, Self.isShortest(text) { return _ = builder.box(.double(number.double)) }
        try Self.saying(node, self, path) { () throws(JavaValueTextError) in
            try builder.value(
                isWhole ? text : text.uppercased(), as: isWhole ? .bigInteger : .bigDecimal)
        }
    }

    /// Whether a number has the digits that its nearest `Double` is written with, and no others: `2.50` has not.
    static func isShortest(_ text: String) -> Bool {
        guard let value = Double(text), value.isFinite else { return false }
        let (written, shortest) = (parts(text), parts(JavaNumberText.text(value)))
        return written.digits == shortest.digits && written.exponent == shortest.exponent
            && text.hasPrefix("-") == (value.sign == .minus)
    }

    /// The digits, and the power of ten of the first. Zeros at the end of a fraction count, unless it is only one.
    private static func parts(_ text: String) -> (digits: [UInt8], exponent: Int) {
        let halves = text.split { $0 == "e" || $0 == "E" }
        let number = halves[0].drop { $0 == "-" }.split(separator: ".", maxSplits: 1)
        let fraction = number.count == 2 && number[1] != "0" ? Array(number[1].utf8) : []
        let whole = Array(number[0].utf8)
        let zeros = (whole + fraction).prefix { $0 == 0x30 }.count
        var digits = Array((whole + fraction).dropFirst(zeros))
        if fraction.isEmpty { while digits.last == 0x30 { digits.removeLast() } }
        let exponent = halves.count == 2 ? Int(halves[1].drop { $0 == "+" }) ?? Int.max : 0
        let place = whole.count - 1 - zeros
        return digits.isEmpty ? ([], 0) : (digits, exponent.addingReportingOverflow(place).partialValue)
    }

    /// An object: typed JSON, a reference, bytes, entries, or a map by its names.
    mutating func writeObject(_ node: JSONNode, _ path: Int) throws(DocumentError) {
        if let id = node.onlyMember("ref") { return try writeReference(id, node, path) }
        if let text = node.onlyMember("$base64") {
            return _ = builder.array(of: .byte, try bytes(text, path))
        }
        if let entries = node.onlyMember("@entries") {
            _ = try writeEntries(entries, path) { builder, count in builder.beginMap(.linked, count: count) }
            return
        }
        guard let object = node.object else { return }
        if node["class"]?.string != nil {
            return try writeTyped(try TypedMembers(node).without(unheeded[node.index] ?? []), path)
        }
        if let mark = node["$masked"] ?? node["at"].flatMap({ object.count == 1 ? $0 : nil }) {
            throw fail("stands for a value that is there already, and there is none here", mark, path)
        }
        if let name = node["@class"] ?? node["@ref"] {
            throw fail("is plain JSON of an object, which does not say all of it: write typed JSON", name, path)
        }
        if let name = object.duplicateNames.first {
            throw fail("has the key '\(name.lossyText)' twice", node, path)
        }
        builder.beginMap(.linked, count: try count(object.count, node, path))
        steps += [.primitive(.boolean(false)), .endAnnotation]
        let first = steps.count
        for member in object {
            let way = paths.adding(.key(member.name.lossyText), to: path)
            steps += [.name(member.name), .value(member.value, path: way, type: nil)]
        }
        steps[first...].reverse()
    }

    /// The bytes of Base64.
    func bytes(_ node: JSONNode, _ path: Int) throws(DocumentError) -> [UInt8] {
        guard let text = node.string else { throw fail("has Base64 that is no string", node, path) }
        do throws(SessionError) {
            return try Base64.decode(text.bytes)
        } catch {
            throw DocumentError("\(paths.text(of: path)): \(error)", at: node.sourceRange.lowerBound + error.offset)
        }
    }

    /// `[[key, value], …]`, each pair behind the beginning of a map.
    mutating func writeEntries(
        _ entries: JSONNode, _ path: Int, isLinked: Bool = true,
        begin: (inout JavaStreamBuilder, Int32) -> JavaStreamBuilder.Handle
    ) throws(DocumentError) -> JavaStreamBuilder.Handle {
        guard let pairs = entries.array else { throw fail("has entries that are no array", entries, path) }
        let handle = begin(&builder, try count(pairs.count, entries, path))
        steps += isLinked ? [.primitive(.boolean(false)), .endAnnotation] : [.endAnnotation]
        let first = steps.count
        for (index, pair) in pairs.enumerated() {
            guard let parts = pair.array, parts.count == 2 else {
                throw fail("has an entry that is no pair of key and value", pair, path)
            }
            let halves = Array(parts)
            let way = paths.adding(Self.step(to: halves[0], index), to: path)
            steps += [.value(halves[0], path: way, type: nil), .value(halves[1], path: way, type: nil)]
        }
        steps[first...].reverse()
        return handle
    }

    /// The step to an entry by its key.
    static func step(to key: JSONNode, _ index: Int) -> AttributePath.Step {
        let text = key.string ?? (key["class"]?.string?.text == "java.lang.String" ? key["value"]?.string : nil)
        return text?.text.map { .key($0) } ?? .position(index)
    }
}
