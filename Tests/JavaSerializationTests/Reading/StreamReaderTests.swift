import Testing

@testable import JavaSerialization

/// The grammar, production by production, on streams small enough to be read here.
struct StreamReaderTests {
    private func graph(_ build: (inout HandMadeStream) -> Void) throws -> JavaGraph {
        var stream = HandMadeStream()
        build(&stream)
        return try JavaGraph(stream.bytes)
    }

    private func problem(_ build: (inout HandMadeStream) -> Void) -> JavaStreamError? {
        do {
            _ = try graph(build)
            return nil
        } catch {
            return error as? JavaStreamError
        }
    }

    @Test func readsAStreamWithoutContents() throws {
        #expect(try JavaGraph([0xAC, 0xED, 0, 5]).contentCount == 0)
    }

    @Test func keepsContentsInOrder() throws {
        let graph = try graph {
            $0.string("a")
            $0.null()
            $0.block([1, 2])
            $0.raw([0x79])
        }
        #expect(graph.contents.map { $0.map { graph.kind(of: $0) } } == [.string, nil, .blockData, .reset])
        let first = try #require(graph.content(0))
        #expect(graph.byteRange(of: first) == 4..<8)
    }

    @Test func sharesWhatAHandleRefersTo() throws {
        let graph = try graph {
            $0.string("a")
            $0.raw([0x71, 0, 0x7E, 0, 0])
        }
        #expect(graph.content(0) == graph.content(1))
        #expect(graph.nodeCount == 1)
    }

    @Test func forgetsHandlesAtAReset() {
        let error = problem {
            $0.string("a")
            $0.raw([0x79, 0x71, 0, 0x7E, 0, 0])
        }
        #expect(error?.problem == .unknownHandle(0x7E_0000))
        #expect(error?.offset == 9)
    }

    @Test func readsAnObjectThatRefersToItself() throws {
        let graph = try graph {
            $0.beginObject("Link", objects: [("next", "LLink;")])
            $0.raw([0x71, 0, 0x7E, 0, 2])
        }
        let link = try #require(graph.content(0))
        #expect(graph.reference("next", of: link) == link)
    }

    @Test func readsPrimitivesBeforeReferences() throws {
        let graph = try graph {
            $0.beginObject(
                "Pair", primitives: [(UInt8(ascii: "I"), "count"), (UInt8(ascii: "Z"), "isOpen")],
                objects: [("name", "Ljava/lang/String;")])
            $0.int(-7)
            $0.raw([1])
            $0.string("x")
        }
        let pair = try #require(graph.content(0))
        #expect(graph.fieldValue("count", of: pair) == .primitive(.int(-7)))
        #expect(graph.fieldValue("isOpen", of: pair) == .primitive(.boolean(true)))
        #expect(graph.reference("name", of: pair).flatMap { graph.text(of: $0) } == "x")
        #expect(graph.fieldValue("nothing", of: pair) == nil)
    }

    @Test func keepsWhatAClassWroteBehindItsFields() throws {
        let graph = try graph {
            $0.beginObject("Own", writesItself: true)
            $0.block([1])
            $0.string("a")
            $0.null()
            $0.end()
        }
        let object = try #require(graph.content(0))
        let data = try #require(graph.classData(of: object).first)
        #expect(data.annotation.map { $0.map { graph.kind(of: $0) } } == [.blockData, .string, nil])
    }

    @Test func keepsTheOrderOfItemsAroundNestedOnes() throws {
        let graph = try graph {
            $0.beginObject("Outer", writesItself: true)
            $0.string("before")
            $0.beginObject("Inner", writesItself: true)
            $0.string("inside")
            $0.end()
            $0.string("behind")
            $0.end()
        }
        let object = try #require(graph.content(0))
        let outer = try #require(graph.classData(of: object).first).annotation
        #expect(outer.count == 3)
        #expect(outer[0].flatMap { graph.text(of: $0) } == "before")
        #expect(outer[2].flatMap { graph.text(of: $0) } == "behind")
        let nested = try #require(outer[1])
        let inner = try #require(graph.classData(of: nested).first).annotation
        #expect(inner.map { $0.flatMap { graph.text(of: $0) } } == ["inside"])
    }

    @Test func unwindsToTheTopAtARecordedFailure() throws {
        let graph = try graph {
            $0.beginObject("Holder", objects: [("bad", "LBad;")])
            $0.raw([0x7B])
            $0.beginObject("java.io.NotSerializableException")
            // Handles start over behind the throwable: this string is the first again.
            $0.string("next")
            $0.raw([0x71, 0, 0x7E, 0, 0])
        }
        #expect(graph.contents.map { $0.map { graph.kind(of: $0) } } == [.exception, .string, .string])
        let exception = try #require(graph.content(0))
        let failure = try #require(graph.failure(of: exception))
        let throwable = try #require(failure.throwable)
        #expect(graph.className(of: throwable) == "java.io.NotSerializableException")
        #expect(failure.lostObjectOffset == 4)
        #expect(graph.content(1) == graph.content(2))
    }

    @Test func rejectsAClassThatIsItsOwnSuperclass() {
        let error = problem {
            $0.raw([0x72])
            $0.utf("A")
            $0.raw([UInt8](repeating: 0, count: 8) + [2, 0, 0, 0x78, 0x71, 0, 0x7E, 0, 0])
        }
        #expect(error?.problem == .unfinishedClassDescription)
    }

    @Test func rejectsPrimitiveFieldsBehindObjectFields() {
        let error = problem {
            $0.raw([0x72])
            $0.utf("A")
            $0.raw([UInt8](repeating: 0, count: 8) + [2, 0, 2, UInt8(ascii: "L")])
            $0.utf("a")
            $0.string("LA;")
            $0.raw([UInt8(ascii: "I")])
            $0.utf("b")
        }
        #expect(error?.problem == .invalidClassDescription("a primitive field after an object field"))
    }

    @Test func refusesAnArrayThatCannotBeThereWithoutReservingIt() {
        let error = problem {
            $0.raw([0x75, 0x72])
            $0.utf("[LA;")
            $0.raw([UInt8](repeating: 0, count: 8) + [2, 0, 0, 0x78, 0x70])
            $0.int(.max)
        }
        #expect(error?.problem == .truncated)
    }

    @Test func namesTheWayToAnError() {
        let error = problem {
            $0.beginObject("demo.Cart", objects: [("owner", "LUser;")])
            $0.beginObject("demo.User", objects: [("name", "Ljava/lang/String;")])
            $0.raw([0x00])
        }
        #expect(error?.path == "contents[0] → demo.Cart.owner → demo.User.name")
        #expect(error?.problem == .unexpectedTypeCode(0, expected: "an object"))
    }
}
