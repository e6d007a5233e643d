import JavaSerialization

/// The attributes of a session as claims, and what no claim says of them (session-formats, ch. 17.4).
struct ClaimedAttributes {
    private struct Claim {
        let name: [UInt8]
        let json: [UInt8]
    }

    private var claims: [Claim] = []
    private(set) var losses: [ConversionLoss] = []
    /// What tells the session's own id.
    private let traces: IDTraces

    /// - Parameters:
    ///   - portable: the session with each attribute by itself.
    ///   - login: what the token says of the login already.
    init(of session: Session, _ portable: PortableSession, _ login: ClaimedLogin) {
        traces = IDTraces(of: [session.id, portable.id])
        let counts = portable.attributes.reduce(into: [:] as [[UInt8]: Int]) { $0[$1.name, default: 0] += 1 }
        for attribute in portable.attributes {
            if let loss = Self.loss(ofLogin: attribute, in: session, login) {
                losses.append(loss)
            } else if counts[attribute.name] != 1 {
                drop(attribute, "the session has it more than once, and nobody knows which one counts")
            } else {
                take(attribute, isShared: portable.parted.contains(attribute.name))
            }
        }
        for attribute in session.attributes ?? [] where counts[attribute.name] == nil {
            losses.append(Self.null(attribute.name))
        }
        claims.sort { $0.name.lexicographicallyPrecedes($1.name) }
    }

    /// Writes the claims, by name.
    func write(to writer: inout JSONWriter) {
        for claim in claims {
            writer.name(SessionClaims.attributePrefix + String(decoding: claim.name, as: UTF8.self))
            writer.json(claim.json)
        }
    }

    // MARK: The login

    private static let indices = [SpringPrincipal.indexAttribute, SpringPrincipal.reactiveIndexAttribute]
        .map { Array($0.utf8) }

    /// What is said of an attribute that says who is logged in, which is no claim of its own; nil for all others.
    private static func loss(
        ofLogin attribute: PortableAttribute, in session: Session, _ login: ClaimedLogin
    ) -> ConversionLoss? {
        let isIndex = indices.contains(attribute.name)
        guard isIndex || attribute.name == SpringSecurityContext.attribute else { return nil }
        guard let subject = login.subject else {
            return ConversionLoss(
                attribute: attribute.name, "it says who is logged in, and the token says nothing of it", isDropped: true
            )
        }
        guard isIndex else { return loss(ofContext: attribute) }
        let isSubject = name(in: attribute) == subject
        return ConversionLoss(
            attribute: attribute.name,
            isSubject ? "the token says it as sub" : "it names another user than the login, whom the token says as sub",
            isDropped: !isSubject)
    }

    /// A context is more than a token says of it, if only by its classes; and nothing of one that cannot be read is in the token.
    private static func loss(ofContext attribute: PortableAttribute) -> ConversionLoss {
        let isRead = Authentication(.stored(attribute.value)) != nil
        let reason =
            isRead
            ? "the token says the user and the rights as sub, roles, scope and amr; details, credentials and all else of it are left out"
            : "it cannot be read: nothing of it is in the token"
        return ConversionLoss(attribute: attribute.name, reason, isDropped: true)
    }

    private static func name(in attribute: PortableAttribute) -> [UInt8]? {
        (try? JavaStringValue.bytes(of: attribute.value)) ?? nil
    }

    // MARK: Values

    private mutating func take(_ attribute: PortableAttribute, isShared: Bool) {
        if let reason = Self.refusal(ofName: attribute.name) { return drop(attribute, reason) }
        guard !traces.stand(in: attribute.name) else {
            return drop(attribute, "the session's id stands in its name, and who has that is logged in")
        }
        do throws(ValueProblem) {
            let converted = try ValueConversion().java(of: attribute)
            let value = try ClaimWriter.value(of: converted.attribute)
            guard let json = value.json else { return losses.append(Self.null(attribute.name)) }
            guard !traces.stand(in: json) else {
                return drop(attribute, "the session's id stands in it, and who has that is logged in")
            }
            claims.append(Claim(name: attribute.name, json: json))
            losses += (converted.losses + value.losses).map { ConversionLoss(attribute, $0) }
            guard isShared else { return }
            losses.append(
                ConversionLoss(
                    attribute: attribute.name, "it shared objects with other attributes, and has its own now"))
        } catch {
            losses.append(ConversionLoss(attribute, error, "left out: ", isDropped: true))
        }
    }

    /// Why an attribute of this name is in no token; nil where its value decides.
    private static func refusal(ofName name: [UInt8]) -> String? {
        guard let text = String(validating: name, as: UTF8.self) else { return "its name is no Unicode text" }
        guard SecretPolicy.masked(text) == nil else { return "its name looks like a secret itself" }
        guard !text.hasPrefix(notes) else { return "it is Tomcat's own, such as what is kept of a login by form" }
        return switch SecurityMeaning(attribute: name) {
        case .savedRequest: "a saved request has headers and cookies, which are secret"
        case .csrfToken: "a CSRF token is secret"
        case .lastFailure: "how the last login failed is the server's own matter"
        case .authorizedClients: "access and refresh tokens of other services are secret"
        case nil: nil
        }
    }

    /// What Tomcat's authenticators and filters keep: `org.apache.catalina.session.PASSWORD`, `org.apache.catalina.filters.CSRF_NONCE`.
    private static let notes = "org.apache.catalina."

    private mutating func drop(_ attribute: PortableAttribute, _ reason: String) {
        losses.append(ConversionLoss(attribute: attribute.name, "left out: " + reason, isDropped: true))
    }

    private static func null(_ name: [UInt8]) -> ConversionLoss {
        ConversionLoss(attribute: name, "left out: it is null, which no claim says", isDropped: true)
    }
}
