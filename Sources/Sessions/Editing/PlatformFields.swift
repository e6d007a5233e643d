import JavaSerialization

/// Fields of classes of the platform: what they hold has to fit together, and a JVM may not read an object where it does not.
enum PlatformFields {
    /// Those that any value of their type fits into.
    private static let free: Set<String> = [
        "java.util.concurrent.atomic.AtomicInteger.value", "java.util.concurrent.atomic.AtomicLong.value",
        "java.util.concurrent.atomic.AtomicReference.value",
        "java.util.concurrent.atomic.AtomicBoolean.value", "java.lang.Throwable.detailMessage",
        "java.util.AbstractMap$SimpleEntry.value", "java.util.AbstractMap$SimpleImmutableEntry.value",
    ]

    /// Refuses to set a field that only its class could say what fits into.
    static func require(_ field: JavaField, in data: JavaClassData, of graph: JavaGraph, _ way: String)
        throws(EditError)
    {
        let name = graph.name(of: data.javaClass)
        guard JavaGraph.isPlatformClass(name), !free.contains(name + "." + field.name) else { return }
        let owner = way.hasSuffix("." + field.name) ? String(way.dropLast(field.name.count + 1)) : "PATH"
        throw EditError("\(way): " + reason(field, name) + wholly(name, owner))
    }

    private static func reason(_ field: JavaField, _ name: String) -> String {
        "\(field.name) is a field of \(JavaTypeName.source(name)), which may not be read any more with another value: "
    }

    /// How the object is changed that a field is of.
    private static func wholly(_ name: String, _ owner: String) -> String {
        if JavaValueType(className: name) != nil { return "\(owner)=… sets the object as a whole" }
        if name.hasPrefix("java.util."),
            ["List", "Set", "Map", "Vector", "Queue", "Deque"].contains(where: { name.hasSuffix($0) })
        {
            return "\(owner)=json:… gives it other content"
        }
        return "only a serialized object as a whole (\(owner)=@FILE) can take its place"
    }

    /// The same for a change of a document.
    static func require(_ field: JavaField, in data: JavaClassData, of graph: JavaGraph) throws(JavaEditError) {
        let name = graph.name(of: data.javaClass)
        guard JavaGraph.isPlatformClass(name), !free.contains(name + "." + field.name) else { return }
        throw .refused(reason(field, name) + "change the object as a whole")
    }
}
