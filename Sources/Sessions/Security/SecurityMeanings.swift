extension Session {
    /// What the security objects of the session mean, a line for each (session-formats, ch. 9). Decodes them now; lines may
    /// hold text from the data, and URLs with secrets in them.
    public var securityMeanings: [SessionDetail] {
        var lines: [SessionDetail] = []
        if let authentication, let found = Authentication(authentication) {
            lines.append(SessionDetail("authentication", found.words))
        }
        return lines + securityNotes.map { SessionDetail($0.meaning.rawValue, $0.words) }
    }

    /// What the attributes of Spring Security beside the authentication mean. Decodes them now; words may hold text from the data,
    /// and URLs with secrets in them.
    public var securityNotes: [(meaning: SecurityMeaning, words: String)] {
        (attributes ?? []).compactMap { attribute in
            guard let meaning = SecurityMeaning(attribute: attribute.name),
                let object = ObjectView(attribute.value), let words = meaning.words(for: object)
            else { return nil }
            return (meaning, words)
        }
    }

    /// The name of the attribute that ``authentication`` is; nil where it stands beside the attributes, as Tomcat's principal.
    public var authenticationAttribute: [UInt8]? {
        attributes?.first { attribute in
            switch (attribute.value, authentication) {
            case (.node(let graph, let node), .node(let other, let same)): graph === other && node == same
            case (.stored(let bytes), .stored(let same)): bytes == same
            default: false
            }
        }?.name
    }
}

/// The attributes of Spring Security beside the context, by what they are for.
public enum SecurityMeaning: String, CaseIterable, Sendable {
    /// Where the user goes after logging in.
    case savedRequest = "saved request"
    /// How a form's token is sent.
    case csrfToken = "csrf token"
    /// How the last login failed.
    case lastFailure = "last failure"
    /// The OAuth 2.0 clients whose tokens are stored.
    case authorizedClients = "authorized clients"

    /// Their names; WebFlux has others in front of the last word.
    init?(attribute name: [UInt8]) {
        let name = String(decoding: name.suffix(200), as: UTF8.self)
        if name == "SPRING_SECURITY_SAVED_REQUEST" {
            self = .savedRequest
        } else if name.hasSuffix("CsrfTokenRepository.CSRF_TOKEN") {
            self = .csrfToken
        } else if name == "SPRING_SECURITY_LAST_EXCEPTION" {
            self = .lastFailure
        } else if name.hasSuffix("AuthorizedClientRepository.AUTHORIZED_CLIENTS") {
            self = .authorizedClients
        } else {
            return nil
        }
    }

    /// What the attribute says; nil where it is not what its name promises.
    func words(for object: ObjectView) -> String? {
        switch self {
        case .savedRequest: Self.request(object)
        case .csrfToken:
            object.text("headerName").map { header in
                "in the header \(header)" + (object.text("parameterName").map { " or the parameter \($0)" } ?? "")
            }
        case .lastFailure: Self.failure(object)
        case .authorizedClients: object.keys.isEmpty ? nil : object.keys.prefix(20).joined(separator: ", ")
        }
    }

    /// `GET https://shop.example.org/orders?page=2`: where the user goes after logging in.
    private static func request(_ object: ObjectView) -> String? {
        guard let url = object.text("requestURL") ?? object.text("requestURI") else { return nil }
        let query = object.text("queryString").map { $0.isEmpty ? "" : "?\($0)" } ?? ""
        return "\(object.text("method") ?? "GET") \(url)\(query)"
    }

    private static func failure(_ object: ObjectView) -> String? {
        let name = ShortName.of(object.className)
        guard !name.isEmpty else { return nil }
        return name + ((object.text("detailMessage") ?? object.text("message")).map { ": \($0)" } ?? "")
    }
}
