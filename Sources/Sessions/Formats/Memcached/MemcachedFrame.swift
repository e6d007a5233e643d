import JavaSerialization

/// The value of memcached-session-manager: a header of fixed places, and the attributes as a transcoder wrote them
/// (session-formats, ch. 11).
struct MemcachedFrame {
    private let bytes: [UInt8]
    private let version: Int
    private let headerLength: Int
    private let creationTime, lastAccessedTime, thisAccessedTime, lastBackupTime: Int64
    private let maxInactiveInterval: Int32
    private let isNew, isValid: Bool
    /// With its route.
    let id: [UInt8]
    /// Behind the id.
    private var cursor: ByteCursor

    private static let digits = [UInt8(ascii: "0"), UInt8(ascii: "1")]
    private static let authTypes = [nil, "BASIC", "CLIENT_CERT", "DIGEST", "FORM"]
    /// Version, length, five numbers and two flags: what stands before the id.
    private static let fixedLength = 42

    /// Whether `bytes` are the beginning of a frame, as far as they go: four bytes at least.
    static func begins(_ bytes: [UInt8]) -> Bool {
        var cursor = ByteCursor(bytes)
        guard let version = cursor.uint16(), version == 1 || version == 2, let length = cursor.uint16(), length >= 44
        else { return false }
        guard bytes.dropFirst(24).prefix(2).allSatisfy({ digits.contains($0) }) else { return false }
        cursor = ByteCursor(bytes, at: fixedLength)
        return cursor.uint16() != 0
    }

    /// Nil where the first bytes are no frame.
    init?(_ bytes: [UInt8]) {
        var cursor = ByteCursor(bytes)
        guard let version = cursor.uint16(), version == 1 || version == 2, let length = cursor.uint16(), length >= 44,
            let created = cursor.int64(), let last = cursor.int64(), let interval = cursor.int32(),
            let isNew = cursor.uint8(), let isValid = cursor.uint8(), Self.digits.contains(isNew),
            Self.digits.contains(isValid), let this = cursor.int64(), let backup = cursor.int64(),
            let id = cursor.counted(), !id.isEmpty
        else { return nil }
        self.bytes = bytes
        self.version = version
        headerLength = length
        (creationTime, lastAccessedTime, thisAccessedTime, lastBackupTime) = (created, last, this, backup)
        maxInactiveInterval = interval
        self.isNew = isNew == Self.digits[1]
        self.isValid = isValid == Self.digits[1]
        self.id = id
        self.cursor = cursor
    }

    /// What stands before the id in the key; nil where the key does not end with it.
    func prefix(of key: [UInt8]) -> [UInt8]? {
        let length = key.count - id.count
        guard length >= 0, key.hasPrefix(id, at: length) else { return nil }
        return length == 0 || key[length - 1] == UInt8(ascii: "_") ? Array(key[..<length]) : nil
    }

    mutating func fill(_ session: inout Session, isWhole: Bool) {
        session.createdAt = creationTime
        session.lastAccessedAt = thisAccessedTime
        session.maxInactiveSeconds = Int64(maxInactiveInterval)
        session.add("version", String(version))
        session.add("lastAccessedTime", String(lastAccessedTime))
        session.add("thisAccessedTime", String(thisAccessedTime))
        session.add("lastBackupTime", String(lastBackupTime))
        session.add("isNew", String(isNew))
        session.add("isValid", String(isValid))
        readAuthentication(&session, isWhole: isWhole)
        if isWhole { readAttributes(&session) }
        if session.principalName == nil, let attributes = session.attributes {
            session.takePrincipal(TomcatPrincipal(persisted: nil, attributes: attributes, in: JavaGraph()))
        }
        if isWhole { session.addStoredPassword() }
    }

    // MARK: Authentication

    private mutating func readAuthentication(_ session: inout Session, isWhole: Bool) {
        guard let authType = cursor.uint16(), let principal = cursor.counted() else {
            // Where the value ends here as well, that is said with the attributes.
            if isWhole, headerLength <= bytes.count {
                session.findings.append(
                    Finding("truncated", "the header ends before its last field, at byte \(cursor.offset)"))
            }
            return
        }
        if Self.authTypes.indices.contains(authType) { session.add("authType", Self.authTypes[authType]) }
        if !principal.isEmpty { takePrincipal(principal, &session, isWhole: isWhole) }
        guard version == 2, isWhole else { return }
        if let request = cursor.counted(), !request.isEmpty { session.add("savedRequest", Self.savedRequest(request)) }
        if let saved = cursor.counted(), !saved.isEmpty { session.add("savedPrincipal", Self.name(inStream: saved)) }
    }

    /// One object since Tomcat 8; what Tomcat 6 and 7 wrote is the realm's own.
    private func takePrincipal(_ bytes: [UInt8], _ session: inout Session, isWhole: Bool) {
        session.authentication = .stored(bytes)
        guard let graph = try? JavaGraph.reading(bytes), let node = graph.content(0),
            let name = TomcatPrincipal.name(of: node, in: graph)
        else {
            session.findings.append(Finding("bad-principal", "the principal is in a form that is not known"))
            return
        }
        session.principalName = name
        if isWhole { session.add("roles", TomcatPrincipal.roles(of: node, in: graph)) }
    }

    private static func name(inStream bytes: [UInt8]) -> String? {
        guard let graph = try? JavaGraph.reading(bytes), let node = graph.content(0) else { return nil }
        return TomcatPrincipal.name(of: node, in: graph).map { EscapedName.text(of: $0) }
    }

    /// Eight objects: body, content type, headers, locales, method, query, URI, decoded URI.
    private static func savedRequest(_ bytes: [UInt8]) -> String? {
        guard let graph = try? JavaGraph.reading(bytes) else { return nil }
        return SavedRequest.text(
            method: graph.content(4).flatMap { graph.text(of: $0) },
            uri: graph.content(6).flatMap { graph.text(of: $0) })
    }

    // MARK: Attributes

    /// The same frame without the line feed that redis-cli and terminals put behind a value.
    var withoutLineFeed: MemcachedFrame {
        guard bytes.last == UInt8(ascii: "\n"), headerLength < bytes.count else { return self }
        do throws(JavaStreamError) {
            _ = try JavaGraph(Array(bytes[headerLength...]))
        } catch {
            guard error.offset == bytes.count - headerLength - 1 else { return self }
            return MemcachedFrame(Array(bytes.dropLast())) ?? self
        }
        return self
    }

    private func readAttributes(_ session: inout Session) {
        session.attributes = []
        guard headerLength <= bytes.count else {
            session.findings.append(
                Finding(
                    "truncated", "the value ends at byte \(bytes.count), within its header of \(headerLength) bytes"))
            return
        }
        let stored = Array(bytes[headerLength...])
        guard stored.starts(with: [0xAC, 0xED]) else {
            session.findings.append(
                Finding(
                    "opaque",
                    "\(stored.count) bytes of attributes, from byte \(headerLength) on, are kept unread: "
                        + "they are in another form than Java's"))
            return
        }
        readStream(stored, &session)
    }

    private func readStream(_ stored: [UInt8], _ session: inout Session) {
        let graph = GraphPool.take()
        var failure: JavaStreamError?
        do { try graph.read(stored) } catch { failure = error }
        var reader = StandardSessionReader(ContentCursor(graph))
        reader.readAttributesAlone()
        let sequence = reader.sequence
        session.attributes = sequence.attributes
        session.findings += sequence.findings
        if let failure {
            session.findings.append(
                Finding(
                    "undecodable",
                    "the attributes, from byte \(headerLength) on, cannot be read to their end: \(failure)"))
        } else if !sequence.isComplete, graph.opaqueReason == nil, sequence.findings.isEmpty {
            session.findings.append(
                Finding(
                    "truncated",
                    "\(sequence.attributes.count) of \(sequence.attributeCount ?? 0) attributes are there: "
                        + "the value ends at byte \(bytes.count)")
            )
        }
    }
}
