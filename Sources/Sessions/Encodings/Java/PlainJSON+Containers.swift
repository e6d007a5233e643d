import JavaSerialization

extension PlainJSON {
    mutating func open(_ items: SlotRange, to writer: inout JSONWriter) {
        writer.beginArray()
        walk.open(.items(items), closing: .array)
    }

    /// A map as an object where its keys are different strings, else as `{"@entries": [[key, value], …]}`.
    mutating func open(_ keys: SlotRange, _ values: SlotRange, to writer: inout JSONWriter) {
        writer.beginObject()
        if hasMemberNames(keys) { return walk.open(.entries(keys: keys, values: values), closing: .object) }
        writer.name("@entries")
        writer.beginArray()
        walk.open(.entries(keys: keys, values: values), closing: .entries)
    }

    /// An object of an application's class, by its fields.
    mutating func open(_ node: JavaNode, _ described: JavaClass, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.name("@class")
        let name = graph.nameRange(of: described)
        writer.string(modifiedUTF8: bytes.span.extracting(name)) { graph.units(in: name) }
        let fields = walk.fields(of: node)
        walk.open(fields, closing: .object)
    }

    /// Begins a value that has parts and is none of the commonest, and opens them.
    mutating func writeContainer(_ node: JavaNode, _ value: JavaValue, to writer: inout JSONWriter) {
        switch value.content {
        case .array: open(graph.elements(of: node).range, to: &writer)
        case .sequence(let sequence): writeSequence(node, value, sequence, to: &writer)
        case .map(let map): writeMap(node, value, map, to: &writer)
        case .bits(let words): writeBits(words, value, to: &writer)
        default:
            writer.beginObject()
            if let name = Self.shownClass(value) { writer.member("@class", name) }
            openObject(node, value, to: &writer)
        }
    }

    /// Entries and references are known by their members.
    private static func shownClass(_ value: JavaValue) -> String? {
        switch value.content {
        case .entry, .reference, .exception: nil
        default: value.className
        }
    }

    /// The parts of an object, those to come first opened last.
    private mutating func openObject(_ node: JavaNode, _ value: JavaValue, to writer: inout JSONWriter) {
        switch value.content {
        case .entry(let key, let value):
            walk.open(.entry(key: key, value: value), closing: .object)
        case .reference(let referent): walk.open(.named(.value, referent), closing: .object)
        case .exception(let throwable): walk.open(.named(.exception, throwable), closing: .object)
        case .proxy(let interfaces, let handler):
            writer.name("interfaces")
            writer.beginArray()
            for name in interfaces { writer.string(name) }
            writer.endArray()
            walk.open(.named(.handler, handler), closing: .object)
        case .throwable(let throwable): openThrowable(node, throwable, to: &writer)
        case .lambda(let lambda):
            writer.name("method")
            writer.string(JavaText(units: graph.methodName(of: lambda)))
            walk.open(.none, closing: .object)
            writer.name("captured")
            open(lambda.capturedArguments.range, to: &writer)
        case .externalizable:
            walk.open(.none, closing: .object)
            openWritten(node, to: &writer)
        default:
            let fields = walk.fields(of: node)
            walk.open(fields, closing: .object)
            openWritten(node, to: &writer)
        }
    }

    /// Data that classes wrote themselves: primitives as Base64, objects as they are.
    private mutating func openWritten(_ node: JavaNode, to writer: inout JSONWriter) {
        let data = walk.writtenData(of: node)
        guard !data.isEmpty else { return }
        writer.name("@data")
        writer.beginArray()
        walk.open(.none, closing: .array)
        for items in data.reversed() { walk.open(.items(items.range)) }
    }

    /// A list as an array; one of an application's class, or one thing many times, as an object.
    private mutating func writeSequence(
        _ node: JavaNode, _ value: JavaValue, _ sequence: JavaSequence, to writer: inout JSONWriter
    ) {
        let items = sequence.elements
        let isLongRepetition = items.isRepetition && items.count > 1000
        guard sequence.isApplicationClass || isLongRepetition else { return open(items.range, to: &writer) }
        writer.beginObject()
        writer.member("@class", value.className)
        if isLongRepetition { writer.member("@copies", Int32(truncatingIfNeeded: items.count)) }
        if sequence.isApplicationClass {
            let fields = walk.fields(of: node, isDerivedFromKnown: true)
            walk.open(fields, closing: .object)
        } else {
            walk.open(.none, closing: .object)
        }
        writer.name("@items")
        open(isLongRepetition ? items.range.leading(1) : items.range, to: &writer)
    }

    /// A map of an application's class with its fields too.
    private mutating func writeMap(
        _ node: JavaNode, _ value: JavaValue, _ map: JavaMap, to writer: inout JSONWriter
    ) {
        guard map.isApplicationClass else { return open(map.keys.range, map.values.range, to: &writer) }
        writer.beginObject()
        writer.member("@class", value.className)
        let fields = walk.fields(of: node, isDerivedFromKnown: true)
        walk.open(fields, closing: .object)
        writer.name("@entries")
        writer.beginArray()
        walk.open(.entries(keys: map.keys.range, values: map.values.range), closing: .array)
    }

    /// Whether the keys can be names of members: all strings, none twice, none that looks like one of ours.
    private func hasMemberNames(_ keys: SlotRange) -> Bool {
        if keys.count <= Self.fewKeys { return areFewMemberNames(keys) ?? areMemberNames(keys) }
        return areMemberNames(keys)
    }

    private static var fewKeys: Int { 12 }

    /// The same for a few keys that are all plain, which are compared with one another; nil where one is not.
    private func areFewMemberNames(_ keys: SlotRange) -> Bool? {
        for index in 0..<keys.count {
            guard let key = graph.item(index, of: keys), graph.kind(of: key) == .string else { return false }
            let range = graph.payload(of: key)
            let name = bytes.span.extracting(range)
            guard !name.isEmpty, name[0] != UInt8(ascii: "@") else { return name.isEmpty ? nil : false }
            guard JSONEscapes.isPlain(name) else { return nil }
            for other in 0..<index {
                guard let before = graph.item(other, of: keys) else { return false }
                if before == key || hasSameBytes(range, graph.payload(of: before)) { return false }
            }
        }
        return true
    }

    private func hasSameBytes(_ left: Range<Int>, _ right: Range<Int>) -> Bool {
        guard left.count == right.count else { return false }
        for offset in 0..<left.count where bytes[left.lowerBound + offset] != bytes[right.lowerBound + offset] {
            return false
        }
        return true
    }

    private func areMemberNames(_ keys: SlotRange) -> Bool {
        var plain: Set<ArraySlice<UInt8>> = []
        var others: Set<[UInt16]> = []
        return (0..<keys.count).allSatisfy { index in
            guard let key = graph.item(index, of: keys), graph.kind(of: key) == .string else { return false }
            let name = bytes[graph.payload(of: key)]
            guard name.first != UInt8(ascii: "@") else { return false }
            if name.allSatisfy({ (1..<0x80).contains($0) }) { return plain.insert(name).inserted }
            // Overlong forms of ASCII would be another spelling of a plain name.
            guard let units = graph.units(of: key), units.first != 0x40, units.contains(where: { $0 == 0 || $0 > 0x7f })
            else { return false }
            return others.insert(units).inserted
        }
    }

    /// The numbers of the bits that are set; of more than a million bits their words in Base64.
    private func writeBits(_ words: JavaNode?, _ value: JavaValue, to writer: inout JSONWriter) {
        if let words, graph.elementCount(of: words) > 1 << 14 {
            writer.beginObject()
            writer.member("@class", value.className)
            writer.name("@words")
            writer.base64(Array(bytes[graph.elementBytes(of: words)]))
            return writer.endObject()
        }
        writer.beginArray()
        if let words {
            for bit in graph.setBits(of: words) { writer.integer(bit) }
        }
        writer.endArray()
    }

    private mutating func openThrowable(_ node: JavaNode, _ throwable: JavaThrowable, to writer: inout JSONWriter) {
        writer.name("message")
        if let message = throwable.message, graph.kind(of: message) == .string {
            writeString(message, to: &writer)
        } else {
            writer.null()
        }
        writer.name("stackTrace")
        writer.beginArray()
        for case let frame? in throwable.stackTrace { writer.string(graph.stackTraceLine(frame)) }
        writer.endArray()
        let fields = walk.fields(of: node, isDerivedFromKnown: true)
        walk.open(fields, closing: .object)
        walk.open(.named(.cause, throwable.cause))
        guard !throwable.suppressed.isEmpty else { return }
        writer.name("suppressed")
        open(throwable.suppressed.range, to: &writer)
    }
}

extension JavaGraph {
    /// `demo/shop/Prices::lambda$0`, as class files name it.
    func methodName(of lambda: JavaLambda) -> [UInt16] {
        let type = lambda.implClass.flatMap { units(of: $0) } ?? []
        return type + Array("::".utf16) + (lambda.implMethodName.flatMap { units(of: $0) } ?? [])
    }

    /// A line of a stack trace as Java prints it: `demo.Shop.buy(Shop.java:12)`.
    func stackTraceLine(_ node: JavaNode) -> String {
        guard let frame = stackFrame(node) else { return "?" }
        let method = [frame.declaringClass, frame.methodName].map { $0.flatMap { text(of: $0) } ?? "?" }
        let file = frame.fileName.flatMap { text(of: $0) }
        let place =
            frame.lineNumber == -2
            ? "Native Method"
            : file.map { frame.lineNumber < 0 ? $0 : "\($0):\(frame.lineNumber)" } ?? "Unknown Source"
        return method.joined(separator: ".") + "(" + place + ")"
    }
}
