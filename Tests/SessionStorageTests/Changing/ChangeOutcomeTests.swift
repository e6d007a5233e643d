import Sessions
import Testing

@testable import Redis
@testable import SessionStorage

/// What the server's answer to a plan means, also for `undo`: only where nothing was written it has nothing to take back.
struct ChangeOutcomeTests {
    private static let key = Array("k".utf8)

    private static func command(_ name: String, isEssential: Bool = true) -> PlannedCommand {
        PlannedCommand(name, key, role: .session, isEssential: isEssential)
    }

    private static let commands = [
        command("HSET"), command("SREM", isEssential: false), command("PEXPIRE"), command("DEL"),
    ]

    private func archived(_ result: PlanResult) -> ArchivedOutcome {
        var plan = ChangePlan(id: Self.key, key: Self.key, format: "spring", variant: nil)
        plan.commands = Self.commands
        return ChangeOutcome(of: plan, result).archived
    }

    /// Behind a command that fails a transaction goes on.
    @Test(arguments: [[0], [0, 1], [0, 1, 2], [3]])
    func aPartThatMayHaveBeenDoneIsKept(_ failed: [Int]) {
        let failures = failed.map { PlanFailure(command: Self.commands[$0], message: "WRONGTYPE") }
        #expect(archived(.done(failures)) == .unknown)
    }

    @Test func whatFailedWholeIsLeft() {
        #expect(archived(.done(Self.commands.map { PlanFailure(command: $0, message: "WRONGTYPE") })) == .left)
    }

    @Test func whatOnlyTidiesUpMayFail() {
        #expect(archived(.done([PlanFailure(command: Self.commands[1], message: "WRONGTYPE")])) == .changed)
    }

    @Test(arguments: [
        (RedisError.Kind.permission, ArchivedOutcome.left), (.server(code: "OOM"), .left),
        (.server(code: "ERR"), .unknown),
    ])
    func whatWasRefusedIsLeftUnlessAScriptMayHaveBegun(_ kind: RedisError.Kind, _ outcome: ArchivedOutcome) throws {
        let endpoint = RedisEndpoint(.unix(path: "/s"))
        let error = RedisError(kind: kind, endpoint: endpoint, command: "EVALSHA", message: "no")
        #expect(archived(.refused(error)) == outcome)
        #expect(archived(.unknown(error)) == .unknown)
    }
}
