import TestSupport
import Testing

@testable import Configuration

/// What profiles may say, and what is refused with its line.
struct ProfileReadingTests {
    private func profiles(_ text: String) throws -> [Profile] {
        try ProfileReading(Array(text.utf8), of: "/c.toml").profiles()
    }

    @Test func everyKeyIsRead() throws {
        let text = """
            [profiles.shop]
            url = "redis://redis.example.org/1"
            host = "h"
            port = 7000
            socket = "/run/redis.sock"
            db = 2
            user = "operator"
            password-file = "shop.password"
            connect-timeout = 2
            timeout = 0.5
            namespace = ["a", "b"]
            max-inactive-interval = 1800
            jwt-keys = "deny=revoked:{jti}"
            production = true
            read-only = false
            [profiles."b.2"]
            password-env = "PW"
            """
        let all = try profiles(text)
        #expect(all.map(\.name) == ["shop", "b.2"] && all.map(\.line) == [1, 16])
        let shop = all[0]
        #expect(shop.url == "redis://redis.example.org/1" && shop.host == "h" && shop.port == 7000)
        #expect(shop.socket == "/run/redis.sock" && shop.database == 2 && shop.user == "operator")
        #expect(shop.password == .file("shop.password") && all[1].password == .variable("PW"))
        #expect(shop.connectTimeout == 2 && shop.timeout == 0.5 && shop.namespaces == ["a", "b"])
        #expect(shop.maxInactiveInterval == 1800 && shop.jwtKeys == ["deny=revoked:{jti}"])
        #expect(shop.isProduction && !shop.isReadOnly && !all[1].isProduction)
        #expect(shop.lines[.production] == 14 && shop.lines.count == ProfileKey.allCases.count - 1)
    }

    @Test(
        arguments: [
            ("[profile.shop]\n", 1, "there is no key 'profile'"), ("pager = false\n", 1, "there is no key 'pager'"),
            ("profiles = 1\n", 1, "'profiles' is no table"), ("[profiles]\nshop = 1\n", 2, "'shop' is no table"),
            ("[profiles.'a b']\n", 1, "a profile's name"), ("[profiles.'']\n", 1, "a profile's name"),
            ("[profiles.x]\n\nprodution = true\n", 3, "there is no key 'prodution'"),
            ("[profiles.x]\nhost = 1\n", 2, "'host' takes text"), ("[profiles.x]\nhost = ''\n", 2, "'host' takes text"),
            ("[profiles.x]\nport = '1'\n", 2, "'port' takes a number"),
            ("[profiles.x]\nport = 65536\n", 2, "between 1 and 65535"), ("[profiles.x]\ndb = -1\n", 2, "'db' takes"),
            ("[profiles.x]\ntimeout = 0\n", 2, "above 0"), ("[profiles.x]\ntimeout = nan\n", 2, "above 0"),
            ("[profiles.x]\ntimeout = '3s'\n", 2, "a number of seconds"),
            ("[profiles.x]\nmax-inactive-interval = 1.5\n", 2, "a whole number"),
            ("[profiles.x]\nproduction = 'yes'\n", 2, "'production' is true or false"),
            ("[profiles.x]\nread-only = 1\n", 2, "'read-only' is true or false"),
            ("[profiles.x]\nnamespace = ['a', 1]\n", 2, "'namespace' takes texts"),
            ("[profiles.x]\nnamespace = 2026-01-01\n", 2, "'namespace' takes text"),
            ("[profiles.x]\nhost = { a = 1 }\n", 2, "'host' takes text"),
            ("[profiles.x]\npassword-env = 'A'\npassword-file = 'b'\n", 3, "contradict each other"),
            ("[profiles.x]\n[profiles.x]\n", 2, "this is no TOML"), ("[profiles.x]\nhost = \n", 2, "this is no TOML"),
        ])
    func whatIsWrongIsToldWithItsLine(_ text: String, _ line: Int, _ words: String) {
        #expect {
            try profiles(text)
        } throws: { error in
            guard let error = error as? ConfigurationError else { return false }
            return error.path == "/c.toml" && error.line == line && error.message.contains(words)
        }
    }

    /// A password that somebody writes all the same is not repeated.
    @Test(
        arguments: [
            "password = 'S3cret'", "pass = 'S3cret'", "password = S3cret", "password = trueS3cret", "auth = tS3cret",
            "password-file = S3cret", "S3cret",
        ])
    func noPasswordIsRepeated(_ line: String) {
        #expect {
            try profiles("[profiles.x]\n\(line)\n")
        } throws: { error in
            guard let error = error as? ConfigurationError else { return false }
            return error.line == 2 && !"\(error.message)\(error.advice ?? "")".contains("3cret")
        }
    }

    @Test func anUnknownKeyIsToldWithThoseThatThereAre() {
        #expect {
            try profiles("[profiles.x]\nreadonly = true\n")
        } throws: { error in
            (error as? ConfigurationError)?.unknown
                == .init(word: "readonly", known: ProfileKey.allCases.map { $0.rawValue })
        }
    }

    @Test func theManualTellsEveryKeyAndItsExampleIsRead() throws {
        let manual = try String(decoding: Fixtures.bytes("../../docs/profiles.md"), as: UTF8.self)
        for key in ProfileKey.allCases { #expect(manual.contains("`\(key.rawValue)`"), "\(key)") }
        let parts = manual.split(separator: "```")
        let example = try #require(parts.first { $0.hasPrefix("toml\n") })
        let names = try profiles(String(example.dropFirst(5))).map(\.name)
        #expect(names == ["shop", "shop-replica", "local"])
    }
}
