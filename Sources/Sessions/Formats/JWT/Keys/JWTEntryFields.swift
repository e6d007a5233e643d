/// The fields of an entry or the claims of a token, by name: text as it is, everything else as its JSON is written.
struct JWTEntryFields {
    private(set) var pairs: [(name: [UInt8], value: [UInt8])] = []

    /// The fields of a hash.
    init(_ fields: [StoredField]) { pairs = fields.map { ($0.field, $0.value) } }

    /// The members of an object.
    init(_ object: JSONObject, in document: JSONDocument) {
        for member in object {
            let value = member.value.string?.bytes ?? Array(document.source[member.value.sourceRange])
            pairs.append((member.name.bytes, value))
        }
    }

    /// The claims of a token; none where they cannot be read.
    init(_ token: JWT) {
        guard case .json(let document) = token.payload, let object = document.root.object else {
            self.init([])
            return
        }
        self.init(object, in: document)
    }

    /// The last field of this name (RFC 7519 §4) that is not empty.
    func text(_ name: String) -> [UInt8]? {
        pairs.last { $0.name.elementsEqual(name.utf8) && !$0.value.isEmpty }?.value
    }

    /// A whole number.
    func integer(_ name: String) -> Int64? { number(name)?.int64 }

    /// A time in seconds, as milliseconds since 1970; nil also where it is beyond all dates.
    func time(_ name: String) -> Int64? {
        guard let date = number(name).map(JWTNumericDate.init), !date.isOutOfRange else { return nil }
        return date.milliseconds
    }

    private func number(_ name: String) -> JSONNumber? {
        guard let text = text(name), text.count <= 40 else { return nil }
        return JSONNumber(String(decoding: text, as: UTF8.self))
    }
}
