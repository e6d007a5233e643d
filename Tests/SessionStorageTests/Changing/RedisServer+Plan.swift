import Glibc
import TestSupport
import Testing

@testable import Sessions

extension RedisServer {
    /// Whether the condition holds on this server now.
    func holds(_ condition: PlanCondition) throws -> Bool {
        let key = condition.key
        switch condition.test {
        case .endsAt(let end): return try call("PEXPIRETIME", key) == .integer(end)
        case .exists: return try call("EXISTS", key) == .integer(1)
        case .missing: return try call("EXISTS", key) == .integer(0)
        case .field(let field, let value): return try call("HGET", key, field) == value.map { .string($0) } ?? .null
        case .fieldDigest(let field, let digest):
            return SHA1.hexadecimal(of: try call("HGET", key, field).bytes) == digest
        case .fieldCount(let count): return try call("HLEN", key) == .integer(Int64(count))
        case .hashDigest(let digest):
            let items = try call("HGETALL", key).items
            let fields = stride(from: 0, to: items.count, by: 2).map { StoredField(items[$0], items[$0 + 1]) }
            return HashDigest.hexadecimal(of: fields) == digest
        case .digest(let digest):
            guard case .string(let value) = try call("GET", key) else { return false }
            return SHA1.hexadecimal(of: value) == digest
        case .lifeAtMost(let most):
            guard case .integer(let left) = try call("PTTL", key) else { return false }
            return left >= 0 && left <= most
        case .lifeIsEndless: return try call("PTTL", key) == .integer(-1)
        case .member(let member):
            return try call(type(of: key) == "zset" ? "ZSCORE" : "SISMEMBER", key, member) != .null
        }
    }

    /// The conditions that fail, by what that means.
    func failing(_ conditions: [PlanCondition]) throws -> [PlanCondition.Meaning] {
        try conditions.filter { try !holds($0) }.map(\.otherwise)
    }

    /// Runs the plan as an executor would, if all its conditions hold, and tells what that has changed in the whole database.
    ///
    /// What the plan says of its result must be so; and no key may be another that the plan does not name.
    @discardableResult
    func run(_ plan: ChangePlan, now: Int64) throws -> [String] {
        #expect(try failing(plan.conditions) == [])
        var before = try Keyspace(self)
        for command in plan.commands { expectNoError(try self.command(command.words), command) }
        usleep(UInt32(ChangePlan.lastLife + 5) * 1000)
        for command in plan.afterwards { expectNoError(try self.command(command.words), command) }
        #expect(try failing(plan.result) == [])
        let after = try Keyspace(self)
        let written = Set(plan.writtenKeys)
        // On a busy machine the minute of a short life may have passed.
        before.forget(after: after) { !written.contains($0) }
        for key in Set(before.values.keys).union(after.values.keys) where !written.contains(key) {
            #expect(before.values[key] == after.values[key], "\(EscapedName.text(of: key))")
        }
        return after.changes(since: before, now: now)
    }

    private func expectNoError(_ reply: RespValue, _ command: PlannedCommand) {
        if case .error(let text) = reply { Issue.record("\(command.name): \(text)") }
    }
}

/// What a format says against a change; nil where it has a plan.
func refusal(_ plan: () throws(ChangeRefusal) -> ChangePlan) -> String? {
    do {
        _ = try plan()
        return nil
    } catch {
        return error.description
    }
}
