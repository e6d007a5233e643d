import JavaSerialization

/// Writes a claim as the Java value that Jackson reads from its JSON, and with it the JWT libraries of Java: text as `String`, whole
/// numbers as `Integer`, `Long` or `BigInteger`, others as `Double`, arrays as `ArrayList`, objects as `LinkedHashMap`.
///
/// What is open is kept in an array, so that the depth of the JSON costs no stack.
struct ClaimValue {
    private enum Step {
        case value(JSONNode)
        case name(JSONString)
        case endList, endMap
    }

    private let path: String
    private var builder = JavaStreamBuilder()
    private var steps: [Step] = []

    /// The value of `node` as a stream of its own.
    ///
    /// - Parameter name: the claim's, for what is said of it.
    /// - Throws: `ValueProblem` for a number that no `Double` holds, and for more elements than a list has.
    static func stream(of node: JSONNode, named name: [UInt8]) throws(ValueProblem) -> [UInt8] {
        var claim = ClaimValue(path: EscapedName.text(of: name))
        claim.steps = [.value(node)]
        while let step = claim.steps.popLast() { try claim.take(step) }
        return claim.builder.bytes
    }

    private init(path: String) { self.path = path }

    private mutating func take(_ step: Step) throws(ValueProblem) {
        switch step {
        case .value(let node): try write(node)
        case .name(let name): builder.string(wtf8: name.bytes)
        case .endList: builder.endList()
        case .endMap: builder.endMap(.linked)
        }
    }

    private mutating func write(_ node: JSONNode) throws(ValueProblem) {
        switch node.value {
        case .null: builder.null()
        case .bool(let value): builder.box(.boolean(value))
        case .string(let text): builder.string(wtf8: text.bytes)
        case .number(let number): try write(number)
        case .array(let array):
            builder.beginList(count: try count(array.count))
            steps.append(.endList)
            steps += array.reversed().map { .value($0) }
        case .object(let object):
            builder.beginMap(.linked, count: try count(object.count))
            steps.append(.endMap)
            for member in object.reversed() { steps += [.value(member.value), .name(member.name)] }
        }
    }

    private mutating func write(_ number: JSONNumber) throws(ValueProblem) {
        if number.text.utf8.allSatisfy({ $0 == UInt8(ascii: "-") || (0x30...0x39).contains($0) }) {
            guard let value = number.int64 else { return try write(large: number) }
            builder.box(Int32(exactly: value).map { .int($0) } ?? .long(value))
            return
        }
        guard number.double.isFinite else { throw problem("a number beyond all that a Double holds") }
        builder.box(.double(number.double))
    }

    private mutating func write(large number: JSONNumber) throws(ValueProblem) {
        do throws(JavaValueTextError) {
            try builder.value(number.text, as: .bigInteger)
        } catch {
            throw problem("a number that no BigInteger can be made of: \(error)")
        }
    }

    private func count(_ count: Int) throws(ValueProblem) -> Int32 {
        guard let number = Int32(exactly: count) else { throw problem("more elements than a Java collection holds") }
        return number
    }

    private func problem(_ reason: String) -> ValueProblem { ValueProblem(path: path, className: "", reason: reason) }
}
