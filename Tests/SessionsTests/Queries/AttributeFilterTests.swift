import TestSupport
import Testing

@testable import Sessions

/// Filters on what is inside of sessions that real programs wrote.
struct AttributeFilterTests {
    private static let now: Int64 = 1_795_420_000_000

    /// The session of that label in a fixture.
    private func session(_ fixture: String, _ label: String) throws -> Session {
        let store = FixtureStore(fixture)
        let expected = try store.expectedSessions().first { $0["label"]?.string == label }
        let id = try #require(expected).required("id").requiredString()
        let sessions = try StoredFixture(store, now: Self.now).sessions.values
        return try #require(sessions.first { $0.id == Array(id.utf8) })
    }

    private func check(_ session: Session, holding: [String], not failing: [String], incomparable: [String]) throws {
        for (filters, holds, counted) in [(holding, true, 0), (failing, false, 0), (incomparable, false, 1)] {
            for text in filters {
                var tally = FilterTally()
                let filter = try SessionFilter(text, now: Self.now)
                #expect(filter.matches(session, now: Self.now, tally: &tally) == holds, "\(text)")
                #expect(tally.incomparable == counted, "\(text)")
            }
        }
    }

    @Test func numbersAreExact() throws {
        try check(
            session("tomcat9-redis-session-manager", "scalars"),
            holding: [
                "attr.long = 9007199254740993", "attr.long > 9007199254740992", "attr.long < 9007199254740994",
                "attr.longMax = 9223372036854775807", "attr.longMax < 9223372036854775808", "attr.int = 42.0",
                "attr.int in (1, 42)", "attr.int = '42'", "attr.intMin < -2147483647", "attr.byteMin = -128",
                "attr.bigDec = 12345.67", "attr.bigDec >= 12345.6700", "attr.bigDecExp > 1e399",
                "attr.bigDecExp = 1E400",
                "attr.bigDecLong > 3.14159265358979323846264338327950287",
                "attr.bigInt = 123456789012345678901234567890", "attr.bigInt > 123456789012345678901234567889",
                "attr.bigIntZero = 0", "attr.negZero = 0", "attr.double = 0.1", "attr.float = 3.14",
                "attr.atomicInt = 7", "attr.atomicLong < 0", "attr.true = true", "attr.false = false",
                "attr.atomicBool != false", "attr.char = Z", "attr.charCjk = '中'", "attr.doubleInf = -Infinity",
                "attr.doubleInf < 5", "attr.doubleInf < -1.8e308", "attr.doubleInf < -1e9999",
                "attr.doubleInf <= -Infinity",
                "attr.doubleInf != -1e308", "attr.double > -Infinity", "attr.bigDecExp < Infinity",
                "attr.doubleInf ~ '^-Inf'",
                "attr.floatNaN = NaN", "has(int)", "has(attr.bigDec)", "not has(nothing)", "attr.nothing = none",
                "attr.nothing != 5", "attr.int != none", "attr.int not in (1, 2)", "attr.long ~ '^9007'",
                "attr.bigDec ~ '^12345[.]67$'", "attr.atomicRef.referent = inner",
                "attr.bigDecExp > 5 and attr.int = 42",
            ],
            not: [
                "attr.long = 9007199254740992", "attr.longMax > 9223372036854775807", "attr.int = 43",
                "attr.int = none",
                "attr.int != 42", "attr.int not in (42)", "attr.nothing = 5", "attr.nothing > 5", "attr.true = false",
                "attr.int.x = 5", "attr.long ~ '^8'", "attr.floatNaN = Infinity", "has(nothing)", "has(int.x)",
                "attr.doubleInf > -1e9999", "attr.doubleInf < -Infinity", "attr.doubleInf = Infinity",
            ],
            incomparable: [
                "attr.int = abc", "attr.int != abc", "attr.int > abc", "attr.true > false", "attr.true = 1",
                "attr.true = ja", "attr.atomicRef = inner", "attr.char > 5", "attr.floatNaN < 5",
                "attr.floatNaN > Infinity",
            ])
    }

    @Test func datesAreTimes() throws {
        try check(
            session("spring-session-3.5.7-indexed", "datetime"),
            holding: [
                "attr.date > 2016-05-01", "attr.date < 2016-05-02", "attr.date = 2016-05-01T12:00:00.123Z",
                "attr.date = 1462104000123", "attr.dateBefore1970 < 1970-01-01",
                "attr.calendar = '2016-05-01T14:00:00.123+02:00'",
                "attr.instant >= 2016-05-01T12:00:00.123Z", "attr.localDate = 2016-05-01",
                "attr.localDate < 2016-05-02",
                "attr.localDateTime < 2016-03-01", "attr.offset < 2000-01-01", "attr.offset = 1999-12-31T17:30:00Z",
                "attr.sqlDate = 2016-05-01", "attr.sqlTimestamp < now - 30d", "attr.zoned = 2016-03-27T01:30:00Z",
                "attr.date ~ '^2016-05'", "attr.zoneId = 'America/Argentina/Buenos_Aires'", "attr.year = 2016",
                "attr.year > 2015", "attr.date < now", "attr.duration ~ '^PT-25H'", "attr.localTimeHour = '07:00'",
            ],
            not: [
                "attr.date < 2016-05-01", "attr.date > now - 30d", "attr.instant < 2016-01-01",
                "attr.zoneId = 2016-01-01",
            ],
            incomparable: ["attr.date > abc", "attr.date = abc", "attr.zoneId > 2016-01-01", "attr.zoneId < 5"])
    }

    @Test func partsAreAskedForByPath() throws {
        try check(
            session("spring-session-3.5.7-indexed", "pojos"),
            holding: [
                "has(customer)", "has(customer.id)", "attr.customer.id = 1001", "attr['customer'].id = 1001",
                "attr.customer['id'] = 1001", "attr.customer != none", "class = demo.shop.Customer",
                "class ~ '^demo[.]shop[.]'",
                "class in (x, demo.shop.BaseEntity)", "attr.record.x = -1", "attr.unicode.数量 = 3",
                "attr.weekday.ordinal > 5",
                "class = none or has(gold)",
            ],
            not: [
                "has(customer.nothing)", "attr.customer = none", "class = demo.shop.Nothing", "class !~ 'demo'",
                "class = none",
            ],
            incomparable: ["attr.customer = 5", "attr.customer != 5", "attr.customer ~ x", "attr.geo > 1"])
    }

    @Test func namesOfAttributesMayHaveDots() throws {
        let index = "org.springframework.session.FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME"
        try check(
            session("spring-session-3.5.7-indexed", "login-bob"),
            holding: [
                "attr.\(index) = bob@example.org", "has(\(index))", "attr['\(index)'] ~ example",
                "attr.roles[1] = ADMIN",
                "attr.roles.0 = USER", "class = java.util.ArrayList",
            ],
            not: ["has(org.springframework)", "has(\(index).x)", "attr.roles[2] = ADMIN", "class = java.lang.Integer"],
            incomparable: ["attr.roles = ADMIN"])
    }

    @Test func jsonIsUnderstood() throws {
        try check(
            session("spring-session-2.7.4-json", "json-login"),
            holding: [
                "attr.vip = true", "attr.visits >= 3", "attr.ratio = 0.5", "attr.since > 2016-05-01",
                "attr.user = heidi",
                "attr.since < 2016-05-02", "attr.name ~ '日本語'",
            ], not: ["attr.visits > 3", "attr.vip = false"], incomparable: ["attr.vip > 5", "attr.visits = x"])
        try check(
            session("spring-session-2.7.4-json", "json-structures"),
            holding: [
                "attr.bigDecimal = 12.5", "attr.date = 2016-05-01T12:00:00.123Z", "class = java.util.LinkedList",
                "class = java.math.BigDecimal",
            ], not: ["attr.bigDecimal > 12.5"], incomparable: ["attr.list = 5"])
        try check(
            session("spring-session-2.7.4-json", "json-pojo"), holding: ["class = demo.shop.Address"],
            not: ["class = demo.shop.Customer"], incomparable: [])
    }

    @Test func attributesAreLeftAloneWhereTheRestDecides() throws {
        let session = try session("spring-session-3.5.7-indexed", "pojos")
        func decision(_ text: String, _ known: SessionParts = [.principal]) throws -> Bool? {
            try SessionFilter(text, now: Self.now).decision(on: session, now: Self.now, known: known)
        }
        #expect(try decision("attr.customer.id = 1001 and format = tomcat") == false)
        #expect(try decision("attr.customer.id = 1001 and format = spring") == nil)
        #expect(try decision("has(customer) or format = spring") == true)
        #expect(try decision("not (has(customer) and user = x)") == true)
        #expect(try decision("size > 5 and not format = spring") == false)
        #expect(try decision("class = x") == nil)
        #expect(try decision("attr.customer.id = 1001", [.attributes]) == true)
        let filter = try SessionFilter("attr.x = 1 and user = a and id = b", now: Self.now)
        #expect(filter.parts == [.attributes, .principal] && filter.cheapParts == .principal && filter.hasCheapTests)
        #expect(try !SessionFilter("attr.x = 1", now: Self.now).hasCheapTests)
        guard case .and(let nodes) = filter.root else { return #expect(Bool(false)) }
        #expect(nodes.map { $0.cost } == [0, 1, 3])
    }

    /// The names that the ground truth has for the classes of each session are among those that are found.
    @Test func findsTheClassesThatValuesHave() throws {
        var compared = 0
        for fixture in [
            "spring-session-3.5.7-indexed", "spring-session-2.7.4-indexed", "tomcat9-redis-session-manager",
        ] {
            let store = FixtureStore(fixture)
            let sessions = try StoredFixture(store, now: Self.now).sessions.values
            for expected in try store.expectedSessions() {
                let id = try Array(expected.required("id").requiredString().utf8)
                guard let session = sessions.first(where: { $0.id == id }) else { continue }
                let names = Set(session.classNames)
                // What an application's writeReplace wrote is in the stream, not what it replaced.
                for member in expected["attributes"]?.members ?? [] where member.value["wireClass"] == nil {
                    guard let classes = member.value["classes"]?.items else { continue }
                    for described in classes {
                        let name = try described.required("name").requiredString()
                        #expect(names.contains(name), "\(fixture) \(name)")
                        compared += 1
                    }
                }
            }
        }
        #expect(compared == 30, "\(compared)")
    }

    /// What a manager and Tomcat wrote around the attributes is none of their classes: times, flags, metadata, the principal, and
    /// the other sessions of a file.
    @Test func classesAreThoseOfTheAttributesAlone() throws {
        let strings = try session("java-programs/ran-jit-4.x", "strings")
        #expect(strings.attributes?.isEmpty == false && strings.classNames == [])
        #expect(try session("tomcat9-redis-session-manager", "empty").classNames == [])
        let numbers = try session("java-programs/ran-jit-4.x", "numbers")
        #expect(Set(numbers.classNames).isSuperset(of: ["java.lang.Long", "java.lang.Integer", "java.lang.Number"]))
        #expect(!numbers.classNames.contains { $0.hasPrefix("tomcat.") })
        let login = try session("java-programs/tomcat9-notes-redis-session-manager", "login-form")
        #expect(login.principal != nil && !login.classNames.contains { $0.hasPrefix("org.apache.catalina.") })
        try check(
            strings, holding: ["class = none", "class != java.lang.Long"],
            not: ["class = java.lang.Long", "class ~ Metadata"], incomparable: [])
        let file = try Fixtures.bytes("tomcat-layouts/tomcat9-sessions.ser")
        guard case .tomcat(_, let sessions) = try DecodedInput(file, now: 0) else { throw FixtureError("no sessions") }
        for session in sessions { #expect(!session.classNames.contains("java.lang.Boolean")) }
    }
}
