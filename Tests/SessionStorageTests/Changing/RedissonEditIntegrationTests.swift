import JavaSerialization
import TestSupport
import Testing

@testable import Sessions

/// Attributes of Redisson's hashes after edits: the fields that are meant are others, and nothing else is (session-formats, ch. 10.2
/// to 10.5).
struct RedissonEditIntegrationTests {
    static let stores = ["redisson-tomcat-3.52.0", "redisson-tomcat-3.52.0-json"]

    /// Runs an edit and reads the session again; fields that the edit does not mean must be as they were.
    private static func edited(
        _ server: RedisServer, _ group: SessionGroup, _ changes: [AttributeEdit], fields: [[UInt8]], now: Int64
    ) throws -> SessionGroup {
        let plan = try SessionChanges.edit(group, SessionEdit(changes), ChangeContext(now: now))
        let lines = try server.run(plan, now: now)
        // Lines tell new lives as well: there is none.
        #expect(lines.count == fields.count, "\(lines)")
        #expect((plan.doubt == nil) == (group.session.variant == "repository"))
        let calm = try SessionChanges.edit(group, SessionEdit(changes), ChangeContext(now: now, isNonSticky: true))
        #expect(calm.doubt == nil)
        let after = try server.group(group.record.key, now: now)
        guard case .hash(let old) = group.record.content, case .hash(let new) = after.record.content else {
            return after
        }
        let (before, found) = (old.filter { !fields.contains($0.field) }, new.filter { !fields.contains($0.field) })
        #expect(Set(before) == Set(found))
        return after
    }

    private static func text(_ attribute: [UInt8], of group: SessionGroup) -> String? {
        switch group.session.attributes?.first(where: { $0.name == attribute })?.value.decoded() {
        case .java(let graph, let node?): graph.text(of: node)
        case .json(let document): document.root.string?.text
        default: nil
        }
    }

    @Test(arguments: stores + ["java-programs/redisson-spring-session"])
    func attributesAreAddedChangedRenamedAndRemoved(_ store: String) throws {
        var edited = 0
        let prefix = store.hasPrefix("java") ? "session-attr:" : ""
        try forEachSession(of: store) { server, group, now in
            let (name, other) = (Array("b.new ü".utf8), Array("other".utf8))
            let (field, otherField) = (Array(prefix.utf8) + name, Array(prefix.utf8) + other)
            var after = try Self.edited(
                server, group, [AttributeEdit("['b.new ü']", .set(.text("one")))], fields: [field], now: now)
            #expect(Self.text(name, of: after) == "one")
            after = try Self.edited(
                server, after, [AttributeEdit("b.new ü", .set(.text("two")))], fields: [field], now: now)
            #expect(Self.text(name, of: after) == "two")
            let renaming = [AttributeEdit("b.new ü", .rename("other"))]
            after = try Self.edited(server, after, renaming, fields: [field, otherField], now: now)
            #expect(Self.text(other, of: after) == "two" && after.field(field) == nil)
            after = try Self.edited(server, after, [AttributeEdit("other", .remove)], fields: [otherField], now: now)
            #expect(after.field(otherField) == nil)
            #expect(after.session.attributes?.map(\.name) == group.session.attributes?.map(\.name))
            edited += 1
        }
        #expect(edited >= 5)
    }

    /// Each text becomes another, and itself again.
    @Test(arguments: stores) func textsAreChangedAndChangedBack(_ store: String) throws {
        var edited = 0
        try forEachSession(of: store) { server, group, now in
            for attribute in group.session.attributes ?? [] {
                let name = attribute.name
                guard let text = Self.text(name, of: group), text != "other" else { continue }
                let path = EscapedName.text(of: name)
                var after = try Self.edited(
                    server, group, [AttributeEdit(path, .set(.text("other")))], fields: [name], now: now)
                #expect(Self.text(name, of: after) == "other")
                after = try Self.edited(
                    server, after, [AttributeEdit(path, .set(.text(text)))], fields: [name], now: now)
                #expect(after.field(name) == group.field(name), "\(path)")
                edited += 1
            }
        }
        #expect(edited >= 5, "\(edited)")
    }

    @Test func placesInsideAreChangedAndChangedBack() throws {
        var edited = 0
        let changes: [(path: String, there: NewValue, back: NewValue)] = [
            ("visits", .text("44"), .text("3")), ("vip", .text("false"), .text("true")),
            ("ratio", .text("0.75"), .text("0.5")), ("since", .text("7"), .text("1462104000124")),
            ("list[0]", .text("zero"), .text("one")), ("map.b[0]", .text("y"), .text("x")),
            ("map.c.deep", .text("false"), .text("true")), ("address.city", .text("Bonn"), .text("Köln")),
            ("date", .text("1", type: .date), .text("1462104000123", type: .date)),
            ("addresses[0].street", .text("b"), .text("a")), ("bigDecimal", .text("0.1"), .text("12.50")),
            ("long", .text("-1"), .text("1")), ("bytes", .bytes([9]), .bytes([1, 2, 1])),
            ("status", .constant("PAID"), .constant("NEW")),
        ]
        try forEachSession(of: "redisson-tomcat-3.52.0-json") { server, group, now in
            guard let attributes = group.session.attributes else { return }
            for (path, there, back) in changes {
                let name = Array((path.split { $0 == "." || $0 == "[" }.first ?? "").utf8)
                guard attributes.contains(where: { $0.name == name }) else { continue }
                let before = group.field(name)
                var after = try Self.edited(server, group, [AttributeEdit(path, .set(there))], fields: [name], now: now)
                #expect(after.field(name) != before)
                after = try Self.edited(server, after, [AttributeEdit(path, .set(back))], fields: [name], now: now)
                #expect(after.field(name) == before, "\(path)")
                edited += 1
            }
        }
        #expect(edited == changes.count, "\(edited)")
    }

    @Test(arguments: stores) func whatCannotBeWrittenIsRefused(_ store: String) throws {
        var refused = 0
        let add = AttributeEdit("new", .set(.text("x")))
        try forEachSession(of: store) { server, group, now in
            for name in ["['session:x']", "['\"x\"']"] {
                let reason = Self.refused(group, [AttributeEdit(name, .set(.text("x")))], now)
                #expect(reason?.contains("read as another") == true, "\(reason ?? "")")
            }
            let none = Self.refused(group, [add, AttributeEdit("none", .remove)], now)
            #expect(none?.contains("no attribute 'none'") == true, "\(none ?? "")")
            // What is the same is not written.
            let nothing = SessionEdit([add, AttributeEdit("new", .remove)])
            #expect(try SessionChanges.edit(group, nothing, ChangeContext(now: now)).commands.isEmpty)
            let key = group.record.key
            for field in RedissonFormat.Field.times where group.field(field) != nil {
                try server.command([Array("HSET".utf8), key, field, [9, 2]])
            }
            let kryo = Self.refused(try server.group(key, now: now), [add], now)
            #expect(kryo?.contains("Kryo5") == true, "\(kryo ?? "")")
            try server.command([Array("HDEL".utf8), key, RedissonFormat.Field.creationTime])
            let partial = Self.refused(try server.group(key, now: now), [add], now)
            #expect(partial?.contains("creationTime is missing") == true, "\(partial ?? "")")
            refused += 1
        }
        #expect(refused >= 5, "\(refused)")
    }

    private static func refused(_ group: SessionGroup, _ changes: [AttributeEdit], _ now: Int64) -> String? {
        refusal { () throws(ChangeRefusal) in
            try SessionChanges.edit(group, SessionEdit(changes), ChangeContext(now: now))
        }
    }

    /// Before 2.15.1 and 3.10.1 the names of fields are JSON as well.
    @Test func newFieldsAreNamedAsTheOthersAre() throws {
        var edited = 0
        try forEachSession(of: "redisson-tomcat-3.52.0-json") { server, group, now in
            guard case .hash(let fields) = group.record.content else { return }
            let key = group.record.key
            for stored in fields {
                try server.command([Array("HDEL".utf8), key, stored.field])
                let name = JSONStyle(of: nil).quoted(stored.field)
                try server.command([Array("HSET".utf8), key, name, stored.value])
            }
            let before = try server.group(key, now: now)
            let field = Array(#""new""#.utf8)
            let after = try Self.edited(
                server, before, [AttributeEdit("new", .set(.text("x")))], fields: [field], now: now)
            #expect(after.field(field)?.elementsEqual(#""x""#.utf8) == true)
            edited += 1
        }
        #expect(edited >= 5)
    }

    @Test func theIndexedUserStays() throws {
        try forEachSession(of: "java-programs/redisson-spring-session") { _, group, now in
            guard group.session.principalName != nil else { return }
            let index = "['\(SpringPrincipal.indexAttribute)']"
            let reason = Self.refused(group, [AttributeEdit(index, .set(.text("somebody else")))], now)
            #expect(reason?.contains("another user") == true, "\(reason ?? "")")
        }
    }
}
