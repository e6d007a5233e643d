import JavaSerialization

extension JSONValueBuilder {
    /// A value that text or a few numbers stand for.
    mutating func writeScalar(
        _ members: TypedMembers, _ type: JavaValueType, _ path: Int
    ) throws(DocumentError) -> JavaStreamBuilder.Handle {
        if let primitive = type.primitive { return builder.box(try self.primitive(members, primitive, path)) }
        switch type {
        case .string:
            try members.require(only: ["value"])
            guard let text = members["value"]?.string else {
                throw fail("has no text as its value", members.node, path)
            }
            return builder.string(wtf8: text.bytes)
        case .date, .timestamp: return try writeTime(members, type, path)
        case .bigInteger, .bigDecimal: return try writeNumber(members, type, path)
        default:
            try members.require(only: ["value"])
            return try write(members["value"], type, members, path)
        }
    }

    private mutating func write(
        _ node: JSONNode?, _ type: JavaValueType, _ members: TypedMembers, _ path: Int
    ) throws(DocumentError) -> JavaStreamBuilder.Handle {
        guard let node, let text = node.scalarText else { throw fail("has no value", node ?? members.node, path) }
        return try write(text, type, node, path)
    }

    private mutating func write(
        _ text: String, _ type: JavaValueType, _ node: JSONNode, _ path: Int
    ) throws(DocumentError) -> JavaStreamBuilder.Handle {
        do throws(JavaValueTextError) {
            return try builder.value(text, as: type)
        } catch {
            throw fail("cannot be made: \(error)", node, path)
        }
    }

    /// Milliseconds, and of a timestamp the nanoseconds of its second; or a time as text.
    private mutating func writeTime(
        _ members: TypedMembers, _ type: JavaValueType, _ path: Int
    ) throws(DocumentError) -> JavaStreamBuilder.Handle {
        try members.require(only: type == .date ? ["epochMillis", "value"] : ["epochMillis", "value", "nanos"])
        guard let millis = members["epochMillis"] else { return try write(members["value"], type, members, path) }
        guard let time = members.integer("epochMillis") else {
            throw fail("has milliseconds that are no whole number", millis, path)
        }
        if type == .date {
            if let text = members["value"], text.string?.text != JavaValue.isoText(epochMillis: time) {
                throw fail("has a value and epochMillis of different times: leave one out", text, path)
            }
            return builder.date(time)
        }
        let seconds = time.flooredQuotient(by: 1000)
        let part = (time % 1000 + 1000) % 1000
        let nanos = members["nanos"] == nil ? part * 1_000_000 : members.integer("nanos")
        guard let nanos, (0...999_999_999).contains(nanos), nanos / 1_000_000 == part else {
            throw fail("has nanos that are not those of its epochMillis", members["nanos"] ?? millis, path)
        }
        guard !seconds.multipliedReportingOverflow(by: 1000).overflow else {
            throw fail("has milliseconds that a Timestamp cannot have", millis, path)
        }
        return builder.timestamp(seconds: seconds, nanos: Int32(nanos))
    }

    /// Digits, or for long ones sign and magnitude; a decimal also by its unscaled value and scale.
    private mutating func writeNumber(
        _ members: TypedMembers, _ type: JavaValueType, _ path: Int
    ) throws(DocumentError) -> JavaStreamBuilder.Handle {
        try members.require(only: ["value", "unscaled", "scale", "signum", "magnitude"])
        if let magnitude = members["magnitude"] {
            var bytes = Array(try bytes(magnitude, path).drop { $0 == 0 })
            let signum = members.integer("signum") ?? 1
            guard (-1...1).contains(signum), (signum == 0) == bytes.isEmpty else {
                throw fail("has a signum that does not fit its magnitude", magnitude, path)
            }
            if signum == 0 { bytes = [] }
            guard type == .bigDecimal else { return builder.bigInteger(signum: Int32(signum), magnitude: bytes) }
            return builder.bigDecimal(scale: try scale(members, path), signum: Int32(signum), magnitude: bytes)
        }
        guard type == .bigDecimal, let unscaled = members["unscaled"] else {
            return try write(members["value"], type, members, path)
        }
        let scale = try scale(members, path)
        guard let digits = unscaled.scalarText else { throw fail("has no unscaled value", unscaled, path) }
        if let value = members["value"], value.scalarText != Self.decimal(digits, scale) {
            throw fail("has a value that is not its unscaled one with this scale: leave one out", value, path)
        }
        return try write("\(digits)E\(-Int64(scale))", type, unscaled, path)
    }

    private func scale(_ members: TypedMembers, _ path: Int) throws(DocumentError) -> Int32 {
        guard let scale = members.integer("scale").flatMap({ Int32(exactly: $0) }) else {
            throw fail("has no scale", members["scale"] ?? members.node, path)
        }
        return scale
    }

    /// As `BigDecimal.toString` writes it.
    private static func decimal(_ unscaled: String, _ scale: Int32) -> String? {
        var builder = JavaStreamBuilder()
        guard (try? builder.value("\(unscaled)E\(-Int64(scale))", as: .bigDecimal)) != nil,
            let graph = try? builder.graph(), let node = graph.content(0),
            case .bigDecimal(let text, _, _)? = try? graph.value(of: node).content
        else { return nil }
        return text
    }

    // MARK: Primitives

    /// A primitive field or element: a plain value, or `{"class": "int", "value": 5}`.
    func primitive(_ node: JSONNode, _ type: PrimitiveType, _ path: Int) throws(DocumentError) -> JavaPrimitive {
        guard node.kind == .object else { return try plain(node, type, path) }
        let members = try TypedMembers(node)
        guard members.className == type.name else {
            throw fail("is of the type \(type.name), and not \(members.className ?? "an object")", node, path)
        }
        if let mark = members["masked"] {
            throw fail("is masked: without its content it can only stand where it stood", mark, path)
        }
        return try primitive(members, type, path)
    }

    private func plain(_ node: JSONNode, _ type: PrimitiveType, _ path: Int) throws(DocumentError) -> JavaPrimitive {
        if type == .char, let text = node.string, case let units = Self.units(text), units.count == 1 {
            return .char(units[0])
        }
        guard let text = node.scalarText else { throw fail("is of the type \(type.name)", node, path) }
        do throws(JavaValueTextError) {
            return try type.value(of: text)
        } catch {
            throw fail("cannot be made: \(error)", node, path)
        }
    }

    /// The members of a primitive or its box: a value, or its bits or code, or both where they agree.
    func primitive(
        _ members: TypedMembers, _ type: PrimitiveType, _ path: Int
    ) throws(DocumentError) -> JavaPrimitive {
        let other = type == .char ? "code" : type == .float || type == .double ? "bits" : nil
        try members.require(only: other.map { ["value", $0] } ?? ["value"])
        let given = try members["value"].map { node throws(DocumentError) in try plain(node, type, path) }
        guard let other, let node = members[other] else {
            guard let given else { throw fail("has no value", members.node, path) }
            return given
        }
        guard let exact = Self.exact(node, type) else { throw fail("has \(other) of another form", node, path) }
        if let given, exact.isText(of: given) == false {
            throw fail("has a value and \(other) of different values: leave one out", node, path)
        }
        return exact
    }

    private static func exact(_ node: JSONNode, _ type: PrimitiveType) -> JavaPrimitive? {
        switch type {
        case .char: return node.number?.int64.flatMap { UInt16(exactly: $0) }.map { .char($0) }
        case .float:
            guard let text = node.string?.text, text.utf8.count == 8 else { return nil }
            return UInt32(text, radix: 16).map { .float(Float(bitPattern: $0)) }
        default:
            guard let text = node.string?.text, text.utf8.count == 16 else { return nil }
            return UInt64(text, radix: 16).map { .double(Double(bitPattern: $0)) }
        }
    }
}

extension JavaPrimitive {
    /// Whether both are written with the same text.
    fileprivate func isText(of other: JavaPrimitive) -> Bool {
        switch (self, other) {
        case (.float(let one), .float(let other)): JavaNumberText.text(one) == JavaNumberText.text(other)
        case (.double(let one), .double(let other)): JavaNumberText.text(one) == JavaNumberText.text(other)
        default: self == other
        }
    }
}
