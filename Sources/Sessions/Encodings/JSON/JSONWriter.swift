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

    private struct Level {
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

    /// Writes the name of the next member, in WTF-8 or UTF-8.
    mutating func rawName(_ text: Span<UInt8>) {
        precondition(open.last?.isObject == true && !isNamed, "a name belongs into an object, before a value")
        separate()
        quote(text)
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

    /// Writes a string value, in WTF-8 or UTF-8.
    mutating func rawString(_ text: Span<UInt8>) {
        prepareValue()
        quote(text)
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
        let digits = value.magnitude
        var place: UInt64 = 1
        while digits / place >= 10 { place *= 10 }
        while place > 0 {
            bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: digits / place % 10))
            place /= 10
        }
        isComplete = open.isEmpty
    }

    private mutating func quote(_ text: Span<UInt8>) {
        bytes.append(UInt8(ascii: "\""))
        JSONEscapes.append(text, to: &bytes)
        bytes.append(UInt8(ascii: "\""))
    }
}
