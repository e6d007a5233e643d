/// How an application names the keys that it keeps beside its tokens. There is no standard (session-formats, ch. 17.3).
public struct JWTKeyTemplates: Sendable, Hashable {
    /// All, those with the longest text first: what fits `refresh:fam:{family}` is no `refresh:{hash}`.
    private var templates: [JWTKeyTemplate]

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
        self.init(set + Self.usual(for: JWTKeyPurpose.allCases.filter { !purposes.contains($0) }))
    }

    private init(_ templates: [JWTKeyTemplate]) {
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

    /// What the key is for.
    package var purpose: JWTKeyPurpose { template.purpose }
    /// Whether what the key holds has to look like it as well.
    package var isCommon: Bool { template.isCommon }
    /// Whether the name says all that has to be known to tell sessions: the value is never read for them.
    package var isSettledByName: Bool { [.deny, .cutoff, .version].contains(purpose) }
}
