extension Session {
    /// What the security objects of the session mean, a line for each (session-formats, ch. 9). Decodes them now; lines may
    /// hold text from the data, and URLs with secrets in them.
    public var securityMeanings: [SessionDetail] {
        var lines: [SessionDetail] = []
        if let authentication, let found = Authentication(authentication) {
            lines.append(SessionDetail("authentication", found.words))
        }
        for attribute in attributes ?? [] {
            guard let meaning = SecurityMeaning(attribute: attribute.name),
                let object = ObjectView(attribute.value), let words = meaning.words(for: object)
            else { continue }
            lines.append(SessionDetail(meaning.rawValue, words))
        }
        return lines
    }
}

/// The attributes of Spring Security beside the context, by what they are for.
enum SecurityMeaning: String {
    case savedRequest = "saved request"
    case csrfToken = "csrf token"
    case lastFailure = "last failure"
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
