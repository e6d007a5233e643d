import Testing

@testable import Sessions

struct JWTKeyTemplateTests {
    private func match(_ key: String, _ settings: String...) throws -> String? {
        let templates = try JWTKeyTemplates(settings: settings)
        guard let match = templates.match(Array(key.utf8)) else { return nil }
        let values = match.values.map { "\($0.key.rawValue)=\(String(decoding: $0.value, as: UTF8.self))" }.sorted()
        return ([match.purpose.rawValue] + values).joined(separator: " ")
    }

    @Test(
        arguments: [
            ("jwt:allow:alice:j1", "allow jti=j1 sub=alice"), ("jwt:allow:ldap:böb:j1", "allow jti=j1 sub=ldap:böb"),
            ("jwt:allow:a:b:c:d", "allow jti=d sub=a:b:c"), ("session:s:1", "allow sid=s:1"),
            ("jwt:deny:j", "deny jti=j"),
            ("blacklist:a:b", "deny jti=a:b"), ("blocklist:ab12", "deny hash=ab12"),
            ("jwt:cutoff:a:b", "cutoff sub=a:b"),
            ("user:ver:x", "version sub=x"), ("refresh:fam:f", "family family=f"), ("refresh:f00", "refresh hash=f00"),
            ("user:tokens:ldap:x", "index sub=ldap:x"),
        ])
    func usualNamesAreTold(_ key: String, _ expected: String) throws {
        #expect(try match(key) == expected)
    }

    /// Names of other systems, and names that lack a value.
    @Test(
        arguments: [
            "", "jwt:allow:alice", "jwt:allow:alice:", "jwt:allow::j", "jwt:deny:", "session:",
            "spring:session:sessions:1",
            "refresh:a:b", "blocklist:not a digest", "blocklist:ab:cd", "refresh_auth:x", "sessions", "x:jwt:deny:j",
            "8d3c0a8e-55f4-4c9a-8a0b-0c51b6e3a001",
        ])
    func otherNamesFitNone(_ key: String) throws {
        #expect(try match(key) == nil)
    }

    @Test(
        arguments: [
            ("allow={sid}/{sub}/jwt", "s1/a/b/jwt", "allow sid=s1 sub=a/b"),
            ("allow=t:{sub}:{sid}:{jti}", "t:a:b:s:j", "allow jti=j sid=s sub=a:b"),
            ("allow=t:{jti}-{sid}", "t:a-b-c", "allow jti=a sid=b-c"), ("deny=no:{jti}:x", "no:a:x:x", "deny jti=a:x"),
            ("deny=jwt:{{{sub}}}:{jti}", "jwt:{alice}:j", "deny jti=j sub=alice"),
            ("cutoff=ü{sub}ü", "üaü", "cutoff sub=a"),
        ])
    func namesOfOnesOwnAreTold(_ setting: String, _ key: String, _ expected: String) throws {
        #expect(try match(key, setting) == expected)
    }

    @Test func aTemplatePutsTheUsualOnesOutOfForce() throws {
        #expect(try match("jwt:deny:j", "deny=no:{jti}") == nil)
        #expect(try match("no:j", "deny=no:{jti}", "deny=nope:{jti}") == "deny jti=j")
        #expect(try match("nope:j", "deny=no:{jti}", "deny=nope:{jti}") == "deny jti=j")
        // As long as the usual `refresh:{hash}`: the user's counts.
        #expect(try match("refresh:f00", "allow=refresh:{jti}") == "allow jti=f00")
        #expect(try match("jwt:deny:j", "deny=") == nil && match("jwt:cutoff:a", "deny=") == "cutoff sub=a")
    }

    /// A template of no text is there to be asked for a token; no key is taken for one by it.
    @Test func theBareIdIsFoundOnlyOfATokenThatIsKnown() throws {
        #expect(try match("8d3c0a8e", "deny={jti}") == nil)
        let templates = try JWTKeyTemplates(settings: ["deny={jti}", "deny=h:{hash}"])
        let keys = templates.keys(for: .deny, [.jti: [1]], hashes: [[2], [3]])
        #expect(Set(keys) == [[1], Array("h:".utf8) + [2], Array("h:".utf8) + [3]])
    }

    @Test(
        arguments: [
            ("", "'' is not PURPOSE=TEMPLATE; the purposes are allow deny cutoff version refresh family index"),
            ("deny", "'deny' is not PURPOSE=TEMPLATE"), ("denied=x:{jti}", "'denied=x:{jti}' is not PURPOSE=TEMPLATE"),
            ("deny=x:{id}", "{id} is no placeholder; they are {sub} {jti} {sid} {hash} {family}"),
            ("deny=x", "a template for deny has {jti} or {hash} or {sid}"),
            ("cutoff=x:{jti}", "{jti} means nothing in keys for cutoff; there they have {sub}"),
            ("allow={jti}", "every key would fit it"), ("allow=x{sub}{jti}", "{jti} needs text between it"),
            ("deny=x:{jti}:{jti}", "{jti} stands there twice"), ("deny=x:{jti", "a { is not closed"),
            ("deny=x:}{jti}", "a } closes nothing"),
        ])
    func whatIsWrongIsSaid(_ setting: String, _ words: String) {
        do {
            _ = try JWTKeyTemplates(settings: [setting])
            Issue.record("\(setting) is taken")
        } catch {
            #expect("\(error)".contains(words), "\(error)")
        }
    }

    @Test func patternsOfScanFindWhatFits() throws {
        let template = try JWTKeyTemplate("a*[b]:{jti}?", for: .deny)
        #expect(template.pattern == Array(#"a\*\[b\]:*\?"#.utf8))
    }

    /// Long keys of nothing but separators cost one pass.
    @Test(.timeLimit(.minutes(1))) func hostileKeysAreToldInOnePass() throws {
        let key = Array("t:".utf8) + [UInt8](repeating: UInt8(ascii: ":"), count: 1 << 20)
        let templates = try JWTKeyTemplates(settings: ["allow=t:{sid}:{sub}:{jti}:x"])
        for _ in 0..<20 { #expect(templates.match(key) == nil) }
    }
}
