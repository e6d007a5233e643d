import JavaSerialization

extension Session {
    /// The names of the classes in the session's attributes, sorted and each once: what Java streams describe, and what
    /// JSON names as Jackson does, in `@class` or in front of the value in an array.
    ///
    /// No value is decoded. Of a stream that holds more than attributes, as a Tomcat session's does, only what they refer to
    /// counts. Empty also where the attributes were not fetched.
    public var classNames: [String] {
        var names = DistinctNames()
        // All attributes of a Tomcat session are in one stream, and are walked over together.
        var shared: (graph: JavaGraph, roots: [JavaNode?])?
        for attribute in attributes ?? [] {
            switch attribute.value {
            case .node(let graph, let node):
                if shared?.graph === graph {
                    shared?.roots.append(node)
                } else {
                    if let shared { names.add(shared.graph.classNames(reachedFrom: shared.roots)) }
                    shared = (graph, [node])
                }
            case .stored(let bytes): names.add(ClassesInValue.names(in: bytes))
            case .undecodable: break
            }
        }
        if let shared { names.add(shared.graph.classNames(reachedFrom: shared.roots)) }
        return names.list
    }
}

/// Names in order, each once. Of a few, which is what sessions have, each is put in its place: that is quicker than to hash and to
/// sort them.
private struct DistinctNames {
    private var few: [String] = []
    private var many: Set<String> = []

    private static let most = 64

    /// The names.
    var list: [String] { many.isEmpty ? few : many.sorted() }

    mutating func add(_ names: [String]) {
        for name in names {
            guard many.isEmpty else {
                many.insert(name)
                continue
            }
            insert(name)
            if few.count > Self.most { many = Set(few) }
        }
    }

    private mutating func insert(_ name: String) {
        var (low, high) = (0, few.count)
        while low < high {
            let middle = (low + high) / 2
            if few[middle] == name { return }
            if few[middle] < name { low = middle + 1 } else { high = middle }
        }
        few.insert(name, at: low)
    }
}

/// The classes that one stored value names.
enum ClassesInValue {
    static func names(in bytes: [UInt8]) -> [String] {
        if bytes.starts(with: [0xAC, 0xED]) { return (try? JavaGraph.reading(bytes))?.classNames ?? [] }
        guard bytes.first == UInt8(ascii: "{") || bytes.first == UInt8(ascii: "["),
            let document = try? JSONReader.read(bytes)
        else { return [] }
        return names(in: document.root)
    }

    private static func names(in root: JSONNode) -> [String] {
        var names: [String] = []
        var isClass = false
        var isFirst = false
        for event in root.events {
            if case .string(let string) = event, isClass || isFirst && looksLikeClass(string.lossyText) {
                names.append(string.lossyText)
            }
            isClass = false
            isFirst = false
            if case .name(let name) = event { isClass = name.text == "@class" }
            // ["java.util.ArrayList", [...]]
            if case .beginArray = event { isFirst = true }
        }
        return names
    }

    /// A name with a package: `java.util.ArrayList`, `com.example.Cart$Item`.
    static func looksLikeClass(_ text: String) -> Bool {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count > 1, text.utf8.count < 1024, let last = parts.last?.unicodeScalars.first else { return false }
        return last.properties.isUppercase
            && parts.allSatisfy { part in
                !part.isEmpty && part.unicodeScalars.allSatisfy { $0.properties.isXIDContinue || $0 == "$" }
            }
    }
}
