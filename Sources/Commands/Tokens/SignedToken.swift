import Sessions
import Terminal
import Tokens

/// A token that was made, and what there is to say of it.
struct SignedToken {
    let token: [UInt8]
    let algorithm: SignatureAlgorithm
    let claims: NewClaims

    /// What browsers keep of a cookie (RFC 6265 §6.1), and what most servers take of a header.
    private static let (mostOfCookie, mostOfHeader) = (4096, 8192)

    /// Writes the token, which is what was asked for, and so never masked.
    func write(_ form: OutputForm, in context: CommandContext) {
        context.output.write(bytes: (form == .json ? json() : token) + [UInt8(ascii: "\n")])
    }

    private func json() -> [UInt8] {
        let decoded = try? JWT.decode(token)
        var writer = JSONWriter()
        writer.beginObject()
        for (name, text) in [("token", String(decoding: token, as: UTF8.self)), ("algorithm", algorithm.rawValue)] {
            writer.name(name)
            writer.string(text)
        }
        writer.name("keyId")
        if let id = decoded?.header.root["kid"]?.string { writer.string(id) } else { writer.null() }
        writer.name("expiresAt")
        writer.time(milliseconds: decoded?.end)
        writer.name("claims")
        writer.json(claims.json)
        writeLosses(to: &writer)
        writer.endObject()
        return writer.takeBytes()
    }

    private func writeLosses(to writer: inout JSONWriter) {
        writer.name("losses")
        writer.beginArray()
        for loss in claims.losses {
            writer.beginObject()
            writer.name("attribute")
            writer.string(bytes: loss.attribute)
            writer.name("class")
            if let name = loss.className { writer.string(name) } else { writer.null() }
            writer.name("reason")
            writer.string(loss.reason)
            writer.name("dropped")
            writer.bool(loss.isDropped)
            writer.endObject()
        }
        writer.endArray()
    }

    // MARK: Messages

    /// What whoever hands the token out should know.
    func tell(in context: CommandContext) {
        if !claims.losses.isEmpty {
            let dropped = claims.losses.filter(\.isDropped)
            let others = claims.losses.filter { !$0.isDropped }
            context.say(
                "what the token says otherwise than the session, and what it does not say:",
                (dropped + others).map { "\(EscapedName.text(of: $0.attribute)): \($0.reason)" })
        }
        let size = token.count
        if size > Self.mostOfHeader {
            context.say(
                "the token has \(size) bytes: more than the \(Self.mostOfHeader) that most servers take in a header")
        } else if size > Self.mostOfCookie {
            context.say(
                "the token has \(size) bytes: more than the \(Self.mostOfCookie) that browsers keep of a cookie")
        }
        tellTimes(context)
    }

    private func tellTimes(_ context: CommandContext) {
        let findings = (try? JWT.decode(token))?.findings(now: context.clock()) ?? []
        for finding in findings where [.notYetValid, .issuedInFuture].contains(finding.code) {
            context.say(
                "of the new token: \(finding.name.map { EscapedName.text(of: $0.bytes) + ": " } ?? "")\(finding.message)"
            )
        }
    }
}
