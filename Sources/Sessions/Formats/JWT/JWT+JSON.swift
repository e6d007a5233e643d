extension JWT {
    /// Writes the decoded token as one JSON object: what it says, what was found, and that no signature was checked.
    ///
    /// Members: `format`, `serialization` (`JWS` or `JWE`), `header`, one of `claims`, `payload` and
    /// `encryptedBytes`, `times` (the date of every claim that is one, null where it is beyond all dates),
    /// `signature` (`bytes`, `checked`: always false here) and `findings`.
    public func write(to writer: inout JSONWriter, now: Int64?) {
        writer.beginObject()
        writer.name("format")
        writer.string("jwt")
        writer.name("serialization")
        writer.string(isEncrypted ? "JWE" : "JWS")
        writer.name("header")
        writer.value(header.root)
        writePayload(to: &writer)
        writeTimes(to: &writer)
        writer.name("signature")
        writer.beginObject()
        writer.name("bytes")
        writer.integer(signature.count)
        writer.name("checked")
        writer.bool(false)
        writer.endObject()
        writeFindings(to: &writer, now: now)
        writer.endObject()
    }

    private func writePayload(to writer: inout JSONWriter) {
        switch payload {
        case .json(let document):
            writer.name(document.root.kind == .object ? "claims" : "payload")
            writer.value(document.root)
        case .token(let bytes), .bytes(let bytes, _):
            writer.name("payload")
            writer.string(bytes: bytes)
        case .encrypted(let bytes):
            writer.name("encryptedBytes")
            writer.integer(bytes.count)
        }
    }

    private func writeTimes(to writer: inout JSONWriter) {
        writer.name("times")
        writer.beginObject()
        for member in claimMembers {
            guard let date = member.date else { continue }
            writer.name(member.name)
            writer.time(milliseconds: date.isOutOfRange ? nil : date.milliseconds)
        }
        writer.endObject()
    }

    private func writeFindings(to writer: inout JSONWriter, now: Int64?) {
        writer.name("findings")
        writer.beginArray()
        for finding in findings(now: now) { finding.write(to: &writer) }
        writer.endArray()
    }
}

extension JWTFinding {
    /// Writes the finding as an object: `code`, `severity`, `part`, `name` (null if it is about no member), `message`.
    public func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.name("code")
        writer.string(code.rawValue)
        writer.name("severity")
        writer.string(severity.rawValue)
        writer.name("part")
        writer.string(part.rawValue)
        writer.name("name")
        if let name { writer.string(name) } else { writer.null() }
        writer.name("message")
        writer.string(message)
        writer.endObject()
    }
}
