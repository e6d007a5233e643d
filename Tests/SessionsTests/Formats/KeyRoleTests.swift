import Testing

@testable import Sessions

/// What the name of a key says (session-formats, ch. 0, 5.2, 6.1 and 8).
struct KeyRoleTests {
    private func role(_ key: String) -> String {
        let bytes = Array(key.utf8)
        switch SessionFormats.role(ofKey: bytes) {
        case .session(let id, let namespace):
            return String(decoding: bytes[namespace], as: UTF8.self) + "|" + String(decoding: bytes[id], as: UTF8.self)
        case .auxiliary(let kind): return kind
        case .undecided: return "?"
        }
    }

    private static let servletIndex =
        ":index:org.springframework.session.FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME:"

    @Test(
        arguments: [
            ("spring:session:sessions:33fdd1b6", "spring:session|33fdd1b6"),
            // Namespace `shop` in version 1, then in 2; then one with colons of its own.
            ("spring:session:shop:sessions:id", "spring:session:shop|id"), ("shop:sessions:id", "shop|id"),
            ("a:b::c:sessions:id", "a:b::c|id"), ("{tag}:sessions:id", "{tag}|id"),
            // Ids of one's own making.
            ("shop:sessions:a:b:c", "shop|a:b:c"), ("shop:sessions:id.route", "shop|id.route"),
            ("shop:sessions:日本", "shop|日本"), ("shop:sessions:expired:x", "shop|expired:x"),
            ("shop:sessions:indexed", "shop|indexed"), ("shop:sessions:expirations:x", "shop|expirations:x"),
            ("sessions:sessions:sessions", "sessions|sessions"),
        ])
    func findsSessions(_ key: String, _ expected: String) { #expect(role(key) == expected) }

    @Test(
        arguments: [
            ("spring:session:sessions:expires:33fdd1b6", "shadow key"), ("a:b:sessions:expires:x:y", "shadow key"),
            ("spring:session:expirations:1795413540000", "expirations"), ("a:b:expirations:0", "expirations"),
            ("spring:session:sessions:expirations", "expirations"),
            ("spring:session\(servletIndex)alice", "principal index"),
            ("shop\(servletIndex)a:sessions:b", "principal index"), ("shop\(servletIndex)", "principal index"),
            ("shop:sessions:index:PRINCIPAL_NAME_INDEX_NAME:alice", "principal index"),
            ("shop:sessions:index:PRINCIPAL_NAME_INDEX_NAME:a:sessions:b", "principal index"),
            ("shop:sessions:33fdd1b6:idx", "session index"),
        ])
    func findsKeysBesideSessions(_ key: String, _ expected: String) { #expect(role(key) == expected) }

    @Test(
        arguments: [
            "", ":", "sessions:x", ":sessions:x", "shop:sessions:", "shop:sessions", "shop:session:x", "shopsessions:x",
            "0123456789ABCDEF0123456789ABCDEF", "cache:page:/index", "queue:expirations:soon", "shop:expirations:",
            "spring:session:event:created:x", ":sessions:expires",
        ])
    func leavesOtherNamesUndecided(_ key: String) { #expect(role(key) == "?") }

    @Test func keysAreBytes() {
        let key = [0xFF, 0x00] + Array(":sessions:".utf8) + [0xC0, 0x80]
        #expect(SessionFormats.role(ofKey: key) == .session(id: 12..<14, namespace: 0..<2))
    }

    @Test func theShadowKeyStandsBesideItsSession() {
        let key = Array("a:b:sessions:x:y".utf8)
        #expect(SpringFormat.shadowKey(ofKey: key) == Array("a:b:sessions:expires:x:y".utf8))
        #expect(SpringFormat.shadowKey(ofKey: Array("a:b:sessions:expires:x".utf8)) == nil)
        #expect(SpringFormat.key(namespace: Array("a:b".utf8), id: Array("x:y".utf8)) == key)
    }
}
