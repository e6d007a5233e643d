import Testing

@testable import SessionStorage

struct CookieValueTests {
    private func ids(_ value: String) -> [String] {
        CookieValue.ids(in: value).map { String(decoding: $0, as: UTF8.self) }
    }

    /// Spring's cookie is Base64; `=` may be URL-encoded on the way, or lost.
    @Test(arguments: ["bm9ybWFsLWlkLTE=", "bm9ybWFsLWlkLTE%3D", "bm9ybWFsLWlkLTE", "SESSION=bm9ybWFsLWlkLTE"])
    func paddingMayBeLost(_ value: String) {
        #expect(ids(value).contains("normal-id-1"))
    }

    @Test func whatIsNoTextWasNoBase64() {
        #expect(ids("0123456789ABCDEF0123456789ABCDEF") == ["0123456789ABCDEF0123456789ABCDEF"])
        #expect(ids("abcde") == ["abcde"])
    }

    /// Route and node are tried off, the plainest reading comes first.
    @Test func routesAndNodesAreTakenOff() {
        #expect(ids("0123456789ABCDEF.tomcat1") == ["0123456789ABCDEF.tomcat1", "0123456789ABCDEF"])
        #expect(ids("0123456789ABCDEF-n1.t1").contains("0123456789ABCDEF.t1"))
    }
}
