import Terminal
import Testing

@testable import Commands

struct TroubleListTests {
    @Test func namesTheFirstOfEachText() {
        var list = TroubleList()
        for number in 0..<12 { list.note("refused: too large", "id\(number)") }
        list.note("lost", "")
        #expect(list.notices.map(\.text) == ["refused: too large", "lost"])
        #expect(list.notices[0].details.count == 11)
        #expect(list.notices[0].details.last == "and 2 more (--report FILE names each)")
        #expect(list.notices[1].details.isEmpty)
    }

    /// A million sessions with a reason each are neither a million lines nor a million texts in memory.
    @Test func manyTextsAreCounted() {
        var list = TroubleList()
        #expect(list.isEmpty)
        for number in 0..<1_000_000 { list.note("conflict at key \(number)", "id\(number)") }
        list.note("conflict at key 3", "again")
        #expect(list.texts.count == 21 && list.texts.last == "others, each for a reason of its own")
        #expect(list.notices[3].details == ["id3", "again"])
        #expect(list.notices[20].details.last == "and 999970 more (--report FILE names each)")
    }
}
