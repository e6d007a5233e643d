import Sessions
import Testing

@testable import SessionStorage

/// What must still be so of a hash when it is made what it was.
struct UndoPlannerTests {
    private static let key = Array("key".utf8)
    private static let name = Array("a".utf8)

    private func conditions(
        lives before: Int64?, now: Int64?, isForced: Bool = false
    ) throws -> [PlanCondition.Test] {
        let state = KeyState(
            key: Self.key, role: .session, content: .hash([StoredField(Self.name, [1])]), expiresAt: before)
        let kept = KeptSession(
            id: Self.key, key: Self.key, format: "spring", variant: nil, states: [state],
            result: [PlanCondition(Self.key, .field(Self.name, [2]), otherwise: .usedSince)])
        let current = CurrentState(content: .hash([StoredField(Self.name, [2])]), isThere: true, expiresAt: now)
        let planner = UndoPlanner(
            kept: kept, current: [current], now: 1000, changed: ChangeSpan(began: 500, ended: 600), isForced: isForced,
            usesRestore: true, keepsLife: true)
        guard case .plan(let plan) = planner.decide(extending: nil) else {
            Issue.record("no plan")
            return []
        }
        #expect(plan.commands.contains { $0.name == "HSET" })
        return plan.conditions.map(\.test)
    }

    /// Also the fields that are not written: somebody may have changed one since it was looked at.
    @Test func theWholeHashIsToBeTheOneThatWasRead() throws {
        let digest = HashDigest.hexadecimal(of: [StoredField(Self.name, [2])])
        #expect(try conditions(lives: 5000, now: 5000) == [.exists, .hashDigest(digest), .field(Self.name, [2])])
    }

    /// Where another is written.
    @Test func theLifeIsToBeTheOneThatWasRead() throws {
        #expect(try conditions(lives: 5000, now: 9000).contains(.endsAt(9000)))
        #expect(try conditions(lives: 5000, now: nil).contains(.lifeIsEndless))
        #expect(try conditions(lives: nil, now: 9000).contains(.endsAt(9000)))
        #expect(try !conditions(lives: 5000, now: 5001).contains(.endsAt(5001)))
    }

    /// By force also where the life is right, as none is written then.
    @Test func byForceTheLifeIsAlwaysToBeTheOneThatWasRead() throws {
        let digest = HashDigest.hexadecimal(of: [StoredField(Self.name, [2])])
        for end in [5000, 9000] as [Int64] {
            let tests = try conditions(lives: 5000, now: end, isForced: true)
            #expect(tests == [.exists, .hashDigest(digest), .endsAt(end)])
        }
        #expect(try conditions(lives: nil, now: nil, isForced: true).last == .lifeIsEndless)
    }

    /// What is to be so of a key when it is taken back by force.
    private func conditions(toMake wanted: KeyState.Content, of found: KeyState.Content) -> [PlanCondition.Test] {
        let state = KeyState(key: Self.key, role: .session, content: wanted, expiresAt: 5000)
        let planner = UndoPlanner(
            kept: KeptSession(id: Self.key, key: Self.key, format: "jwt", variant: nil, states: [state], result: []),
            current: [CurrentState(content: found, isThere: true, expiresAt: 5000)], now: 1000,
            changed: ChangeSpan(began: 500, ended: 600), isForced: true, usesRestore: true, keepsLife: true)
        return planner.forcedConditions.map(\.test)
    }

    /// Of what is written whole nothing has to be so but that it is there.
    @Test func byForceTheLifeIsAskedForWhereItIsNotWritten() {
        #expect(conditions(toMake: .string([1]), of: .string([2])) == [.exists])
        let digest = SHA1.hexadecimal(of: [1])
        #expect(conditions(toMake: .string([1]), of: .string([1])) == [.exists, .digest(digest), .endsAt(5000)])
        #expect(conditions(toMake: .set([[1]]), of: .set([[2]])) == [.exists, .endsAt(5000)])
        #expect(conditions(toMake: .set([[1]]), of: .string([2])) == [.exists])
    }
}
