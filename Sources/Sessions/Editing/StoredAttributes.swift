import JavaSerialization

/// Attributes that are values of their own, as a hash has them, while they are changed.
struct StoredAttributes {
    /// The values by name, in their order; nil for one that is to go.
    private(set) var values: [(name: [UInt8], value: [UInt8]?)]
    /// How new attributes are encoded.
    private let encoding: Encoding

    enum Encoding {
        case java
        case json
    }

    init(_ attributes: [SessionAttribute], encoding: Encoding) {
        values = attributes.map { ($0.name, $0.value.bytes) }
        self.encoding = encoding
    }

    private var names: [[UInt8]] { values.filter { $0.value != nil }.map(\.name) }

    /// The values of the other attributes, as their library wrote them.
    private func others(than name: [UInt8]?) -> [[UInt8]] {
        values.compactMap { $0.name == name ? nil : $0.value }
    }

    private func value(of name: [UInt8]) -> [UInt8]? { values.last { $0.name == name }?.value }

    private mutating func put(_ value: [UInt8]?, at name: [UInt8]) {
        if let index = values.lastIndex(where: { $0.name == name }) {
            values[index].value = value
        } else {
            values.append((name, value))
        }
    }

    /// Makes one change.
    ///
    /// - Throws: `EditError` where it cannot be made; then nothing was changed.
    mutating func apply(_ edit: AttributeEdit) throws(EditError) {
        let (path, found) = try AttributePath.located(edit.path, among: names)
        guard let name = found, let value = value(of: name) else {
            guard path.steps.isEmpty, case .set(let new) = edit.operation else { throw path.missing(among: names) }
            try path.requireNoLongerName(new, among: names)
            return put(try newValue(new, path.attribute), at: try AttributePath.newName(path.attribute, among: names))
        }
        switch edit.operation {
        case .set(.stored(let bytes)) where path.steps.isEmpty: put(bytes, at: name)
        case .remove where path.steps.isEmpty: put(nil, at: name)
        case .rename(let text, let key) where path.steps.isEmpty:
            guard key == nil else { throw EditError.nameHasNoType(edit.path) }
            let other = try AttributePath.newName(text, among: names)
            put(nil, at: name)
            put(value, at: other)
        default: put(try changed(value, name, edit, path.steps), at: name)
        }
    }

    private func newValue(_ value: NewValue, _ place: String) throws(EditError) -> [UInt8] {
        if case .stored(let bytes) = value { return bytes }
        switch encoding {
        case .java: return try value.newStream(place)
        case .json: return try value.newJSON(place, beside: others(than: nil))
        }
    }

    private func changed(
        _ value: [UInt8], _ name: [UInt8], _ edit: AttributeEdit, _ steps: [AttributePath.Step]
    ) throws(EditError) -> [UInt8] {
        switch SessionAttribute(name: name, value: .stored(value)).value.decoded() {
        case .java(let graph, _):
            if steps.isEmpty, case .set(.stream(let bytes)) = edit.operation {
                return try NewValue.stream(bytes).newStream(edit.path)
            }
            return try JavaPathEdit(
                graph: graph, content: 0, name: EscapedName.text(of: name), changesShared: edit.changesShared
            )
            .applying(edit.operation, at: steps)
        case .json:
            let place = EscapedName.text(of: name)
            return try JSONPathEdit(value, name: place, beside: others(than: name)).applying(edit.operation, at: steps)
        case .text, .jwt, .bytes: return try whole(edit, steps)
        case .opaque(_, let reason), .undecodable(_, let reason):
            guard steps.isEmpty, case .set(let new) = edit.operation else {
                throw EditError("'\(edit.path)' cannot be read, and so nothing inside of it can be changed: \(reason)")
            }
            return try newValue(new, edit.path)
        }
    }

    /// Text and bytes have nothing inside.
    private func whole(_ edit: AttributeEdit, _ steps: [AttributePath.Step]) throws(EditError) -> [UInt8] {
        guard steps.isEmpty, case .set(let new) = edit.operation else {
            throw EditError("'\(edit.path)': the attribute is no object: it can only be changed as a whole")
        }
        switch try new.resolved(holdsBytes: false, edit.path) ?? new {
        case .text(let text, type: nil): return Array(text.utf8)
        case .bytes(let bytes), .stream(let bytes): return bytes
        default: return try newValue(new, edit.path)
        }
    }
}

extension NewValue {
    /// The value as a stream of its own: JDK form; text without a type is a `String`.
    func newStream(_ place: String) throws(EditError) -> [UInt8] {
        if case .stream(let bytes) = self {
            _ = try object(like: nil, in: JavaGraph(), nil, place)
            return bytes
        }
        let (graph, node) = try object(like: nil, in: JavaGraph(), nil, place)
        do throws(JavaEncodingError) {
            return try graph.stream(of: [node])
        } catch {
            throw EditError("\(place): \(error)")
        }
    }
}
