/// Commands in the form of the wire, one behind the other, ready to be sent in one write. Emptied, it is used again.
///
///     var batch = CommandBatch()
///     batch.append("HMGET", key, arguments: [Array("lastAccessedTime".utf8)])
///
///     batch.begin(3)                       // the same by parts, without any allocation
///     batch.add("HMGET")
///     batch.add(key)
///     batch.add("lastAccessedTime")
package struct CommandBatch: ~Copyable {
    private var buffer = FlatBuffer<UInt8>(capacity: 16 << 10)
    /// The number of commands, and so of the replies they will bring.
    package private(set) var count = 0
    /// Arguments that the command begun last still lacks.
    private(set) var missingArguments = 0

    package init() {}

    /// The length of all commands on the wire.
    package var byteCount: Int { buffer.count }

    /// Starts a command of `argumentCount` words, its name included; as many `add` must follow.
    package mutating func begin(_ argumentCount: Int) {
        precondition(missingArguments == 0, "the command before lacks arguments")
        precondition(argumentCount > 0, "a command has a name")
        appendHeader(UInt8(ascii: "*"), argumentCount)
        missingArguments = argumentCount
        count += 1
    }

    package mutating func add(_ argument: StaticString) {
        argument.withUTF8Buffer { addBytes(UnsafeRawBufferPointer($0)) }
    }

    package mutating func add(_ argument: RawSpan) {
        argument.withUnsafeBytes { addBytes($0) }
    }

    package mutating func add(_ argument: [UInt8]) {
        argument.withUnsafeBytes { addBytes($0) }
    }

    package mutating func add(_ argument: some BinaryInteger) {
        var text = String(argument)
        text.withUTF8 { addBytes(UnsafeRawBufferPointer($0)) }
    }

    package mutating func append(_ arguments: [[UInt8]]) {
        begin(arguments.count)
        for argument in arguments { add(argument) }
    }

    /// A command whose first argument is a key: `append("HGETALL", keys[index])`.
    package mutating func append(_ name: StaticString, _ key: RawSpan, arguments: [[UInt8]] = []) {
        begin(2 + arguments.count)
        add(name)
        add(key)
        for argument in arguments { add(argument) }
    }

    package mutating func removeAll() {
        buffer.removeAll(keeping: 4 << 20)
        count = 0
        missingArguments = 0
    }

    /// The commands as they go over the wire.
    @_lifetime(borrow self)
    func wire() -> RawSpan {
        buffer.bytes(at: 0, count: buffer.count)
    }

    private mutating func addBytes(_ bytes: UnsafeRawBufferPointer) {
        precondition(missingArguments > 0, "more arguments than the command was begun with")
        missingArguments -= 1
        appendHeader(UInt8(ascii: "$"), bytes.count)
        buffer.append(bytes)
        appendLineEnd()
    }

    private mutating func appendHeader(_ type: UInt8, _ value: Int) {
        buffer.append(type)
        var divisor = 1
        while value / divisor >= 10 { divisor *= 10 }
        while divisor > 0 {
            buffer.append(UInt8(ascii: "0") + UInt8(value / divisor % 10))
            divisor /= 10
        }
        appendLineEnd()
    }

    private mutating func appendLineEnd() {
        buffer.append(UInt8(ascii: "\r"))
        buffer.append(UInt8(ascii: "\n"))
    }
}
