import JavaSerialization

/// Gives the classes of Spring Security in a stream the `serialVersionUID` of another version, so that it can read them
/// (session-formats, ch. 9). Nothing else becomes another: the stream keeps its length, and every other byte.
public struct SecurityUIDRewrite: Sendable, Hashable {
    /// The attribute with the versions of the other Spring Security; as it was where there were none to rewrite.
    public let attribute: PortableAttribute
    /// How many classes got another version.
    public let rewritten: Int
    /// Which versions wrote them, for people: `5.7`, `6.2 to 7.1`.
    public let origins: [String]
    /// Classes of Spring Security whose versions go with none that is known, and are left: the other one reads them only if it computes or
    /// declares the same.
    public let others: [String]

    /// Rewrites an attribute; what is no Java stream has no versions.
    ///
    /// - Throws: `ConversionRefusal` where the other Spring Security lacks a class, or lays it out in another way, or the stream cannot be
    ///   read.
    public init(of attribute: PortableAttribute, to version: SpringSecurityVersion) throws(ConversionRefusal) {
        guard attribute.encoding == .java, let graph = try Self.graph(of: attribute) else {
            self.attribute = attribute
            (rewritten, origins, others) = (0, [], [])
            return
        }
        var bytes = attribute.value
        var (count, origins, others) = (0, Set<Int64>(), [String]())
        for described in graph.describedClasses {
            let name = graph.name(of: described)
            guard name.hasPrefix(Self.package) else { continue }
            let uid = graph.serialVersionUID(of: described)
            if let reason = Self.refusal(of: name, uid, version) { throw Self.refusal(attribute, reason) }
            guard SpringSecurityVersion.names(of: uid) != nil else {
                if !Self.constants.contains(uid), !others.contains(name) { others.append(name) }
                continue
            }
            origins.insert(uid)
            guard uid != version.serialVersionUID else { continue }
            // classDesc: TC_CLASSDESC className serialVersionUID …
            let start = graph.nameRange(of: described).upperBound
            bytes.replaceSubrange(start..<start + 8, with: JavaPrimitive.long(version.serialVersionUID).bytes)
            count += 1
        }
        self.attribute = PortableAttribute(name: attribute.name, value: bytes, encoding: .java)
        rewritten = count
        self.origins = origins.sorted().compactMap { SpringSecurityVersion.names(of: $0) }
        self.others = others
    }

    private static let package = "org.springframework.security."

    /// Versions of single classes that have been the same in all releases that have them.
    private static let constants: Set<Int64> = [
        // AbstractAuthenticationToken, AnonymousAuthenticationToken, FactorGrantedAuthority.
        -3_194_696_462_184_782_834, 1, 1_998_010_439_847_123_984,
        // DefaultCsrfToken, DefaultOidcUser, Jwt, Saml2Authentication.
        6_552_658_053_267_913_685, -2_378_469_202_439_157_250, 4_872_843_562_494_199_108, 405_897_702_378_720_477,
        // Enums have none.
        0,
    ]

    /// The graph of a stream with classes of Spring Security; nil where there are none, so that what has none need not be read.
    private static func graph(of attribute: PortableAttribute) throws(ConversionRefusal) -> JavaGraph? {
        guard attribute.value.firstRange(of: Array(package.utf8)) != nil else { return nil }
        do throws(JavaStreamError) {
            return try JavaGraph(attribute.value)
        } catch {
            throw refusal(attribute, "its stream cannot be read: \(error)")
        }
    }

    private static func refusal(_ attribute: PortableAttribute, _ reason: String) -> ConversionRefusal {
        ConversionRefusal("the attribute '\(EscapedName.text(of: attribute.name))': \(reason)")
    }

    /// Why the other version cannot read a class whatever its `serialVersionUID` says; nil where it can, or nothing is known.
    private static func refusal(of name: String, _ uid: Int64, _ version: SpringSecurityVersion) -> String? {
        let short = ShortName.of(name)
        if savedRequests.contains(name) {
            guard version >= sharedByRequests else {
                return
                    "\(short) has a serialVersionUID of its own before Spring Security \(sharedByRequests): the saved request "
                    + "cannot be carried to \(version); leave the attribute out"
            }
            guard uid >= sharedByRequests.serialVersionUID, SpringSecurityVersion.names(of: uid) != nil else {
                return
                    "\(short) was written by a Spring Security before \(sharedByRequests), which lays it out in another way: "
                    + "leave the attribute out"
            }
        }
        if name.hasPrefix(package + "oauth2."), version < oauth, SpringSecurityVersion.names(of: uid) != nil {
            return "\(short) is known from Spring Security \(oauth) on, not in \(version)"
        }
        if name.hasSuffix(".FactorGrantedAuthority"), version < factors {
            return "\(short) is known from Spring Security \(factors) on, not in \(version)"
        }
        return nil
    }

    private static let savedRequests: Set<String> = [
        package + "web.savedrequest.DefaultSavedRequest", package + "web.savedrequest.SavedCookie",
    ]
    private static let sharedByRequests = SpringSecurityVersion(5, 8)
    private static let factors = SpringSecurityVersion(7, 0)
    private static let oauth = SpringSecurityVersion(5, 0)
}
