import Sessions

/// What the security objects of a session mean, as the JSON member `security` (docs/json.md): the same as the lines of the tree.
enum SecurityJSON {
    static func write(_ session: Session, _ rendering: ValueRendering, to writer: inout JSONWriter) {
        let found = session.authentication.flatMap { Authentication($0) }
        let notes = session.securityNotes
        guard found != nil || !notes.isEmpty else { return writer.null() }
        writer.beginObject()
        if let found { write(found, of: session, rendering, to: &writer) }
        for (meaning, words) in notes {
            writer.name(name(of: meaning))
            writer.string(shown(words, rendering))
        }
        writer.endObject()
    }

    private static func write(
        _ found: Authentication, of session: Session, _ rendering: ValueRendering, to writer: inout JSONWriter
    ) {
        func text(_ name: String, _ value: String?) {
            writer.name(name)
            if let value { writer.string(shown(value, rendering)) } else { writer.null() }
        }
        text("principal", found.name)
        writer.name("roles")
        writer.beginArray()
        for role in found.roles { writer.string(shown(role, rendering)) }
        writer.endArray()
        writer.name("authenticated")
        if let isAuthenticated = found.isAuthenticated { writer.bool(isAuthenticated) } else { writer.null() }
        text("since", found.since)
        text("remoteAddress", found.remoteAddress)
        text("provider", found.provider)
        text("class", found.className.isEmpty ? nil : found.className)
        writer.name("holdsCredentials")
        writer.bool(found.holdsCredentials)
        writer.name("source")
        if let source = session.authenticationAttribute { writer.string(bytes: source) } else { writer.null() }
    }

    private static func name(of meaning: SecurityMeaning) -> String {
        switch meaning {
        case .savedRequest: "savedRequest"
        case .csrfToken: "csrfToken"
        case .lastFailure: "lastFailure"
        case .authorizedClients: "authorizedClients"
        }
    }

    /// Masked as the lines of the tree are.
    private static func shown(_ text: String, _ rendering: ValueRendering) -> String {
        rendering.reveal ? text : SecretPolicy.masked(text) ?? text
    }
}
