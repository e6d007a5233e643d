extension StreamReader {
    /// Remembers a class whose data may lack its declared fields: it has a `writeObject` method, and its data starts with a
    /// tag, as data without fields must.
    @inline(__always)
    mutating func noteDoubt(_ bytes: RawSpan, _ record: ClassRecord, _ index: Int32)
        throws(JavaStreamError)
    {
        guard position < bytes.byteCount, !record.omitsDefaultFields else { return }
        let code = bytes.byte(position)
        guard code >= TypeCode.first, code <= TypeCode.enum, !isPlatformClass(bytes, record) else { return }
        doubtfulClass = tables.classData[index].classIndex
        doubtfulOffset = position
    }

    /// Finds the classes without which the bytes cannot be read as default fields, and reads them as custom data alone.
    ///
    /// By elimination, not by guessing: a class is taken for one that omits its fields only if no reading with its fields
    /// works. Its objects are opaque then, but what follows them is read.
    mutating func readWithOmissions(_ bytes: RawSpan) throws(JavaStreamError) {
        let most = 8
        while omitting.count < most, doubtfulClass != noIndex {
            omitting.append(tables.classes[doubtfulClass].offset)
            do {
                try readOnce(bytes)
                return try dropNeedlessOmissions(bytes)
            } catch {
                if error.isLimit { throw error }
            }
        }
        omitting.shrink(to: 0)
        try readUpToDoubt(bytes)
    }

    /// Of several classes only those stay that are needed: each is tried with its fields again.
    private mutating func dropNeedlessOmissions(_ bytes: RawSpan) throws(JavaStreamError) {
        guard omitting.count > 1 else { return }
        for index in 0..<omitting.count {
            let offset = omitting[index]
            omitting[index] = noIndex
            do { try readOnce(bytes) } catch { omitting[index] = offset }
        }
        try readOnce(bytes)
    }

    /// No reading works: data that starts as only custom data does is kept whole with all that follows.
    private mutating func readUpToDoubt(_ bytes: RawSpan) throws(JavaStreamError) {
        do {
            try readOnce(bytes)
        } catch {
            guard doubtfulClass != noIndex, !error.isLimit else { throw error }
            let code = bytes.byte(doubtfulOffset)
            guard code == TypeCode.blockData || code == TypeCode.endBlockData || code == TypeCode.blockDataLong else {
                throw error
            }
            endAsOpaque(bytes, cause: .omittedDefaultFields, classIndex: doubtfulClass, at: doubtfulOffset)
        }
    }

    /// Whether the class described at `offset` is being read without its fields.
    @inline(__always)
    func isOmitting(_ offset: Int32) -> Bool {
        for index in 0..<omitting.count where omitting[index] == offset { return true }
        return false
    }

    /// Turns an object that only its class could explain into opaque bytes; nodes inside keep their handles, and what the classes
    /// wrote stays known, as whoever writes the object again needs it.
    mutating func makeOpaque(_ node: Int32) { tables.nodes[node].kind = .opaque }

    /// Ends the graph with one node for the content that is being read and all that follows it.
    mutating func endAsOpaque(
        _ bytes: RawSpan, cause: OpaqueReason.Cause, classIndex: Int32, at offset: Int
    ) {
        let record = tables.classes[classIndex]
        let last = tables.contents.count - 1
        guard last >= 0 else { return }
        tables.opaqueReason = OpaqueReason(
            cause: cause, className: text(bytes, record.nameOffset, record.nameLength), offset: offset)
        tables.contents[last] = tables.nodes.append(
            NodeRecord(
                kind: .opaque, classIndex: classIndex, offset: Int32(truncatingIfNeeded: contentOffset),
                end: Int32(truncatingIfNeeded: bytes.byteCount),
                first: noIndex, second: 0))
        position = bytes.byteCount
        frames.shrink(to: 1)
        pending.shrink(to: 0)
    }

    /// Classes of the platform always write their declared fields (all use `defaultWriteObject` or `putFields`).
    private mutating func isPlatformClass(_ bytes: RawSpan, _ record: ClassRecord) -> Bool {
        Self.platformPrefixes.contains { bytes.hasBytes($0, at: record.nameOffset, limit: record.nameLength) }
    }

    /// The metadata classes of the Tomcat managers declare a field (dotCMS: two) but write only block data.
    ///
    /// Sources: jcoleman/tomcat-redis-session-manager `SessionSerializationMetadata`,
    /// ran-jit/tomcat-cluster-redis-session-manager `SessionMetadata`: `writeObject` without `defaultWriteObject`.
    mutating func isKnownToOmitDefaultFields(_ bytes: RawSpan, _ record: ClassRecord) -> Bool {
        guard record.flags & ClassFlag.writeMethod != 0, record.fieldCount >= 1, record.fieldCount <= 2,
            record.objectFieldCount == record.fieldCount,
            record.nameLength > 16, record.nameLength < 128
        else { return false }
        let suffix = Self.metadataSuffix
        let suffixStart = record.nameOffset + record.nameLength - Int32(suffix.count)
        return suffixStart >= record.nameOffset && bytes.hasBytes(suffix, at: suffixStart, limit: Int32(suffix.count))
            || Self.metadataNames.contains {
                $0.count == Int(record.nameLength)
                    && bytes.hasBytes($0, at: record.nameOffset, limit: record.nameLength)
            }
    }

    // Compared as bytes: a String for each object would take as long as reading it.
    private static let platformPrefixes = ["java.", "javax."].map { Array($0.utf8) }
    private static let metadataSuffix = Array(".SessionSerializationMetadata".utf8)
    private static let metadataNames = [
        "tomcat.request.session.SessionMetadata", "tomcat.request.session.model.SessionMetadata",
    ].map { Array($0.utf8) }

    /// Text for an error; lone surrogates become U+FFFD.
    mutating func text(_ bytes: RawSpan, _ offset: Int32, _ length: Int32) -> String {
        let start = Int(offset)
        let end = start + Int(length)
        guard length >= 0, start >= 0, end <= bytes.byteCount else { return "" }
        return String(decoding: ModifiedUTF8.units(bytes, start..<end), as: UTF16.self)
    }
}
