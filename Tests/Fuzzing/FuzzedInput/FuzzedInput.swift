import JavaSerialization
import Sessions

/// Looks at bytes in every way in which the program looks at bytes from outside. Whatever they are, it comes back.
public struct FuzzedInput: ~Copyable {
    private let graph = JavaGraph()
    private var plain: PlainJSON
    private var writer = JSONWriter()
    /// How many inputs were read as something, so that nobody fuzzes the first byte alone.
    public private(set) var readable = 0

    /// Output of a value in JSON, at most: large values take their time and bring nothing new.
    private static let mostBytes = 1 << 20

    /// Ready for the first input.
    public init() { plain = PlainJSON(of: graph) }

    mutating func countReadable() { readable += 1 }

    /// A value of a hash's field, a string, and input of `decode`.
    public mutating func look(at bytes: [UInt8]) {
        var isReadable = false
        if let input = try? DecodedInput(bytes, now: 1_795_420_000_000) {
            isReadable = true
            look(at: input)
        }
        let key = Array("0123456789ABCDEF0123456789ABCDEF".utf8)
        look(at: StoredRecord(key: key, content: .string(bytes), timeToLive: .milliseconds(1000)))
        let fields = [
            "creationTime", "lastAccessedTime", "maxInactiveInterval", "sessionAttr:SPRING_SECURITY_CONTEXT",
            "sessionAttr:a",
        ]
        look(
            at: StoredRecord(
                key: Array("spring:session:sessions:a".utf8),
                content: .hash(fields.map { StoredField(Array($0.utf8), bytes) }),
                timeToLive: .milliseconds(1000)))
        if isReadable { readable += 1 }
    }

    /// A token, as an argument and as a value.
    public mutating func look(atToken bytes: [UInt8]) {
        if let token = try? JWT.decode(bytes) {
            readable += 1
            for reveal in [false, true] {
                token.write(to: &writer, now: 1_795_420_000_000, reveal: reveal); writer.removeAll()
            }
        }
        look(at: StoredRecord(key: Array("token:a".utf8), content: .string(bytes), timeToLive: .none))
    }

    private mutating func look(at input: DecodedInput) {
        switch input {
        case .java(let graph), .wrapped(let graph):
            encode(graph)
            write(graph, graph.contents)
        case .tomcat(_, let sessions): for session in sessions { look(at: session) }
        case .memcached(let session): look(at: session)
        case .json(let document): write(document, name: "")
        case .jwt: break
        }
    }

    /// What nobody has changed comes out as it was, and every object of it can stand in a stream of its own.
    private func encode(_ graph: JavaGraph) {
        precondition((try? graph.encoded()) == graph.bytes, "a stream was written as another one")
        for case let node? in graph.contents.prefix(20) {
            guard let bytes = try? graph.stream(of: [node]) else { continue }
            precondition((try? JavaGraph(bytes)) != nil, "a value was cut out as no stream")
        }
    }

    private mutating func look(at record: StoredRecord) {
        if let session = SessionFormats.session(from: record, now: 1_795_420_000_000) { look(at: session) }
    }

    private mutating func look(at session: Session) {
        _ = SessionFormats.keyGroup(of: session)
        for field in SessionField.named { _ = session.value(of: field, now: 1_795_420_000_000) }
        for attribute in session.attributes ?? [] {
            switch attribute.value.decoded(into: graph) {
            case .java(let graph, let node): write(graph, [node])
            case .json(let document): write(document, name: EscapedName.text(of: attribute.name))
            case .text, .jwt, .bytes, .opaque, .undecodable: break
            }
        }
        _ = session.securityMeanings
        if let path = try? AttributePath("a[0].b.c[1]") { _ = try? path.value(in: session.attributes ?? []) }
    }

    private mutating func write(_ graph: JavaGraph, _ nodes: [JavaNode?]) {
        plain.take(graph)
        plain.maximumBytes = Self.mostBytes
        for node in nodes.prefix(100) {
            writer = JSONWriter()
            try? plain.write(node, to: &writer)
        }
        guard var typed = try? TypedJSON(of: graph, roots: nodes) else { return }
        typed.maximumBytes = Self.mostBytes
        for node in nodes.prefix(100) {
            writer = JSONWriter()
            try? typed.write(node, to: &writer)
        }
        writer = JSONWriter()
    }
}
