import JavaSerialization

/// Finds the value under a text key in a `java.util` hash map, through the unmodifiable wrappers that frameworks put around it.
enum MapLookup {
    static func value(forKey key: String, in map: JavaNode, of graph: JavaGraph) -> JavaNode? {
        var node = map
        for _ in 0..<4 {
            guard let inner = graph.reference("m", of: node) else { break }
            node = inner
        }
        for data in graph.classData(of: node) {
            let items = data.annotation
            // The first item is the block of data that holds capacity and size; keys and values take turns behind it.
            for index in stride(from: 1, to: items.count - 1, by: 2) {
                guard let name = items[index], graph.text(of: name) == key, let value = items[index + 1] else {
                    continue
                }
                return value
            }
        }
        return nil
    }
}
