import JavaSerialization

// How a value is changed that neither text nor JSON of another form can stand for.

extension JavaGraph {
    /// The way on for who wrote something that cannot stand at a place, such as "json:[…] gives it other elements".
    func advice(for node: JavaNode, _ place: String) -> String {
        if let type = elementType(of: node) { return Self.advice(for: type) }
        guard let value = try? value(of: node) else { return Self.whole }
        if let fields = Self.telling[value.className] {
            return "set " + fields.map { "\(place).\($0)" }.joined(separator: ", ") + " instead"
        }
        switch value.content {
        case .string, .box, .bigInteger, .bigDecimal, .enumConstant: return "write such a value"
        case .sequence(let sequence) where !sequence.isApplicationClass:
            return "json:[…] gives it other elements, --append one more"
        case .array: return "json:[…] gives it other elements"
        case .map(let map) where !map.isApplicationClass:
            return "json:{…} gives it other entries, \(place)['…']=… one"
        case .entry: return "set \(place).key or \(place).value instead"
        case .throwable: return "set \(place).message instead"
        case .bits: return "edit changes its bits"
        case .atomic: return "write its value"
        case .sequence: return "--append puts an element behind its last"
        case .map: return "set \(place)['…']=… for an entry of it"
        case .object where !Self.isPlatformClass(className(of: node)): return advice(forFieldsOf: node, place)
        default: return JavaValueType(className: value.className) == nil ? Self.whole : "write such a value"
        }
    }

    /// Only an object that was serialized somewhere.
    private static let whole = "only a serialized object (@FILE) can take its place"

    /// Classes of the platform that are what a field says into which anything fits.
    private static let telling: [String: [String]] = [
        "java.util.concurrent.atomic.AtomicReference": ["referent"]
    ]

    private static func advice(for type: PrimitiveType) -> String {
        switch type {
        case .byte: "b64: and hex: give it other bytes"
        case .char: #"json:"…" gives it other characters"#
        default: "json:[…] gives it other elements"
        }
    }

    private func advice(forFieldsOf node: JavaNode, _ place: String) -> String {
        let names = classData(of: node).reversed().flatMap { fields(of: $0.javaClass).map(\.name) }
        guard let first = names.first else { return Self.whole }
        return
            "set its fields, such as \(AttributePath.text(of: [.key(first)], behind: place)), or write typed JSON of it"
    }
}

extension EditError {
    /// That plain text cannot stand for what is at a place.
    static func noText(for node: JavaNode, in graph: JavaGraph, _ place: String) -> EditError {
        EditError(
            "\(place) holds a \(graph.shownClass(of: node)), which plain text cannot stand for: "
                + "\(graph.advice(for: node, place)). --type String puts text in its place, others a value of theirs")
    }

    /// That a new value would be of another class than the values beside it.
    ///
    /// - Parameter form: how it is written.
    init(_ place: String, beside name: String, no form: String) {
        self.init(
            "\(place): beside it stands a \(name), which \(form) cannot stand for: write typed JSON, as get --typed prints it, or "
                + "--type says of which class another one is")
    }
}
