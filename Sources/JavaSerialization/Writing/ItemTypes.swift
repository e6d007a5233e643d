/// What may stand in a collection or array, as far as the stream says so.
package struct ItemTypes {
    /// What stands there: an element or key, or the value of a key.
    package enum Role { case element, value }

    /// Descriptors of types that each element or key is of.
    package fileprivate(set) var elements: [String] = []
    /// The same of the values of a map.
    package fileprivate(set) var values: [String] = []
    /// Whether it is a map.
    package fileprivate(set) var isMap = false

    /// The types of what stands in one role.
    package subscript(role: Role) -> [String] { role == .element ? elements : values }
}

extension JavaGraph {
    /// The types of what stands in a collection: the component type of an array, the types that `Collections.checkedList` and the like were
    /// made for, and the enum of an `EnumSet` or `EnumMap`, also where other collections stand around these.
    package func itemTypes(of collection: JavaNode) -> ItemTypes {
        var types = ItemTypes()
        if kind(of: collection) == .array, elementType(of: collection) == nil {
            types.elements = [String(className(of: collection).dropFirst())]
        }
        var next = (try? known(collection)) ?? nil
        if case .map? = next?.meaning { types.isMap = true }
        // As deep as collections can be changed.
        for _ in 0..<16 {
            guard let object = next else { break }
            next = object.addTypes(to: &types)
        }
        return types
    }
}

extension KnownObject {
    private static let checkedCollection = Array("java.util.Collections$CheckedCollection".utf8)
    private static let checkedMap = Array("java.util.Collections$CheckedMap".utf8)

    /// Adds what this collection says; gives the one that it stands around.
    fileprivate func addTypes(to types: inout ItemTypes) -> KnownObject? {
        if row.dataName == Self.checkedCollection { types.elements += type("type") }
        if row.dataName == Self.checkedMap {
            types.elements += type("keyType")
            types.values += type("valueType")
        }
        if row.name == "java.util.EnumMap" { types.elements += type("keyType") }
        // getProperty gives nothing but text.
        if row.name == "java.util.Properties" {
            types.elements.append("Ljava/lang/String;")
            types.values.append("Ljava/lang/String;")
        }
        switch meaning {
        case .enumSet: types.elements += type("elementType")
        case .sequence(.array(let field, _), _):
            // A list of an array stands on that array; a vector has one of objects.
            if let array = optionalReference(field), graph.kind(of: array) == .array {
                types.elements += Self.narrow(String(graph.className(of: array).dropFirst()))
            }
        case .sequence(.inside(let field, _), _), .map(.inside(let field), _), .sequence(.keys(let field), _):
            return optionalReference(field).flatMap { (try? graph.known($0)) ?? nil }
        default: break
        }
        return nil
    }

    /// The class in a field, as a descriptor.
    private func type(_ field: StaticString) -> [String] {
        guard let node = optionalReference(field), graph.kind(of: node) == .classObject else { return [] }
        return Self.narrow(JavaTypeName.descriptor(graph.className(of: node)))
    }

    /// Nothing for what everything is of.
    private static func narrow(_ descriptor: String) -> [String] {
        JavaTypeName.source(descriptor) == "java.lang.Object" ? [] : [descriptor]
    }
}
