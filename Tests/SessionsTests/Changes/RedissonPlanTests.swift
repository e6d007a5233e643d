import Testing

@testable import Sessions

/// Redisson's codecs and older versions, of which there is no fixture (session-formats, ch. 10.2 to 10.4).
struct RedissonPlanTests {
    private let context = ChangeContext(now: PlannedSession.now)
    private static let key = "redisson:tomcat_session:0123456789ABCDEF0123456789ABCDEF"

    private func session(
        quoted: Bool = false, life: TimeToLive = .milliseconds(1_800_000),
        _ number: (Int64, Bool) -> [UInt8]
    ) -> PlannedSession {
        let used = PlannedSession.now - 60_000
        let numbers: [(String, Int64, Bool)] = [
            ("creationTime", used - 600_000, true), ("lastAccessedTime", used, true), ("thisAccessedTime", used, true),
            ("maxInactiveInterval", 1800, false),
        ]
        let fields = numbers.map { name, value, isLong in
            (quoted ? "\"session:\(name)\"" : "session:\(name)", number(value, isLong))
        }
        return PlannedSession(Self.key, fields, life: life)
    }

    private func kryo(_ number: Int64, _ isLong: Bool) -> [UInt8] {
        Kryo5.bytes(of: number, like: [isLong ? 9 : 2]) ?? []
    }

    /// The examples of the specification, and back.
    @Test func numbersOfKryoAreWrittenAsTheyAreRead() {
        #expect(kryo(1_700_000_000_000, true) == [0x09, 0x80, 0xA0, 0xAB, 0xFE, 0xF9, 0x62])
        #expect(kryo(1800, false) == [0x02, 0x90, 0x1C] && kryo(-1, false) == [0x02, 0x01])
        #expect(kryo(1 << 40, false) == [])
        for number in [0, 1, -1, 63, 64, -65, 1 << 27, 1 << 55, 1 << 62, Int64.max, Int64.min] {
            #expect(Kryo5.number(kryo(number, true)) == number)
            guard Int32(exactly: number) != nil else { continue }
            #expect(Kryo5.number(kryo(number, false)) == number)
        }
    }

    @Test func extensionKeepsTheCodecOfTheTimes() throws {
        let plan = try SessionChanges.touch(session(kryo).group(), context)
        let time = kryo(PlannedSession.now, true)
        #expect(
            plan.commands.map(\.words) == [
                [
                    .utf8("HSET"), .utf8(Self.key), .utf8("session:lastAccessedTime"), time,
                    .utf8("session:thisAccessedTime"), time,
                ],
                [.utf8("PEXPIRE"), .utf8(Self.key), .utf8("1860000")],
            ])
        let json = try SessionChanges.touch(
            session { .utf8($1 ? "[\"java.lang.Long\",\($0)]" : String($0)) }.group(), context)
        #expect(json.commands[0].words[3] == .utf8("[\"java.lang.Long\",1800000000000]"))
    }

    /// Before 2.15.1 and 3.10.1 the names of fields are encoded too, and the key lives for the interval exactly.
    @Test func extensionKeepsNamesAndLivesOfOlderVersions() throws {
        let old = session(quoted: true, life: .milliseconds(1_740_000)) { number, _ in .utf8(String(number)) }
        let group = try old.group()
        let plan = try SessionChanges.touch(group, context)
        #expect(
            plan.lines == [
                "HSET \(Self.key) \"session:lastAccessedTime\" 1800000000000 \"session:thisAccessedTime\" 1800000000000",
                "PEXPIRE \(Self.key) 1800000",
            ])
        let names = plan.conditions.compactMap { condition -> [UInt8]? in
            guard case .field(let name, let value) = condition.test, value != nil else { return nil }
            return name
        }
        #expect(names.count == 4 && names.allSatisfy { $0.first == UInt8(ascii: "\"") })
        #expect(try SessionChanges.expire(group, context).conditions == plan.conditions)
    }

    /// A longer life of the key alone would not extend it: nodes go by the times.
    @Test func anUnknownCodecIsNotExtended() throws {
        let group = try session { _, _ in [0, 1, 2, 3] }.group()
        let refused = refusal { () throws(ChangeRefusal) in try SessionChanges.touch(group, context) }
        #expect(refused?.contains("codec that is not known") == true)
        #expect(try SessionChanges.expire(group, context).lines == ["UNLINK \(Self.key)"])
    }

    @Test func whatIsLeftOfADeletedSessionIsNotExtended() throws {
        var part = session { number, _ in .utf8(String(number)) }
        guard case .hash(let fields) = part.record.content else { return }
        part.record.content = .hash(Array(fields.dropFirst()))
        let group = try part.group()
        let refused = refusal { () throws(ChangeRefusal) in try SessionChanges.touch(group, context) }
        #expect(refused?.hasPrefix("session:creationTime is missing") == true)
        for (field, value) in [("isValid", "false"), ("isExpirationLocked", "true")] {
            part.record.content = .hash(fields + [StoredField(.utf8("session:\(field)"), .utf8(value))])
            let group = try part.group()
            let refused = refusal { () throws(ChangeRefusal) in try SessionChanges.touch(group, context) }
            #expect(refused?.hasPrefix("session:\(field) is \(value)") == true)
        }
    }

    @Test func theNodesThatWereToldGoAsWell() throws {
        var told = session { number, _ in .utf8(String(number)) }
        told.others = [(.notifiedNodes, .set([.utf8("node")]))]
        let plan = try SessionChanges.expire(told.group(), ChangeContext(now: PlannedSession.now, isNonSticky: true))
        let id = Self.key.split(separator: ":").last ?? ""
        #expect(plan.lines == ["UNLINK \(Self.key)", "UNLINK redisson:tomcat_notified_nodes:\(id)"])
        #expect(plan.doubt?.contains("invalidate") == true)
    }
}
