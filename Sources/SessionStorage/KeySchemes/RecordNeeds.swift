import Redis
import Sessions

/// What is asked for at each key of a walk, made once for all of them.
struct RecordNeeds: Sendable {
    let parts: SessionParts
    /// The names of the attributes that are wanted of hashes; nil where all are, or none.
    let names: [[UInt8]]?
    /// Whether MEMORY USAGE may be asked.
    let measuresBytes: Bool
    /// How it is asked when keys end; nil where their lives are enough.
    var endQuestion: EndQuestion?
    /// Whether a record will do of which nobody may ask whether the keys are there that tell the variant.
    var mayLackVariant = false
    /// How the application names the keys beside its tokens.
    let jwtKeys: JWTKeyTemplates
    /// Whether hashes are fetched with all their fields.
    let wantsWholeHashes: Bool
    /// The fields of Spring Session's hashes: the same for every key.
    private let springFields: [[UInt8]]
    private let springMeasured: [[UInt8]]

    init(_ needs: SessionNeeds, measuresBytes: Bool = true, _ jwtKeys: JWTKeyTemplates) {
        parts = needs.parts
        self.jwtKeys = jwtKeys
        self.measuresBytes = measuresBytes
        var names: [[UInt8]]?
        if needs.parts.contains(.attributes), case .named(let some) = needs.attributes {
            names = some.sorted { $0.lexicographicallyPrecedes($1) }
        }
        let isWhole = needs.parts.contains(.size) || needs.parts.contains(.attributes) && names == nil
        self.names = isWhole ? nil : names
        wantsWholeHashes = isWhole
        let withPrincipal = Self.withPrincipal(needs.parts, self.names)
        springFields = Self.fields(SpringFormat.self, [], self.names ?? [], withPrincipal)
        springMeasured = springFields.filter { Self.mayBeLarge($0) }
    }

    /// Whether more of a string is wanted than its beginning.
    var wantsWholeStrings: Bool { !parts.isDisjoint(with: [.expensive, .plan]) }

    /// Whether the remaining life of a key is wanted although the session says when it was used; a variant shows by it.
    var wantsLife: Bool { !parts.isDisjoint(with: [.timeToLive, .variant, .plan, .end]) }

    /// Whether all fields of a hash of this format are wanted.
    func wantsWholeHashes(of format: @autoclosure () -> (any SessionFormat.Type)?) -> Bool {
        wantsWholeHashes || parts.contains(.plan) && !(format()?.plansByFields ?? false)
    }

    /// Whether MEMORY USAGE may tell more than the lengths of a few fields.
    var mayAskMemory: Bool { wantsWholeHashes || namesAttributes || !parts.isDisjoint(with: [.principal, .plan]) }

    /// Whether the fields that are fetched hold the attributes that are wanted.
    var namesAttributes: Bool { names != nil }

    /// The fields that are asked for of the hash at `key`.
    func fields(ofKey key: [UInt8], _ request: KeyRequest) -> [[UInt8]] {
        switch request {
        case .hashFields, .unlessHash, .startUnlessHash: return springFields
        case .formatFields:
            guard let format = SessionFormats.place(ofKey: key).format else { return [] }
            return Self.fields(format, key, names ?? [], Self.withPrincipal(parts, names))
        case .tokenEntry:
            // Where the user's own name for entries is one of another format as well, its fields tell whose it is.
            return JWTFormat.hashFields(withPrincipal: true)
                + (SessionFormats.place(ofKey: key).format?.hashFields(withPrincipal: true) ?? [])
        default: return []
        }
    }

    /// Those fields whose lengths are asked for first. The session's own, times and a name, are not: that would cost the server
    /// a third more with every session.
    func measuredFields(ofKey key: [UInt8], _ request: KeyRequest) -> [[UInt8]] {
        guard request == .formatFields else { return springMeasured }
        let times = SessionFormats.place(ofKey: key).format?.hashFields(withPrincipal: false) ?? []
        return fields(ofKey: key, request).filter { !times.contains($0) }
    }

    /// With attributes the variant is told by the principal's as well.
    private static func withPrincipal(_ parts: SessionParts, _ names: [[UInt8]]?) -> Bool {
        parts.contains(.principal) || names != nil && parts.contains(.variant)
    }

    private static func mayBeLarge(_ field: [UInt8]) -> Bool {
        field == SpringFormat.Field.securityContext || !SpringFormat.Field.metadata.contains(field)
    }

    private static func fields(
        _ format: any SessionFormat.Type, _ key: [UInt8], _ names: [[UInt8]], _ withPrincipal: Bool
    ) -> [[UInt8]] {
        var seen: Set<[UInt8]> = []
        let all = format.hashFields(withPrincipal: withPrincipal) + format.hashFields(ofAttributes: names, inKey: key)
        return all.filter { seen.insert($0).inserted }
    }
}
