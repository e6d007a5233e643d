import Testing

@testable import Sessions

/// The language of `--where`.
struct SessionFilterTests {
    /// 2026-11-23T07:46:40Z.
    private static let now: Int64 = 1_795_420_000_000

    private static var alice: Session {
        var session = Session(
            id: Array("abc".utf8), format: "spring", key: Array("app:sessions:abc".utf8),
            timeToLive: .milliseconds(600_000))
        session.variant = "indexed"
        session.namespace = Array("app".utf8)
        session.principal = "alice"
        session.createdAt = now - 7_200_000
        session.lastAccessedAt = now - 1_200_000
        session.maxInactiveSeconds = 1800
        session.sizeBytes = 2048
        session.findings = [Finding("missing-field", "x"), Finding("opaque", "y")]
        return session
    }

    private static var nobody: Session {
        Session(
            id: Array("zzz".utf8), format: "tomcat", key: Array("zzz".utf8), timeToLive: .none)
    }

    private func matches(_ filter: String, _ session: Session = alice) throws -> Bool {
        try SessionFilter(filter, now: Self.now).matches(session, now: Self.now)
    }

    @Test(
        arguments: [
            "id = abc", "id = 'abc'", "id = \"abc\"", "id != abd", "id < b", "id <= abc", "id > abb", "id >= abc",
            "format = spring", "variant = indexed", "namespace = app", "key = app:sessions:abc", "principal = alice",
            "user = 'alice'", "user == alice", "user in (bob, 'alice')", "user in ('alice')",
            "created = now - 2h", "created < 2026-11-24", "created > 2026-11-23", "created >= 2026-11-23T03:46:40Z",
            "created <= '2026-11-23T06:46:40+01:00'", "created < now", "created > 1795412799",
            "created < 1795412800001",
            "accessed > now - 21m", "accessed > now-21m", "accessed > now -21m", "accessed > now- 21m",
            "created in (now-2h, now)", "not(created > now-1h)", "idle = 20m", "idle > 19m", "idle < 1201s",
            "idle >= 1200000ms", "idle < 1h",
            "idle < 1d", "idle < 1w", "interval = 30m", "interval = 1800", "expires > now", "expires > 2026-01-01",
            "ttl = 10m", "ttl < 11m", "size = 2k", "size = 2048", "size < 1m", "size < 1G", "size >= 2048b",
            "finding = opaque", "finding in (expired, missing-field)", "finding > opa", "user != none", "size != none",
            "not user = bob", "not (user = bob or idle > 1h)", "not not user = alice",
            "user = bob or user = alice and idle > 10m", "user = alice or user = bob and idle > 10h",
            "(user = alice or user = bob) and idle > 10m", "user = alice AND NOT idle > 1h OR id = x",
            "id=abc and(ttl>1s)",
            "created in (now - 2h, now)", "size = 2kb", "size = 2KiB", "size < 1MiB", "size < 1tb",
            "size = 2.0KiB", "size > 1.9k", "size < 2.01kb", "size < 1.5MiB", "size >= 0.001953125m", "size = 2048.0",
            "user not in (bob, carol)", "not user in (bob)", "user NOT IN (bob)",
            "id ~ b", "id ~ '^a.c$'", "key ~ sessions:", "user ~ '(?i)ALI'", "user !~ bob", "user~'^ali'",
            "finding ~ '^opa'", "id !~ '^b'", "format ~ 'spring|tomcat'", "user in (bob) or id ~ abc",
        ])
    func holds(_ filter: String) throws { #expect(try matches(filter), "\(filter)") }

    @Test(
        arguments: [
            "id = abd", "id != abc", "id = ABC", "user = Alice", "user = 'none'", "user = none", "user in (bob, carol)",
            "created > now", "idle > 20m", "idle < 20m", "ttl > 10m", "ttl = none", "size > 2k", "size = none",
            "finding = none", "finding = expired", "finding != opaque", "not user = alice", "variant != indexed",
            "(user = alice or user = bob) and idle > 10h", "not (id = abc)", "interval = none",
            "user not in (bob, alice)", "id ~ '^b'", "id !~ b", "finding !~ opaque", "user ~ ALICE",
        ])
    func doesNotHold(_ filter: String) throws { #expect(try !matches(filter), "\(filter)") }

    /// A missing value makes a comparison false, except `= none` and `!=`.
    @Test(
        arguments: [
            ("user = alice", false), ("user != alice", true), ("user < b", false), ("user >= a", false),
            ("user = none", true), ("user != none", false), ("user in (alice, none)", true), ("user in (alice)", false),
            ("not user = alice", true), ("idle > 0s", false), ("idle = none", true), ("created < now", false),
            ("expires = none", true), ("size < 1g", false), ("variant = none", true), ("user ~ .", false),
            ("user !~ .", true), ("user not in (alice)", true),
            ("role = none", true), ("role = ADMIN", false), ("not role in ('ADMIN')", true), ("class ~ .", false),
            ("attr.x = none", true), ("attr.x = 1", false), ("attr.x != 1", true), ("has(x)", false),
            ("namespace = none", true),
            // A key that lives for ever has no time to live: it is neither longer nor shorter than another.
            ("ttl = none", true), ("ttl > 1000d", false), ("ttl >= 1s", false), ("ttl < 1000d", false),
            ("ttl = 1s", false), ("ttl != 1s", true), ("not ttl > 1d", true), ("ttl = none and ttl > 1d", false),
            ("ttl != none", false), ("finding = none", true), ("finding != opaque", true),
        ])
    func missingValues(_ filter: String, _ holds: Bool) throws {
        #expect(try matches(filter, Self.nobody) == holds, "\(filter)")
    }

    @Test(
        arguments: [
            ("", 1, "empty"), ("   ", 1, "empty"), ("idle", 5, "= != < <= > >= ~ !~"), ("idle >", 7, "a value"),
            ("idle > ", 7, "a value"), ("idle > 30x", 8, "'30x' is no duration"), ("idle > 'a b'", 8, "no duration"),
            ("size = 4q", 8, "'4q' is no size"), ("size = 1.k", 8, "no size"),
            ("size = .5k", 8, "no size"), ("size = 1.5.5k", 8, "no size"), ("size = 1.5x", 8, "no size"),
            ("created > soon", 11, "'soon' is no time"),
            ("created > 2026-13-01", 11, "no time"), ("created > 2026-02-30", 11, "no time"),
            ("created > now - x", 17, "a duration"), ("created > now -", 16, "a duration"),
            ("created > now-30x", 11, "now - 30d"),
            ("created > now -x", 15, "a duration"), ("colour = 1", 1, "'colour' is no field"),
            ("ID = x", 1, "no field"), ("attributes = x", 1, "one by one"), ("idle ! 1s", 6, "'!' is no comparison"),
            ("idle =< 1s", 7, "a value"), ("idle => 1s", 7, "a value"), ("idle ~ 1s", 6, "idle is none"),
            ("user ~ '(a'", 9, "regular expression: the group"),
            ("user ~ a**", 10, "repeats nothing"), ("user ~", 7, "a regular expression"),
            ("user ~ (a)", 8, "in quotes"),
            ("user not bob", 6, "'not in'"), ("user not in bob", 13, "'('"), ("has(", 5, "a path"),
            ("has()", 5, "a path"),
            ("has(a b)", 7, "')'"), ("has(a[)", 6, "not closed"), ("has(a[x])", 6, "brackets hold"),
            ("attr.a[x] = 1", 7, "brackets hold"), ("attr. = 1", 6, "path is empty"),
            ("attr.a..b = 1", 8, "name is missing"),
            ("prncipal = a", 1, "did you mean 'principal'?"), ("expire > now", 1, "did you mean 'expires'?"),
            ("user = 'alice", 8, "not closed"), ("(user = a", 10, "')'"), ("user = a)", 9, "'and', 'or'"),
            ("user = a user = b", 10, "'and', 'or'"), ("user = a and", 13, "a field"), ("and user = a", 1, "no field"),
            ("user in alice", 9, "'('"), ("user in ()", 10, "a value"), ("user in (a b)", 12, "','"),
            ("user in (a,", 12, "a value"), ("= a", 1, "a field"), ("not", 4, "a field"), ("user = (a)", 8, "a value"),
            ("日本 = 1", 1, "no field"), ("user = 'é' x", 12, "'and', 'or'"),
        ])
    func errorsPointAtTheirColumn(_ filter: String, _ column: Int, _ words: String) {
        #expect {
            try SessionFilter(filter, now: Self.now)
        } throws: { error in
            guard let error = error as? FilterError else { return false }
            #expect(error.column == column, "\(filter): \(error)")
            #expect(error.message.contains(words), "\(filter): \(error)")
            return true
        }
    }

    @Test func nestingIsBounded() throws {
        let deep = String(repeating: "(", count: 64) + "id = abc" + String(repeating: ")", count: 64)
        #expect(try matches(deep))
        #expect(throws: FilterError.self) { try matches("(" + deep + ")") }
        #expect(throws: FilterError.self) { try matches(String(repeating: "(", count: 100_000)) }
        #expect(try matches(String(repeating: "not ", count: 100_000) + "id = abc"))
        #expect(try matches(Array(repeating: "id = abc", count: 10_000).joined(separator: " and ")))
    }

    @Test func numbersAreBounded() {
        for filter in [
            "idle > 99999999999999999999s", "idle > 9223372036854775807w", "size > 9223372036854775807k",
            "size > 8388608.5t",
        ] {
            #expect(throws: FilterError.self) { try matches(filter) }
        }
        #expect(throws: Never.self) { try matches("created > now - 106751991167d") }
    }

    @Test func fetchesWhatItNeedsAndNoMore() throws {
        func parts(_ filter: String) throws -> SessionParts { try SessionFilter(filter, now: Self.now).parts }
        #expect(try parts("id = a and created < now") == [])
        #expect(try parts("user = a or ttl = none") == [.principal, .timeToLive])
        #expect(try parts("not (size > 1k)") == .size)
        #expect(try parts("variant = indexed") == [.variant, .timeToLive])
    }

    /// An interval below zero is none: the session never ends of itself.
    @Test func anIntervalWithoutEndIsAMissingValue() throws {
        var session = Self.nobody
        session.maxInactiveSeconds = -1
        for (filter, holds) in [
            ("interval = none", true), ("interval > 1d", false), ("interval >= 1d", false), ("interval < 1d", false),
            ("interval != 1d", true), ("interval != none", false),
        ] {
            #expect(try matches(filter, session) == holds, "\(filter)")
        }
    }

    @Test func sortsFieldsOfSeveralValuesWithoutAnyLast() {
        let values: [FieldValue] = [.many([]), .many(["b"]), .missing, .many(["a", "c"]), .many([])]
        let sorted = values.sorted { FieldValue.areInOrder($0, $1) }
        #expect(Array(sorted.prefix(2)) == [.many(["a", "c"]), .many(["b"])])
        for value in values { #expect(!FieldValue.areInOrder(value, value)) }
    }

    @Test func sortsMissingLastAndNeverBehindNumbers() {
        let values: [FieldValue] = [.missing, .number(5), .never, .number(-1), .never, .number(3), .missing]
        let sorted = values.sorted { FieldValue.areInOrder($0, $1) }
        #expect(sorted == [.number(-1), .number(3), .number(5), .never, .never, .missing, .missing])
        let texts: [FieldValue] = [.text("b"), .missing, .text("a"), .text("B"), .text("ä")]
        #expect(
            texts.sorted { FieldValue.areInOrder($0, $1) } == [
                .text("B"), .text("a"), .text("b"), .text("ä"), .missing,
            ])
        for value in values { #expect(!FieldValue.areInOrder(value, value)) }
    }
}
