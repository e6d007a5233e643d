/// A digest of all fields of a hash, whatever their order: by it a script tells whether a hash is still the one that was read.
package enum HashDigest {
    /// Fields of which a script makes a digest. For so many a server takes some hundredths of a second, in which it serves nobody else;
    /// hashes with more are read in slices for the same reason.
    package static let mostFields = 10_000

    /// The SHA-1 of each field with its value, in the order of their digits, and of all these the SHA-1, in hexadecimal digits.
    ///
    /// The length in front of a name tells where it ends. Scripts compare by the locale of the server, and hexadecimal digits have the same order
    /// in all.
    package static func hexadecimal(of fields: [StoredField]) -> [UInt8] {
        let digests = fields.map { field in
            SHA1.hexadecimal(of: Int64(field.field.count).decimal + [UInt8(ascii: ":")] + field.field + field.value)
        }
        return SHA1.hexadecimal(of: Array(digests.sorted { $0.lexicographicallyPrecedes($1) }.joined()))
    }

    /// That the hash at `key` has these fields with these values; of very many, that they are as many.
    package static func condition(_ key: [UInt8], _ fields: [StoredField]) -> PlanCondition {
        let isLarge = fields.count > mostFields
        return PlanCondition(
            key, isLarge ? .fieldCount(fields.count) : .hashDigest(hexadecimal(of: fields)), otherwise: .changed)
    }
}
