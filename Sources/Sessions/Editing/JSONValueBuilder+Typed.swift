import JavaSerialization

extension JSONValueBuilder {
    /// What can be made, for who asked for something else.
    static let makeable =
        "new values can be: text, boxes, BigInteger, BigDecimal, Date, Timestamp, UUID, values of java.time, arrays, ArrayList, "
        + "LinkedList, HashMap, LinkedHashMap, TreeMap, HashSet, LinkedHashSet, TreeSet, and constants and objects of classes "
        + "that are in the same stream"

    /// A value of typed JSON.
    mutating func writeTyped(_ members: TypedMembers, _ path: Int) throws(DocumentError) {
        if let mark = members["masked"] {
            throw fail("is masked: without its content it can only stand where it stood", mark, path)
        }
        let name = members.className ?? ""
        let handle: JavaStreamBuilder.Handle
        if let type = JavaValueType(className: name) {
            handle = try writeScalar(members, type, path)
        } else if name.hasPrefix("[") {
            handle = try writeArray(members, name, path)
        } else if let constant = members["enum"] {
            handle = try writeConstant(members, name, constant, path)
        } else if let collection = try writeCollection(members, name, path) {
            handle = collection
        } else {
            handle = try writeFields(members, name, path)
        }
        try self.name(handle, members, path)
    }

    private mutating func writeConstant(
        _ members: TypedMembers, _ name: String, _ constant: JSONNode, _ path: Int
    ) throws(DocumentError) -> JavaStreamBuilder.Handle {
        try members.require(only: ["enum"])
        guard let text = constant.string?.text, !text.isEmpty else {
            throw fail("is a constant without a name", constant, path)
        }
        guard let shapes = graph.enumShapes(of: name) else {
            _ = try description(of: name, members, path)
            throw fail("is no constant: \(name) is no enum", members.node, path)
        }
        let known = JavaGraph.platformConstants(of: name) ?? graph.constantNames(of: name)
        guard known.contains(text) || known.isEmpty else {
            throw fail(
                "cannot be \(text): whether there is such a constant of \(name) only the application knows, which could not read the "
                    + "session if not; here there are: \(known.joined(separator: ", ")). set with --type enum writes it all the same",
                constant, path)
        }
        return builder.enumConstant(shapes, text)
    }

    /// The class as the graph describes it.
    func description(
        of name: String, _ members: TypedMembers, _ path: Int
    ) throws(DocumentError) -> JavaClass {
        let found = graph.classes(named: name)
        guard let first = found.first else {
            throw fail(
                "cannot be made: no class \(name) is in this stream; \(Self.makeable)",
                members["class"] ?? members.node,
                path)
        }
        guard let suid = members["suid"] else { return first }
        guard let version = suid.scalarText.flatMap({ Int64($0) }),
            let described = found.first(where: { graph.serialVersionUID(of: $0) == version })
        else {
            throw fail(
                "cannot be made: of \(name) the version \(graph.serialVersionUID(of: first)) is in this stream", suid,
                path)
        }
        return described
    }

    // MARK: Arrays

    private mutating func writeArray(
        _ members: TypedMembers, _ name: String, _ path: Int
    ) throws(DocumentError) -> JavaStreamBuilder.Handle {
        let bytes = Array(name.utf8)
        if bytes.count == 2, let type = PrimitiveType(rawValue: bytes[1]) {
            return builder.array(of: type, try elements(members, type, path))
        }
        try members.require(only: ["items"])
        let descriptor = String(name.dropFirst().map { $0 == "." ? "/" : $0 })
        guard descriptor.hasPrefix("[") || descriptor.hasPrefix("L") && descriptor.hasSuffix(";") else {
            throw fail("is of the class \(name), which is no array", members.node, path)
        }
        guard let items = members["items"]?.array else { throw fail("has no items", members.node, path) }
        let handle = builder.beginArray(shapes(ofArray: name, members), count: items.count)
        writeItems(items, path, type: descriptor, end: [])
        return handle
    }

    /// Of arrays the version is not compared (`java.io.ObjectStreamClass.initNonProxy`), so any will do.
    private func shapes(ofArray name: String, _ members: TypedMembers) -> [ClassShape] {
        if let known = graph.classes(named: name).first.flatMap({ graph.shapes(of: $0) }) { return known }
        let versions: [String: Int64] = [
            "[Ljava.lang.Object;": -8_012_369_246_846_506_644, "[Ljava.lang.String;": -5_921_575_005_990_323_385,
        ]
        let version = members["suid"]?.scalarText.flatMap { Int64($0) } ?? versions[name] ?? 0
        return [ClassShape(name, uid: version, flags: 2)]
    }

    /// The bytes of the elements of an array of primitives.
    func elements(
        _ members: TypedMembers, _ type: PrimitiveType, _ path: Int
    ) throws(DocumentError) -> [UInt8] {
        switch type {
        case .byte:
            try members.require(only: ["base64"])
            guard let text = members["base64"] else { throw fail("has no base64", members.node, path) }
            return try bytes(text, path)
        case .char:
            try members.require(only: ["string"])
            guard let text = members["string"]?.string else { throw fail("has no string", members.node, path) }
            return Self.units(text).flatMap { JavaPrimitive.char($0).bytes }
        default:
            try members.require(only: ["items"])
            guard let items = members["items"]?.array else { throw fail("has no items", members.node, path) }
            var bytes: [UInt8] = []
            for item in items { bytes += try primitive(item, type, path).bytes }
            return bytes
        }
    }

    static func units(_ text: JSONString) -> [UInt16] { WTF8.units(of: text.bytes) }

    // MARK: Collections

    /// A list, set or map of the JDK; nil for other classes.
    private mutating func writeCollection(
        _ members: TypedMembers, _ name: String, _ path: Int
    ) throws(DocumentError) -> JavaStreamBuilder.Handle? {
        switch name {
        case "java.util.ArrayList":
            try writeList(members, path) { builder, count in builder.beginList(count: count) }
        case "java.util.LinkedList":
            try writeList(members, path) { builder, count in builder.beginLinkedList(count: count) }
        case "java.util.HashSet":
            try writeList(members, path) { builder, count in builder.beginSet(.hashed, count: count) }
        case "java.util.LinkedHashSet":
            try writeList(members, path) { builder, count in builder.beginSet(.linked, count: count) }
        case "java.util.TreeSet":
            try writeList(members, path) { builder, count in builder.beginTreeSet(count: count) }
        case "java.util.HashMap":
            try writeMap(members, path, isLinked: false) { $0.beginMap(.hashed, count: $1) }
        case "java.util.LinkedHashMap":
            try writeMap(members, path, isLinked: true) { $0.beginMap(.linked, count: $1) }
        case "java.util.TreeMap":
            try writeMap(members, path, isLinked: false) { $0.beginTreeMap(count: $1) }
        default: nil
        }
    }

    private mutating func writeList(
        _ members: TypedMembers, _ path: Int, begin: (inout JavaStreamBuilder, Int32) -> JavaStreamBuilder.Handle
    ) throws(DocumentError) -> JavaStreamBuilder.Handle {
        try members.require(only: ["items"])
        guard let items = members["items"]?.array else { throw fail("has no items", members.node, path) }
        let handle = begin(&builder, try count(items.count, members.node, path))
        writeItems(items, path, type: nil, end: [.endAnnotation])
        return handle
    }

    private mutating func writeMap(
        _ members: TypedMembers, _ path: Int, isLinked: Bool,
        begin: (inout JavaStreamBuilder, Int32) -> JavaStreamBuilder.Handle
    ) throws(DocumentError) -> JavaStreamBuilder.Handle {
        try members.require(only: ["entries"])
        guard let entries = members["entries"] else { throw fail("has no entries", members.node, path) }
        return try writeEntries(entries, path, isLinked: isLinked, begin: begin)
    }
}
