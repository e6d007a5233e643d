import TestSupport
import Testing

@testable import JavaSerialization

/// Which contents of a stream lead to the same objects.
struct SharingTests {
    private func sharing(_ write: (inout JavaStreamBuilder) -> Void) throws -> [Bool] {
        var builder = JavaStreamBuilder()
        write(&builder)
        let graph = try builder.graph()
        return graph.sharing(among: graph.contents.map { $0 })
    }

    @Test func listsInTwoContentsAreShared() throws {
        let found = try sharing { builder in
            let list = builder.beginList(count: 1)
            builder.string("a")
            builder.endList()
            builder.beginList(count: 1)
            builder.reference(list)
            builder.endList()
            builder.beginList(count: 0)
            builder.endList()
        }
        #expect(found == [true, true, false])
    }

    @Test func whatNeverChangesIsNot() throws {
        let found = try sharing { builder in
            let text = builder.string("a")
            let number = builder.box(.long(5))
            builder.beginList(count: 2)
            builder.reference(text)
            builder.reference(number)
            builder.endList()
        }
        #expect(found == [false, false, false])
    }

    @Test func aCycleIsItsOwn() throws {
        let found = try sharing { builder in
            let list = builder.beginList(count: 1)
            builder.reference(list)
            builder.endList()
            builder.reference(list)
            builder.null()
        }
        // The same list as two contents is shared, its way back to itself is not.
        #expect(found == [true, true, false])
        let alone = try sharing { builder in
            let list = builder.beginList(count: 1)
            builder.reference(list)
            builder.endList()
        }
        #expect(alone == [false])
    }
}
