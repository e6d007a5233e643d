import JavaSerialization

extension SpringLayout {
    /// How much longer than the session the hash and the bucket of an indexed repository live, in milliseconds (ch. 6.1).
    private static let afterlife: Int64 = 300_000

    /// Every key of the session, data before indices: the hash, the shadow key, and what stands for it in the sets that sessions share
    /// (ch. 6.5, 7 and 8).
    ///
    /// - Throws: `ConversionRefusal` where the layout cannot hold the session, or an attribute is not in its serializer.
    public func keys(of session: PortableSession) throws(ConversionRefusal) -> [WrittenKey] {
        let hash = SpringKeys.sessionKey(namespace: prefix, id: session.id)
        let end = try end(of: session)
        guard repository != .default else {
            return [WrittenKey(hash, .session, .hash(try fields(of: session)), end: end)]
        }
        let (latest, overflow) = (end ?? 0).addingReportingOverflow(Self.afterlife)
        guard !overflow else { throw ConversionRefusal("its end is further away than any clock can tell") }
        let lasting = end == nil ? nil : latest
        let others = SpringKeyGroup(namespace: prefix, session: told(session, at: hash)).keys
        return [WrittenKey(hash, .session, .hash(try fields(of: session)), end: lasting)]
            + others.compactMap { written($0, session, end: end, lasting: lasting) }
    }

    /// - Throws: `ConversionRefusal` where it never ends, and the repository has no such sessions.
    private func end(of session: PortableSession) throws(ConversionRefusal) -> Int64? {
        if session.maxInactiveSeconds < 0 {
            guard repository != .default else {
                throw ConversionRefusal(
                    "it never ends, and the default repository deletes such sessions at once (session-formats, ch. 7): give it an "
                        + "interval with --max-inactive-interval")
            }
            return nil
        }
        guard let end = session.end else {
            throw ConversionRefusal("its end is further away than any clock can tell")
        }
        return end
    }

    /// The session as its group of keys is known by.
    private func told(_ session: PortableSession, at key: [UInt8]) -> Session {
        var told = Session(id: session.id, format: SpringFormat.name, key: key, timeToLive: .unknown)
        told.variant = repository.rawValue
        told.createdAt = session.createdAt
        told.lastAccessedAt = session.lastAccessedAt
        told.maxInactiveSeconds = session.maxInactiveSeconds
        told.principalName = session.principalName
        return told
    }

    private func written(
        _ key: GroupedKey, _ session: PortableSession, end: Int64?, lasting: Int64?
    ) -> WrittenKey? {
        switch key.role {
        case .shadow: key.isOptional ? nil : WrittenKey(key.key, .shadow, .string([]), end: end)
        // Of a session that never ends there is a bucket to be looked for, and none to be written.
        case .expirations where expirations == .minute && !key.isOptional:
            member(of: key).map { WrittenKey(key.key, key.role, .member($0), end: lasting) }
        case .sortedExpirations where expirations == .sortedSet || repository == .reactiveIndexed:
            member(of: key).flatMap { member in
                end.map { WrittenKey(key.key, key.role, .score(ScoredMember(member, score: $0.decimal)), end: nil) }
            }
        case .principalIndex where session.principalName != nil, .sessionIndex:
            member(of: key).map { WrittenKey(key.key, key.role, .member($0), end: nil) }
        default: nil
        }
    }

    private func member(of key: GroupedKey) -> [UInt8]? {
        let place = serializer == .java ? 0 : 1
        return place < key.members.count ? key.members[place] : nil
    }

    private func fields(of session: PortableSession) throws(ConversionRefusal) -> [StoredField] {
        guard Int32(exactly: session.maxInactiveSeconds) != nil else {
            throw ConversionRefusal(
                "its interval of \(session.maxInactiveSeconds) s is more than Spring Session can hold: give another with "
                    + "--max-inactive-interval")
        }
        typealias Field = SpringFormat.Field
        let isJava = serializer == .java
        var fields = [
            StoredField(Field.creationTime, BoxedNumber.bytes(of: session.createdAt, .long, isJava: isJava)),
            StoredField(Field.lastAccessedTime, BoxedNumber.bytes(of: session.lastAccessedAt, .long, isJava: isJava)),
            StoredField(
                Field.maxInactiveInterval, BoxedNumber.bytes(of: session.maxInactiveSeconds, .integer, isJava: isJava)),
        ]
        for attribute in session.attributes {
            guard attribute.encoding == (isJava ? .java : .json) else {
                throw ConversionRefusal(
                    "the attribute '\(EscapedName.text(of: attribute.name))' is not in the encoding of this layout")
            }
            fields.append(StoredField(Field.attributePrefix + attribute.name, attribute.value))
        }
        return fields
    }
}
