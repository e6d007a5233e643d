/// One run of the JSON grammar over a text: a loop with an explicit stack that fills the table of a ``JSONDocument``.
struct JSONParse {
    private(set) var rows: [JSONDocument.Row] = []
    var position = 0
    private let limits: JSONLimits
    /// The rows of the arrays and objects that are open, outermost first.
    private var open: [Int] = []

    init(limits: JSONLimits) { self.limits = limits }

    /// What may come next.
    private enum State { case value, elementOrEnd, name, nameOrEnd, separatorOrEnd, end }

    mutating func run(_ text: Span<UInt8>) throws(SessionError) {
        var state = State.value
        while true {
            skipSpace(text)
            guard position < text.count else {
                guard state == .end else { throw error(.unexpectedEnd(expected: expectation(state))) }
                return
            }
            switch (state, text[position]) {
            case (.elementOrEnd, UInt8(ascii: "]")), (.nameOrEnd, UInt8(ascii: "}")): state = close()
            case (.value, _), (.elementOrEnd, _): state = try value(text, state)
            case (.name, UInt8(ascii: "\"")), (.nameOrEnd, UInt8(ascii: "\"")): state = try name(text)
            case (.separatorOrEnd, let byte): state = try separator(byte)
            case (_, let byte): throw error(.unexpected(byte, expected: expectation(state)))
            }
        }
    }

    private mutating func value(_ text: Span<UInt8>, _ state: State) throws(SessionError) -> State {
        switch text[position] {
        case UInt8(ascii: "{"): return try begin(.object)
        case UInt8(ascii: "["): return try begin(.array)
        case UInt8(ascii: "\""): try string(text)
        case UInt8(ascii: "-"), 0x30...0x39: try number(text)
        case UInt8(ascii: "t"): try literal("true", .bool, text)
        case UInt8(ascii: "f"): try literal("false", .bool, text)
        case UInt8(ascii: "n"): try literal("null", .null, text)
        case let byte: throw error(.unexpected(byte, expected: expectation(state)))
        }
        countChild()
        return open.isEmpty ? .end : .separatorOrEnd
    }

    /// `name ws :` (the value after it is counted as the member).
    private mutating func name(_ text: Span<UInt8>) throws(SessionError) -> State {
        try string(text)
        skipSpace(text)
        guard position < text.count else { throw error(.unexpectedEnd(expected: .colon)) }
        guard text[position] == UInt8(ascii: ":") else { throw error(.unexpected(text[position], expected: .colon)) }
        position += 1
        return .value
    }

    private mutating func separator(_ byte: UInt8) throws(SessionError) -> State {
        let isObject = isInObject
        if byte == UInt8(ascii: ",") {
            position += 1
            return isObject ? .name : .value
        }
        guard byte == (isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) else {
            throw error(.unexpected(byte, expected: expectation(.separatorOrEnd)))
        }
        return close()
    }

    private mutating func begin(_ kind: JSONKind) throws(SessionError) -> State {
        guard open.count < limits.depth else { throw error(.tooDeep(limit: limits.depth)) }
        countChild()
        try append(kind, from: position, to: position)
        open.append(rows.count - 1)
        position += 1
        return kind == .object ? .nameOrEnd : .elementOrEnd
    }

    private mutating func close() -> State {
        position += 1
        if let index = open.popLast() {
            rows[index].end = Int32(position)
            rows[index].next = Int32(rows.count)
        }
        return open.isEmpty ? .end : .separatorOrEnd
    }

    private mutating func countChild() {
        if let index = open.last { rows[index].count += 1 }
    }

    /// Appends a row. Positions fit 32 bits because the text's size does, and rows are never more than its bytes.
    mutating func append(
        _ kind: JSONKind, isEscaped: Bool = false, from start: Int, to end: Int
    ) throws(SessionError) {
        guard rows.count < limits.nodes else {
            throw SessionError(.json(.tooManyNodes(limit: limits.nodes)), offset: start)
        }
        rows.append(
            JSONDocument.Row(
                kind: kind, isEscaped: isEscaped, start: Int32(start), end: Int32(end), next: Int32(rows.count + 1)))
    }

    private var isInObject: Bool { open.last.map { rows[$0].kind == .object } ?? false }

    private func expectation(_ state: State) -> JSONProblem.Expectation {
        switch state {
        case .value: .value
        case .elementOrEnd: .valueOrEnd
        case .name: .name
        case .nameOrEnd: .nameOrEnd
        case .separatorOrEnd: isInObject ? .commaOrObjectEnd : .commaOrArrayEnd
        case .end: .end
        }
    }

    func error(_ problem: JSONProblem) -> SessionError { SessionError(.json(problem), offset: position) }
}
