import TestSupport
import Testing

@testable import JavaSerialization

/// New values, held against what the JDK wrote of the same.
struct JavaStreamBuilderTests {
    /// Each class of which there are new values is described as the JDK describes it.
    @Test func knowsTheClassesOfThePlatform() throws {
        var known: [String: Set<[ClassShape]>] = [:]
        let values = try Fixtures.names(in: "jdk-values/jdk-17").filter { $0.hasSuffix(".ser") }
            .map { try Fixtures.bytes("jdk-values/jdk-17/" + $0) }
        for bytes in try FixtureStreams.all().map(\.bytes) + values {
            let graph = try JavaGraph(bytes)
            for index in 0..<graph.classCount {
                guard let described = JavaClass(Int32(index)), let shapes = graph.shapes(of: described) else {
                    continue
                }
                known[graph.name(of: described), default: []].insert(shapes)
            }
        }
        for shapes in PlatformShapes.all {
            let name = try #require(shapes.first).name
            #expect(known[name]?.contains(shapes) == true, "\(name): \(shapes) is none of \(known[name] ?? [])")
        }
    }

    /// Objects of these classes in the streams of the JDK, made anew from what they hold.
    @Test func makesTheBytesOfTheJDK() throws {
        var made: [String: Int] = [:]
        for (name, bytes) in try FixtureStreams.all() {
            let graph = try JavaGraph(bytes)
            for node in GraphPairing.reached(in: graph) {
                guard let anew = try Self.anew(node, of: graph) else { continue }
                let cut = try graph.stream(of: [node])
                #expect(anew == cut, "\(name): \(graph.className(of: node))")
                made[graph.className(of: node), default: 0] += 1
            }
        }
        let classes = [
            "java.lang.Boolean", "java.lang.Character", "java.lang.Byte", "java.lang.Short", "java.lang.Integer",
            "java.lang.Long", "java.lang.Float", "java.lang.Double", "java.math.BigInteger", "java.math.BigDecimal",
            "java.util.Date", "java.util.UUID", "[B", "[I", "",
        ]
        for name in classes { #expect(made[name, default: 0] > 0, "nothing of \(name)") }
    }

    private static func anew(_ node: JavaNode, of graph: JavaGraph) throws -> [UInt8]? {
        var builder = JavaStreamBuilder()
        switch (graph.kind(of: node), graph.className(of: node)) {
        case (.string, _): builder.string(graph.units(of: node) ?? [])
        case (.array, _):
            guard let type = graph.elementType(of: node) else { return nil }
            builder.array(of: type, Array(graph.bytes[graph.elementBytes(of: node)]))
        case (.object, "java.math.BigInteger"):
            guard let (signum, magnitude) = integer(node, of: graph) else { return nil }
            builder.bigInteger(signum: signum, magnitude: magnitude)
        case (.object, "java.math.BigDecimal"):
            guard let value = graph.reference("intVal", of: node), let (signum, magnitude) = integer(value, of: graph),
                case .primitive(.int(let scale))? = graph.fieldValue("scale", of: node)
            else { return nil }
            builder.bigDecimal(scale: scale, signum: signum, magnitude: magnitude)
        case (.object, "java.util.Date"):
            guard let data = graph.classData(of: node).first, let block = data.annotation.first.flatMap({ $0 }),
                case .long(let time)? = graph.primitive(.long, at: graph.payload(of: block).lowerBound)
            else { return nil }
            builder.date(time)
        case (.object, "java.util.UUID"):
            guard case .primitive(.long(let most))? = graph.fieldValue("mostSigBits", of: node),
                case .primitive(.long(let least))? = graph.fieldValue("leastSigBits", of: node)
            else { return nil }
            builder.uuid(UInt64(bitPattern: most), UInt64(bitPattern: least))
        case (.object, let name) where name.hasPrefix("java.lang."):
            guard case .primitive(let value)? = graph.fieldValue("value", of: node),
                value.boxShapes.first?.name == name
            else { return nil }
            builder.box(value)
        default: return nil
        }
        return builder.bytes
    }

    private static func integer(_ node: JavaNode, of graph: JavaGraph) -> (Int32, [UInt8])? {
        guard case .primitive(.int(let signum))? = graph.fieldValue("signum", of: node),
            let magnitude = graph.reference("magnitude", of: node)
        else { return nil }
        return (signum, Array(graph.bytes[graph.elementBytes(of: magnitude)]))
    }

    @Test func makesCollections() throws {
        var builder = JavaStreamBuilder()
        let handle = builder.beginList(count: 3)
        builder.string("a")
        builder.reference(handle)
        builder.beginMap(.linked, count: 1)
        builder.box(.int(7))
        builder.beginSet(.hashed, count: 1)
        builder.null()
        builder.endSet()
        builder.endMap(.linked)
        builder.endList()
        let graph = try builder.graph()
        let root = try #require(graph.content(0))
        let value = try graph.value(of: root)
        guard case .sequence(let list) = value.content else {
            Issue.record("\(value)")
            return
        }
        #expect(list.elements.count == 3 && list.elements[1] == root)
        #expect(try graph.encoded() == builder.bytes)
    }

    @Test(arguments: [(0, 16), (12, 16), (13, 32), (24, 32), (25, 64), (1 << 30, 1 << 30)] as [(Int32, Int32)])
    func tablesAreNeverMoreThanThreeQuartersFull(_ count: Int32, _ capacity: Int32) {
        #expect(JavaStreamBuilder.capacity(for: count) == capacity)
    }
}
