/// `attr.PATH` as a field of a filter, a list or an order: the same path for many sessions.
///
/// Names of attributes have dots more often than not, so where the name ends is known only when the session is seen.
/// All ways to take the path apart are made once, so that nothing is parsed for each session.
public struct AttributeField: Hashable, Sendable {
    /// The path as it was written, without `attr.`.
    public let text: String
    /// The ways to read it, the one with the longest name of the attribute first.
    let readings: [Reading]

    struct Reading: Hashable, Sendable {
        let path: AttributePath
        /// The bytes that the attribute's name may be.
        let names: [[UInt8]]

        init(_ path: AttributePath) {
            self.path = path
            names = EscapedName.readings(of: path.attribute)
        }
    }

    /// The names on the way, of attribute and fields, in all readings: what is secret is judged by them.
    public var names: [String] { readings.flatMap { $0.path.names } }

    /// Names with more dots are not taken apart at the later ones.
    private static let maximumReadings = 32

    /// Parses `text`.
    ///
    /// - Throws: `FilterError` with the column in `text`.
    public init(_ text: String) throws(FilterError) {
        self.text = text
        var paths = [try AttributePath(text)]
        if let first = text.first, first != "[" {
            let ends = text.indices.dropFirst().filter { text[$0] == "." || text[$0] == "[" } + [text.endIndex]
            for end in ends.prefix(Self.maximumReadings) {
                guard let path = try? AttributePath(text, attributes: [String(text[..<end])]), !paths.contains(path)
                else { continue }
                paths.append(path)
            }
        }
        readings = paths.sorted { $0.attribute.count > $1.attribute.count }.map { Reading($0) }
    }

    /// What the path leads to in `session`, and how it was read: nil where it leads nowhere or the attributes were not
    /// fetched.
    public func find(in session: Session) -> (path: AttributePath, value: PathValue)? {
        guard let attributes = session.attributes else { return nil }
        for reading in readings {
            for name in reading.names {
                guard let attribute = attributes.first(where: { $0.name == name }) else { continue }
                return (try? reading.path.value(in: [attribute])).map { (reading.path, $0) }
            }
        }
        return nil
    }
}
