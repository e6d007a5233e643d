/// The keys beside the hash of a Spring session (session-formats, ch. 6.1 and 8).
struct SpringKeyGroup {
    let namespace: [UInt8]
    let session: Session

    var keys: [GroupedKey] {
        switch session.variant {
        case "default": mayBe
        case "reactive-indexed": reactive
        default: servlet
        }
    }

    /// Version 1.0 has the same hash, and a bucket (ch. 6.2). A session of the reactive indexed repository that never ends
    /// and belongs to nobody has no other sign than its place in the sorted set (ch. 8).
    private var mayBe: [GroupedKey] {
        var sorted = sortedExpirations
        sorted.isOptional = true
        return (bucket(of: session.id, isOptional: true).map { [$0] } ?? []) + [sorted]
    }

    /// Of the indexed repository of the servlet applications.
    private var servlet: [GroupedKey] {
        var keys = [shadow(isOptional: false)]
        if let bucket = bucket(of: Array("expires:".utf8) + session.id, isOptional: false) { keys.append(bucket) }
        keys.append(sortedExpirations)
        // Versions 2.5.4, 2.6.0 and 2.6.1 put sessions of nobody under this name (ch. 6.2).
        keys.append(index(":index:\(SpringPrincipal.indexAttribute):", isOptional: session.principalName == nil))
        return keys
    }

    private var reactive: [GroupedKey] {
        // Sessions without end have no shadow key (ch. 8).
        var keys = [shadow(isOptional: session.maxInactiveSeconds.map { $0 < 0 } ?? false), sortedExpirations]
        guard session.principalName != nil else { return keys }
        let index = index(":sessions:index:\(SpringPrincipal.reactiveIndexAttribute):", isOptional: false)
        keys.append(index)
        keys.append(
            GroupedKey(
                key: SpringKeys.indexKey(ofSession: session.key), role: .sessionIndex,
                members: SpringMember.encodings(of: index.key)))
        return keys
    }

    private func shadow(isOptional: Bool) -> GroupedKey {
        let key = SpringKeys.shadowKey(namespace: namespace[...], id: session.id[...])
        return GroupedKey(key: key, role: .shadow, members: [], isOptional: isOptional)
    }

    private var sortedExpirations: GroupedKey {
        GroupedKey(
            key: namespace + Array(":sessions:expirations".utf8), role: .sortedExpirations,
            members: SpringMember.encodings(of: session.id))
    }

    private func index(_ name: String, isOptional: Bool) -> GroupedKey {
        GroupedKey(
            key: namespace + Array(name.utf8) + (session.principalName ?? Array("null".utf8)), role: .principalIndex,
            members: SpringMember.encodings(of: session.id), isOptional: isOptional)
    }

    /// The minute in which the session ends; a time exactly on a minute belongs to the next (ch. 6.1). Versions before 1.3 also put a session
    /// there whose interval is below zero: in the minute that this makes of it (ch. 6.2).
    private func bucket(of member: [UInt8], isOptional: Bool) -> GroupedKey? {
        guard let last = session.lastAccessedAt, let seconds = session.maxInactiveSeconds else { return nil }
        let (interval, first) = seconds.multipliedReportingOverflow(by: 1000)
        let (end, second) = last.addingReportingOverflow(interval)
        let (later, third) = end.addingReportingOverflow(60_000)
        guard !first, !second, !third, later >= 0 else { return nil }
        return GroupedKey(
            key: namespace + Array(":expirations:\(later - later % 60_000)".utf8), role: .expirations,
            members: SpringMember.encodings(of: member), isOptional: isOptional || seconds < 0)
    }
}
