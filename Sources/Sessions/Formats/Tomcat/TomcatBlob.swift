import JavaSerialization

/// The value of a manager that wraps a `StandardSession` sequence (session-formats, ch. 2.1, 3.1, 4 and 12).
struct TomcatBlob {
    private let graph = GraphPool.take()
    private let error: JavaStreamError?
    private let framing: TomcatFraming
    private let isWhole: Bool

    /// Reads `bytes`; of a value that was not fetched whole, as much as is there.
    init(_ bytes: [UInt8], _ framing: TomcatFraming, isWhole: Bool) {
        self.framing = framing
        self.isWhole = isWhole
        var failure: JavaStreamError?
        do { try graph.read(bytes) } catch { failure = error }
        error = failure
    }

    /// Whether the objects of a session stand where they should; else the value is something else.
    var isSequence: Bool { TomcatFile.isSequence(graph, from: framing.leadingElements) }

    /// Puts what was read into `session`; gives the id that the value holds.
    func fill(_ session: inout Session, managerInterval: Int64?, now: Int64) -> [UInt8]? {
        var reader = StandardSessionReader(ContentCursor(graph, from: framing.leadingElements))
        reader.read()
        let sequence = reader.sequence
        session.apply(sequence, of: graph, isWhole: isWhole)
        if framing.hasMetadata { metadata(&session) }
        if framing == .jcoleman1 { leadingTime(&session) }
        var cursor = reader.cursor
        if isWhole, framing.hasTrailer { Self.readTrailer(&cursor, sequence, into: &session) }
        if isWhole, sequence.isComplete { Self.countRest(&cursor, into: &session) }
        rule(managerInterval, &session, now: now)
        if isWhole {
            session.attributes = sequence.attributes
            note(sequence, &session)
        }
        return sequence.id
    }

    /// Length and MD5 of the attributes, as block data of the metadata object.
    private func metadata(_ session: inout Session) {
        guard let node = graph.content(0), let data = graph.classData(of: node).last,
            let block = data.annotation.first.flatMap({ $0 })
        else { return }
        let payload = graph.payload(of: block)
        guard payload.count >= 4 else { return }
        let hash = graph.bytes[payload.dropFirst(4)]
        session.details.append(SessionDetail("sessionAttributesHash", Hexadecimal.encode(hash)))
    }

    private func leadingTime(_ session: inout Session) {
        guard let time = Self.long(in: graph.content(0), of: graph) else { return }
        session.details.append(SessionDetail("leadingCreationTime", String(time)))
    }

    /// The trailing `long`, which resets the session's times when a manager loads it (ch. 3.2).
    static func readTrailer(
        _ cursor: inout ContentCursor, _ sequence: StandardSessionSequence, into session: inout Session
    ) {
        guard sequence.isComplete else { return }
        guard let time = long(in: cursor.next().flatMap { $0 }, of: cursor.graph) else {
            session.findings.append(
                Finding(
                    "missing-trailer",
                    "the creation time behind the attributes is missing: a manager fails to load this session"))
            return
        }
        session.details.append(SessionDetail("trailingCreationTime", String(time)))
    }

    /// Objects and blocks of data behind what a manager reads, which none writes.
    private static func countRest(_ cursor: inout ContentCursor, into session: inout Session) {
        var count = 0
        while cursor.next() != nil { count += 1 }
        if count > 0 { session.details.append(SessionDetail("trailingElements", String(count))) }
    }

    /// A block of data that is one primitive long.
    private static func long(in node: JavaNode?, of graph: JavaGraph) -> Int64? {
        guard let node, graph.kind(of: node) == .blockData, graph.payload(of: node).count == 8,
            case .long(let value) = graph.primitive(.long, at: graph.payload(of: node).lowerBound)
        else { return nil }
        return value
    }

    /// The manager's interval takes the place of the session's, as when a manager loads it, and tells the last access.
    private func rule(_ managerInterval: Int64?, _ session: inout Session, now: Int64) {
        guard framing.managerRules else { return }
        session.take(interval: framing.ruling(manager: managerInterval, stored: session.maxInactiveSeconds))
        // dotCMS gives sessions without a user 15 s, whatever their interval is (ch. 12.4).
        if framing == .dotcms, case .milliseconds(...15_000) = session.timeToLive { return }
        session.deriveLastAccess(now: now)
    }

    private func note(_ sequence: StandardSessionSequence, _ session: inout Session) {
        if let error {
            session.findings.append(Finding("undecodable", "the session cannot be read to its end: \(error)"))
        } else if !sequence.isComplete, sequence.attributeCount.map({ $0 >= 0 }) ?? false, graph.opaqueReason == nil {
            session.findings.append(
                Finding(
                    "truncated", "\(sequence.attributes.count) of \(sequence.attributeCount ?? 0) attributes are there")
            )
        } else if sequence.layout == nil {
            session.findings.append(
                Finding("bad-sequence", "the objects behind the metadata are not those of a StandardSession"))
        }
    }
}
