import TestSupport
import Testing

@testable import Sessions

/// memcached-session-manager's keys after changes (session-formats, ch. 11).
struct MemcachedChangesIntegrationTests {
    @Test func extensionWritesTheTimesThatRule() throws {
        var extended = 0
        try forEachSession(of: "java-programs/memcached-session-manager-non-sticky") { server, group, now in
            if let lock = group.others(.lock).first { try server.command([Array("DEL".utf8), lock.key.key]) }
            let plan = try MemcachedFormat.planToTouch(group, ChangeContext(now: now))
            let interval = try #require(group.session.maxInactiveSeconds)
            let times = [Int32(interval).bytes, now.bytes, now.bytes].flatMap { $0 }
            var expected = ["validity:\(group.name) = \(Hexadecimal.encode(times))"]
            if interval > 0 {
                expected += ["validity:\(group.name) lives \(interval)", "\(group.name) lives \(2 * interval)"]
            }
            let lines = try server.run(plan, now: now)
            #expect(lines == expected.sorted())
            #expect(plan.doubt == nil)
            let touched = try server.group(group.record.key, now: now)
            #expect(touched.session.lastAccessedAt == now && touched.session.variant == "non-sticky")
            extended += 1
        }
        #expect(extended >= 10)
    }

    /// Its Tomcat has the session, and goes by its own times.
    @Test func extensionOfAStickySessionIsInDoubt() throws {
        try forEachSession(of: "java-programs/memcached-session-manager-sticky") { server, group, now in
            let context = ChangeContext(now: now)
            guard !group.session.findings.contains(where: { $0.code == "lost-session" }) else {
                let refused = refusal { () throws(ChangeRefusal) in try MemcachedFormat.planToTouch(group, context) }
                #expect(refused?.hasPrefix("it is lost") == true)
                return
            }
            guard let interval = group.session.maxInactiveSeconds, interval > 0 else { return }
            let plan = try MemcachedFormat.planToTouch(group, context)
            #expect(plan.doubt?.contains("only a request there") == true)
            let lines = try server.run(plan, now: now)
            #expect(lines == ["\(group.name) lives \(interval)"])
        }
    }

    @Test func aRequestThatWorksOnItHoldsChangesUp() throws {
        var locked = 0
        try forEachSession(of: "java-programs/memcached-session-manager-non-sticky") { server, group, now in
            guard let lock = group.others(.lock).first, lock.isThere else { return }
            for plan in [
                try SessionChanges.expire(group, ChangeContext(now: now)),
                try MemcachedFormat.planToTouch(group, ChangeContext(now: now)),
            ] {
                #expect(try server.failing(plan.conditions) == [.inUse])
                #expect(!plan.writtenKeys.contains(lock.key.key))
            }
            try server.command([Array("SETRANGE".utf8), Array("validity:".utf8) + group.record.key, [52], [255]])
            let plan = try SessionChanges.expire(group, ChangeContext(now: now))
            #expect(try server.failing(plan.conditions) == [.inUse, .usedSince])
            locked += 1
        }
        #expect(locked == 1)
    }
}

extension FixedWidthInteger {
    /// Its bytes from the highest on.
    var bytes: [UInt8] { withUnsafeBytes(of: bigEndian) { Array($0) } }
}
