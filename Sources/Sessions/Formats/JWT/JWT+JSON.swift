extension JWT {
    /// Writes the decoded token as one JSON object: what it says, what was found, and that no signature was checked.
    ///
    /// Members: `format`, `serialization` (`JWS` or `JWE`), `header`, one of `claims`, `payload` and
    /// `encryptedBytes`, `times` (the date of every claim that is one, null where it is beyond all dates),
    /// `signature` (`bytes`, `checked`: always false here) and `findings`.
    public func write(to writer: inout JSONWriter, now: Int64?, reveal: Bool = true) {
        writer.beginObject()
        writer.name("format")
        writer.string("jwt")
        writer.name("serialization")
        writer.string(isEncrypted ? "JWE" : "JWS")
        writer.name("header")
        writer.value(header.root)
        writePayload(to: &writer, reveal: reveal)
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

    private func writePayload(to writer: inout JSONWriter, reveal: Bool) {
        switch payload {
        case .json(let document):
            writer.name(document.root.kind == .object ? "claims" : "payload")
            guard document.root.kind == .object else { return writer.value(document.root) }
            writeClaims(to: &writer, reveal: reveal)
        case .token(let bytes), .bytes(let bytes, _):
            writer.name("payload")
            writer.string(bytes: bytes)
        case .encrypted(let bytes):
            writer.name("encryptedBytes")
            writer.integer(bytes.count)
        }
    }

    /// Writes the claims as one object, those that look secret masked unless `reveal`; null where there are none.
    package func writeClaims(to writer: inout JSONWriter, reveal: Bool) {
        guard case .json(let document) = payload, claims != nil else { return writer.null() }
        guard !reveal else { return writer.value(document.root) }
        writer.beginObject()
        for member in claimMembers {
            writer.name(member.name)
            if member.looksSecret { writer.string(SecretPolicy.mask) } else { writer.value(member.value) }
        }
        writer.endObject()
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

extension JWTMember {
    /// Whether the claim holds a secret by its name, or is text that looks like one (`SecretPolicy`). Registered claims are
    /// judged by their text alone: `sid` names a session and is no key to it.
    public var looksSecret: Bool {
        switch value.kind {
        case .bool, .null: false
        default:
            meaning == nil && SecretPolicy.isSecret(name: name.lossyText) || holdsSecret
        }
    }

    /// Whether its text, or a string anywhere in it, is secret.
    private var holdsSecret: Bool {
        if let text = value.string?.lossyText { return SecretPolicy.masked(text) != nil }
        var writer = JSONWriter()
        writer.value(value)
        return SecretPolicy.masked(String(decoding: writer.takeBytes(), as: UTF8.self)) != nil
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
