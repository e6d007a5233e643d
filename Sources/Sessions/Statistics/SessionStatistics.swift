import JavaSerialization

/// What many sessions are like, gathered one after the other in bounded memory.
public struct SessionStatistics: Sendable {
    /// Sessions in all.
    public private(set) var sessions = 0
    /// Sessions of which nobody is logged in.
    public private(set) var anonymous = 0
    /// Sessions by format.
    public private(set) var formats = BoundedCounts()
    /// Sessions by principal.
    public private(set) var principals = BoundedCounts()
    /// Sessions by class: each class once a session.
    public private(set) var classes = BoundedCounts()
    /// Findings by their code.
    public private(set) var findings = BoundedCounts()
    /// Attributes by name.
    public private(set) var attributes = AttributeSizes()
    /// Milliseconds since the last use.
    public private(set) var idle = Histogram(bounds: Histogram.times)
    /// Milliseconds since the creation.
    public private(set) var age = Histogram(bounds: Histogram.times)
    /// Milliseconds that the keys have left.
    public private(set) var timeToLive = Histogram(bounds: Histogram.times)
    /// Bytes.
    public private(set) var size = Histogram(bounds: Histogram.sizes)

    /// Nothing gathered yet.
    public init() {}

    /// Takes a session in.
    public mutating func add(_ session: Session, now: Int64) {
        sessions += 1
        formats.add(session.format)
        if let principal = session.principal { principals.add(principal) } else { anonymous += 1 }
        for finding in session.findingsWithValues { findings.add(finding.code) }
        for name in session.classNames { classes.add(name) }
        for attribute in session.attributes ?? [] { attributes.add(attribute, of: session) }
        idle.add(session.idleMilliseconds(now: now))
        age.add(session.createdAt.flatMap { Self.difference(now, $0) })
        if case .milliseconds(let left) = session.timeToLive { timeToLive.add(left) } else { timeToLive.add(nil) }
        size.add(session.sizeBytes.map { Int64($0) })
    }

    private static func difference(_ later: Int64, _ earlier: Int64) -> Int64? {
        let (span, overflow) = later.subtractingReportingOverflow(earlier)
        return overflow ? nil : max(0, span)
    }
}

/// How large the attributes of a name are.
public struct AttributeSizes: Sendable {
    /// What is known of one name.
    public struct Entry: Sendable {
        /// How often the attribute was seen.
        public fileprivate(set) var count = 0
        /// Bytes of all together.
        public fileprivate(set) var bytes = 0
        /// Bytes of the largest.
        public fileprivate(set) var largest = 0
        /// The id of the session that has the largest.
        public fileprivate(set) var owner: [UInt8] = []
    }

    private var entries: [[UInt8]: Entry] = [:]
    private var nameBytes = 0
    /// Attributes with names that came after the bound.
    public private(set) var unnamed = 0

    mutating func add(_ attribute: SessionAttribute, of session: Session) {
        guard entries[attribute.name] != nil || hasRoom(attribute.name) else {
            unnamed += 1
            return
        }
        let bytes = attribute.value.byteCount
        var entry = entries[attribute.name] ?? Entry()
        if entry.count == 0 { nameBytes += attribute.name.count }
        entry.count += 1
        entry.bytes += bytes
        if entry.owner.isEmpty || bytes > entry.largest {
            entry.largest = bytes
            entry.owner = Array(session.id.prefix(1024))
        }
        entries[attribute.name] = entry
    }

    private func hasRoom(_ name: [UInt8]) -> Bool {
        entries.count < BoundedCounts.maximumNames / 10 && nameBytes + name.count <= BoundedCounts.maximumBytes
    }

    /// Those that take most bytes together, at most `limit` of them.
    public func biggest(_ limit: Int) -> [(name: [UInt8], entry: Entry)] {
        let all = entries.map { (name: $0.key, entry: $0.value) }
        let sorted = all.sorted { left, right in
            left.entry.bytes == right.entry.bytes
                ? left.name.lexicographicallyPrecedes(right.name) : left.entry.bytes > right.entry.bytes
        }
        return Array(sorted.prefix(limit))
    }
}

extension AttributeValue {
    /// How many bytes the value takes as it is stored.
    public var byteCount: Int {
        switch self {
        case .stored(let bytes), .opaque(let bytes, _): bytes.count
        case .node(let graph, let node): node.map { graph.byteRange(of: $0).count } ?? 0
        }
    }
}
