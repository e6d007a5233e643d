import Testing

@testable import Sessions

/// Plans for Spring sessions that no fixture has (session-formats, ch. 5.3, 6.2, 6.3, 6.6 and 8).
struct SpringPlanTests {
    private let context = ChangeContext(now: PlannedSession.now)

    private func indexed(_ fields: [(String, [UInt8])], life: TimeToLive = .milliseconds(2_040_000)) -> PlannedSession {
        var session = PlannedSession("s:sessions:a", fields, life: life)
        session.others = [(.shadow, .string([]))]
        return session
    }

    @Test func theShadowKeyGoesLastAndTheHashStays() throws {
        var session = indexed(PlannedSession.spring(like: PlannedSession.text))
        session.others.append((.expirations, .members([.utf8("\"expires:a\"")])))
        session.others.append((.principalIndex, .members([.utf8("\"a\"")])))
        let plan = try SessionChanges.expire(session.group(), context)
        #expect(
            plan.lines == [
                "HSET s:sessions:a maxInactiveInterval 0", "PEXPIRE s:sessions:a 300000",
                #"SREM s:expirations:1800001800000 "expires:a" "a""#,
                "SREM s:index:org.springframework.session.FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME:null \"a\"",
                "DEL s:sessions:expires:a",
            ])
        #expect(plan.commands.map(\.isEssential) == [true, true, false, false, true])
        #expect(plan.conditions.map(\.otherwise) == [.gone, .usedSince, .usedSince, .changed, .usedSince])
        #expect(plan.result.count == 4 && plan.doubt == nil && plan.afterwards == [])
        // By that a later logout by the application is told from this one.
        #expect(plan.result[2].test == .lifeAtMost(300_000))
    }

    @Test func anExpiredEventIsWaitedFor() throws {
        let session = indexed(PlannedSession.spring(like: PlannedSession.text))
        let plan = try SessionChanges.expire(
            session.group(), ChangeContext(now: PlannedSession.now, event: .expired))
        #expect(plan.lines.last == "PEXPIRE s:sessions:expires:a 20")
        #expect(plan.afterwards.map(\.words) == [[.utf8("EXISTS"), .utf8("s:sessions:expires:a")]])
    }

    /// What lacks a field, or holds numbers of another serializer, cannot be marked as ended: it goes, that no poison is left.
    @Test(arguments: ["creationTime", "lastAccessedTime", "maxInactiveInterval"])
    func aHashThatLacksAFieldGoes(_ missing: String) throws {
        for fields in [
            PlannedSession.spring(like: PlannedSession.text).filter { $0.0 != missing },
            PlannedSession.spring(like: { _, _ in [1, 0xC0, 0xFF, 3] }),
        ] {
            let group = try indexed(fields).group()
            let plan = try SessionChanges.expire(group, context)
            #expect(plan.lines == ["DEL s:sessions:expires:a", "UNLINK s:sessions:a"])
            #expect(plan.result.map(\.test) == [.missing, .missing])
            let refused = refusal { () throws(ChangeRefusal) in try SpringFormat.planToTouch(group, context) }
            #expect(refused?.contains("is missing") == true || refused?.contains("not known") == true)
        }
    }

    /// An id may be such that its hash has the name of another's shadow key.
    @Test func aSessionUnderTheNameOfAShadowKeyIsLeft() throws {
        var session = PlannedSession("s:sessions:a", PlannedSession.spring(like: PlannedSession.text))
        session.others = [(.shadow, .hash([StoredField(.utf8("creationTime"), .utf8("1"))]))]
        session.record.timeToLive = .milliseconds(2_040_000)
        let group = try session.group()
        #expect(group.session.variant == "indexed")
        for plan in [try SessionChanges.expire(group, context), try SessionChanges.touch(group, context)] {
            #expect(!plan.writtenKeys.contains(.utf8("s:sessions:expires:a")))
            #expect(plan.lines.first?.hasPrefix("HSET s:sessions:a ") == true)
        }
    }

    /// Version 1.0: one bucket of plain ids, which has to be there in its minute.
    @Test func aSessionOfVersion1GoesWithItsPlaceInTheBucket() throws {
        var session = PlannedSession(
            "s:sessions:a", PlannedSession.spring(like: PlannedSession.text), life: .milliseconds(1_740_000))
        session.others = [(.expirations, .members([.utf8("a")]))]
        let group = try session.group()
        #expect(
            try SessionChanges.expire(group, context).lines == [
                "SREM s:expirations:1800001800000 a", "UNLINK s:sessions:a",
            ])
        #expect(
            try SessionChanges.touch(group, context).lines == [
                "HSET s:sessions:a lastAccessedTime 1800000000000", "PEXPIREAT s:sessions:a 1800001800000",
                "SREM s:expirations:1800001800000 a", "SADD s:expirations:1800001860000 a",
                "PEXPIREAT s:expirations:1800001860000 1800001860000",
            ])
    }

    /// Some versions give a session that never ends a life of five minutes again at each use.
    @Test func whatNeverEndsIsExtendedOnlyWhereItsKeyHasNoLife() throws {
        let fields = PlannedSession.spring(interval: -1, like: PlannedSession.text)
        let endless = try indexed(fields, life: .none).group()
        #expect(
            try SessionChanges.touch(endless, context).lines == ["HSET s:sessions:a lastAccessedTime 1800000000000"])
        #expect(
            try SessionChanges.expire(endless, context).lines == [
                "HSET s:sessions:a maxInactiveInterval 0", "PEXPIRE s:sessions:a 300000", "DEL s:sessions:expires:a",
            ])
        let doomed = try indexed(fields, life: .milliseconds(299_000)).group()
        let refused = refusal { () throws(ChangeRefusal) in try SessionChanges.touch(doomed, context) }
        #expect(refused?.contains("says never, and its key ends in 299 seconds") == true)
    }

    /// A principal that was renamed is still in the index that the session itself names.
    @Test func aReactiveSessionLeavesTheIndicesThatItNames() throws {
        var session = indexed(
            PlannedSession.spring(like: PlannedSession.text) + [
                ("sessionAttr:PRINCIPAL_NAME_INDEX_NAME", .utf8("\"bob\""))
            ])
        let names = ["bob", "old"].map { [UInt8].utf8("\"s:sessions:index:PRINCIPAL_NAME_INDEX_NAME:\($0)\"") }
        session.others += [(.sessionIndex, .set(names)), (.principalIndex, .members([.utf8("\"a\"")]))]
        session.others.append((.sortedExpirations, .scores([ScoredMember(.utf8("\"a\""), score: .utf8("1"))])))
        let tidying = [
            #"SREM s:sessions:index:PRINCIPAL_NAME_INDEX_NAME:old "a""#, #"ZREM s:sessions:expirations "a""#,
            #"SREM s:sessions:index:PRINCIPAL_NAME_INDEX_NAME:bob "a""#, "UNLINK s:sessions:a:idx",
            "DEL s:sessions:expires:a",
        ]
        let heard = try SessionChanges.expire(session.group(), context)
        #expect(
            heard.lines == ["HSET s:sessions:a maxInactiveInterval 0", "PEXPIRE s:sessions:a 300000"] + tidying)
        // Who hears it deletes the hash; until then it is as the logout left it.
        #expect(
            heard.result.map(\.key)
                == Array(repeating: .utf8("s:sessions:a"), count: 3) + [.utf8("s:sessions:expires:a")])
        let unheard = try SessionChanges.expire(
            session.group(), ChangeContext(now: PlannedSession.now, isHeard: false))
        #expect(unheard.lines == tidying + ["UNLINK s:sessions:a"])
    }

    /// A session that ends by then anyway is as it is wanted.
    @Test func onlyAnEarlierEndIsSetAndNoneThatIsPast() throws {
        let group = try indexed(PlannedSession.spring(like: PlannedSession.text)).group()
        func refused(_ end: Int64) -> String? {
            refusal { () throws(ChangeRefusal) in try SessionChanges.expire(group, at: end, context) }
        }
        #expect(refused(PlannedSession.now)?.hasSuffix("is past") == true)
        for end in [PlannedSession.now + 1_740_000, Int64.max] {
            #expect(try SessionChanges.expire(group, at: end, context).commands.isEmpty)
        }
        #expect(try !SessionChanges.expire(group, at: PlannedSession.now + 1_739_000, context).commands.isEmpty)
    }
}
