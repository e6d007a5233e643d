import JavaSerialization

/// The value that jcoleman's manager 2.x and its forks write: metadata object, `StandardSession` sequence, and the creation
/// time as a trailing block of data (session-formats, ch. 3.1).
struct TomcatBlob {
    private let graph = JavaGraph()
    private let error: JavaStreamError?
    private let isWhole: Bool

    /// Reads `bytes`; of a value that was not fetched whole, as much as is there.
    init(_ bytes: [UInt8], isWhole: Bool) {
        self.isWhole = isWhole
        var failure: JavaStreamError?
        do { try graph.read(bytes) } catch { failure = error }
        error = failure
    }

    /// Whether `value` starts as a stream whose first object is a manager's metadata.
    static func looksLikeMetadata(_ value: [UInt8]) -> Bool {
        guard value.starts(with: [0xAC, 0xED, 0, 5, 0x73, 0x72]), value.count > 8 else { return false }
        let length = Int(value[6]) << 8 | Int(value[7])
        guard value.count >= 8 + length else { return false }
        return value[8..<8 + length].elementsEqual(
            "com.orangefunction.tomcat.redissessions.SessionSerializationMetadata".utf8)
            || String(decoding: value[8..<8 + length], as: UTF8.self).hasSuffix(".SessionSerializationMetadata")
    }

    /// Puts what was read into `session`.
    func fill(_ session: inout Session, now: Int64) {
        var reader = StandardSessionReader(ContentCursor(graph, from: 1))
        reader.read()
        let sequence = reader.sequence
        session.apply(sequence, of: graph)
        metadata(&session)
        var cursor = reader.cursor
        if isWhole { Self.readTrailer(&cursor, sequence, into: &session) }
        deriveLastAccess(&session, now: now)
        if isWhole {
            session.attributes = sequence.attributes
            note(sequence, &session)
        }
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

    /// The trailing `long`, which resets the session's times when a manager loads it (ch. 3.2).
    static func readTrailer(
        _ cursor: inout ContentCursor, _ sequence: StandardSessionSequence, into session: inout Session
    ) {
        guard sequence.isComplete else { return }
        let graph = cursor.graph
        guard let node = cursor.next().flatMap({ $0 }), graph.kind(of: node) == .blockData,
            graph.payload(of: node).count == 8,
            case .long(let time) = graph.primitive(.long, at: graph.payload(of: node).lowerBound)
        else {
            session.findings.append(
                Finding(
                    "missing-trailer",
                    "the creation time behind the attributes is missing: a manager fails to load this session"))
            return
        }
        session.details.append(SessionDetail("trailingCreationTime", String(time)))
    }

    /// The key's life is renewed by each request, the value only by those that change it: so the last access is
    /// now − (interval − remaining life) (ch. 3.2).
    private func deriveLastAccess(_ session: inout Session, now: Int64) {
        guard case .milliseconds(let left) = session.timeToLive, let seconds = session.maxInactiveSeconds, seconds > 0
        else { return }
        let (interval, first) = seconds.multipliedReportingOverflow(by: 1000)
        let (elapsed, second) = interval.subtractingReportingOverflow(left)
        let (time, third) = now.subtractingReportingOverflow(elapsed)
        guard !first, !second, !third, elapsed >= 0, let created = session.createdAt, time >= created - 1000 else {
            return
        }
        session.lastAccessedAt = time
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

extension Session {
    /// Takes over what a `StandardSession` says of itself.
    mutating func apply(_ sequence: StandardSessionSequence, of graph: JavaGraph) {
        createdAt = sequence.creationTime
        lastAccessedAt = sequence.thisAccessedTime ?? sequence.lastAccessedTime
        maxInactiveSeconds = sequence.maxInactiveInterval
        findings += sequence.findings
        principal = TomcatPrincipal.name(of: sequence, in: graph)
        add("storedId", sequence.id.map { EscapedName.text(of: $0) })
        add("lastAccessedTime", sequence.lastAccessedTime.map { String($0) })
        add("thisAccessedTime", sequence.thisAccessedTime.map { String($0) })
        add("isNew", sequence.isNew.map { String($0) })
        add("isValid", sequence.isValid.map { String($0) })
        add("layout", sequence.layout?.rawValue)
        add("authType", sequence.authType)
        add("expectedSessionId", sequence.expectedSessionId)
        add("savedRequest", sequence.savedRequest.map { graph.className(of: $0) })
    }

    private mutating func add(_ name: String, _ value: String?) {
        if let value { details.append(SessionDetail(name, value)) }
    }
}
