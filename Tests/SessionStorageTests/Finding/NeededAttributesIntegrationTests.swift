import Sessions
import TestSupport
import Testing

@testable import SessionStorage

/// A query that needs some attributes is answered from those as from all.
struct NeededAttributesIntegrationTests {
    private static let now: Int64 = 1_800_000_000_000

    /// Both ways to fetch what `fields` need: what they need alone, and all there is.
    private func scans(_ fields: [SessionField], _ server: RedisServer) throws -> (narrow: [Session], full: [Session]) {
        let needs = SessionNeeds(fields)
        #expect(needs.attributes != .all)
        func sessions(_ attributes: NeededAttributes) throws -> [Session] {
            var sessions: [Session] = []
            let scan = SessionScan(
                parts: needs.parts, attributes: attributes, principalMatters: needs.parts.contains(.principal))
            _ = try scan.run(on: server.store(now: Self.now)) { session in
                sessions.append(session)
                return true
            }
            return sessions.sorted { $0.key.lexicographicallyPrecedes($1.key) }
        }
        return (try sessions(needs.attributes), try sessions(.all))
    }

    private func compare(_ fields: [SessionField], _ server: RedisServer, _ label: String) throws {
        let (narrow, full) = try scans(fields, server)
        #expect(narrow.map(\.key) == full.map(\.key), "\(label)")
        for (one, other) in zip(narrow, full) {
            for field in fields {
                let (value, expected) = (one.value(of: field, now: Self.now), other.value(of: field, now: Self.now))
                #expect(value == expected, "\(label): \(EscapedName.text(of: one.key)): \(field.name)")
                guard case .attribute(let attribute) = field else { continue }
                let (found, wanted) = (attribute.find(in: one), attribute.find(in: other))
                #expect(found?.path == wanted?.path, "\(label): \(field.name)")
                if case .attribute(let attribute)? = wanted?.value, case .attribute(let same)? = found?.value {
                    #expect(attribute.value.bytes == same.value.bytes, "\(label): \(field.name)")
                }
            }
        }
    }

    /// Every attribute of every store by itself, with the other columns that a list may have beside it.
    @Test(
        arguments: try FixtureStore.all().map(\.name)
            + JavaProgramStoresIntegrationTests.names.map { "java-programs/" + $0 })
    func findsTheSameInEveryStore(_ name: String) throws {
        let server = try RedisServer()
        defer { server.stop() }
        let store = FixtureStore(name)
        try server.load(store, forever: true)
        var names: Set<[UInt8]> = []
        _ = try SessionScan(parts: .attributes).run(on: server.store(now: Self.now)) { session in
            names.formUnion(session.attributes?.map(\.name) ?? [])
            return true
        }
        let others: [SessionField] = [.id, .principal, .role, .variant, .idle, .ttl, .interval]
        try compare(others, server, name)
        for attribute in names.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
            let quoted = EscapedName.text(of: attribute).replacing("'", with: "''")
            let field = try SessionField(word: "attr['\(quoted)']")
            try compare([field], server, name)
            try compare([field] + others, server, name)
        }
    }

    /// A dot may belong to the name or lead into the attribute; a name may be any bytes.
    @Test(arguments: [
        "attr.a.b", "attr.a.b.c", "attr.a['b']", "attr['a.b']", "attr.x", "attr['\\xff\\x00']", "attr['']", "attr[5]",
        "attr.SPRING_SECURITY_CONTEXT", "attr.creationTime", "attr.lost",
    ])
    func asksForEveryAttributeThatAPathMayMean(_ word: String) throws {
        let server = try RedisServer()
        defer { server.stop() }
        let json = #"{"b":{"c":1},"b.c":2}"#
        let hashes: [(String, [([UInt8], String)])] = [
            ("both", [(Array("a".utf8), json), (Array("a.b".utf8), #"{"c":3}"#)]),
            ("inside", [(Array("a".utf8), json)]),
            ("whole", [(Array("a.b.c".utf8), "4"), (Array("a.b".utf8), "5")]), ("removed", [(Array("a.b".utf8), "")]),
            ("bytes", [([0xff, 0], "6"), ([], "7"), (Array("5".utf8), "8"), (Array("x".utf8), "9")]),
            ("own", [(Array("creationTime".utf8), "10")]),
        ]
        for (id, attributes) in hashes {
            for (key, prefix) in [("app:sessions:", "sessionAttr:"), ("redisson:tomcat_session:", "")] {
                let fields = attributes.flatMap { [Array(prefix.utf8) + $0.0, Array($0.1.utf8)] }
                let own = ["creationTime", "1795417059037"].map { Array($0.utf8) }
                try server.command([Array("HSET".utf8), Array((key + id).utf8)] + own + fields)
            }
        }
        try compare([try SessionField(word: word)], server, word)
    }

    /// A request that ended after the key was deleted leaves an attribute alone.
    @Test func findsSessionsWithoutTimes() throws {
        let server = try RedisServer()
        defer { server.stop() }
        try server.command("HSET", "app:sessions:poor", "sessionAttr:cart", "1")
        try server.command("HSET", "app:sessions:other", "sessionAttr:b", "1")
        try server.command("HSET", "chat:sessions:room", "topic", "no session")
        try compare([.id, try SessionField(word: "attr.cart")], server, "poor")
        #expect(try scans([try SessionField(word: "attr.cart")], server).narrow.count == 2)
    }

    @Test(arguments: [
        ("attr.cart > 1", 0), ("has(attr_user)", 0), ("role = ROLE_USER", 0), ("attr.cart > 1 or class ~ shop", 11),
        ("size > 1", 11),
    ])
    func fetchesNoOtherAttributes(_ filter: String, _ whole: Int) throws {
        let server = try RedisServer()
        defer { server.stop() }
        try server.load(FixtureStore("spring-session-3.5.7-indexed"), forever: true)
        let needs = try SessionFilter(filter, now: 0).needs
        try server.command("CONFIG", "RESETSTAT")
        let scan = SessionScan(parts: needs.parts, attributes: needs.attributes)
        #expect(try scan.run(on: server.store()) { _ in true }.sessions == 11)
        guard case .string(let bytes) = try server.command("INFO", "commandstats") else { return #expect(Bool(false)) }
        let statistics = String(decoding: bytes, as: UTF8.self)
        #expect(statistics.contains("cmdstat_hgetall") == (whole > 0), "\(statistics)")
        #expect(statistics.contains("cmdstat_hmget:calls=11,") == (whole == 0), "\(statistics)")
    }

    /// Some services have no MEMORY USAGE and some users may not ask: then the number of fields has to do.
    @Test(arguments: ["~*", "~spring:session:sessions:*"]) func readsWithoutMemoryUsage(_ keys: String) throws {
        let server = try RedisServer { $0.users = ["reader on >pw \(keys) +@read +@connection -memory"] }
        defer { server.stop() }
        try server.load(FixtureStore("spring-session-3.5.7-indexed"), forever: true)
        let wide = ["HSET", "spring:session:sessions:wide"] + (0..<12_000).flatMap { ["sessionAttr:a\($0)", "1"] }
        try server.command(wide.map { Array($0.utf8) })
        var attributes: [String: Int] = [:]
        let summary = try SessionScan(parts: [.attributes, .principal]).run(
            on: server.store(user: "reader", password: "pw")
        ) { session in
            attributes[String(decoding: session.id, as: UTF8.self)] = session.attributes?.count
            return true
        }
        #expect(summary.sessions == 12 && attributes["wide"] == 12_000)
        #expect(attributes["4d9b7057-0beb-41fc-a125-27a138cc728e"] == 23)
    }

    /// The look at the rest of what a filter leaves does not disturb the walk that goes on meanwhile.
    @Test func looksAtAttributesAfterTheCheapParts() throws {
        let server = try RedisServer()
        defer { server.stop() }
        let times = ["creationTime", "lastAccessedTime", "maxInactiveInterval"].flatMap { [$0, "1795417059037"] }
        try server.pipeline(
            (0..<3000).map { number in
                (["HSET", "app:sessions:s\(number)"] + times + ["sessionAttr:n", "\(number)", "sessionAttr:m", "0"])
                    .map { Array($0.utf8) }
            })
        let filter = try SessionFilter("id ~ '7$' and attr.n < 1000", now: 0)
        let scan = SessionScan(
            parts: filter.needs.parts, attributes: filter.needs.attributes,
            preselection: .init(parts: filter.cheapParts) { session, now in
                filter.decision(on: session, now: now, known: filter.cheapParts) == false
            })
        var found = 0
        let summary = try scan.run(on: server.store(now: Self.now)) { session in
            #expect(session.attributes?.map(\.name) == [Array("n".utf8)])
            if filter.matches(session, now: Self.now) { found += 1 }
            return true
        }
        #expect(found == 100 && summary.sessions == 3000)
    }
}
