import Sessions
import Terminal

/// The JSON Web Tokens that were met while a session was drawn, each with the path that leads to it.
final class FoundTokens {
    private(set) var all: [(path: String, token: JWT)] = []

    /// More are not kept: a session with so many is no session of a person.
    private static let most = 100

    func note(_ token: JWT, at path: String) {
        if all.count < Self.most { all.append((path, token)) }
    }

    func removeAll() { all.removeAll() }

    /// The token in `text`, if the whole of it is one.
    static func token(in text: [UInt8]) -> JWT? {
        guard JWT.looksLikeToken(text) else { return nil }
        return try? JWT.decode(text)
    }

    /// The token in `text`, if the whole of it is one.
    static func token(in text: String) -> JWT? {
        // Most text has no dot, and is not copied.
        text.utf8.contains(UInt8(ascii: ".")) ? token(in: Array(text.utf8)) : nil
    }

    /// What stands in the place of a token under a secret name.
    static func mask(_ count: Int) -> StyledText {
        var mask = StyledText(SecretPolicy.mask, .masked)
        mask.append("  JWT, \(count) characters; --reveal shows what it says", .faint)
        return mask
    }

    /// `access_token  of alice, until 2026-11-23T06:18:27.000Z`
    static func line(_ path: String, _ token: JWT) -> StyledText {
        var text = StyledText(path, .name)
        if token.isEncrypted { text.append("  encrypted") }
        let members = token.claimMembers
        if let subject = members.last(where: { $0.name == JSONString("sub") }), let name = subject.value.string {
            text.append("  of ")
            text.append(bytes: name.bytes)
        }
        if let end = members.last(where: { $0.name == JSONString("exp") })?.date?.text { text.append("  until \(end)") }
        return text
    }
}
