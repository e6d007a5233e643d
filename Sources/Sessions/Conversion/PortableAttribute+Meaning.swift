import JavaSerialization

extension PortableAttribute {
    /// Whether two values are the same to an application: the same bytes, or streams of equal objects.
    func means(_ other: PortableAttribute) -> Bool {
        if value == other.value { return encoding == other.encoding }
        guard encoding == other.encoding else { return false }
        switch encoding {
        case .java: return Self.mean(value, other.value)
        case .json, .opaque: return false
        }
    }

    /// Why two values are not the same to an application; nil where they are.
    func difference(from other: PortableAttribute) -> String? {
        if means(other) { return nil }
        return hasSameElements(as: other)
            ? "of the same elements, but a collection refers beside them to another object" : "of another value"
    }

    /// Whether only what collections refer to beside their elements is not the same.
    private func hasSameElements(as other: PortableAttribute) -> Bool {
        guard encoding == .java, other.encoding == .java, let left = Self.graph(of: value),
            let right = Self.graph(of: other.value), let elements = Self.typed(left, .elements)
        else { return false }
        return elements == Self.typed(right, .elements) && Self.typed(left) != Self.typed(right)
    }

    /// Whether a JVM finds equal objects in both streams: it refuses a class that is described in another way, whatever its values are.
    private static func mean(_ one: [UInt8], _ other: [UInt8]) -> Bool {
        guard let left = graph(of: one), let right = graph(of: other), let text = typed(left), text == typed(right)
        else {
            return false
        }
        return classes(of: left).differences(to: classes(of: right)).allSatisfy { name, difference in
            // Behind the same values another JVM may have other classes of the platform.
            [.missing, .tooMuch].contains(difference) && ClassDescriptions.isKnown(name)
        }
    }

    private static func classes(of graph: JavaGraph) -> ClassDescriptions {
        ClassDescriptions(of: graph, reachedFrom: [graph.content(0)])
    }

    private static func graph(of bytes: [UInt8]) -> JavaGraph? {
        (try? JavaGraph(bytes)).flatMap { $0.contentCount == 1 ? $0 : nil }
    }

    /// The content with types, and identity where it has a meaning; nil where it cannot be read.
    private static func typed(_ graph: JavaGraph, _ extent: TypedExtent = .meaning) -> [UInt8]? {
        let root = graph.content(0)
        guard var json = try? TypedJSON(of: graph, roots: CollectionOfOne(root), extent: extent) else {
            return nil
        }
        var writer = JSONWriter()
        guard (try? json.write(root, to: &writer)) != nil else { return nil }
        return writer.takeBytes()
    }
}
