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
                    shared?.graph.forEachClassName(reachedFrom: shared?.roots ?? []) { names.add($0) }
                    shared = (graph, [node])
                }
            case .stored(let bytes): ClassesInValue.forEachName(in: bytes) { names.add($0) }
            case .opaque: break
            }
        }
        shared?.graph.forEachClassName(reachedFrom: shared?.roots ?? []) { names.add($0) }
        return names.list()
    }
}

/// The classes that one stored value names.
enum ClassesInValue {
    static func forEachName(in bytes: [UInt8], _ body: (ClassName) -> Void) {
        switch bytes.first {
        case 0xAC: (try? JavaGraph.reading(bytes))?.forEachClassName(body)
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            guard let document = try? JSONReader.read(bytes) else { return }
            for name in names(in: document.root) { body(ClassName(name)) }
        default: break
        }
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
