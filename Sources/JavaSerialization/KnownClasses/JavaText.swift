/// Text as Java keeps it: UTF-16 units, of which surrogates may be unpaired.
public struct JavaText: Hashable, Sendable {
    /// Text that was made here is kept as it was made; only text from a stream can have unpaired surrogates.
    private enum Storage: Hashable, Sendable {
        case whole(String)
        case units([UInt16])
    }

    private let storage: Storage

    /// The text of `units`.
    public init(units: [UInt16]) { storage = .units(units) }

    /// The text of a Swift string.
    public init(_ text: String) { storage = .whole(text) }

    /// The UTF-16 units.
    public var units: [UInt16] {
        switch storage {
        case .whole(let text): Array(text.utf16)
        case .units(let units): units
        }
    }

    /// The text where all of its surrogates are paired for certain, without a look at each.
    public var wholeText: String? { if case .whole(let text) = storage { text } else { nil } }

    /// The text with U+FFFD for each unpaired surrogate: for people, never for writing back.
    public var text: String {
        switch storage {
        case .whole(let text): text
        case .units(let units): String(decoding: units, as: UTF16.self)
        }
    }

    /// Two texts are equal when their units are.
    public static func == (left: JavaText, right: JavaText) -> Bool { left.units == right.units }

    /// Hashes the units.
    public func hash(into hasher: inout Hasher) { hasher.combine(units) }
}
