import JavaSerialization
import Testing

/// An object of a known class that lacks what the class always writes is refused with the place, never guessed at.
struct InconsistentValueTests {
    private func problem(_ stream: HandMadeStream) throws -> String? {
        let graph = try JavaGraph(stream.bytes)
        let node = try #require(graph.content(0))
        do {
            _ = try graph.value(of: node)
            return nil
        } catch {
            #expect(error.offset == 4)
            return error.problem.description
        }
    }

    private func list(size: Int32, elements: Int, block: [UInt8]? = [0, 0, 0, 0]) -> HandMadeStream {
        var stream = HandMadeStream()
        stream.beginObject("java.util.ArrayList", writesItself: true, primitives: [(0x49, "size")])
        stream.int(size)
        if let block { stream.block(block) }
        for _ in 0..<elements { stream.null() }
        stream.end()
        return stream
    }

    @Test func acceptsListWithTheElementsThatItCounts() throws {
        #expect(try problem(list(size: 2, elements: 2)) == nil)
        #expect(try problem(list(size: 0, elements: 0)) == nil)
    }

    @Test(arguments: [(-1, 0), (3, 2), (1, 2), (Int32.max, 1), (Int32.min, 0)])
    func refusesListThatCountsOtherwise(size: Int32, elements: Int) throws {
        let text = "java.util.ArrayList says that it has \(size) elements, but \(elements) objects follow"
        #expect(try problem(list(size: size, elements: elements)) == text)
    }

    @Test func refusesListWithoutItsBlock() throws {
        let text = "java.util.ArrayList does not have the data that it always writes"
        #expect(try problem(list(size: 1, elements: 1, block: nil)) == text)
        #expect(try problem(list(size: 1, elements: 1, block: [0, 0, 0])) == text)
    }

    @Test func refusesMapWithHalfAnEntry() throws {
        var stream = HandMadeStream()
        stream.beginObject("java.util.HashMap", writesItself: true)
        stream.block([0, 0, 0, 16, 0, 0, 0, 1])
        stream.null()
        stream.end()
        #expect(try problem(stream) == "java.util.HashMap says that it has 1 entries, but 1 objects follow")
    }

    @Test func refusesQueueWithoutEnd() throws {
        var stream = HandMadeStream()
        stream.beginObject("java.util.concurrent.LinkedBlockingQueue", writesItself: true)
        stream.string("a")
        stream.end()
        #expect(
            try problem(stream) == "java.util.concurrent.LinkedBlockingQueue has no null reference at its end")
    }

    @Test func refusesBoxOfAnotherType() throws {
        var stream = HandMadeStream()
        stream.beginObject("java.lang.Long", primitives: [(0x49, "value")])
        stream.int(1)
        #expect(try problem(stream) == "java.lang.Long has a value of another type")
    }

    @Test func refusesBoxWithoutValue() throws {
        var stream = HandMadeStream()
        stream.beginObject("java.lang.Integer")
        #expect(try problem(stream) == "java.lang.Integer has no field value")
    }

    @Test func refusesTimesThatDoNotExist() throws {
        let cases: [([UInt8], String)] = [
            ([3, 0, 0, 7, 231, 13, 1], "java.time.Ser has the part 13 outside of 1...12"),
            ([4, 24, 0, 0, 0, 0, 0, 0], "java.time.Ser has the part 24 outside of 0...23"),
            ([8, 100], "java.time.Ser has the part 90000 outside of -64800...64800"),
            ([99], "java.time.Ser is of the unknown type 99"),
            ([11, 0, 0, 0, 1, 0], "java.time.Ser has data behind a value of type 11"),
            ([11, 0, 0], "java.time.Ser does not have the data that it always writes"),
        ]
        for (data, text) in cases {
            var stream = HandMadeStream()
            stream.beginObject("java.time.Ser", writesItself: true)
            stream.block(data)
            stream.end()
            #expect(try problem(stream) == text)
        }
    }

    @Test func readsPrimitivesAcrossTheEdgesOfBlocks() throws {
        var stream = HandMadeStream()
        stream.beginObject("java.util.Date", writesItself: true)
        stream.block([0, 0])
        stream.block([])
        stream.block([0, 0, 0, 0, 1])
        stream.block([2])
        stream.end()
        let graph = try JavaGraph(stream.bytes)
        guard case .date(let millis) = try graph.value(of: #require(graph.content(0))).content else {
            Issue.record("no date")
            return
        }
        #expect(millis == 258)
    }

    @Test func showsTwoBillionCopiesAsOneThatIsRepeated() throws {
        var stream = HandMadeStream()
        stream.beginObject(
            "java.util.Collections$CopiesList", primitives: [(0x49, "n")],
            objects: [("element", "Ljava/lang/Object;")])
        stream.int(.max)
        stream.string("x")
        let graph = try JavaGraph(stream.bytes)
        guard case .sequence(let sequence) = try graph.value(of: #require(graph.content(0))).content else {
            Issue.record("no sequence")
            return
        }
        #expect(sequence.elements.count == Int(Int32.max))
        #expect(sequence.elements.isRepetition)
        #expect(sequence.elements[2_000_000_000].flatMap { graph.text(of: $0) } == "x")
    }

    @Test func showsWrapperAroundItselfByItsFields() throws {
        var stream = HandMadeStream()
        stream.beginObject(
            "java.util.Collections$UnmodifiableCollection", objects: [("c", "Ljava/util/Collection;")])
        // The object itself: the handle behind its class description and the type of its field.
        stream.raw([0x71, 0, 0x7E, 0, 2])
        let graph = try JavaGraph(stream.bytes)
        guard case .object = try graph.value(of: #require(graph.content(0))).content else {
            Issue.record("no plain object")
            return
        }
    }

    @Test func showsWrapperAroundAnUnknownCollectionByItsFields() throws {
        var stream = HandMadeStream()
        stream.beginObject(
            "java.util.Collections$UnmodifiableCollection", objects: [("c", "Ljava/util/Collection;")])
        stream.beginObject("demo.Bag")
        let graph = try JavaGraph(stream.bytes)
        let node = try #require(graph.content(0))
        guard case .object = try graph.value(of: node).content else {
            Issue.record("no plain object")
            return
        }
        #expect(graph.reference("c", of: node).map { graph.className(of: $0) } == "demo.Bag")
    }
}
