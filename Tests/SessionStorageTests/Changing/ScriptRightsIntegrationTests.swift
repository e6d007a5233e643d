import Redis
import Sessions
import TestSupport
import Testing

@testable import SessionStorage

/// Who may not run every command of a plan is refused before the first, and before anything is written.
struct ScriptRightsIntegrationTests {
    private static let hash = Array("hash".utf8)
    private static let set = Array("set".utf8)
    private static let member: [[UInt8]] = [Array("member".utf8)]

    /// Makes a hash, and puts it into a set.
    private static let making = plan([
        PlannedCommand("HSET", hash, [[1], [2]], role: .session),
        PlannedCommand("SADD", set, member, role: .expirations),
        PlannedCommand("PEXPIREAT", set, [Array("4102444800000".utf8)], role: .expirations),
    ])

    /// Takes it away again; the set is tidied up.
    private static let removing = plan([
        PlannedCommand("UNLINK", hash, role: .session),
        PlannedCommand("SREM", set, member, role: .expirations, isEssential: false),
    ])

    private static func plan(_ commands: [PlannedCommand]) -> ChangePlan {
        var plan = ChangePlan(id: [], key: hash, format: "spring", variant: nil)
        plan.commands = commands
        return plan
    }

    private func server(without right: String) throws -> RedisServer {
        try RedisServer { $0.users = ["some on nopass ~* &* +@all \(right)"] }
    }

    @Test(arguments: ["-sadd", "-pexpireat", "-sadd -del -unlink", "-sadd -script|load"])
    func refusesAPlanAsOftenAsItIsTried(right: String) throws {
        let server = try server(without: right)
        defer { server.stop() }
        var execution = PlanExecution(on: try server.store(user: "some").changeConnection())
        for _ in 1...2 {
            let error = #expect(throws: RedisError.self) { try execution.run([Self.making]) }
            #expect(error?.kind == .permission, "\(String(describing: error))")
        }
        #expect(try server.command("DBSIZE") == .integer(0))
    }

    /// Without scripts it takes WATCH, MULTI and EXEC, and every command of the plan between them.
    @Test(
        arguments: [
            ("-@scripting -@transaction -hset", "WATCH, MULTI, HSET, EXEC"), ("-@scripting -watch", "WATCH"),
            ("-@scripting -exec", "EXEC"), ("-@scripting -multi", "MULTI"), ("-@scripting -sadd", "SADD"),
            ("-@scripting -hset -sadd -pexpireat", "HSET, SADD, PEXPIREAT"),
            ("-eval -evalsha -watch -sadd", "WATCH, SADD"),
        ])
    func refusesWhoMayNotDoWithoutScripts(_ right: String, _ missing: String) throws {
        let server = try server(without: right)
        defer { server.stop() }
        let connection = try server.store(user: "some").changeConnection()
        var execution = PlanExecution(on: connection)
        for _ in 1...2 {
            let error = #expect(throws: RedisError.self) { try execution.run([Self.making]) }
            #expect(error?.kind == .permission && error?.deniesCommands ?? false, "\(String(describing: error))")
            #expect(
                error?.message.contains("may not run \(missing), nor scripts") ?? false, "\(String(describing: error))")
            let rights = #expect(throws: RedisError.self) { try execution.requireRights(for: [Self.making]) }
            #expect(rights == error)
        }
        // Nothing of it is left, also on the connection.
        #expect(try server.command("DBSIZE") == .integer(0))
        #expect(try connection.call("GET", "hash") == .null)
    }

    @Test(arguments: ["-@scripting", "-eval -evalsha"]) func doesWithoutScripts(_ right: String) throws {
        let server = try server(without: right)
        defer { server.stop() }
        var execution = PlanExecution(on: try server.store(user: "some").changeConnection())
        try execution.requireRights(for: [Self.making, Self.removing])
        #expect(try server.command("DBSIZE") == .integer(0))
        #expect(try execution.run([Self.making]).first?.failures == [])
        #expect(try server.command("DBSIZE") == .integer(2))
        #expect(try execution.run([Self.removing]).first?.failures == [])
        #expect(try server.command("DBSIZE") == .integer(0))
    }

    /// What counts is tried with a word that is no number.
    @Test func countingHasToBeAllowed() throws {
        let server = try server(without: "-incrby")
        defer { server.stop() }
        let plan = Self.plan([PlannedCommand("INCRBY", Self.hash, [Array("1".utf8)], role: .tokenVersion)])
        var denied = PlanExecution(on: try server.store(user: "some").changeConnection())
        let error = #expect(throws: RedisError.self) { try denied.run([plan]) }
        #expect(error?.kind == .permission, "\(String(describing: error))")
        #expect(try server.command("DBSIZE") == .integer(0))
        var allowed = PlanExecution(on: try server.store().changeConnection())
        #expect(try allowed.run([plan]).first?.failures == [])
        #expect(try server.command("DBSIZE") == .integer(1))
    }

    @Test func whatIsTriedLeavesNothing() throws {
        let server = try server(without: "-del")
        defer { server.stop() }
        var execution = PlanExecution(on: try server.store(user: "some").changeConnection())
        #expect(try execution.run([Self.making]).first?.failures == [])
        #expect(try server.command("DBSIZE") == .integer(2))
    }

    @Test func whatTidiesUpHasToBeAllowedAsWell() throws {
        let server = try server(without: "-srem")
        defer { server.stop() }
        try server.command("HSET", "hash", "a", "1")
        try server.command("SADD", "set", "member")
        let connection = try server.store(user: "some").changeConnection()
        var execution = PlanExecution(on: connection)
        #expect(throws: RedisError.self) { try execution.run([Self.removing]) }
        #expect(try server.command("EXISTS", "hash") == .integer(1))
    }

    // MARK: What is looked at

    /// Takes the hash away if it and the set are as they were read.
    private static let resting: ChangePlan = {
        var plan = removing
        plan.conditions = [
            PlanCondition(hash, .field(Array("a".utf8), Array("1".utf8)), otherwise: .changed),
            PlanCondition(hash, .fieldCount(1), otherwise: .changed),
            PlanCondition(set, .member(member[0]), otherwise: .changed),
        ]
        return plan
    }()

    private static func put(on server: RedisServer) throws {
        try server.command("HSET", "hash", "a", "1")
        try server.command("SADD", "set", "member")
    }

    /// What may not be looked at would never be as it was read, and each plan would fail by itself.
    @Test(
        arguments: [
            ("-@scripting -hlen", "HLEN, nor scripts"), ("-@scripting -hget", "HGET, nor scripts"),
            ("-@scripting -exists", "EXISTS, nor scripts"),
            ("-@scripting -sismember -srem", "SISMEMBER, SREM, nor scripts"),
            ("-@scripting -multi -exists -hlen -hget", "MULTI, EXISTS, HGET, HLEN, nor scripts"),
            ("-hlen", "HLEN in scripts"), ("-hmget", "HMGET in scripts"), ("-exists", "EXISTS in scripts"),
            ("-sismember", "SISMEMBER in scripts"),
        ])
    func whatIsLookedAtHasToBeAllowed(_ right: String, _ missing: String) throws {
        let server = try server(without: right)
        defer { server.stop() }
        try Self.put(on: server)
        var execution = PlanExecution(on: try server.store(user: "some").changeConnection())
        for _ in 1...2 {
            let error = #expect(throws: RedisError.self) { try execution.requireRights(for: [Self.resting]) }
            #expect(error?.deniesCommands ?? false, "\(String(describing: error))")
            #expect(error?.message.contains("may not run \(missing)") ?? false, "\(String(describing: error))")
            #expect(throws: RedisError.self) { try execution.run([Self.resting]) }
        }
        #expect(try server.command("EXISTS", "hash", "set") == .integer(2))
    }

    /// A script asks for fields together, and whoever runs none for each.
    @Test(arguments: ["-hget", "-@scripting -hmget"]) func noMoreIsNeededThanIsAsked(_ right: String) throws {
        let server = try server(without: right)
        defer { server.stop() }
        try Self.put(on: server)
        var execution = PlanExecution(on: try server.store(user: "some").changeConnection())
        #expect(try execution.run([Self.resting]).first?.failures == [])
        #expect(try server.command("EXISTS", "hash", "set") == .integer(0))
    }
}
