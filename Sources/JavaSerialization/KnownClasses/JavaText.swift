/// Text as Java keeps it: UTF-16 units, of which surrogates may be unpaired.
public struct JavaText: Hashable, Sendable {
    /// The UTF-16 units.
    public let units: [UInt16]

    /// The text of `units`.
    public init(units: [UInt16]) { self.units = units }

    /// The text of a Swift string.
    public init(_ text: String) { units = Array(text.utf16) }

    /// The text with U+FFFD for each unpaired surrogate: for people, never for writing back.
    public var text: String { String(decoding: units, as: UTF16.self) }
}
