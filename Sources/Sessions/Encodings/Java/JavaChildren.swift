import JavaSerialization

/// The parts of a value in order, as people see them: elements, entries, fields.
enum JavaChildren {
    case items(JavaItems)
    indirect case entries(keys: JavaItems, values: JavaItems)
    case fields(ObjectFields)
    /// A few parts with names of ours, such as a throwable's cause.
    case named([(name: String, node: JavaNode?)])
    /// The value of an entry whose key is no member's name.
    case entryValue(JavaNode?)

    var count: Int {
        switch self {
        case .items(let items): items.count
        case .entries(let keys, _): keys.count
        case .fields(let fields): fields.count
        case .named(let parts): parts.count
        case .entryValue: 1
        }
    }

    /// Part `index`: a node or null, or a primitive field.
    func value(_ index: Int) -> JavaFieldValue {
        switch self {
        case .items(let items): .reference(items[index])
        case .entries(_, let values): .reference(values[index])
        case .fields(let fields): fields.value(index)
        case .named(let parts): .reference(parts[index].node)
        case .entryValue(let node): .reference(node)
        }
    }

    /// The step of a path that leads to part `index` (docs/json.md, "Paths").
    func step(_ index: Int, in graph: JavaGraph) -> String {
        switch self {
        case .items: return "[\(index)]"
        case .entries(let keys, _):
            guard let key = keys[index], let text = graph.text(of: key) else { return "[#\(index)]" }
            return Self.step(named: text)
        case .fields(let fields): return Self.step(named: fields.name(index))
        case .named(let parts): return "." + parts[index].name
        case .entryValue: return ""
        }
    }

    /// `.name`, or `['any text']` where it is no plain word.
    static func step(named name: String) -> String {
        let isPlain = name.utf8.allSatisfy {
            (0x61...0x7a).contains($0 | 0x20) || (0x30...0x39).contains($0) || $0 == 0x5f || $0 == 0x24 || $0 == 0x3a
        }
        if isPlain, !name.isEmpty, name.utf8.count <= 100 { return "." + name }
        let quoted = name.prefix(100).flatMap { $0 == "'" || $0 == "\\" ? ["\\", $0] : [$0] }
        return "['" + String(quoted) + "']"
    }
}

/// The fields of an object, from the class itself up: what a class declares that a derived class declares too is called
/// `Super::field`. Fields of the platform's own classes below an application's (`ArrayList.size`) are left out.
final class ObjectFields {
    private let layout: FieldLayout
    private let data: [JavaClassData]
    private let graph: JavaGraph

    init(_ node: JavaNode, of graph: JavaGraph, layout: FieldLayout) {
        self.graph = graph
        self.layout = layout
        data = graph.classData(of: node)
    }

    var count: Int { layout.fields.count }

    func name(_ index: Int) -> String { layout.fields[index].label }

    func value(_ index: Int) -> JavaFieldValue {
        let field = layout.fields[index]
        return graph.value(of: field.field, in: data[field.dataIndex]) ?? .reference(nil)
    }
}

/// Which fields the objects of one class have and what they are called.
final class FieldLayout {
    let fields: [(label: String, field: JavaField, dataIndex: Int)]

    /// The layout of the class of `node`; with `isDerivedFromKnown` without what the platform's classes declare.
    init(of node: JavaNode, in graph: JavaGraph, isDerivedFromKnown: Bool) {
        let data = graph.classData(of: node)
        var fields: [(label: String, field: JavaField, dataIndex: Int)] = []
        var labels: Set<String> = []
        for index in data.indices.reversed() where data[index].hasFields {
            let name = graph.name(of: data[index].javaClass)
            if isDerivedFromKnown, name.hasPrefix("java.") { continue }
            let own = graph.fields(of: data[index].javaClass)
            let isHidden = own.map { labels.contains($0.name) }
            for (field, isHidden) in zip(own, isHidden) {
                let label = isHidden ? "\(ShortName.of(name))::\(field.name)" : field.name
                labels.insert(field.name)
                fields.append((label, field, index))
            }
        }
        self.fields = fields
    }
}

/// Class names without their package.
enum ShortName {
    /// `java.util.Map$Entry` becomes `Map$Entry`, `[Ljava.lang.String;` becomes `String[]`.
    static func of(_ name: String) -> String {
        guard name.hasPrefix("[") else {
            return String(name.split(separator: ".", omittingEmptySubsequences: false).last ?? "")
        }
        let dimensions = name.prefix { $0 == "[" }.count
        let element = name.dropFirst(dimensions)
        let base: String
        if element.hasPrefix("L"), element.hasSuffix(";") {
            base = of(String(element.dropFirst().dropLast()))
        } else {
            base = element.utf8.first.flatMap { PrimitiveType(rawValue: $0)?.name } ?? String(element)
        }
        return base + String(repeating: "[]", count: min(dimensions, 255))
    }
}
