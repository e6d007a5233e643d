/// How an application names the keys that it keeps beside its tokens. There is no standard (session-formats, ch. 17.3).
public struct JWTKeyTemplates: Sendable, Hashable {
    /// All, those with the longest text first: what fits `refresh:fam:{family}` is no `refresh:{hash}`.
    private let templates: [JWTKeyTemplate]
    /// The same in the order in which they were given: a key that is made has the name of the first that can be filled.
    private let given: [JWTKeyTemplate]
    /// The purposes of which the user has said how their keys are named, or that there are none.
    private let told: Set<JWTKeyPurpose>

    /// The names that are common; in force for every purpose that the user says nothing of.
    public static let standard = JWTKeyTemplates(usual(for: JWTKeyPurpose.allCases))

    /// The names that `settings` say: `PURPOSE=TEMPLATE` each, such as `deny=revoked:{jti}`.
    ///
    /// The usual templates of a purpose are in force until one is set for it; of several all are. An empty template
    /// says that there are no such keys.
    public init(settings: [String]) throws(JWTKeyTemplateError) {
        var set: [JWTKeyTemplate] = []
        var purposes: Set<JWTKeyPurpose> = []
        for setting in settings {
            let pair = setting.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard pair.count == 2, let purpose = JWTKeyPurpose(rawValue: String(pair[0])) else {
                throw .unknownPurpose(setting)
            }
            purposes.insert(purpose)
            if !pair[1].isEmpty { set.append(try JWTKeyTemplate(String(pair[1]), for: purpose)) }
        }
        self.init(set + Self.usual(for: JWTKeyPurpose.allCases.filter { !purposes.contains($0) }), told: purposes)
    }

    private init(_ templates: [JWTKeyTemplate], told: Set<JWTKeyPurpose> = []) {
        given = templates
        self.told = told
        // Of equal ones the user's, which come first.
        self.templates = templates.enumerated().sorted { left, right in
            (right.element.textLength, left.offset) < (left.element.textLength, right.offset)
        }.map(\.element)
    }

    /// The usual names (session-formats, ch. 17.3), and whether they are so common that the value has to look like it.
    private static let usualNames: [(JWTKeyPurpose, String, Bool)] = [
        (.allow, "jwt:allow:{sub}:{jti}", false), (.allow, "session:{sid}", true),
        (.deny, "jwt:deny:{jti}", false), (.deny, "blacklist:{jti}", false), (.deny, "blocklist:{hash}", false),
        (.cutoff, "jwt:cutoff:{sub}", false), (.version, "user:ver:{sub}", false),
        (.refresh, "refresh:{hash}", true), (.family, "refresh:fam:{family}", false),
        (.index, "user:tokens:{sub}", false),
    ]

    private static func usual(for purposes: [JWTKeyPurpose]) -> [JWTKeyTemplate] {
        usualNames.compactMap { purpose, text, isCommon in
            purposes.contains(purpose) ? try? JWTKeyTemplate(text, for: purpose, isCommon: isCommon) : nil
        }
    }

    /// The templates of one purpose, for help and walks.
    package func all(for purpose: JWTKeyPurpose) -> [JWTKeyTemplate] { templates.filter { $0.purpose == purpose } }

    /// Whether the user has said how keys of this purpose are named, or that there are none: the usual names are a guess.
    package func isTold(_ purpose: JWTKeyPurpose) -> Bool { told.contains(purpose) }

    /// The key of the first template that these values fill, in the order in which they were given.
    func firstKey(
        for purpose: JWTKeyPurpose, _ values: [JWTKeyPlaceholder: [UInt8]]
    ) -> (key: [UInt8], template: JWTKeyTemplate)? {
        for template in given where template.purpose == purpose {
            if let key = template.key(values) { return (key, template) }
        }
        return nil
    }

    /// What `key` is by its name alone: the template with the longest text that fits.
    package func match(_ key: [UInt8]) -> JWTKeyMatch? {
        for template in templates {
            if let values = template.values(in: key) { return JWTKeyMatch(template: template, values: values) }
        }
        return nil
    }

    /// The keys of `purpose` for `values`; where a template has `{hash}`, for each of `hashes`.
    func keys(
        for purpose: JWTKeyPurpose, _ values: [JWTKeyPlaceholder: [UInt8]], hashes: [[UInt8]] = []
    ) -> [[UInt8]] {
        templates.filter { $0.purpose == purpose }.flatMap { template -> [[UInt8]] in
            guard template.has(.hash) else { return template.key(values).map { [$0] } ?? [] }
            return hashes.compactMap { hash in template.key(values.merging([.hash: hash]) { $1 }) }
        }
    }

    /// The keys at which an entry of the allow-list with this id may be, and whether there may be others, whose names tell more than
    /// the id.
    package func entryKeys(of id: NamedToken.ID) -> (keys: [[UInt8]], mayBeOthers: Bool) {
        let own = all(for: .allow).filter { $0.has(id.placeholder) }
        let keys = own.compactMap { $0.key([id.placeholder: id.value]) }
        return (keys, keys.count < own.count)
    }

    /// The keys under which a session of this id lies, where the id is all that has to be known.
    package func keys(ofId id: [UInt8]) -> [[UInt8]] {
        let values: [JWTKeyPlaceholder: [UInt8]] = [.jti: id, .sid: id]
        return keys(for: .allow, values) + keys(for: .refresh, values, hashes: [id])
    }
}

/// A key that fits a template.
package struct JWTKeyMatch: Sendable {
    let template: JWTKeyTemplate
    let values: [JWTKeyPlaceholder: [UInt8]]

    /// What stands in the key in place of the placeholder; nil where its template has none.
    package subscript(placeholder: JWTKeyPlaceholder) -> [UInt8]? { values[placeholder] }
    /// What the key is for.
    package var purpose: JWTKeyPurpose { template.purpose }
    /// Whether what the key holds has to look like it as well.
    package var isCommon: Bool { template.isCommon }
    /// Whether the name says all that has to be known to tell sessions: the value is never read for them.
    package var isSettledByName: Bool { [.deny, .cutoff, .version].contains(purpose) }
}
