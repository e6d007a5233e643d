import Sessions
import TestSupport
import Testing

@testable import Commands
@testable import Terminal

/// Allow-lists, deny-lists, refresh tokens and the other keys beside tokens, on a RedisServer of its own.
@Suite struct TokenKeysIntegrationTests {
    private static let store = FixtureStore("java-programs/jwt-keys")

    private func server(_ load: Bool = true) throws -> RedisServer {
        let server = try RedisServer()
        if load { try server.load(Self.store) }
        return server
    }

    /// The rows of a command that writes JSON, by one of their members.
    private func rows(_ arguments: [String], by name: String, on server: RedisServer) throws -> [String: TestJSON] {
        let run = CommandRun(arguments + ["-o", "json"], on: server)
        #expect(run.status == .done, "\(run.err)")
        let items = try TestJSON(reading: run.outBytes).requiredItems()
        return Dictionary(try items.map { (try $0.required(name).requiredString(), $0) }) { $1 }
    }

    private func codes(_ row: TestJSON) throws -> [String] {
        try row.required("findings").requiredItems().map { try $0.required("code").requiredString() }
    }

    // MARK: The fixture, entry by entry

    private static let kinds = [
        "allow": "allow-list", "allow-hash": "allow-list", "refresh": "refresh-token", "refresh-hash": "refresh-token",
    ]
    private static let purposes = [
        "deny": ("deny", "deny-list"), "cutoff": ("cutoff", "cut-off"), "version": ("version", "token version"),
        "family": ("family", "refresh family"), "index": ("index", "token index"),
    ]

    @Test func everySessionIsWhatItsWriterSays() throws {
        let server = try server()
        defer { server.stop() }
        let fields = "id,format,variant,key,principal,created,expires,ttl,finding,attributes"
        let found = try rows(["list", "--fields", fields, "--reveal"], by: "key", on: server)
        var compared = 0
        for entry in try Self.store.expectedSessions() {
            let label = try entry.required("label").requiredString()
            let key = try entry.required("key").requiredString()
            guard label == "token" || Self.kinds[label] != nil else {
                #expect(found[key] == nil, "\(key)")
                continue
            }
            compared += 1
            let session = try #require(found[key], "\(key)")
            #expect(session["format"]?.string == "jwt" && session["variant"]?.string == Self.kinds[label])
            try compare(session, entry, label)
        }
        #expect(compared == 7 && found.count == 7)
    }

    private func compare(_ session: TestJSON, _ entry: TestJSON, _ label: String) throws {
        let key = try entry.required("key").requiredString()
        let token = entry["token"]?["claims"]
        // The id is what the key names: a jti, a sid or a hash; of a value that happens to be a token the key itself.
        let named = label == "token" ? key : key.split(separator: ":").last.map { String($0) }
        #expect(session["id"]?.string == named)
        #expect(session["principal"]?.string == token?["sub"]?.string ?? "alice")
        let value = entry["value"]?.string ?? ""
        #expect(session["createdAt"]?.string == created(label, value), "\(key)")
        let life = try entry.required("seconds").requiredInteger() * 1000
        let left = try session.required("ttlMilliseconds").requiredInteger()
        #expect(left <= life && left > life - 120_000)
        let attributes = try session.required("attributes")
        if let compact = entry["token"]?["compact"]?.string, value == compact {
            #expect(attributes["token"]?["claims"]?["jti"]?.string == token?["jti"]?.string)
            #expect(attributes["token"]?["signature"]?["checked"]?.bool == false)
        } else if value == "1" {
            #expect(attributes["value"] != nil)
        } else if value.hasPrefix("{") {
            for (name, member) in try TestJSON(reading: Array(value.utf8)).members ?? [] {
                let held = attributes[name]
                #expect(held?.string == member.string && held?.number == member.number, "\(key)")
            }
        } else {
            #expect(attributes["sub"]?.string == "alice" && attributes["exp"] != nil)
        }
    }

    /// All was issued at 1700000000, the second refresh token five minutes later; an entry without fields does not say when.
    private func created(_ label: String, _ value: String) -> String? {
        if value == "1" { return nil }
        return label == "refresh-hash" ? "2023-11-14T22:18:20.000Z" : "2023-11-14T22:13:20.000Z"
    }

    /// Every other key is listed under its purpose, with what is wrong with it.
    @Test func everyOtherKeyIsListedByItsPurpose() throws {
        let server = try server()
        defer { server.stop() }
        var listed = 0
        for (label, (purpose, role)) in Self.purposes {
            let expected = try Self.store.expectedSessions().filter { $0["label"]?.string == label }
            let found = try rows(["keys", "--purpose", purpose], by: "key", on: server)
            for entry in expected {
                let key = try entry.required("key").requiredString()
                // The bare id is nobody's by its name alone.
                guard key.contains(":") else {
                    #expect(found[key] == nil)
                    continue
                }
                let row = try #require(found[key], "\(key)")
                listed += 1
                #expect(row["role"]?.string == role)
                let isForever = try entry.required("seconds").requiredInteger() == 0
                #expect((row["ttlMilliseconds"]?.integer == -1) == isForever, "\(key)")
                let codes = try codes(row)
                switch key {
                case "jwt:deny:jti-forever": #expect(codes == ["jti-forever"])
                case "user:tokens:alice": #expect(codes == ["stale-index"])
                default: #expect(codes == [], "\(key)")
                }
            }
            #expect(found.count == expected.count - (label == "deny" ? 1 : 0), "\(label)")
        }
        #expect(listed == 11)
    }

    @Test func theClosingLineNamesTheOtherKeys() throws {
        let server = try server()
        defer { server.stop() }
        let run = CommandRun("list --no-pager", on: server, screen: TerminalSize(rows: 100, columns: 100))
        let line =
            "7 sessions; keys that hold none: 2 cut-off, 4 deny-list, 2 refresh family, 2 token index, 1 token version, 1 other"
        #expect(run.err.hasSuffix("sessionctl: \(line)\n"), "\(run.err)")
        #expect(CommandRun("count", on: server).out == "7\n")
        #expect(CommandRun("count --by variant", on: server).out == "allow-list\t4\nrefresh-token\t2\n\t1\n")
        #expect(
            CommandRun("users --fields principal,sessions --sort principal", on: server).out
                == "alice\t6\nldap:böb\t1\n")
    }

    /// What the keys say of each token of the fixture, whether there is a session of it or not.
    @Test(
        arguments: [
            ("jti-gone", ["jwt:deny:jti-gone": ["denied"]]), ("jti-gone-2", ["blacklist:jti-gone-2": ["denied"]]),
            ("jti-forever", ["jwt:deny:jti-forever": ["denied", "jti-forever"]]),
            ("8d3c0a8e-55f4-4c9a-8a0b-0c51b6e3a001", ["8d3c0a8e-55f4-4c9a-8a0b-0c51b6e3a001": ["denied"]]),
            (
                "jti-gone-3",
                [
                    "blocklist:20c67281235c5e2175baa323c94061a7efce2088acc069741a5dc25a8793f9d6": ["denied"]
                ]
            ),
            ("jti-bob-1", ["jwt:cutoff:ldap:böb": ["before-cutoff"], "user:tokens:ldap:böb": []]),
            ("jti-alice-1", ["user:ver:alice": [], "jwt:cutoff:alice": [], "session:sid-alice": []]),
        ])
    func theKeysOfATokenSayWhetherItIsRevoked(_ id: String, _ expected: [String: [String]]) throws {
        let server = try server()
        defer { server.stop() }
        let entry = try #require(try Self.store.expectedSessions().first { $0["id"]?.string == id })
        let compact = try #require(entry["token"]?["compact"]?.string)
        let usual = ["deny=jwt:deny:{jti}", "deny=blacklist:{jti}", "deny=blocklist:{hash}", "deny={jti}"]
        let options = usual.flatMap { ["--jwt-keys", $0] }
        let found = try rows(["keys", compact] + options, by: "key", on: server)
        for (key, codes) in expected { #expect(try self.codes(try #require(found[key], "\(key)")) == codes) }
        let revoking = try found.filter { try self.codes($0.value).contains("denied") }.map(\.key)
        #expect(revoking == expected.filter { $0.value.contains("denied") }.map(\.key))
    }

    @Test func theIdOfARevokedTokenIsNoSessionAndHasKeys() throws {
        let server = try server()
        defer { server.stop() }
        let show = CommandRun("show jti-gone", on: server)
        #expect(show.status == .notFound && show.err.contains("'jwt:deny:jti-gone' denies a token of this name"))
        #expect(CommandRun("keys jti-gone", on: server).out.hasSuffix("\tdenied\tjwt:deny:jti-gone\n"))
        #expect(CommandRun("keys family-2", on: server).out.hasSuffix("\tthere\trefresh:fam:family-2\n"))
        #expect(CommandRun("keys nothing-here", on: server).status == .notFound)
        let key = CommandRun("show key:jwt:cutoff:alice", on: server)
        #expect(key.status == .notFound && key.err.contains("(cut-off) holds no session"))
    }

    @Test func refreshTokensOfAFamilyAreToldApart() throws {
        let server = try server()
        defer { server.stop() }
        let used = CommandRun(["list", "--where", "finding = refresh-used", "--fields", "id"], on: server)
        #expect(used.out == "577f7b586cd0ed9d2ebb4970a98080500ce92a160023e6075ca03f147c980ab1\n")
        #expect(CommandRun("get 577f7b586cd0 family", on: server).out == "family-1\n")
        let keys = CommandRun("keys b4c17d389d09", on: server)
        #expect(keys.out.contains("\tthere\trefresh:fam:family-1\n"), "\(keys.out)")
        try server.command("SADD", "refresh:fam:family-1", "revoked")
        let revoked = CommandRun(["count", "--where", "finding = family-revoked"], on: server)
        #expect(revoked.out == "2\n", "\(revoked.err)")
        try server.command("DEL", "refresh:fam:family-1")
        try server.command("HSET", "refresh:fam:family-1", "state", "REVOKED", "x", "y")
        #expect(CommandRun(["count", "--where", "finding = family-revoked"], on: server).out == "2\n")
    }

    @Test func thereIsNoCookieForWhatIsNoToken() throws {
        let server = try server()
        defer { server.stop() }
        for (name, words) in [
            ("jti-alice-1", "is on an allow-list, and the store does not have the token"),
            ("577f7b586cd0", "is a refresh token, and the store does not have the token"),
            ("jti-alice-2", "get key:jwt:allow:alice:jti-alice-2 token --reveal shows it"),
        ] {
            let run = CommandRun("cookie \(name)", on: server)
            #expect(run.status == .usage && run.out.isEmpty && run.err.contains(words), "\(run.err)")
        }
    }

    // MARK: Other names

    /// The same store under names of another application.
    @Test func templatesOfOnesOwnFindTheSame() throws {
        let server = try server()
        defer { server.stop() }
        let renamed = [
            "jwt:allow:alice:jti-alice-1": "app/tokens/jti-alice-1/of/alice",
            "jwt:deny:jti-gone": "no-jti-alice-1-more",
            "jwt:cutoff:ldap:böb": "since{ldap:böb}", "user:tokens:alice": "list<alice>",
            "session:sid-alice": "s.sid-alice",
            "jwt:allow:ldap:böb:jti-bob-1": "app/tokens/jti-bob-1/of/ldap:böb",
        ]
        for (old, new) in renamed { try server.command("RENAME", old, new) }
        try server.command("SET", "app/tokens/jti-bob-1/of/ldap:böb", #"{"iat":1700000000}"#)
        let options = [
            "allow=app/tokens/{jti}/of/{sub}", "allow=s.{sid}", "deny=no-{jti}-more", "cutoff=since{{{sub}}}",
            "index=list<{sub}>", "version=",
        ].flatMap { ["--jwt-keys", $0] }
        let found = try rows(
            ["list", "--fields", "id,key,variant,principal,finding"] + options, by: "id", on: server)
        #expect(found["jti-alice-1"]?["principal"]?.string == "alice" && found["sid-alice"]?["variant"] != nil)
        let alice = try codes(try #require(found["jti-alice-1"]))
        #expect(alice == ["denied", "stale-index"])
        #expect(try codes(try #require(found["jti-bob-1"])).contains("before-cutoff"))
        let keys = CommandRun(["keys", "jti-alice-1"] + options, on: server)
        #expect(keys.out.contains("\tdenied\tno-jti-alice-1-more\n") && !keys.out.contains("user:ver"), "\(keys.out)")
        // The usual names of these purposes are out of force.
        #expect(found["jti-alice-2"]?["key"]?.string == nil)
        #expect(CommandRun(["keys", "--purpose", "deny"] + options, on: server).out.contains("jti-forever") == false)
    }

    @Test(
        arguments: [
            ("deny={id}", "{id} is no placeholder; they are {sub} {jti} {sid} {hash} {family}"),
            ("denied=x{jti}", "the purposes are allow deny cutoff version refresh family index"),
            ("deny", "'deny' is not PURPOSE=TEMPLATE"),
        ])
    func aBadTemplateIsRefusedWithWhatThereIs(_ setting: String, _ words: String) {
        let run = CommandRun(["list", "--jwt-keys", setting])
        #expect(run.status == .usage && run.err.contains(words) && run.err.contains("--jwt-keys"), "\(run.err)")
        #expect(run.err.contains("help jwt-keys"))
    }

    /// The shell's own names hold for its lines, unless a line says others.
    @Test func theShellKeepsItsTemplates() throws {
        let server = try server()
        defer { server.stop() }
        try server.command("SET", "no-jti-alice-1", "1")
        let list = "list --where 'finding = denied' --fields id"
        let lines = [list, list + " --jwt-keys deny=", "use jti-alice-1", "keys -o raw"].joined(separator: "\n") + "\n"
        let run = try BuiltProgram.run(
            ["shell", "-s", server.socketPath, "--jwt-keys", "deny=no-{jti}"], input: lines)
        let rows = run.output.split(separator: "\n").map(String.init)
        #expect(run.status == 0 && Set(rows.prefix(2)) == ["jti-alice-1", "sid-alice"], "\(run.output)\(run.errors)")
        #expect(rows.dropFirst(2).first == "jwt:allow:alice:jti-alice-1" && rows.contains("no-jti-alice-1"))
    }

    @Test func purposesOfKeysAreThoseWithoutSessions() {
        let run = CommandRun("keys --purpose allow")
        #expect(run.status == .usage && run.err.contains("deny"), "\(run.err)")
        #expect(CommandRun("keys x --purpose deny").err.contains("name no session beside it"))
    }

    /// Names that another format knows stay its own, whatever templates there are.
    @Test func otherFormatsKeepTheirKeys() throws {
        let server = try server(false)
        defer { server.stop() }
        try server.load(FixtureStore("spring-session-3.5.7-indexed"), forever: true)
        for name in ["zinin-tomcat-redis-session", "spring-oauth-token-store", "redisson-spring-session"] {
            try server.load(FixtureStore("java-programs/" + name), forever: true)
        }
        let usual = CommandRun("list --fields key,format,principal,created --sort key", on: server).out
        #expect(!usual.contains("\tjwt\t") && usual.contains("\tzinin\t") && usual.contains("\tspring\t"))
        let greedy = ["allow=spring:{sid}", "refresh=refresh:{hash}", "allow=access:{jti}"].flatMap {
            ["--jwt-keys", $0]
        }
        let run = CommandRun(
            ["list", "--fields", "key,format,principal,created", "--sort", "key"] + greedy, on: server)
        for line in usual.split(separator: "\n") { #expect(run.out.contains(line), "\(line)") }
    }

    // MARK: What is asked of the server

    /// A plain list asks nothing of other keys; findings ask for types, and for what is there.
    @Test func aPlainListAsksForNoOtherKeys() throws {
        let server = try server()
        defer { server.stop() }
        try server.command("CONFIG", "RESETSTAT")
        _ = CommandRun("list", on: server)
        #expect(
            try calls(server).isDisjoint(with: ["type", "sismember", "zscore", "zcount", "exists", "hgetall", "get"]))
        _ = CommandRun("list --fields id,finding", on: server)
        let asked = try calls(server)
        #expect(asked.isSuperset(of: ["type", "zcount", "sismember"]))
        #expect(asked.isDisjoint(with: ["smembers", "get", "zrange", "sscan", "zscan", "mget", "keys"]), "\(asked)")
    }

    private func calls(_ server: RedisServer) throws -> Set<String> {
        guard case .string(let bytes) = try server.command("INFO", "commandstats") else { return [] }
        return Set(
            String(decoding: bytes, as: UTF8.self).split(separator: "\r\n").compactMap { line in
                line.hasPrefix("cmdstat_") ? String(line.dropFirst(8).prefix { $0 != ":" && $0 != "|" }) : nil
            })
    }

    /// A user who may not read the deny-list does not hear that nothing is denied.
    @Test func whatMayNotBeReadIsSaid() throws {
        let server = try server()
        defer { server.stop() }
        try server.command("SET", "jwt:deny:jti-alice-1", "1")
        try server.command(
            "ACL", "SETUSER", "ann", "on", "nopass", "+@all", "%R~jwt:allow:*", "%R~jwt:cutoff:*", "%R~session:*")
        let run = CommandRun("--user ann -a x show jti-alice-1 -o json", on: server)
        #expect(run.out.contains("not-permitted") && run.out.contains("jwt:deny:jti-alice-1"), "\(run.out)\(run.err)")
        #expect(!run.out.contains("\"denied\""))
        let keys = CommandRun("--user ann -a x keys --purpose deny", on: server)
        #expect(keys.status == .partial && keys.out.contains("not-permitted"), "\(keys.out)\(keys.err)")
    }
}
