extension SpringFindings {
    private static let exception = Array("SPRING_SECURITY_LAST_EXCEPTION".utf8)
    private static let clients = Array("AuthorizedClientRepository.AUTHORIZED_CLIENTS".utf8)
    private static let loggedOut = Array(
        "org.springframework.session.security.SpringSessionBackedSessionInformation.EXPIRED".utf8)

    /// What the attributes show: secrets that are stored (ch. 16 no. 20), and values of two serializers.
    func addContents(to session: inout Session) {
        if let authentication = session.authentication, Authentication.holdsCredentials(authentication) {
            session.findings.append(
                Finding("stored-password", "the security context holds a password or other credentials"))
        }
        for attribute in session.attributes ?? [] {
            if attribute.name == Self.exception {
                session.findings.append(
                    Finding("stored-exception", "a failed login is stored with its stack trace"))
            } else if attribute.name.count >= Self.clients.count,
                attribute.name.suffix(Self.clients.count).elementsEqual(Self.clients)
            {
                session.findings.append(
                    Finding("stored-tokens", "access and refresh tokens of OAuth 2.0 are stored in clear text"))
            } else if attribute.name == Self.loggedOut {
                session.findings.append(
                    Finding("logged-out", "it is marked to be logged out with its next request"))
            }
        }
        addEncodings(to: &session)
    }

    /// One serializer writes all values (ch. 5.3): two mean that it was changed, or that somebody wrote by hand.
    private func addEncodings(to session: inout Session) {
        guard case .hash(let fields) = record.content else { return }
        var (values, streams) = (0, 0)
        for field in fields where !field.value.isEmpty {
            values += 1
            if field.value[0] == 0xAC, field.value.count > 1, field.value[1] == 0xED { streams += 1 }
        }
        guard streams > 0, streams < values else { return }
        session.findings.append(
            Finding("mixed-encodings", "\(streams) of its values are Java streams and the others are not"))
    }
}
