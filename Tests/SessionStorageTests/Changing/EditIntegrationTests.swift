import Redis
import Sessions
import TestSupport
import Testing

@testable import SessionStorage

/// Attributes changed on a real server, also while others change the same sessions.
struct EditIntegrationTests {
    private static let alice = Array("spring:session:sessions:107fe95d-17d0-4470-b9cd-c9c8f35e27f9".utf8)
    private static let carol = Array("13C0914CBFE7B240A06898DCE2341471.node1".utf8)

    private func server(_ store: String) throws -> RedisServer {
        let server = try RedisServer { $0.configuration = ["enable-debug-command yes"] }
        try server.load(FixtureStore(store), forever: false)
        return server
    }

    private func spring() throws -> RedisServer { try server("spring-session-2.7.4-indexed") }
    private func tomcat() throws -> RedisServer { try server("tomcat-redis-session-manager-2.0.0") }

    private static func set(_ path: String, _ text: String) -> SessionEdit {
        SessionEdit([AttributeEdit(path, .set(.text(text)))])
    }

    private func run(
        _ edit: SessionEdit, at key: [UInt8], on server: RedisServer, user: String? = nil, keepsLife: Bool = true,
        meanwhile: @escaping () throws -> Void = {}
    ) throws -> ChangedSession {
        let store = try server.store(user: user)
        store.clockOffset = try server.now() - store.now()
        let planning = EditPlanning(edit)
        var change = SessionChange(filter: SessionFilter(all: []), sparesActive: false) {
            group, context throws(ChangeRefusal) in
            try planning.plan(group, context)
        }
        change.readsWhole = true
        var isFirst = true
        var batch = try ChangeBatch(change, of: store, try ChangeServer(of: store.connection)) { _ in
            if isFirst { try? meanwhile() }
            isFirst = false
        }
        var context = ChangeContext(now: try server.now())
        context.keepsLife = keepsLife
        return try #require(try batch.run([FoundSession(key)], context).first)
    }

    /// The value at a path, in plain JSON.
    private func value(_ path: String, at key: [UInt8], on server: RedisServer) throws -> String? {
        let attributes = try server.group(key, now: server.now()).session.attributes ?? []
        guard let found = try? AttributePath(path).value(in: attributes) else { return nil }
        var writer = JSONWriter()
        switch found {
        case .attribute(let attribute):
            guard case .java(let graph, let node) = attribute.value.decoded() else { return nil }
            var json = PlainJSON(of: graph)
            try json.write(node, to: &writer)
        case .java(let graph, let node):
            var json = PlainJSON(of: graph)
            try json.write(node, to: &writer)
        case .primitive(let value): return "\(value)"
        case .json: return nil
        }
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    private func state(_ key: [UInt8], _ server: RedisServer) throws -> [RespValue] {
        [
            try server.command([Array("DEBUG".utf8), Array("DIGEST-VALUE".utf8), key]),
            try server.call("PEXPIRETIME", key),
        ]
    }

    // MARK: What is written

    @Test(arguments: ["theme", "cartSize"]) func writesOneFieldOfAHash(_ name: String) throws {
        let server = try spring()
        defer { server.stop() }
        let before = try server.group(Self.alice, now: server.now())
        let end = try server.call("PEXPIRETIME", Self.alice)
        let done = try run(Self.set(name, "7"), at: Self.alice, on: server)
        #expect(done.outcome.word == "done", "\(done.outcome)")
        #expect(try server.call("PEXPIRETIME", Self.alice) == end)
        #expect(try value(name, at: Self.alice, on: server) == (name == "theme" ? "\"7\"" : "7"))
        guard case .hash(let fields) = before.record.content,
            case .hash(let now) = try server.group(Self.alice, now: server.now()).record.content
        else { return }
        let others = { (fields: [StoredField]) in
            Set(fields.filter { $0.field != Array("sessionAttr:\(name)".utf8) })
        }
        #expect(others(fields) == others(now) && fields.count == now.count)
    }

    /// As the library removes it, an attribute stays as an empty value.
    @Test(arguments: [false, true]) func removesAnAttribute(_ purges: Bool) throws {
        let server = try spring()
        defer { server.stop() }
        let done = try run(
            SessionEdit([AttributeEdit("theme", .remove)], purges: purges), at: Self.alice, on: server)
        #expect(done.outcome.word == "done", "\(done.outcome)")
        let left = try server.call("HGET", Self.alice, Array("sessionAttr:theme".utf8))
        #expect(left == (purges ? .null : .string([])))
    }

    @Test(arguments: [true, false]) func aStringKeepsItsLife(_ keepsLife: Bool) throws {
        let server = try tomcat()
        defer { server.stop() }
        guard case .integer(let end) = try server.call("PEXPIRETIME", Self.carol) else { return }
        let done = try run(
            Self.set("cart.items['SKU-0001'].quantity", "77"), at: Self.carol, on: server, keepsLife: keepsLife)
        #expect(done.outcome.word == "done", "\(done.outcome)")
        guard case .integer(let after) = try server.call("PEXPIRETIME", Self.carol) else { return }
        #expect(keepsLife ? after == end : (0...1000).contains(after - end), "\(after - end)")
        #expect(try value("cart.items['SKU-0001'].quantity", at: Self.carol, on: server) == "int(77)")
    }

    @Test func whatIsSoAlreadyIsNotWritten() throws {
        let server = try tomcat()
        defer { server.stop() }
        let before = try state(Self.carol, server)
        #expect(
            try run(Self.set("cart.coupons[0]", "WELCOME10"), at: Self.carol, on: server).outcome.word == "unneeded")
        #expect(try state(Self.carol, server) == before)
    }

    // MARK: Others at work

    @Test func leavesWhatAnotherHasSet() throws {
        let server = try spring()
        defer { server.stop() }
        let done = try run(Self.set("theme", "mine"), at: Self.alice, on: server) {
            _ = try self.run(Self.set("theme", "theirs"), at: Self.alice, on: server)
        }
        #expect(done.outcome.word == "changed", "\(done.outcome)")
        #expect(try value("theme", at: Self.alice, on: server) == "\"theirs\"")
    }

    @Test func isAppliedAgainWhereOnlySomethingElseHasChanged() throws {
        let server = try tomcat()
        defer { server.stop() }
        let done = try run(Self.set("cart.coupons[0]", "MINE"), at: Self.carol, on: server) {
            _ = try self.run(Self.set("lastUrl", "/theirs"), at: Self.carol, on: server)
            _ = try self.run(Self.set("cart.items['SKU-0001'].quantity", "9"), at: Self.carol, on: server)
        }
        #expect(done.outcome.word == "done", "\(done.outcome)")
        #expect(try value("cart.coupons", at: Self.carol, on: server) == #"["MINE","SPRING"]"#)
        #expect(try value("lastUrl", at: Self.carol, on: server) == #""/theirs""#)
        #expect(try value("cart.items['SKU-0001'].quantity", at: Self.carol, on: server) == "int(9)")
    }

    @Test func aSessionThatHasEndedIsNotMadeAnew() throws {
        for (server, key, path) in [(try spring(), Self.alice, "theme"), (try tomcat(), Self.carol, "lastUrl")] {
            defer { server.stop() }
            let done = try run(Self.set(path, "x"), at: key, on: server) { _ = try server.call("DEL", key) }
            #expect(done.outcome.word == "gone", "\(done.outcome)")
            #expect(try server.call("EXISTS", key) == .integer(0))
        }
    }

    /// A session that is used meanwhile lives on as its application has it.
    @Test(arguments: [true, false]) func aLongerLifeStays(_ keepsLife: Bool) throws {
        let server = try tomcat()
        defer { server.stop() }
        let done = try run(Self.set("lastUrl", "/x"), at: Self.carol, on: server, keepsLife: keepsLife) {
            _ = try server.call("PEXPIREAT", Self.carol, Array("4000000000000".utf8))
        }
        #expect(done.outcome.word == "done", "\(done.outcome)")
        guard case .integer(let end) = try server.call("PEXPIRETIME", Self.carol) else { return }
        #expect((0...1000).contains(end - 4_000_000_000_000), "\(end)")
    }

    /// Where scripts are not allowed, the keys are watched.
    @Test func withoutScripts() throws {
        for (server, key, path) in [(try spring(), Self.alice, "theme"), (try tomcat(), Self.carol, "lastUrl")] {
            defer { server.stop() }
            try server.command("ACL", "SETUSER", "plain", "on", "nopass", "~*", "&*", "+@all", "-@scripting")
            let end = try server.call("PEXPIRETIME", key)
            #expect(try run(Self.set(path, "x"), at: key, on: server, user: "plain").outcome.word == "done")
            #expect(try value(path, at: key, on: server) == "\"x\"")
            #expect(try server.call("PEXPIRETIME", key) == end)
        }
    }

    @Test(arguments: [
        ("spring-session-2.7.4-indexed", "nothing.x", "no attribute 'nothing'"),
        ("tomcat-redis-session-manager-2.0.0", "nothing.x", "no attribute 'nothing'"),
    ]) func aRefusalWritesNothing(_ store: String, _ path: String, _ reason: String) throws {
        let server = try server(store)
        defer { server.stop() }
        for key in try server.sessionKeys(now: server.now()) {
            let before = try state(key, server)
            let done = try run(Self.set(path, "1"), at: key, on: server)
            guard case .refused(let why) = done.outcome else {
                Issue.record("\(done.outcome)")
                continue
            }
            #expect(why.contains(reason) || why.contains("cannot be read") || why.contains("none that can"), "\(why)")
            #expect(try state(key, server) == before)
        }
    }
}
