import JavaSerialization
import Testing

/// Objects of known classes that stand in their own fields, where only others can: each is told, and none without an end.
struct SelfReferenceTests {
    @Test(arguments: [
        ("java.math.BigDecimal", "intVal", "Ljava/math/BigInteger;", true),
        ("java.util.Calendar", "zone", "Ljava/util/TimeZone;", false),
        ("java.util.Collections$SetFromMap", "m", "Ljava/util/Map;", false),
        ("java.util.Collections$UnmodifiableMap", "m", "Ljava/util/Map;", false),
        ("java.util.Collections$UnmodifiableCollection", "c", "Ljava/util/Collection;", false),
        ("java.util.concurrent.ConcurrentSkipListSet", "m", "Ljava/util/Map;", false),
        ("java.lang.Throwable", "suppressedExceptions", "Ljava/util/List;", false),
        ("java.util.concurrent.atomic.AtomicReference", "value", "Ljava/lang/Object;", false),
    ])
    func endsWhereAnObjectIsItsOwnPart(_ name: String, _ field: String, _ type: String, _ hasScale: Bool) throws {
        var stream = HandMadeStream()
        stream.beginObject(name, primitives: hasScale ? [(0x49, "scale")] : [], objects: [(field, type)])
        if hasScale { stream.int(0) }
        // Handles: the description, the field's type, the object.
        stream.raw([0x71, 0, 0x7e, 0, 2])
        let graph = try JavaGraph(stream.bytes)
        let node = try #require(graph.content(0))
        #expect(graph.reference("nothing", of: node) == nil && graph.contentCount == 1)
        // A value or an error: what matters is that it comes.
        do {
            #expect(try graph.value(of: node).className == name)
        } catch {
            guard case .inconsistentValue = error.problem else {
                Issue.record("\(error)")
                return
            }
        }
    }
}
