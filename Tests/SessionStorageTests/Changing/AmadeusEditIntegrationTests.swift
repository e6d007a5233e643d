import JavaSerialization
import TestSupport
import Testing

@testable import Sessions

/// Attributes of HttpSessionReplacer's hashes after edits: their fields are others, and nothing else is (session-formats, ch. 13).
struct AmadeusEditIntegrationTests {
    private static func text(_ field: [UInt8], of group: SessionGroup) -> String? {
        guard let bytes = group.field(field), let graph = try? JavaGraph(bytes), let node = graph.content(0) else {
            return nil
        }
        return graph.text(of: node)
    }

    @Test(arguments: AmadeusChangesIntegrationTests.stores)
    func attributesAreAddedChangedAndRemoved(_ store: String) throws {
        var edited = 0
        try forEachSession(of: store) { server, group, now in
            let context = ChangeContext(now: now)
            let field = Array("new".utf8)
            let add = SessionEdit([AttributeEdit("new", .set(.text("x")))])
            if group.session.details.contains(where: { $0.name == "invalidSession" }) {
                let refused = refusal { () throws(ChangeRefusal) in try SessionChanges.edit(group, add, context) }
                #expect(refused?.contains("#:invalidSession") == true)
                return
            }
            let plan = try SessionChanges.edit(group, add, context)
            #expect((plan.doubt != nil) == store.hasSuffix("-sticky"))
            #expect(try SessionChanges.edit(group, add, ChangeContext(now: now, isNonSticky: true)).doubt == nil)
            #expect(try server.run(plan, now: now) == ["\(group.name).new = aced000574000178"])
            var after = try server.group(group.record.key, now: now)
            let change = SessionEdit([AttributeEdit("new", .set(.text("y")))])
            #expect(try server.run(SessionChanges.edit(after, change, context), now: now).count == 1)
            after = try server.group(group.record.key, now: now)
            #expect(Self.text(field, of: after) == "y")
            let remove = SessionEdit([AttributeEdit("new", .remove)])
            #expect(
                try server.run(SessionChanges.edit(after, remove, context), now: now) == ["\(group.name).new = nothing"]
            )
            after = try server.group(group.record.key, now: now)
            guard case .hash(let old) = group.record.content, case .hash(let new) = after.record.content else { return }
            #expect(Set(old) == Set(new))
            edited += 1
        }
        #expect(edited == 12)
    }

    @Test func textsAreChangedAndChangedBack() throws {
        var edited = 0
        try forEachSession(of: AmadeusChangesIntegrationTests.stores[0]) { server, group, now in
            let context = ChangeContext(now: now)
            for attribute in group.session.attributes ?? [] {
                guard let text = Self.text(attribute.name, of: group), text.utf16.count < 1000,
                    // Half a character cannot be typed.
                    !text.contains("\u{FFFD}"),
                    (try? AmadeusFormat.refuseEnded(group)) != nil
                else { continue }
                let path = "['\(EscapedName.text(of: attribute.name))']"
                let there = SessionEdit([AttributeEdit(path, .set(.text("other")))])
                #expect(try server.run(SessionChanges.edit(group, there, context), now: now).count == 1)
                let after = try server.group(group.record.key, now: now)
                #expect(Self.text(attribute.name, of: after) == "other")
                let back = SessionEdit([AttributeEdit(path, .set(.text(text)))])
                try server.run(SessionChanges.edit(after, back, context), now: now)
                #expect(try server.group(group.record.key, now: now).field(attribute.name) == attribute.value.bytes)
                edited += 1
            }
        }
        #expect(edited >= 5, "\(edited)")
    }

    @Test func namesOfTheSessionsOwnFieldsAndOtherSerializersAreRefused() throws {
        try forEachSession(of: AmadeusChangesIntegrationTests.stores[0]) { server, group, now in
            guard (try? AmadeusFormat.refuseEnded(group)) != nil else { return }
            let own = refusal { () throws(ChangeRefusal) in
                let edit = SessionEdit([AttributeEdit("['#:owner']", .set(.text("x")))])
                return try SessionChanges.edit(group, edit, ChangeContext(now: now))
            }
            #expect(own?.contains("'#:owner'") == true, "\(own ?? "")")
            try server.command([Array("HSET".utf8), group.record.key, Array("json".utf8), Array("{}".utf8)])
            let other = try server.group(group.record.key, now: now)
            let reason = refusal { () throws(ChangeRefusal) in
                let edit = SessionEdit([AttributeEdit("new", .set(.text("x")))])
                return try SessionChanges.edit(other, edit, ChangeContext(now: now))
            }
            #expect(reason?.contains("Java streams") == true, "\(reason ?? "")")
        }
    }
}
