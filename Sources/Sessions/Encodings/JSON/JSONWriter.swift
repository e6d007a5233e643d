/// Writes JSON piece by piece into bytes, so that output of any size needs no tree.
///
/// ```swift
/// var writer = JSONWriter()
/// writer.beginObject()
/// writer.name("idle")
/// writer.integer(90_000)
/// writer.endObject()
/// writer.bytes   // {"idle":90000}
/// ```
///
/// Strings are escaped so that the output can be shown on a terminal whatever is in it. The output is ASCII or UTF-8
/// throughout. Calls in an impossible order (a value without a name in an object, an end without a begin) are a
/// mistake of the caller and trap.
public struct JSONWriter: Sendable {
    /// Whether the output is for programs or for people.
    public enum Layout: Hashable, Sendable {
        /// No white space at all.
        case compact
        /// A line for each element and member, two spaces deeper each level, up to 40 levels: deeper lines stay
        /// there, so that a text nested a million levels deep does not become a terabyte.
        case indented
    }

    /// What was written since the last ``takeBytes()``.
    public private(set) var bytes: [UInt8] = []

    private let layout: Layout
    /// The innermost array or object that is open; at the top there is none.
    private var level = Level(kind: .none)
    /// Those around it, the one at the top first.
    private var outer: [Level] = []
    /// A name was written and its value is due.
    private var isNamed = false
    private var isComplete = false

    fileprivate struct Level: Sendable {
        enum Kind: UInt8 { case none, array, object }

        var kind: Kind
        var isEmpty = true
    }

    /// A writer with nothing written yet.
    public init(layout: Layout = .compact) { self.layout = layout }

    /// Hands over what was written so far and forgets it: for output in pieces.
    public mutating func takeBytes() -> [UInt8] {
        defer { bytes = [] }
        return bytes
    }

    /// Ends the line after a whole value; another value may follow, as in JSON Lines.
    public mutating func endLine() {
        precondition(level.kind == .none && isComplete, "a line ends after a whole value")
        bytes.append(UInt8(ascii: "\n"))
        isComplete = false
    }

    /// A place in the output to come back to.
    public struct Mark: Sendable {
        fileprivate let byteCount: Int
        fileprivate let depth: Int
        fileprivate let level: Level
        fileprivate let isNamed: Bool
        fileprivate let isComplete: Bool
    }

    /// The place that has been reached.
    public var mark: Mark {
        Mark(byteCount: bytes.count, depth: outer.count, level: level, isNamed: isNamed, isComplete: isComplete)
    }

    /// Takes back what was written since `mark`; of that no bytes may have been taken.
    public mutating func takeBack(to mark: Mark) {
        bytes.removeSubrange(mark.byteCount...)
        outer.removeSubrange(mark.depth...)
        (level, isNamed, isComplete) = (mark.level, mark.isNamed, mark.isComplete)
    }

    /// Ends all that was opened since `mark`, for a value that is not written to its end.
    public mutating func close(to mark: Mark) {
        while outer.count > mark.depth {
            if isNamed { rawValue("null".utf8) }
            end(level.kind)
        }
    }

    /// Forgets what was written, which was whole values, and keeps the memory.
    public mutating func removeAll() {
        precondition(level.kind == .none, "what is open has an end")
        bytes.removeAll(keepingCapacity: bytes.count <= 1 << 20)
        isComplete = false
    }

    /// Begins an object; its members follow, each with ``name(_:)-(String)`` and a value.
    public mutating func beginObject() { begin(.object, UInt8(ascii: "{")) }

    /// Begins an array; its elements follow.
    public mutating func beginArray() { begin(.array, UInt8(ascii: "[")) }

    /// Ends the innermost object.
    public mutating func endObject() { end(.object) }

    /// Ends the innermost array.
    public mutating func endArray() { end(.array) }

    private mutating func begin(_ kind: Level.Kind, _ bracket: UInt8) {
        prepareValue()
        bytes.append(bracket)
        outer.append(level)
        level = Level(kind: kind)
        isComplete = false
    }

    private mutating func end(_ kind: Level.Kind) {
        precondition(!isNamed, "a member has a value")
        precondition(level.kind == kind && kind != .none, "nothing to end")
        let isEmpty = level.isEmpty
        level = outer.removeLast()
        if !isEmpty { breakLine() }
        bytes.append(kind == .object ? UInt8(ascii: "}") : UInt8(ascii: "]"))
        isComplete = level.kind == .none
    }

    /// Writes the name of the next member, in WTF-8 or UTF-8; `isPlain` says that nothing in it is to be escaped.
    mutating func rawName(_ text: Span<UInt8>, isPlain: Bool = false) {
        precondition(level.kind == .object && !isNamed, "a name belongs into an object, before a value")
        isNamed = true
        guard isPlain, layout == .compact else { return rareName(text) }
        let isFirst = level.isEmpty
        level.isEmpty = false
        bytes.append(addingCapacity: text.count + 4) { output in
            if !isFirst { output.append(UInt8(ascii: ",")) }
            output.append(quoted: text)
            output.append(UInt8(ascii: ":"))
        }
    }

    private mutating func rareName(_ text: Span<UInt8>) {
        separate()
        quote(text)
        bytes.append(UInt8(ascii: ":"))
        if layout == .indented { bytes.append(UInt8(ascii: " ")) }
    }

    /// Writes a value that needs no escapes.
    mutating func rawValue(_ text: some Collection<UInt8>) {
        prepareValue()
        bytes.append(contentsOf: text)
    }

    /// Writes a string value, in WTF-8 or UTF-8; `isPlain` says that nothing in it is to be escaped.
    mutating func rawString(_ text: Span<UInt8>, isPlain: Bool = false) {
        prepareValue()
        guard isPlain else { return quote(text) }
        bytes.append(addingCapacity: text.count + 2) { $0.append(quoted: text) }
    }

    /// What comes before a value, which is then complete at the top.
    @inline(__always)
    private mutating func prepareValue() {
        precondition(!isComplete, "one value is written already")
        switch level.kind {
        case .none: isComplete = true
        case .object:
            precondition(isNamed, "in an object a value has a name")
            isNamed = false
        case .array: separate()
        }
    }

    /// The comma and the line break before an element or a member.
    @inline(__always)
    private mutating func separate() {
        if !level.isEmpty { bytes.append(UInt8(ascii: ",")) }
        level.isEmpty = false
        if layout == .indented { breakLine() }
    }

    private mutating func breakLine() {
        guard layout == .indented else { return }
        bytes.append(UInt8(ascii: "\n"))
        bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * min(depth, 40)))
    }

    /// How many arrays and objects are open.
    private var depth: Int { outer.count }

    /// Writes the decimal digits of a value.
    mutating func rawInteger(_ value: Int64) {
        prepareValue()
        // From behind: 20 digits are the most.
        var digits = InlineArray<20, UInt8>(repeating: UInt8(ascii: "0"))
        var start = 20
        var rest = value.magnitude
        repeat {
            start &-= 1
            digits[start] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        } while rest > 0
        bytes.append(addingCapacity: 21) { output in
            if value < 0 { output.append(UInt8(ascii: "-")) }
            for index in start..<20 { output.append(digits[index]) }
        }
    }

    /// Writes a string value that `write` appends to the output, in which nothing is to be escaped.
    mutating func plainString(_ write: (inout [UInt8]) -> Void) {
        prepareValue()
        bytes.append(UInt8(ascii: "\""))
        write(&bytes)
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func quote(_ text: Span<UInt8>) {
        bytes.append(UInt8(ascii: "\""))
        JSONEscapes.append(text, to: &bytes)
        bytes.append(UInt8(ascii: "\""))
    }
}

extension OutputSpan<UInt8> {
    /// Appends `text` in quotation marks; the caller has made room.
    @inline(__always)
    fileprivate mutating func append(quoted text: Span<UInt8>) {
        append(UInt8(ascii: "\""))
        withUnsafeMutableBufferPointer { buffer, count in
            precondition(buffer.count - count >= text.count, "room for the text")
            text.withUnsafeBufferPointer { bytes in
                _ = UnsafeMutableBufferPointer(rebasing: buffer[count...]).update(fromContentsOf: bytes)
            }
            count += text.count
        }
        append(UInt8(ascii: "\""))
    }
}
