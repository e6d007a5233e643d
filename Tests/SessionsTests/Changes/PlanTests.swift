import Testing

@testable import Sessions

/// What all plans have in common.
struct PlanTests {
    private let context = ChangeContext(now: PlannedSession.now)
    private static let id = "0123456789ABCDEF0123456789ABCDEF"

    /// It goes only while it is still the placeholder: a request may be about to save the session.
    @Test func aPlaceholderGoesAsLongAsItIsOne() throws {
        let group = try PlannedSession(Self.id, text: "null").group()
        let plan = try SessionChanges.expire(group, context)
        #expect(plan.lines == ["UNLINK \(Self.id)"] && plan.doubt == nil)
        #expect(plan.conditions.contains(where: { $0.test == .digest(SHA1.hexadecimal(of: .utf8("null"))) }))
        let refused = refusal { () throws(ChangeRefusal) in try SessionChanges.touch(group, context) }
        #expect(refused?.contains("placeholder") == true)
    }

    /// A string says by its bytes that it is another one, and by a longer life that it was used.
    @Test func aStringIsLookedAtByBytesAndLife() throws {
        let group = try PlannedSession(Self.id, text: "null", life: .milliseconds(5000)).group()
        let plan = try SessionChanges.expire(group, context)
        #expect(plan.conditions.map(\.otherwise) == [.gone, .changed, .usedSince])
        #expect(plan.conditions.last?.test == .lifeAtMost(5000))
    }

    @Test func whatHasEndedIsNotExtended() throws {
        let fields = PlannedSession.spring(interval: 30, like: PlannedSession.text)
        let group = try PlannedSession("s:sessions:a", fields).group()
        let refused = refusal { () throws(ChangeRefusal) in try SessionChanges.touch(group, context) }
        #expect(refused?.contains("nothing can be extended") == true)
    }

    /// No plan of any format sets a string without a life (ch. 15).
    @Test func noPlanSetsAStringWithoutALife() throws {
        var keys: [(String, String)] = []
        for (name, value) in [
            ("creation_time", "1"), ("last_access_time", "2"), ("expire_at", "3"), ("timeout", "1800"),
        ] {
            keys.append(("session:\(Self.id):\(name)", value))
        }
        var session = PlannedSession(keys[0].0, text: keys[0].1, life: .milliseconds(5))
        session.record.companions = keys.dropFirst().map {
            StoredCompanion(key: .utf8($0.0), content: .string(.utf8($0.1)))
        }
        session.others = [(.time, .string(.utf8("2")))]
        let plan = try ZininFormat.planToTouch(session.group(), context)
        let sets = plan.commands.filter { $0.name == "SET" }
        #expect(sets.count == 2 && sets.allSatisfy { $0.words[3] == .utf8("PX") })
    }

    /// Times at the ends of all numbers are refused, and never trap.
    @Test(arguments: [Int64.max, Int64.max / 1000, Int64.max / 2000 - 1, 9_223_372_036_854_775, 0, -1, Int64.min])
    func extremeIntervalsAreRefusedOrKept(_ interval: Int64) throws {
        for last in [Int64.min, -1, 0, PlannedSession.now, Int64.max] {
            let fields = [
                ("creationTime", last.decimal), ("lastAccessedTime", last.decimal),
                ("maxInactiveInterval", interval.decimal),
            ]
            let redisson = fields.map { ("session:" + $0.0, $0.1) } + [("session:thisAccessedTime", last.decimal)]
            let amadeus = [
                ("#:creationTime", last.bigEndianBytes()), ("#:lastAccessed", last.bigEndianBytes()),
                ("#:maxInactiveInterval", interval.bigEndianBytes(4)),
            ]
            for session in [
                PlannedSession("s:sessions:a", fields), PlannedSession("redisson:tomcat_session:\(Self.id)", redisson),
                PlannedSession("spring:session:a", redisson), PlannedSession("com.amadeus.session::n:{a}", amadeus),
            ] {
                let group = try session.group()
                let format = try #require(SessionFormats.format(named: group.session.format))
                for end in [Int64.min, 0, PlannedSession.now + 1, Int64.max] {
                    _ = try? format.planToExpire(group, at: end, context)
                }
                for now in [PlannedSession.now, 0, Int64.max] {
                    _ = try? format.planToTouch(group, ChangeContext(now: now))
                    #expect((try? format.planToExpire(group, ChangeContext(now: now))) != nil || interval == 0)
                }
            }
        }
    }
}
