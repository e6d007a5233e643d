import Redis
import Sessions
import TestSupport
import Testing

@testable import SessionStorage

/// Plans run on a real server, as scripts and as transactions: both look at the conditions and run the commands alike.
struct PlanExecutionIntegrationTests {
    private static let hash = Array("hash".utf8)
    private static let string = Array("string".utf8)
    private static let set = Array("set".utf8)
    private static let nothing = Array("nothing".utf8)
    private static let mark = Array("mark".utf8)

    private func bench(_ user: String?) throws -> (RedisServer, PlanExecution) {
        let server = try RedisServer { $0.users = ["plain on nopass ~* &* +@all -@scripting"] }
        for command in [
            ["HSET", "hash", "a", "1", "b", "2", "c", "3"], ["PEXPIRE", "hash", "100000"], ["SET", "string", "text"],
            ["SADD", "set", "member"],
        ] { _ = try server.client().command(command.map { Array($0.utf8) }) }
        return (server, PlanExecution(on: try server.store(user: user).changeConnection()))
    }

    /// A plan that leaves a mark where its conditions are met.
    private func plan(_ conditions: [PlanCondition], commands: [PlannedCommand] = []) -> ChangePlan {
        var plan = ChangePlan(id: [], key: Self.hash, format: "spring", variant: nil)
        plan.conditions = conditions
        plan.commands = commands + [PlannedCommand("APPEND", Self.mark, [[1]], role: .time)]
        return plan
    }

    private static func condition(_ key: [UInt8], _ test: PlanCondition.Test) -> PlanCondition {
        PlanCondition(key, test, otherwise: .changed)
    }

    private static func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }
    private static func digest(_ text: String) -> [UInt8] { SHA1.hexadecimal(of: bytes(text)) }

    private static let met: [PlanCondition] = [
        condition(hash, .exists), condition(nothing, .missing), condition(hash, .field(bytes("a"), bytes("1"))),
        condition(hash, .field(bytes("z"), nil)), condition(hash, .fieldDigest(bytes("b"), digest("2"))),
        condition(hash, .fieldCount(3)), condition(string, .digest(digest("text"))),
        condition(hash, .lifeAtMost(100_000)), condition(string, .lifeIsEndless),
        condition(set, .member(bytes("member"))), condition(hash, hashDigest(["c": "3", "a": "1", "b": "2"])),
        condition(nothing, hashDigest([:])),
    ]

    private static func hashDigest(_ fields: [String: String]) -> PlanCondition.Test {
        .hashDigest(HashDigest.hexadecimal(of: fields.map { StoredField(bytes($0), bytes($1)) }))
    }

    private static let unmet: [PlanCondition] = [
        condition(nothing, .exists), condition(hash, .missing), condition(hash, .field(bytes("a"), bytes("2"))),
        condition(hash, .field(bytes("z"), bytes("1"))), condition(hash, .field(bytes("a"), nil)),
        condition(hash, .fieldDigest(bytes("b"), digest("3"))), condition(hash, .fieldDigest(bytes("z"), digest(""))),
        condition(hash, .fieldCount(2)), condition(string, .digest(digest("other"))),
        condition(nothing, .digest(digest(""))), condition(hash, .lifeAtMost(10)), condition(string, .lifeAtMost(10)),
        condition(nothing, .lifeAtMost(10)), condition(hash, .lifeIsEndless), condition(set, .member(bytes("other"))),
        condition(nothing, .member(bytes("member"))),
        // Keys of another type are not what was read.
        condition(string, .field(bytes("a"), bytes("1"))), condition(string, .field(bytes("a"), nil)),
        condition(string, .fieldCount(0)), condition(hash, .digest(digest("text"))),
        condition(string, .member(bytes("member"))), condition(string, .fieldDigest(bytes("a"), digest("1"))),
        condition(string, hashDigest([:])), condition(string, hashDigest(["a": "1"])),
        // A field more, one less, another value, the values of others, and no such key.
        condition(hash, hashDigest(["a": "1", "b": "2"])), condition(hash, hashDigest(["a": "1", "b": "2", "c": "4"])),
        condition(hash, hashDigest(["a": "1", "b": "2", "c": "3", "d": "4"])),
        condition(hash, hashDigest(["a": "2", "b": "1", "c": "3"])), condition(nothing, hashDigest(["a": "1"])),
    ]

    /// When a key ends is the same at each look, whoever is asked.
    @Test(arguments: [nil, "plain"], [true, false])
    func looksWhenAKeyEnds(user: String?, tellsExpiry: Bool) throws {
        let (server, _) = try bench(user)
        defer { server.stop() }
        var execution = PlanExecution(
            on: try server.store(user: user).changeConnection(), tellsExpiry: tellsExpiry)
        guard case .integer(let end) = try server.command("PEXPIRETIME", "hash") else { return #expect(Bool(false)) }
        let tests: [(PlanCondition.Test, [UInt8])] = [
            (.endsAt(end), Self.hash), (.endsAt(end + 1000), Self.hash), (.endsAt(end - 1000), Self.hash),
            (.endsAt(end), Self.string), (.endsAt(end), Self.nothing),
        ]
        let results = try execution.run(tests.map { plan([Self.condition($1, $0)]) })
        #expect(
            results.map { if case .done = $0 { true } else { false } } == [true, false, false, false, false],
            "\(results)")
    }

    @Test(arguments: [nil, "plain"])
    func runsWhereEveryConditionIsMet(user: String?) throws {
        var (server, execution) = try bench(user)
        defer { server.stop() }
        let results = try execution.run(Self.met.map { plan([$0]) } + [plan(Self.met)])
        for (index, result) in results.enumerated() {
            #expect(result.failures == [], "\(index): \(result)")
        }
        #expect(try server.command("STRLEN", "mark") == .integer(Int64(Self.met.count + 1)))
    }

    /// The server and this program make the same digest of whatever bytes there are, of a small hash and of a large one.
    @Test(arguments: [nil, "plain"], [1, 5, 700, HashDigest.mostFields])
    func digestsOfHashesAreTheServers(user: String?, count: Int) throws {
        var (server, execution) = try bench(user)
        defer { server.stop() }
        let odd: [[UInt8]] = [
            [], Self.bytes("Größe"), Self.bytes("名前"), [0], [0xFF, 0, 0x0A], Self.bytes("a\nb"), Self.bytes("1:a"),
            [UInt8](0...255),
        ]
        var fields = (0..<count).map { StoredField(Self.bytes("f\($0)"), odd[$0 % odd.count]) }
        fields.append(StoredField(Self.bytes("long"), [UInt8](repeating: 0xC3, count: 100_000)))
        fields += odd.prefix(count).enumerated().map { StoredField($1, odd[($0 + 1) % odd.count]) }
        let key = Self.bytes("odd")
        for start in stride(from: 0, to: fields.count, by: 1000) {
            let some = fields[start..<min(start + 1000, fields.count)]
            try server.command([Self.bytes("HSET"), key] + some.flatMap { [$0.field, $0.value] })
        }
        let same = PlanCondition.Test.hashDigest(HashDigest.hexadecimal(of: fields.shuffled()))
        fields[fields.count / 2] = StoredField(fields[fields.count / 2].field, Self.bytes("other"))
        let other = PlanCondition.Test.hashDigest(HashDigest.hexadecimal(of: fields))
        let results = try execution.run([same, other].map { plan([Self.condition(key, $0)]) })
        #expect(results[0].failures == [], "\(results[0])")
        #expect(results[1].condition?.test == other)
        #expect(try server.command("STRLEN", "mark") == .integer(1))
    }

    @Test(arguments: [nil, "plain"])
    func writesNothingWhereAConditionIsUnmet(user: String?) throws {
        var (server, execution) = try bench(user)
        defer { server.stop() }
        let alone = Self.unmet.map { plan([$0]) }
        let behindOthers = Self.unmet.map { plan(Self.met + [$0] + Self.met) }
        for (result, wanted) in zip(try execution.run(alone + behindOthers), Self.unmet + Self.unmet) {
            #expect(result.condition == wanted, "\(result)")
        }
        #expect(try server.command("EXISTS", "mark") == .integer(0))
    }

    /// What is answered is told while the rest is waited for.
    @Test(arguments: [nil, "plain"])
    func tellsWhatIsAnsweredWhileItWaits(user: String?) throws {
        let server = try RedisServer { $0.users = ["plain on nopass ~* &* +@all -@scripting"] }
        defer { server.stop() }
        let link = try SlowLink(to: server)
        defer { link.stop() }
        let connection = try server.store(user: user, over: link).changeConnection()
        var execution = PlanExecution(on: connection)
        // So much takes its time on the way.
        let long = PlannedCommand("APPEND", Self.mark, [[UInt8](repeating: 1, count: 999)], role: .time)
        let plans = (0..<6).map { _ in plan([Self.condition(Self.nothing, .missing)], commands: [long]) }
        var told: [Int] = []
        var failed = 0
        let note: PlanExecution.Noting = { results in
            told.append(results.count)
            failed += results.count { !$0.isWhole }
        }
        let results = try execution.run(plans, noting: note)
        failed += results.count { !$0.isWhole }
        #expect(failed == 0 && results.count == 6)
        #expect(!told.isEmpty && told == told.sorted() && told.allSatisfy { 1...6 ~= $0 }, "\(told)")
        // What takes some round trips by itself is told at once.
        if user != nil { #expect(told == Array(1...6)) }
        #expect(try server.command("STRLEN", "mark") == .integer(6000))
    }

    /// A server that has forgotten its scripts gets them once more, and a user whose right to run them was taken away goes on without.
    @Test(arguments: [["SCRIPT", "FLUSH"], ["ACL", "SETUSER", "able", "-@scripting"]])
    func tellsWhatIsAnsweredOnceMore(_ words: [String]) throws {
        let server = try RedisServer { $0.users = ["able on nopass ~* &* +@all"] }
        defer { server.stop() }
        let link = try SlowLink(to: server)
        defer { link.stop() }
        var execution = PlanExecution(on: try server.store(user: "able", over: link).changeConnection())
        let long = PlannedCommand("APPEND", Self.mark, [[UInt8](repeating: 1, count: 999)], role: .time)
        let plans = (0..<6).map { _ in plan([Self.condition(Self.nothing, .missing)], commands: [long]) }
        #expect(try execution.run(plans).allSatisfy(\.isWhole))
        try server.command(words.map { Array($0.utf8) })
        var told: [Int] = []
        let results = try execution.run(plans) { told.append($0.count { $0.isWhole }) }
        #expect(results.count == 6 && results.allSatisfy(\.isWhole))
        #expect(told.contains { 1..<6 ~= $0 } && told == told.sorted(), "\(told)")
        #expect(try server.command("STRLEN", "mark") == .integer(12_000))
    }

    /// Several fields are asked for in one command; which of them is another, and that the key is gone, is known all the same.
    @Test(arguments: [nil, "plain"])
    func tellsWhichOfSeveralFieldsIsAnother(user: String?) throws {
        var (server, execution) = try bench(user)
        defer { server.stop() }
        func fields(of key: [UInt8], _ values: [String]) -> [PlanCondition] {
            [PlanCondition(key, .exists, otherwise: .gone)]
                + zip(["a", "b", "c"], values).map { name, value in
                    PlanCondition(key, .field(Self.bytes(name), Self.bytes(value)), otherwise: .usedSince)
                }
        }
        let plans = [["1", "2", "3"], ["x", "2", "3"], ["1", "x", "3"], ["1", "2", "x"]].map {
            plan(fields(of: Self.hash, $0))
        }
        let results = try execution.run(plans + [plan(fields(of: Self.nothing, ["1", "2", "3"]))])
        #expect(results[0].failures == [])
        for index in 1...3 { #expect(results[index].condition == plans[index].conditions[index]) }
        #expect(results[4].condition?.otherwise == .gone)
    }

    @Test(arguments: [nil, "plain"])
    func endsOnlyWhereAnEssentialCommandFails(user: String?) throws {
        var (server, execution) = try bench(user)
        defer { server.stop() }
        func failing(_ isEssential: Bool) -> PlannedCommand {
            PlannedCommand("SADD", Self.hash, [[1]], role: .session, isEssential: isEssential)
        }
        let results = try execution.run([plan([], commands: [failing(false)]), plan([], commands: [failing(true)])])
        for (result, isEssential) in zip(results, [false, true]) {
            let failures = try #require(result.failures)
            #expect(failures.map(\.command) == [failing(isEssential)])
            #expect(failures.allSatisfy { $0.message.hasPrefix("WRONGTYPE") })
        }
        // A transaction runs what stands behind; the change counts as failed either way.
        #expect(try server.command("STRLEN", "mark") == .integer(user == nil ? 1 : 2))
    }

    @Test func takesManyArguments() throws {
        var (server, execution) = try bench(nil)
        defer { server.stop() }
        for count in [15, 16, 17, 18, 1000] {
            let members = (0..<count).map { Self.bytes("member \($0)") }
            let key = Self.bytes("set of \(count)")
            let results = try execution.run([plan([], commands: [PlannedCommand("SADD", key, members, role: .session)])]
            )
            #expect(results.first?.failures == [])
            #expect(try server.call("SCARD", key) == .integer(Int64(count)))
        }
    }

    /// The server is restarted, or told to forget its scripts, behind the first of the plans.
    @Test func worksOnWhereScriptsWereForgotten() throws {
        var (server, execution) = try bench(nil)
        defer { server.stop() }
        for round in 1...3 {
            let results = try execution.run([plan(Self.met), plan([Self.met[0]]), plan(Self.met)])
            for result in results { #expect(result.failures == [], "\(round): \(result)") }
            _ = try server.command("SCRIPT", "FLUSH")
        }
        #expect(try server.command("STRLEN", "mark") == .integer(9))
    }

    /// Every session of a change has the same few scripts: a server keeps them until it ends.
    @Test func plansOfOneShapeHaveOneScript() {
        let one = PlanCall(plan([Self.condition(Self.hash, .field([1], [2]))]))
        let other = PlanCall(plan([Self.condition(Self.string, .field([3, 4], [5]))]))
        let third = PlanCall(plan([Self.condition(Self.hash, .field([1], nil))]))
        #expect(one.shape == other.shape)
        #expect(PlanScript(for: one, tellsExpiry: true).text == PlanScript(for: other, tellsExpiry: true).text)
        #expect(one.shape != third.shape)
        #expect(PlanScript(for: one, tellsExpiry: true).text != PlanScript(for: third, tellsExpiry: true).text)
    }
}

extension PlanResult {
    var failures: [PlanFailure]? {
        guard case .done(let failures) = self else { return nil }
        return failures
    }

    fileprivate var condition: PlanCondition? {
        guard case .unmet(let condition) = self else { return nil }
        return condition
    }
}
