import JavaSerialization

/// Reads one `StandardSession` from the elements of a stream, as far as it is there.
struct StandardSessionReader {
    private(set) var cursor: ContentCursor
    private(set) var sequence = StandardSessionSequence()
    private var names: Set<[UInt8]> = []

    init(_ cursor: ContentCursor) { self.cursor = cursor }

    /// Reads the whole sequence; what is missing stays nil and is named in the findings.
    mutating func read() {
        readHead()
        readAttributes()
    }

    /// Reads what stands before the attributes: the last element is their number.
    mutating func readHead() {
        sequence.creationTime = cursor.long()
        sequence.lastAccessedTime = cursor.long()
        sequence.maxInactiveInterval = cursor.long()
        sequence.isNew = cursor.boolean()
        sequence.isValid = cursor.boolean()
        sequence.thisAccessedTime = cursor.long()
        sequence.id = nextString()
        readAuthentication()
    }

    /// Reads the number of attributes and the attributes, with nothing before them (session-formats, ch. 11).
    mutating func readAttributesAlone() {
        guard let first = cursor.next(), let count = first.flatMap({ cursor.graph.boxedInteger($0) }) else { return }
        finish(nil, count, first)
        readAttributes()
    }

    private mutating func nextString() -> [UInt8]? {
        cursor.next().flatMap { $0 }.flatMap { cursor.graph.wtf8(of: $0) }
    }

    /// The reader rule of ch. 2.2: an Integer is the attribute count, anything else an authentication object.
    private mutating func readAuthentication() {
        let graph = cursor.graph
        guard let first = cursor.next() else { return }
        if let count = first.flatMap({ graph.boxedInteger($0) }) { return finish(.a, count, first) }
        sequence.authType = first.flatMap { graph.text(of: $0) }
        sequence.principal = cursor.next() ?? nil
        guard let third = cursor.next() else { return }
        if let count = third.flatMap({ graph.boxedInteger($0) }) { return finish(.b, count, third) }
        sequence.expectedSessionId = third.flatMap { graph.text(of: $0) }
        sequence.savedRequest = cursor.next() ?? nil
        guard let fifth = cursor.next() else { return }
        if let count = fifth.flatMap({ graph.boxedInteger($0) }) { finish(.c, count, fifth) }
    }

    private mutating func finish(_ layout: StandardSessionSequence.Layout?, _ count: Int64, _ node: JavaNode?) {
        sequence.layout = layout
        sequence.attributeCount = count
        if count < 0 {
            sequence.findings.append(Finding("bad-count", "the session claims \(count) attributes\(place(of: node))"))
        }
    }

    /// Where `node` begins; nothing for null, which has no place of its own.
    private func place(of node: JavaNode?) -> String {
        node.map { " at byte \(cursor.graph.byteRange(of: $0).lowerBound)" } ?? ""
    }

    private mutating func readAttributes() {
        guard let count = sequence.attributeCount, count >= 0 else { return }
        for _ in 0..<count {
            guard let name = nextName() else { return }
            guard readValue(of: name) else { return }
        }
        sequence.isComplete = true
    }

    /// The name of the next attribute; nil at the end of what can be read.
    private mutating func nextName() -> [UInt8]? {
        guard let node = cursor.next() else { return nil }
        guard let name = node.flatMap({ cursor.graph.wtf8(of: $0) }) else {
            sequence.findings.append(
                Finding("bad-attribute", "something else stands in the place of an attribute's name\(place(of: node))"))
            return nil
        }
        return name
    }

    /// False when nothing behind this value can be read.
    private mutating func readValue(of name: [UInt8]) -> Bool {
        let graph = cursor.graph
        guard let value = cursor.next() else { return false }
        guard let node = value else { return append(name, .node(graph, nil)) }
        switch graph.kind(of: node) {
        case .exception:
            sequence.findings.append(lost(name, node))
            // memcached-session-manager writes the word for it as well (session-formats, ch. 11).
            cursor.skip { $0.isString($1, "___NOT_SERIALIZABLE_EXCEPTION___") }
            return true
        case .string where graph.isString(node, "___NOT_SERIALIZABLE_EXCEPTION___"):
            sequence.findings.append(notSerialized(name, "the word for it"))
            return true
        case .opaque:
            let reason = graph.opaqueReason(of: node)?.description ?? "its class alone can read it"
            _ = append(name, .opaque(Array(graph.bytes[graph.byteRange(of: node)]), reason: reason))
            sequence.findings.append(
                Finding("opaque", "attribute '\(EscapedName.text(of: name))' is kept unread: \(reason)"))
            return graph.opaqueReason == nil || !cursor.isAtEnd
        default: return append(name, .node(graph, node))
        }
    }

    private mutating func append(_ name: [UInt8], _ value: AttributeValue) -> Bool {
        if !names.insert(name).inserted {
            sequence.findings.append(
                Finding(
                    "duplicate-attribute",
                    "attribute '\(EscapedName.text(of: name))' is there twice; both are shown"))
        }
        sequence.attributes.append(SessionAttribute(name: name, value: value))
        return true
    }

    /// A value that Tomcat could not serialize: its reader drops the attribute (ch. 1, trap 3).
    private func lost(_ name: [UInt8], _ node: JavaNode) -> Finding {
        let throwable =
            cursor.graph.failure(of: node)?.throwable.map { cursor.graph.className(of: $0) } ?? "an exception"
        return notSerialized(name, throwable)
    }

    private func notSerialized(_ name: [UInt8], _ substitute: String) -> Finding {
        Finding(
            "not-serialized",
            "attribute '\(EscapedName.text(of: name))' was not serialized: \(substitute) stands in its place")
    }
}
