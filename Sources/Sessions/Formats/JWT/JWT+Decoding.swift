extension JWT {
    /// Limits for a token's JSON: far beyond any real one, small enough to show whole.
    public static let limits = JSONLimits(bytes: 16 << 20, depth: 512, nodes: 100_000)

    /// The token in `bytes`; white space, quotation marks and `Bearer` around it are taken off and noted as findings.
    ///
    /// A payload that is no JSON does not make this fail: it is kept with its reason (``malformation``).
    ///
    /// - Throws: ``SessionError`` if the parts, their Base64url or the header are wrong. Offsets count in `bytes`,
    ///   or, where the path says `header`, in the decoded header.
    public static func decode(_ bytes: [UInt8], limits: JSONLimits = JWT.limits) throws(SessionError) -> JWT {
        let wrapping = JWTWrapping(bytes)
        let parts = try split(bytes, wrapping.range)
        var decoded: [[UInt8]] = []
        for part in parts { decoded.append(try decodePart(bytes, part)) }
        let header = try readHeader(decoded[0], limits)
        if parts.count == 5 {
            return JWT(wrapping: wrapping, header: header, payload: .encrypted(decoded[3]), signature: decoded[4])
        }
        let payload = readPayload(decoded[1], limits)
        return JWT(wrapping: wrapping, header: header, payload: payload, signature: decoded[2])
    }

    /// The parts between the dots: three (RFC 7515 §7.1) or five (RFC 7516 §7.1).
    private static func split(_ bytes: [UInt8], _ range: Range<Int>) throws(SessionError) -> [Range<Int>] {
        let begin = range.lowerBound
        guard !range.isEmpty else { throw SessionError(.jwt(.empty), offset: begin) }
        guard bytes[begin] != UInt8(ascii: "{") else { throw SessionError(.jwt(.jsonSerialization), offset: begin) }
        var parts: [Range<Int>] = []
        var start = begin
        var count = 1
        for index in range where bytes[index] == UInt8(ascii: ".") {
            if parts.count < 5 { parts.append(start..<index) }
            start = index + 1
            count += 1
        }
        parts.append(start..<range.upperBound)
        guard count == 3 || count == 5 else { throw SessionError(.jwt(.partCount(count)), offset: range.upperBound) }
        return parts
    }

    private static func decodePart(_ bytes: [UInt8], _ part: Range<Int>) throws(SessionError) -> [UInt8] {
        do {
            return try Base64.decode(bytes[part], .url)
        } catch {
            throw SessionError(error.problem, offset: part.lowerBound + error.offset)
        }
    }

    private static func readHeader(_ bytes: [UInt8], _ limits: JSONLimits) throws(SessionError) -> JSONDocument {
        let document: JSONDocument
        do {
            document = try JSONReader.read(bytes, limits: limits)
        } catch {
            throw SessionError(error.problem, offset: error.offset, path: "header")
        }
        guard document.root.kind == .object else {
            throw SessionError(.jwt(.headerIsNoObject), offset: 0, path: "header")
        }
        return document
    }

    private static func readPayload(_ bytes: [UInt8], _ limits: JSONLimits) -> Payload {
        do {
            return .json(try JSONReader.read(bytes, limits: limits))
        } catch {
            if looksLikeToken(bytes) { return .token(bytes) }
            return .bytes(bytes, SessionError(error.problem, offset: error.offset, path: "payload"))
        }
    }
}
