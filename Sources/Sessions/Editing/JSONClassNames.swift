/// Puts the names of classes into new JSON where its library looks for them (session-formats, ch. 5.3): one rule for a value and for all
/// that is inside of it.
///
/// - A list or object in place of one of its kind gets the class of that.
/// - Where values of any class may stand, another list is a `java.util.ArrayList` and another object a map, named as the session's other
///   values have it.
/// - A field of a class of the application takes what stands there already: the kind of a value, and the members of an object.
/// - What names its class is taken as it is written.
struct JSONClassNames {
    /// A new value that is looked at.
    struct Visit {
        let node: JSONNode
        /// What stands at the place; nil where nothing does.
        let old: JacksonValue?
        let type: JSONPlaceType
        let path: Int
    }

    private let style: JSONStyle
    private(set) var paths: DocumentPaths
    private var found: [(range: Range<Int>, text: [UInt8])] = []
    private var root: JSONNode?
    private var forms: JSONClassForms?
    private var namesClasses: Bool?
    /// Whether a value without a class has to be read as the class of the one that stands there.
    private var keepsScalars = false

    /// - Parameter place: the path to the new value, for people.
    init(_ style: JSONStyle, place: String) {
        self.style = style
        paths = DocumentPaths(root: place)
    }

    /// The text of a new value in the place of an old one.
    ///
    /// - Parameter keepsScalars: whether a text, truth value or number has to be read as the class of the one that stands there; in a text
    ///   that somebody edits it is what is written.
    static func text(
        of new: JSONNode, like old: JacksonValue?, _ type: JSONPlaceType, _ style: JSONStyle, _ place: String,
        keepsScalars: Bool = false
    ) throws(EditError) -> [UInt8] {
        var names = JSONClassNames(style, place: place)
        names.keepsScalars = keepsScalars
        return try names.text(of: new, like: old, type)
    }

    /// The text of a new value as one more of some that are there.
    static func text(
        of new: JSONNode, beside others: [JacksonValue], _ type: JSONPlaceType, _ style: JSONStyle, _ place: String
    ) throws(EditError) -> [UInt8] {
        let like = others.filter { $0.node.isContainer }
        if JacksonValue(new).className == nil, new.isContainer, let other = like.first,
            like.allSatisfy({ $0.className != nil && !$0.holdsAnyType })
        {
            throw EditError(
                "\(place): beside it stand values of classes of the application, such as \(other.className ?? ""): write it with the "
                    + "name of its class")
        }
        // Whether other values than those are declared for the field nobody knows.
        let old = type.isAny ? nil : like.first { $0.node.kind == new.kind }
        return try text(of: new, like: old, type, style, place)
    }

    private mutating func text(
        of new: JSONNode, like old: JacksonValue?, _ type: JSONPlaceType
    ) throws(EditError) -> [UInt8] {
        guard new.isContainer || old != nil else { return Array(new.text) }
        // A value that names its class shows that classes are named.
        namesClasses = style.namesClasses ?? (JacksonValue(new).className == nil ? nil : true)
        root = new
        var work = [Visit(node: new, old: old, type: type, path: DocumentPaths.start)]
        while let visit = work.popLast() { try look(visit, &work) }
        return spliced(new)
    }

    private func spliced(_ new: JSONNode) -> [UInt8] {
        let source = new.document.source
        var text: [UInt8] = []
        var position = new.textRange.lowerBound
        for (range, replacement) in found.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
            text += source[position..<range.lowerBound] + replacement
            position = range.upperBound
        }
        return text + source[position..<new.textRange.upperBound]
    }

    // MARK: The rule

    private mutating func look(_ visit: Visit, _ work: inout [Visit]) throws(EditError) {
        let value = JacksonValue(visit.node)
        if value.className != nil {
            let isAny = visit.type.isAny && value.holdsAnyType
            return try enter(value.node, visit, like: nil, isAny ? .any : .unknown, &work)
        }
        let old = visit.old.flatMap { $0.node.isNull ? nil : $0 }
        guard visit.node.isContainer else { return try look(atScalar: visit, like: old) }
        if let old, old.node.kind == visit.node.kind {
            if old.className != nil { name(visit.node, as: old) }
            try requireMembers(of: old, visit)
            return try enter(visit.node, visit, like: old, visit.type.inside(old), &work)
        }
        try requireClass(of: old, visit)
        switch visit.type {
        case .unknown: return
        case .declared(let owner): throw refusal(visit, like: old, owner)
        case .any:
            guard let isNamed = namesClasses else { throw unknownStyle(visit) }
            guard isNamed else { return }
            try name(visit)
            try enter(visit.node, visit, like: nil, .any, &work)
        }
    }

    private mutating func look(atScalar visit: Visit, like old: JacksonValue?) throws(EditError) {
        guard let old, !visit.node.isNull else { return }
        let isOfOneKind = old.node.kind == visit.node.kind
        if !isOfOneKind { try requireClass(of: old, visit) }
        if old.isWrappedScalar, isOfOneKind {
            let form = JSONValueForm(place: way(visit), style: style)
            found.append((visit.node.textRange, old.text(with: try form.scalar(visit.node, like: old))))
        } else if let owner = visit.type.owner {
            guard isOfOneKind else { throw refusal(visit, like: old, owner) }
            let (new, present) = (visit.node.text, old.node.text)
            guard visit.node.kind != .number || !new.isFraction || present.isFraction else {
                throw EditError(
                    "\(way(visit)): a whole number stands there, in a \(owner), and the new one has a fraction or an exponent: --type "
                        + "Double puts it there all the same")
            }
        } else if keepsScalars, visit.type.isAny, !old.isWrapper, visit.node.naturalClass != old.node.naturalClass {
            var form = JSONValueForm(place: way(visit), style: style)
            form.wrapsInObjects = formsOfSession().wrapsListsInObjects
            if let text = try form.kept(visit.node, like: old.node) { found.append((visit.node.textRange, text)) }
        }
    }

    private mutating func enter(
        _ node: JSONNode, _ visit: Visit, like old: JacksonValue?, _ type: JSONPlaceType, _ work: inout [Visit]
    ) throws(EditError) {
        try requireConstants(node, like: old, visit)
        let children = JSONChildren(of: node)
        let before = old.map { JSONChildren(of: $0.node) }
        var places: [JSONString: JSONNode] = [:]
        for (name, value) in zip(before?.names ?? [], before?.values ?? []) { places[name] = value }
        // Elements of a list of any type have nothing to do with each other.
        let elements = type.isAny ? [] : (before?.values.filter { !$0.isNull } ?? [])
        var element: [JSONKind: JSONNode] = [:]
        for value in elements.reversed() { element[value.kind] = value }
        for (index, child) in children.values.enumerated() {
            let like =
                children.names.isEmpty ? element[child.kind] ?? elements.first : places[children.names[index]]
            guard child.isContainer || like != nil else { continue }
            let step: AttributePath.Step =
                children.names.isEmpty
                ? .number(Int64(index)) : .key(EscapedName.text(of: children.names[index].bytes))
            work.append(
                Visit(
                    node: child, old: like.map { JacksonValue($0) }, type: type,
                    path: paths.adding(step, to: visit.path)))
        }
    }

    /// That a class which stands there stays: a value of another kind is none of it.
    private func requireClass(of old: JacksonValue?, _ visit: Visit) throws(EditError) {
        guard let old, let name = old.className, visit.type.owner == nil else { return }
        throw JSONValueForm.noOther(than: old, name, way(visit))
    }

    private func requireConstants(_ node: JSONNode, like old: JacksonValue?, _ visit: Visit) throws(EditError) {
        guard let old, let place = JSONEnumPlace(ofElementsOf: old, style) else { return }
        for child in JSONChildren(of: node).values {
            if let text = child.string?.text { try place.require(text, way(visit)) }
        }
    }

    private func requireMembers(of old: JacksonValue, _ visit: Visit) throws(EditError) {
        guard old.isObjectOfApplication else { return }
        let known = Set(old.members.map(\.name))
        guard let new = visit.node.object?.first(where: { !known.contains($0.name) }) else { return }
        let step = AttributePath.Step.key(EscapedName.text(of: new.name.bytes))
        throw EditError(unknownMember: AttributePath.text(of: [step], behind: way(visit)), of: old)
    }

    // MARK: Names

    /// The class of what stands there, as it is written there.
    private mutating func name(_ new: JSONNode, as old: JacksonValue) {
        let source = old.node.document.source
        if old.isWrapper {
            wrap(
                new, Array(source[old.whole.textRange.lowerBound..<old.node.textRange.lowerBound]),
                Array(source[old.node.textRange.upperBound..<old.whole.textRange.upperBound]))
            return
        }
        let children = JSONChildren(of: old.node)
        guard let index = children.names.firstIndex(where: { $0.bytes.elementsEqual(JacksonValue.classMember.utf8) })
        else { return }
        let range = children.nameRanges[index].lowerBound..<children.values[index].textRange.upperBound
        begin(new, with: Array(source[range]))
    }

    /// The class that plain JSON stands for.
    private mutating func name(_ visit: Visit) throws(EditError) {
        let forms = formsOfSession()
        let isList = visit.node.kind == .array
        let name = isList ? JSONClassForms.list : forms.map
        if let reason = style.refusal(ofClass: name) { throw EditError("\(way(visit)): \(reason)") }
        let quoted = style.quoted(Array(name.utf8))
        switch isList ? (forms.wrapsListsInObjects ? .wrapper : .array) : forms.objects {
        case .member: begin(visit.node, with: Array("\"\(JacksonValue.classMember)\":".utf8) + quoted)
        case .array: wrap(visit.node, Array("[".utf8) + quoted + Array(",".utf8), Array("]".utf8))
        case .wrapper: wrap(visit.node, Array("{".utf8) + quoted + Array(":".utf8), Array("}".utf8))
        case nil:
            throw EditError(
                "\(way(visit)): no object of the session shows where its library names the classes of such: \(Self.advice)"
            )
        }
    }

    private mutating func formsOfSession() -> JSONClassForms {
        let known = forms ?? style.forms(beside: root)
        forms = known
        return known
    }

    private mutating func wrap(_ node: JSONNode, _ start: [UInt8], _ end: [UInt8]) {
        let range = node.textRange
        found.append((range.lowerBound..<range.lowerBound, start))
        found.append((range.upperBound..<range.upperBound, end))
    }

    /// The object with one more member in front of all.
    private mutating func begin(_ node: JSONNode, with member: [UInt8]) {
        let start = node.textRange.lowerBound + 1
        found.append((start..<start, node.row.count == 0 ? member : member + Array(",".utf8)))
    }
}

extension JSONNode {
    /// Whether it is an array or an object.
    var isContainer: Bool { kind == .array || kind == .object }
}

extension ArraySlice<UInt8> {
    /// Whether the number that it writes has a fraction or an exponent.
    var isFraction: Bool { contains { ".eE".utf8.contains($0) } }
}
