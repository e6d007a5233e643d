import Foundation
import TestSupport
import Testing

@testable import Sessions

/// HttpSessionReplacer's keys after an extension, in each of its ways (session-formats, ch. 13).
struct AmadeusChangesIntegrationTests {
    static let stores = [
        "java-programs/amadeus-session-replacer", "java-programs/amadeus-session-replacer-notification",
        "java-programs/amadeus-session-replacer-sticky",
    ]

    @Test(arguments: stores)
    func extensionMovesItsEnd(_ store: String) throws {
        var extended = 0
        try forEachSession(of: store) { server, group, now in
            let context = ChangeContext(now: now)
            if group.session.details.contains(where: { $0.name == "invalidSession" }) {
                let refused = refusal { () throws(ChangeRefusal) in try AmadeusFormat.planToTouch(group, context) }
                #expect(refused?.contains("#:invalidSession") == true)
                return
            }
            let interval = try #require(group.session.maxInactiveSeconds)
            let before = try Keyspace(server)
            var expected = ["\(group.name).#:lastAccessed = \(Hexadecimal.encode(now.bytes))"]
            if interval > 0 {
                expected += ["\(group.name) lives \(interval + 300)"] + ends(of: group, before, now, interval)
            }
            let plan = try AmadeusFormat.planToTouch(group, context)
            let lines = try server.run(plan, now: now)
            #expect(lines == expected.sorted(), "\(group.name)")
            #expect((plan.doubt != nil) == store.hasSuffix("-sticky"))
            #expect(try server.group(group.record.key, now: now).session.lastAccessedAt == now)
            extended += 1
        }
        #expect(extended == 12)
    }

    @Test(arguments: stores)
    func anEarlierEndIsAnInterval(_ store: String) throws {
        try forEachSession(of: store) { server, group, now in
            let context = ChangeContext(now: now)
            guard !group.session.details.contains(where: { $0.name == "invalidSession" }) else { return }
            guard let interval = group.session.maxInactiveSeconds, interval > 600 else { return }
            try server.run(AmadeusFormat.planToTouch(group, context), now: now)
            let touched = try server.group(group.record.key, now: now)
            let before = try Keyspace(server)
            let plan = try SessionChanges.expire(touched, at: now + 600_000, context)
            let expected =
                ["\(group.name).#:maxInactiveInterval = 00000258", "\(group.name) lives 900"]
                + ends(of: touched, before, now, 600)
            let lines = try server.run(plan, now: now)
            #expect(lines == expected.sorted(), "\(group.name)")
        }
    }

    /// In notification mode the key that expires and the set of a minute, else the place by the end among all.
    private func ends(of group: SessionGroup, _ before: Keyspace, _ now: Int64, _ interval: Int64) -> [String] {
        let end = now + interval * 1000
        let id = EscapedName.text(of: group.session.id)
        guard group.session.variant == "notification" else {
            let member = group.session.variant == "sticky" ? id + ":node1" : id
            return ["com.amadeus.session:all-sessions-set:library +\(member) \(end)"]
        }
        var lines = ["com.amadeus.session:expire::library:{\(id)} lives \(interval)"]
        let bucket = "com.amadeus.session::library:expirations:\((end + 60_000) / 60_000 * 60_000)"
        let old = before.values.first { $0.value.type == "set" && $0.value.parts[group.record.key] != nil }
        if let old, EscapedName.text(of: old.key) != bucket {
            lines += [
                "\(EscapedName.text(of: old.key)) -\(group.name)", "\(bucket) +\(group.name)",
                "\(bucket) lives \(interval + 300)",
            ]
        }
        return lines
    }
}
