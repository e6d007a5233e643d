extension JavaGraph {
    /// What `node` is.
    public func kind(of node: JavaNode) -> JavaNodeKind { record(node).kind }

    /// Whether a back reference of the stream leads to `node`. What occurs once is in one place, unless it is an element of a
    /// repetition, which stands for many.
    package func isReferenced(_ node: JavaNode) -> Bool { record(node).isReferenced }

    /// The bytes of the stream that `node` takes, its tag included; what is only referred to inside is elsewhere.
    public func byteRange(of node: JavaNode) -> Range<Int> {
        let record = record(node)
        return Int(record.offset)..<max(Int(record.offset), Int(record.end))
    }

    /// The class of an object, array, enum constant or class object, as it stands in the stream.
    public func javaClass(of node: JavaNode) -> JavaClass? { JavaClass(record(node).classIndex) }

    /// The name of the class of `node`, or an empty string where it has none.
    public func className(of node: JavaNode) -> String {
        javaClass(of: node).map { name(of: $0) } ?? ""
    }

    /// Whether `node` is an object of exactly the class `name`; compares bytes and makes no string.
    public func isInstance(_ node: JavaNode, of name: StaticString) -> Bool {
        guard let described = javaClass(of: node), record(node).kind == .object else { return false }
        let description = record(described)
        return equals(Int(description.nameOffset), Int(description.nameLength), name)
    }

    /// The bytes of a string, block of data or opaque rest, without tag and length; empty for other kinds.
    public func payload(of node: JavaNode) -> Range<Int> {
        let record = record(node)
        switch record.kind {
        case .string, .blockData: return Int(record.first)..<Int(record.first) + Int(record.second)
        case .opaque: return byteRange(of: node)
        default: return 0..<0
        }
    }

    /// The UTF-16 units of a string; unpaired surrogates stay as they are. Nil for other kinds.
    public func units(of node: JavaNode) -> [UInt16]? {
        guard record(node).kind == .string else { return nil }
        return units(payload(of: node))
    }

    /// A string as Swift text, unpaired surrogates replaced by U+FFFD. Nil for other kinds.
    public func text(of node: JavaNode) -> String? {
        guard record(node).kind == .string else { return nil }
        return text(payload(of: node))
    }

    /// Whether `node` is a string of exactly these ASCII characters.
    public func isString(_ node: JavaNode, _ text: StaticString) -> Bool {
        let record = record(node)
        return record.kind == .string && equals(Int(record.first), Int(record.second), text)
    }

    /// The name of an enum constant.
    public func constantName(of node: JavaNode) -> JavaNode? {
        let record = record(node)
        return record.kind == .enumConstant ? JavaNode(record.first) : nil
    }

    /// The throwable of a recorded failure, and the offset of the object that was lost to it.
    public func failure(of node: JavaNode) -> (throwable: JavaNode?, lostObjectOffset: Int)? {
        let record = record(node)
        return record.kind == .exception ? (JavaNode(record.first), Int(record.second)) : nil
    }

    /// The text of a name or string of this graph by its place in the stream, unpaired surrogates replaced by U+FFFD.
    package func text(in range: Range<Int>) -> String { text(range) }

    /// The UTF-16 units of a name or string of this graph by its place in the stream.
    package func units(in range: Range<Int>) -> [UInt16] { units(range) }

    /// Where the name of a class stands in the stream, in modified UTF-8.
    package func nameRange(of described: JavaClass) -> Range<Int> {
        let record = record(described)
        return Int(record.nameOffset)..<Int(record.nameOffset) + Int(record.nameLength)
    }

    /// Text of a range that was found to be modified UTF-8.
    func text(_ range: Range<Int>) -> String {
        let slice = bytes[range]
        if slice.allSatisfy({ $0 < 0x80 }) { return String(decoding: slice, as: UTF8.self) }
        return String(decoding: units(range), as: UTF16.self)
    }

    func units(_ range: Range<Int>) -> [UInt16] {
        let bytes = bytes
        let span = bytes.span.bytes
        return ModifiedUTF8.units(span, range)
    }

    private func equals(_ offset: Int, _ length: Int, _ text: StaticString) -> Bool {
        guard length == text.utf8CodeUnitCount else { return false }
        let bytes = bytes
        return bytes.span.bytes.hasBytes(text, at: offset)
    }
}
