import JavaSerialization
import TestSupport

@testable import Sessions

/// One edit of a session, and what it is to make of its attributes.
struct EditCase {
    /// What is done to what, such as `insert java.util.ArrayList first`.
    let kind: String
    let edit: AttributeEdit
    let change: (inout RenderedAttributes) throws -> Void

    init(
        _ kind: String, _ path: String, _ operation: AttributeEdit.Operation,
        change: @escaping (inout RenderedAttributes) throws -> Void
    ) {
        self.kind = kind
        edit = AttributeEdit(path, operation)
        self.change = change
    }

    /// The attributes as they are to be.
    func expected(of attributes: RenderedAttributes) throws -> RenderedAttributes {
        var changed = attributes
        try change(&changed)
        return changed
    }

    /// The first, a middle and the last of so many places.
    static func places(_ count: Int) -> [(index: Int, word: String)] {
        let all = [(0, "first"), (count / 2, "middle"), (count - 1, "last")]
        return count > 2 ? all : count == 2 ? [all[0], all[2]] : count == 1 ? [all[0]] : []
    }
}

/// Every kind of edit at the places of a session's attributes: whole ones, and those inside of them.
struct EditCases {
    private(set) var all: [EditCase] = []
    private let attributes: RenderedAttributes
    /// How many values of one class are edited.
    private let most: Int
    private var edited: [String: Int] = [:]
    private var visits: [Int: Int] = [:]

    /// A value and how it is reached.
    struct Place {
        let node: Int
        let text: String
        let way: [ChangeableRendering.Edge]

        func then(_ text: String, _ edge: ChangeableRendering.Edge, _ node: Int) -> Place {
            Place(node: node, text: self.text + text, way: way + [edge])
        }
    }

    /// - Parameter most: how many values of each class are edited inside.
    init(_ attributes: RenderedAttributes, atMost most: Int) {
        self.attributes = attributes
        self.most = most
        var work = attributes.names.indices.reversed().compactMap { root($0) }
        wholeAttributes()
        while let place = work.popLast() {
            guard values.json(place.node).kind == .object, visits[place.node, default: 0] < 2, place.way.count < 7
            else { continue }
            visits[place.node, default: 0] += 1
            inside(place)
            work += children(of: place).reversed()
        }
    }

    var values: ChangeableRendering { attributes.values }

    private func root(_ index: Int) -> Place? {
        let edge: ChangeableRendering.Edge = [.index(index), .member("object")]
        return values.child(values.root, edge).map { Place(node: $0, text: path(index), way: [edge]) }
    }

    private func path(_ index: Int) -> String {
        "['" + EscapedName.text(of: attributes.names[index]).replacing("'", with: "''") + "']"
    }

    mutating func add(
        _ kind: String, _ path: String, _ operation: AttributeEdit.Operation,
        change: @escaping (inout RenderedAttributes) throws -> Void
    ) {
        all.append(EditCase(kind, path, operation, change: change))
    }

    // MARK: Whole attributes

    private mutating func wholeAttributes() {
        let string = NewScalar("java.lang.String")?.json("java.lang.String") ?? ""
        let text = NewScalar("java.lang.String")?.text ?? ""
        add("add attribute", "['added by a test']", .set(.text(text))) { try $0.append("added by a test", string) }
        for (index, word) in EditCase.places(attributes.names.count) {
            let path = path(index)
            add("set attribute \(word)", path, .set(.text(text, type: .string))) { attributes in
                let value = try attributes.values.make(#"{"object": \#(string)}"#)
                try attributes.values.set(.index(index), of: attributes.values.root, to: value)
            }
            add("remove attribute \(word)", path, .remove) { attributes in
                attributes.names.remove(at: index)
                attributes.values.remove(at: index, of: attributes.values.root)
            }
            add("rename attribute \(word)", path, .rename("renamed by a test")) { attributes in
                attributes.names[index] = Array("renamed by a test".utf8)
            }
        }
    }

    // MARK: Values

    /// The values inside of one that have a path of their own.
    private func children(of place: Place) -> [Place] {
        var found: [Place] = []
        func take(_ text: String, _ edge: ChangeableRendering.Edge) {
            if let node = values.child(place.node, edge) { found.append(place.then(text, edge, node)) }
        }
        for (index, _) in EditCase.places(count(place.node, "items")) {
            take("[\(index)]", [.member("items"), .index(index)])
        }
        for (index, _) in EditCase.places(count(place.node, "entries")) {
            take("[#\(index)]", [.member("entries"), .index(index), .index(1)])
        }
        for field in fields(of: place.node) { take(field.text, field.edge) }
        take(".value", [.member("entryValue")])
        take(".referent", [.member("referent")])
        return found
    }

    func count(_ node: Int, _ list: String) -> Int { values.child(node, .member(list)).map { values.count($0) } ?? 0 }

    /// The fields of an object's classes that are the application's.
    func fields(of node: Int) -> [(text: String, edge: ChangeableRendering.Edge)] {
        guard let classes = values.child(node, .member("classes")) else { return [] }
        return (0..<values.count(classes)).flatMap { index -> [(text: String, edge: ChangeableRendering.Edge)] in
            guard let described = values.child(classes, .index(index)),
                let name = values.child(described, .member("name")).flatMap({ values.json($0).string }),
                // A weekday is one of two objects, whatever the stream says.
                !name.hasPrefix("java."), name != "demo.shop.Weekday",
                let fields = values.child(described, .member("fields"))
            else { return [] }
            let simple = name.split { $0 == "." || $0 == "$" }.last.map(String.init) ?? name
            return values.json(fields).names.map { field in
                (".\(simple)::\(field)", [.member("classes"), .index(index), .member("fields"), .member(field)])
            }
        }
    }

    /// The edits of what is directly inside of a value.
    private mutating func inside(_ place: Place) {
        guard let name = values.className(place.node), edited[name, default: 0] < most else { return }
        let before = all.count
        if values.child(place.node, .member("entries")) != nil { map(place, name) }
        if values.child(place.node, .member("items")) != nil { sequence(place, name) }
        if name == "[B" { bytes(place) }
        let fields = fields(of: place.node)
        for (index, word) in EditCase.places(fields.count) { slot(place, fields[index], "field of \(name) \(word)") }
        for (text, edge) in [(".value", "entryValue"), (".referent", "referent")] {
            if values.child(place.node, .member(edge)) != nil {
                slot(place, (text, [.member(edge)]), "\(text) of \(name)")
            }
        }
        if all.count > before { edited[name, default: 0] += 1 }
    }

    /// What stands where, in the place of a value: another one, and null.
    mutating func slot(_ owner: Place, _ slot: (text: String, edge: ChangeableRendering.Edge), _ kind: String) {
        guard let current = values.child(owner.node, slot.edge) else { return }
        let new = replacement(for: current)
        let path = owner.text + slot.text
        let way = owner.way
        let put = { (json: String) in
            { (attributes: inout RenderedAttributes) in
                let holder = try attributes.values.own(way)
                let made = try attributes.values.make(json)
                guard let parent = attributes.values.child(holder, Array(slot.edge.dropLast())) else {
                    throw FixtureError("no \(slot.edge)")
                }
                guard let last = slot.edge.last else { return }
                try attributes.values.set(last, of: parent, to: made)
            }
        }
        add("set \(kind)", path, .set(new.value), change: put(new.json))
        add("set null \(kind)", path, .set(.null), change: put("null"))
    }

    /// Another value of the same kind, or a string.
    func replacement(for current: Int) -> (value: NewValue, json: String) {
        let json = values.json(current)
        if let name = values.className(current) {
            if let constant = json["enum"]?.string, let other = NewScalar.constant(of: name, unlike: [constant]) {
                return (.text(other), #"{"class": "\#(name)", "enum": "\#(other)"}"#)
            }
            if let scalar = NewScalar(name, unlike: json) { return (.text(scalar.text), scalar.json(name)) }
        }
        return (.text("put in by a test", type: .string), Self.string("put in by a test"))
    }

    static func string(_ text: String) -> String { #"{"class": "java.lang.String", "value": "\#(text)"}"# }
}
