import TestSupport
import Testing

@testable import Sessions

/// What an application that listens hears of the changes (session-formats, ch. 6.4).
struct SpringEventsIntegrationTests {
    static let stores = [
        "spring-session-1.2.1", "spring-session-2.7.4-json", "spring-session-3.5.7-indexed-zset",
        "java-programs/spring-session-reactive-indexed", "java-programs/redisson-spring-session",
    ]

    @Test(arguments: stores)
    func aLogoutIsHeardAsDeletedWhileTheHashIsThere(_ store: String) throws {
        var heard = 0
        try forEachShadow(of: store) { server, group, shadow in
            let events = try events(on: server, of: group, ChangeContext(now: server.now()))
            #expect(events.filter { $0.hasSuffix(" " + shadow) } == ["del " + shadow])
            #expect(events.last == "del " + shadow)
            #expect(!events.contains { $0 == "del " + group.name })
            #expect(try server.call("EXISTS", group.record.key) == .integer(1))
            heard += 1
        }
        #expect(heard >= 5)
    }

    @Test(arguments: stores)
    func anEndIsHeardAsExpiredWhereThatIsAskedFor(_ store: String) throws {
        try forEachShadow(of: store) { server, group, shadow in
            let events = try events(on: server, of: group, ChangeContext(now: server.now(), event: .expired))
            #expect(events.filter { $0.hasSuffix(" " + shadow) } == ["expire " + shadow, "expired " + shadow])
            #expect(events.last == "expired " + shadow)
            #expect(try server.call("EXISTS", group.record.key) == .integer(1))
        }
    }

    @Test(arguments: stores)
    func anExtensionEndsNothing(_ store: String) throws {
        try forEachShadow(of: store) { server, group, _ in
            let now = try server.now()
            guard let interval = group.session.maxInactiveSeconds, interval > 0,
                let format = SessionFormats.format(named: group.session.format)
            else { return }
            let plan = try format.planToTouch(group, ChangeContext(now: now))
            let events = try events(on: server, of: group) { try server.run(plan, now: now) }
            #expect(!events.contains { $0.hasPrefix("expired ") || $0.hasPrefix("del ") && $0.contains("sessions:") })
        }
    }

    private func forEachShadow(of store: String, _ body: (RedisServer, SessionGroup, String) throws -> Void) throws {
        let server = try RedisServer { $0.configuration = ["notify-keyspace-events KEA"] }
        try server.load(FixtureStore(store))
        for key in try server.sessionKeys(now: try server.now()) {
            let group = try server.group(key, now: try server.now())
            guard let shadow = group.others(.shadow).first, shadow.isThere else { continue }
            try body(server, group, EscapedName.text(of: shadow.key.key))
        }
    }

    private func events(
        on server: RedisServer, of group: SessionGroup, _ context: ChangeContext
    ) throws -> [String] {
        let plan = try SessionChanges.expire(group, context)
        return try events(on: server, of: group) { try server.run(plan, now: context.now) }
    }

    /// `EVENT KEY` of all that happens meanwhile, but for other sessions that end by themselves just then: some of the
    /// stores have keys with less than a minute left.
    private func events(
        on server: RedisServer, of group: SessionGroup, during change: () throws -> Void
    ) throws -> [String] {
        let subscriber = try server.client()
        _ = try subscriber.command(["PSUBSCRIBE", "__keyevent@0__:*"].map { Array($0.utf8) })
        try change()
        var events: [String] = []
        // Events come before the answer to what is asked after them.
        while case .array(let words) = try subscriber.command([Array("PING".utf8)]), words.first?.text == "pmessage" {
            let event = words[2].text.split(separator: ":", maxSplits: 1).last ?? ""
            let key = EscapedName.text(of: words[3].bytes)
            if event == "expired", !key.contains(EscapedName.text(of: group.session.id)) { continue }
            events.append("\(event) \(key)")
        }
        return events
    }
}
