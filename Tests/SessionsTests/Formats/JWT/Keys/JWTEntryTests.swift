import TestSupport
import Testing

@testable import Sessions

/// What is taken for an entry of an allow-list or a refresh token, and what is left to others.
struct JWTEntryTests {
    private static let now: Int64 = 1_700_000_100_000

    private func session(
        _ key: String, _ content: StoredRecord.Content, _ settings: [String] = [],
        life: TimeToLive = .milliseconds(9000)
    ) throws -> Session? {
        var record = StoredRecord(key: Array(key.utf8), content: content, timeToLive: life)
        record.jwtKeys = try JWTKeyTemplates(settings: settings)
        return SessionFormats.session(from: record, now: Self.now)
    }

    private func hash(_ names: String...) -> StoredRecord.Content {
        .hash(names.map { StoredField(Array($0.utf8), Array("1700000000".utf8)) })
    }

    private func text(_ text: String) -> StoredRecord.Content { .string(Array(text.utf8)) }

    // MARK: Roles

    @Test(arguments: [
        (#""roles":["admin","user"]"#, ["admin", "user"]), (#""role":"ROLE_ADMIN""#, ["ROLE_ADMIN"]),
        (#""scope":"read write""#, ["SCOPE_read", "SCOPE_write"]),
        (#""scp":["a","a"],"groups":[1,"g"]"#, ["g", "SCOPE_a"]),
        (
            #""realm_access":{"roles":["admin","offline_access",1]},"scope":"openid""#,
            ["admin", "offline_access", "SCOPE_openid"]
        ),
        (
            #""realm_access":{"roles":["user"]},"resource_access":{"shop":{"roles":["buyer"]},"account":{"roles":["user","view"]}}"#,
            ["user", "buyer", "view"]
        ),
        (#""resource_access":{"shop":["buyer"],"b":{"roles":"x"},"c":null},"realm_access":"admin""#, []),
        (#""roles":{"a":1}"#, []), (#""name":"x""#, []),
    ])
    func rolesAreThoseOfTheClaims(members: String, roles: [String]) throws {
        let entry = try session("jwt:allow:alice:1", text(#"{"ip":"1","iat":1700000000,"# + members + "}"))
        #expect(try #require(entry).roles == roles)
    }

    // MARK: Common names

    @Test func aCommonNameIsTakenOnlyForAHashThatLooksLikeIt() throws {
        let found = try #require(try session("session:abc", hash("ip", "ua", "iat", "theme")))
        #expect(found.format == "jwt" && found.id == Array("abc".utf8) && found.variant == "allow-list")
        #expect(found.createdAt == 1_700_000_000_000 && found.attributes?.count == 4)
        #expect(try session("session:abc", hash("iat", "theme")) == nil)
        #expect(try session("session:abc", hash("cart", "user")) == nil)
        #expect(try session("session:abc", text(#"{"ip":"1","ua":"2","iat":3}"#)) == nil)
        #expect(try session("session:abc", .other(type: "set")) == nil)
        #expect(try session("refresh:f00", text("alice")) == nil)
        #expect(try session("refresh:f00", text(#"{"name":"alice"}"#)) == nil)
        #expect(try session("refresh:f00", text(#"{"sub":"alice","client":"web"}"#))?.variant == "refresh-token")
    }

    @Test func aNameThatTheUserGaveIsTakenAtItsWord() throws {
        for (key, content) in [("auth:1", hash("cart")), ("auth:2", text("alice")), ("auth:3", text(""))] {
            #expect(try session(key, content, ["allow=auth:{sid}"])?.variant == "allow-list", "\(key)")
        }
        #expect(try session("auth:4", .other(type: "list"), ["allow=auth:{sid}"]) == nil)
    }

    /// Of a large value the beginning is read first: its whole members count.
    @Test func theBeginningOfAnEntryTellsWhatItHolds() throws {
        let value = #"{"sub":"al\"i,ce\\","scope":["a","b"],"iat":1700000000,"client":"we"#
        var record = StoredRecord(key: Array("refresh:f00".utf8), content: text(value), isWhole: false)
        let session = try #require(SessionFormats.session(from: record, now: Self.now))
        #expect(session.principal == #"al"i,ce\"# && session.createdAt == 1_700_000_000_000)
        #expect(session.attributes == nil)
        for length in 0...value.utf8.count {
            record.content = .string(Array(value.utf8.prefix(length)))
            let session = SessionFormats.session(from: record, now: Self.now)
            #expect(
                (session != nil)
                    == (length > value.utf8.count - #","client":"we"#.utf8.count - #","iat":1700000000"#.utf8.count))
        }
    }

    /// Every session of every other format stays what it is, even where a template of the user fits its key.
    @Test func nothingIsTakenFromOtherFormats() throws {
        let names = try Fixtures.names(in: "java-programs").filter { $0 != "README.md" && $0 != "jwt-keys" }
        var compared = 0
        for name in names {
            let fixture = try StoredFixture(FixtureStore("java-programs/" + name), now: Self.now)
            for settings in [[], ["allow=session:{sid}", "refresh=s{hash}"]] {
                for (key, record) in fixture.records {
                    var record = record
                    record.jwtKeys = try JWTKeyTemplates(settings: settings)
                    let session = SessionFormats.session(from: record, now: Self.now)
                    #expect(session?.format == fixture.sessions[key]?.format, "\(name)")
                    compared += 1
                }
            }
        }
        #expect(compared > 500, "\(compared)")
    }

    @Test func aTokenUnderTheNameOfADenyListIsNoSession() throws {
        let token = "eyJhbGciOiJIUzI1NiJ9.eyJqdGkiOiJhIn0.c2ln"
        #expect(try session("jwt:deny:a", text(token)) == nil)
        #expect(try session("user:tokens:alice", text(token))?.variant == nil)
        #expect(try session("user:tokens:alice", text(token))?.id == Array("user:tokens:alice".utf8))
    }

    // MARK: What is wrong with it by itself

    private func codes(_ session: Session?) -> [String] { session?.findings.map(\.code) ?? ["no session"] }

    @Test func anEntryWithoutALifeIsAllowedForEver() throws {
        #expect(codes(try session("jwt:allow:a:j", text("1"), life: .none)) == ["no-expiry"])
        #expect(codes(try session("jwt:allow:a:j", text("1"))) == [])
        #expect(codes(try session("jwt:allow:a:j", text(#"{"exp":1700000099}"#))) == ["expired"])
        #expect(codes(try session("jwt:allow:a:j", text(#"{"exp":1700000101}"#))) == [])
    }

    @Test func anEntryOfAnotherIsFound() throws {
        #expect(codes(try session("jwt:allow:a:j", text(#"{"sub":"b"}"#))) == ["other-token"])
        // {"alg":"HS256"} . {"sub":"a","jti":"k","exp":1800000000}
        let token =
            "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhIiwianRpIjoiayIsImV4cCI6MTgwMDAwMDAwMH0."
            + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
        #expect(codes(try session("jwt:allow:a:j", text(token))) == ["other-token"])
        #expect(codes(try session("jwt:allow:a:k", text(token))) == [])
    }

    /// Names that are no text, and values that are no numbers.
    @Test func oddBytesAreCarried() throws {
        var record = StoredRecord(
            key: Array("jwt:allow:".utf8) + [0xff, 0x1b] + Array(":".utf8) + [0x80],
            content: .hash([
                StoredField([0xfe], [0xff]), StoredField(Array("iat".utf8), Array("soon".utf8)), StoredField([], []),
            ]))
        record.jwtKeys = .standard
        let session = try #require(SessionFormats.session(from: record, now: 0))
        #expect(session.id == [0x80] && session.principal == "\\xff\u{1b}" && session.createdAt == nil)
        #expect(session.attributes?.count == 3)
        #expect(SessionFormats.keyGroup(of: session).contains { $0.key == Array("jwt:cutoff:".utf8) + [0xff, 0x1b] })
    }
}
