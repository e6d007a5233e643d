import JavaSerialization

extension Session {
    /// The paths to the attributes and to what is directly inside of them, at most `limit`: for completion.
    public func attributePaths(limit: Int) -> [String] {
        var paths: [String] = []
        for attribute in attributes ?? [] {
            guard paths.count < limit else { break }
            let start = PathNames.start(EscapedName.text(of: attribute.name))
            paths.append(start)
            paths += PathNames.inside(attribute.value, limit: min(30, limit - paths.count)).map { start + $0 }
        }
        return paths
    }
}

/// Steps of paths as they are written.
enum PathNames {
    /// The attribute's name; in brackets where the path would be read otherwise.
    static func start(_ name: String) -> String { isPlain(name) ? name : quoted(name) }

    private static func step(_ name: String) -> String {
        isPlain(name) && !name.contains(".") ? "." + name : quoted(name)
    }

    private static func isPlain(_ name: String) -> Bool {
        !name.isEmpty
            && name.unicodeScalars.allSatisfy { $0.properties.isXIDContinue || $0 == "." || $0 == "-" || $0 == "$" }
            && !name.hasPrefix(".") && !name.hasSuffix(".") && !name.contains("..")
    }

    private static func quoted(_ name: String) -> String {
        "['" + name.unicodeScalars.map { $0 == "'" ? "''" : String($0) }.joined() + "']"
    }

    /// Fields and keys inside of a value; nothing where it has none.
    static func inside(_ value: AttributeValue, limit: Int) -> [String] {
        switch value.decoded() {
        case .java(let graph, let node?): inside(node, graph, limit)
        case .text(let text): inside(text, limit)
        case .json(let document): inside(JacksonValue(document.root).node, limit)
        case .java, .jwt, .bytes, .opaque, .undecodable: []
        }
    }

    private static func inside(_ node: JavaNode, _ graph: JavaGraph, _ limit: Int) -> [String] {
        guard let value = try? graph.value(of: node) else { return [] }
        switch value.content {
        case .map(let map):
            return map.keys.prefix(limit).compactMap { $0.flatMap { graph.text(of: $0) }.map { step($0) } }
        case .sequence(let sequence): return sequence.elements.isEmpty ? [] : ["[0]"]
        case .object:
            let names = graph.classData(of: node).flatMap { graph.fields(of: $0.javaClass).map { $0.name } }
            return names.prefix(limit).map { step($0) }
        default: return []
        }
    }

    private static func inside(_ text: String, _ limit: Int) -> [String] {
        guard text.utf8.first == UInt8(ascii: "{"), let document = try? JSONReader.read(Array(text.utf8)) else {
            return []
        }
        return inside(document.root, limit)
    }

    private static func inside(_ node: JSONNode, _ limit: Int) -> [String] {
        if let items = node.array { return items.contains { _ in true } ? ["[0]"] : [] }
        guard let object = node.object else { return [] }
        return object.prefix(limit).map { $0.name.lossyText }.filter { $0 != "@class" }.map { step($0) }
    }
}
