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
    /// The arrays and objects that are open.
    private var open: [Level] = []
    /// A name was written and its value is due.
    private var isNamed = false
    private var isComplete = false

    fileprivate struct Level: Sendable {
        var isObject: Bool
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
        precondition(open.isEmpty && isComplete, "a line ends after a whole value")
        bytes.append(UInt8(ascii: "\n"))
        isComplete = false
    }

    /// A place in the output to come back to.
    public struct Mark: Sendable {
        fileprivate let byteCount: Int
        fileprivate let openCount: Int
        fileprivate let level: Level?
        fileprivate let isNamed: Bool
        fileprivate let isComplete: Bool
    }

    /// The place that has been reached.
    public var mark: Mark {
        Mark(
            byteCount: bytes.count, openCount: open.count, level: open.last, isNamed: isNamed, isComplete: isComplete)
    }

    /// Takes back what was written since `mark`; of that no bytes may have been taken.
    public mutating func takeBack(to mark: Mark) {
        bytes.removeSubrange(mark.byteCount...)
        open.removeSubrange(mark.openCount...)
        if let level = mark.level { open[mark.openCount - 1] = level }
        (isNamed, isComplete) = (mark.isNamed, mark.isComplete)
    }

    /// Ends all that was opened since `mark`, for a value that is not written to its end.
    public mutating func close(to mark: Mark) {
        while open.count > mark.openCount {
            if isNamed { rawValue("null".utf8) }
            end(isObject: open[open.count - 1].isObject)
        }
    }

    /// Forgets what was written, which was whole values, and keeps the memory.
    public mutating func removeAll() {
        precondition(open.isEmpty, "what is open has an end")
        bytes.removeAll(keepingCapacity: bytes.count <= 1 << 20)
        isComplete = false
    }

    /// Begins an object; its members follow, each with ``name(_:)-(String)`` and a value.
    public mutating func beginObject() { begin(isObject: true) }

    /// Begins an array; its elements follow.
    public mutating func beginArray() { begin(isObject: false) }

    /// Ends the innermost object.
    public mutating func endObject() { end(isObject: true) }

    /// Ends the innermost array.
    public mutating func endArray() { end(isObject: false) }

    private mutating func begin(isObject: Bool) {
        prepareValue()
        bytes.append(isObject ? UInt8(ascii: "{") : UInt8(ascii: "["))
        open.append(Level(isObject: isObject))
        isComplete = false
    }

    private mutating func end(isObject: Bool) {
        precondition(!isNamed, "a member has a value")
        guard let level = open.popLast(), level.isObject == isObject else { preconditionFailure("nothing to end") }
        if !level.isEmpty { breakLine() }
        bytes.append(isObject ? UInt8(ascii: "}") : UInt8(ascii: "]"))
        isComplete = open.isEmpty
    }

    /// Writes the name of the next member, in WTF-8 or UTF-8; `isPlain` says that nothing in it is to be escaped.
    mutating func rawName(_ text: Span<UInt8>, isPlain: Bool = false) {
        precondition(open.last?.isObject == true && !isNamed, "a name belongs into an object, before a value")
        separate()
        quote(text, isPlain)
        bytes.append(UInt8(ascii: ":"))
        if layout == .indented { bytes.append(UInt8(ascii: " ")) }
        isNamed = true
    }

    /// Writes a value that needs no escapes.
    mutating func rawValue(_ text: some Collection<UInt8>) {
        prepareValue()
        bytes.append(contentsOf: text)
        isComplete = open.isEmpty
    }

    /// Writes a string value, in WTF-8 or UTF-8; `isPlain` says that nothing in it is to be escaped.
    mutating func rawString(_ text: Span<UInt8>, isPlain: Bool = false) {
        prepareValue()
        quote(text, isPlain)
        isComplete = open.isEmpty
    }

    private mutating func prepareValue() {
        precondition(!isComplete, "one value is written already")
        guard let level = open.last else { return }
        precondition(level.isObject == isNamed, "in an object a value has a name")
        if !level.isObject { separate() }
        isNamed = false
    }

    /// The comma and the line break before an element or a member.
    private mutating func separate() {
        if !open[open.count - 1].isEmpty { bytes.append(UInt8(ascii: ",")) }
        open[open.count - 1].isEmpty = false
        breakLine()
    }

    private mutating func breakLine() {
        guard layout == .indented else { return }
        bytes.append(UInt8(ascii: "\n"))
        bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * min(open.count, 40)))
    }

    /// Writes the decimal digits of a value.
    mutating func rawInteger(_ value: Int64) {
        prepareValue()
        if value < 0 { bytes.append(UInt8(ascii: "-")) }
        // From behind: 20 digits are the most.
        var digits = InlineArray<20, UInt8>(repeating: UInt8(ascii: "0"))
        var start = 20
        var rest = value.magnitude
        repeat {
            start -= 1
            digits[start] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        } while rest > 0
        digits.span.extracting(start..<20).withUnsafeBufferPointer { bytes.append(contentsOf: $0) }
        isComplete = open.isEmpty
    }

    /// Writes a string value that `write` appends to the output, in which nothing is to be escaped.
    mutating func plainString(_ write: (inout [UInt8]) -> Void) {
        prepareValue()
        bytes.append(UInt8(ascii: "\""))
        write(&bytes)
        bytes.append(UInt8(ascii: "\""))
        isComplete = open.isEmpty
    }

    private mutating func quote(_ text: Span<UInt8>, _ isPlain: Bool) {
        bytes.append(UInt8(ascii: "\""))
        if isPlain {
            text.withUnsafeBufferPointer { bytes.append(contentsOf: $0) }
        } else {
            JSONEscapes.append(text, to: &bytes)
        }
        bytes.append(UInt8(ascii: "\""))
    }
}
