import Testing

@testable import Commands

/// Stores named by a URL.
struct StoreURLTests {
    @Test func readsEveryPartOfAServer() throws {
        let url = try StoreURL("redis://us%40er:p%3Aa%2Fss@redis.example.org:6380/5?timeout=0.5")
        #expect(url.user == "us@er" && url.password == "p:a/ss")
        #expect(url.host == "redis.example.org" && url.port == 6380 && url.database == 5 && url.timeout == 0.5)
        #expect(url.socket == nil)
    }

    @Test(
        arguments: [
            ("redis://h", "h", nil, nil), ("redis://h/", "h", nil, nil), ("redis://h:1", "h", 1, nil),
            ("redis://h/3", "h", nil, 3), ("redis://[::1]", "::1", nil, nil),
            ("redis://[fe80::2]:7/1", "fe80::2", 7, 1),
            ("redis://", nil, nil, nil), ("redis:///2", nil, nil, 2), ("redis://h?db=4", "h", nil, 4),
        ] as [(String, String?, Int?, Int?)])
    func readsAddresses(_ text: String, _ host: String?, _ port: Int?, _ database: Int?) throws {
        let url = try StoreURL(text)
        #expect(url.host == host && url.port == port && url.database == database)
        #expect(url.user == nil && url.password == nil)
    }

    @Test(
        arguments: [
            ("redis://:pw@h", nil, "pw"), ("redis://user:@h", "user", ""), ("redis://user@h", "user", nil),
            ("redis://u:p@ss@h", "u", "p@ss"), ("redis://u:a:b@h", "u", "a:b"),
        ] as [(String, String?, String?)])
    func readsUserAndPassword(_ text: String, _ user: String?, _ password: String?) throws {
        let url = try StoreURL(text)
        #expect(url.user == user && url.password == password && url.host == "h")
    }

    @Test func readsSockets() throws {
        let url = try StoreURL("unix:///run/redis%20one.sock?db=2&timeout=9")
        #expect(url.socket == "/run/redis one.sock" && url.database == 2 && url.timeout == 9 && url.host == nil)
    }

    @Test(
        arguments: [
            ("unix://ann:p%40ss@/run/a@b.sock?db=2", "ann", "p@ss", "unix://ann@/run/a@b.sock?db=2"),
            ("unix://:pass@/run/a@b.sock", nil, "pass", "unix:///run/a@b.sock"),
            ("unix://ann@/run/a:b@c.sock", "ann", nil, "unix://ann@/run/a:b@c.sock"),
            ("unix:///run/a:b@c.sock", nil, nil, "unix:///run/a:b@c.sock"),
        ] as [(String, String?, String?, String)])
    func readsUserAndPasswordAtSockets(_ text: String, _ user: String?, _ password: String?, _ told: String) throws {
        let url = try StoreURL(text)
        #expect(url.user == user && url.password == password && url.socket?.hasPrefix("/run/a") == true)
        #expect(url.socket?.hasSuffix(".sock") == true && StoreURL.withoutPassword(of: text) == told)
    }

    @Test(
        arguments: [
            ("localhost:6379", "is no store"), ("", "is no store"), ("http://h", "unknown scheme 'http://'"),
            ("rediss://h", "unknown scheme"), ("unix://run/redis.sock", "starts with a slash"), ("unix://", "slash"),
            ("redis://h:port", "no valid port"), ("redis://h:", "no valid port"), ("redis://[::1", "not closed"),
            ("redis://h/zero", "no database number"), ("redis://h?db=x", "no database number"),
            ("redis://h?timeout=soon", "no number of seconds"), ("redis://h?namespace=a&color=1", "unknown part"),
            ("redis://h%2", "%25"), ("redis://%zz@h", "%25"),
        ])
    func refusesWhatItDoesNotUnderstand(_ text: String, _ words: String) {
        #expect {
            try StoreURL(text)
        } throws: { error in
            guard let failure = error as? Failure else { return false }
            return failure.status == .usage && failure.message.contains(words)
        }
    }
}
