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

    private static let id = "0123456789ABCDEF0123456789ABCDEF"

    /// Keys of the other formats (session-formats, ch. 10 to 13).
    @Test(
        arguments: [
            ("redisson:tomcat_session:\(id).node1", "|\(id).node1"),
            ("shop:redisson:tomcat_session:\(id)", "shop|\(id)"),
            ("a:b:redisson:tomcat_session:x:y", "a:b|x:y"), ("redisson_tomcat_session:\(id)", "|\(id)"),
            ("redisson:tomcat_session:redisson:tomcat_sso", "single sign-on"),
            ("shop:redisson:tomcat_session:redisson:tomcat_sso", "single sign-on"),
            ("redisson:tomcat_notified_nodes:\(id)", "notified nodes"), ("redisson:tomcat_session:", "?"),
            ("xredisson:tomcat_session:\(id)", "?"), ("spring:session:33fdd1b6", "spring:session|33fdd1b6"),
            ("spring:session:", "?"), ("spring:session:created:event:x", "?"), ("my:spring:session:x", "?"),
            ("com.amadeus.session::shop:{33fdd1b6}", "shop|33fdd1b6"), ("com.amadeus.session::a:b:{x}", "a:b|x"),
            ("com.amadeus.session:expire::shop:{33fdd1b6}", "shadow key"),
            ("com.amadeus.session:all-sessions-set:shop", "session ids"),
            ("com.amadeus.session::shop:expirations:1700001840000", "expirations"),
            ("com.amadeus.session::shop:{}", "?"), ("com.amadeus.session::", "?"), ("com.amadeus.session::shop", "?"),
            ("sessions", "session ids"), ("tomcat:sessions", "session ids"), ("mysessions", "?"),
            ("tomcat:session:\(id)", "?"), ("_rsm_\(id)", "?"), ("\(id).r1.r1", "?"),
            ("validity:\(id)", "validity"), ("validity:static:x_\(id).n_1", "validity"), ("validity:x", "?"),
            ("validity:www.example.org_\(id).node1", "validity"),
            ("lock:\(id).node1", "lock"), ("lock:order:17", "?"), ("lock:", "?"),
            ("session:\(id):creation_time", "?"), ("session:\(id):last_access_time", "time"),
            ("session:\(id):expire_at", "time"), ("session:\(id).n1:timeout", "time"),
            ("session:\(id):attrs", "attribute names"), ("session:\(id):attrs:a:b", "attribute"),
            ("session:17:attrs", "?"), ("session:\(id)", "?"), ("shiro:session:33fdd1b6", "?"),
            ("shiro:cache:realm:alice", "cache"), ("access:33fdd1b6", "?"), ("refresh:33fdd1b6", "?"),
            ("auth_to_access:21d4", "access token by authentication"),
            ("uname_to_access_z:client:alice", "access tokens by user"), ("refresh_to_access:x", "refresh token"),
        ])
    func tellsKeysOfOtherFormats(_ key: String, _ expected: String) { #expect(role(key) == expected) }

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
