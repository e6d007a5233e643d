import Testing

@testable import Sessions

/// What tells one hash from another.
struct HashDigestTests {
    private func digest(_ fields: [([UInt8], [UInt8])]) -> String {
        String(decoding: HashDigest.hexadecimal(of: fields.map { StoredField($0.0, $0.1) }), as: UTF8.self)
    }

    /// Made by another program: the SHA-1 of each `LENGTH:NAMEVALUE`, in their order, and of these.
    @Test func isTheDocumentedOne() {
        let text: [([UInt8], [UInt8])] = [(.utf8("a"), .utf8("1")), (.utf8("b"), .utf8("2"))]
        #expect(digest(text) == "1b873c26efed333e4aca322d83dc524a78a980d1")
        #expect(digest(text.reversed()) == "1b873c26efed333e4aca322d83dc524a78a980d1")
        #expect(digest([]) == "da39a3ee5e6b4b0d3255bfef95601890afd80709")
        #expect(digest([(.utf8("Größe"), [0, 0xFF, 0x0A]), ([], [])]) == "f56f5ac160218dbcda54732adf861af5bc9e29bf")
    }

    @Test func tellsWhereANameEnds() {
        let all = [
            digest([(.utf8("ab"), .utf8("c"))]), digest([(.utf8("a"), .utf8("bc"))]), digest([(.utf8("abc"), [])]),
            digest([([], .utf8("abc"))]), digest([(.utf8("a"), .utf8("b")), (.utf8("c"), [])]),
        ]
        #expect(Set(all).count == all.count)
    }

    private func plan(_ commands: [PlannedCommand]) -> ChangePlan {
        var plan = ChangePlan(id: [1], key: [1], format: "spring", variant: nil)
        plan.commands = commands
        plan.conditions = [PlanCondition([1], .exists, otherwise: .gone)]
        return plan
    }

    /// Whatever the format plans: what is deleted has to be what is kept, and a life the one that was found.
    @Test func plansRestOnWhatIsKept() {
        let fields = [StoredField([1], [2])]
        let digest = PlanCondition.Test.hashDigest(HashDigest.hexadecimal(of: fields))
        func added(_ commands: [PlannedCommand], _ fields: [StoredField]? = fields) -> [PlanCondition] {
            let before = plan(commands)
            let after = before.sparing { _ in fields.map { ReadHash($0, lives: [.endsAt(7), .endsAt(7), .endsAt(8)]) } }
            #expect(after.commands == commands && after.conditions.first == before.conditions.first)
            return Array(after.conditions.dropFirst())
        }
        func changed(_ key: UInt8, _ test: PlanCondition.Test) -> PlanCondition {
            PlanCondition([key], test, otherwise: .changed)
        }
        func lives(_ key: UInt8) -> [PlanCondition] { [changed(key, .endsAt(7)), changed(key, .endsAt(8))] }
        let unlink = PlannedCommand("UNLINK", [1], role: .session)
        let delete = PlannedCommand("DEL", [2], role: .attribute)
        let write = PlannedCommand("HSET", [1], [[1], [3]], role: .session)
        let extend = PlannedCommand("PEXPIREAT", [1], [[0x39]], role: .session)
        #expect(added([unlink, delete]) == [changed(1, digest)] + lives(1) + [changed(2, digest)] + lives(2))
        #expect(added([write]) == [])
        #expect(added([write, extend]) == lives(1))
        #expect(added([extend, unlink]) == [changed(1, digest)] + lives(1))
        #expect(added([unlink, extend], nil) == [])
        let many = (0...HashDigest.mostFields).map { StoredField(Int64($0).decimal, []) }
        #expect(added([unlink], many) == [changed(1, .fieldCount(many.count))] + lives(1))
    }
}
