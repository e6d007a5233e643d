/// What is to become of a session's attributes.
public struct SessionEdit: Sendable {
    /// The changes, each made of what the ones before it left.
    public let changes: [AttributeEdit]
    /// Whether a removed attribute leaves nothing behind, where a format has a mark for it.
    public let purges: Bool
    /// What the first changes make of the whole value, for a session of which nobody has changed anything since it was read: so objects
    /// that several attributes share stay one.
    let replacement: Replacement?

    struct Replacement: Sendable {
        let before: [UInt8]
        let after: [UInt8]
        /// How many of the changes it has.
        let changes: Int
    }

    /// Creates an edit of its changes.
    public init(_ changes: [AttributeEdit], purges: Bool = false) {
        self.init(changes, purges: purges, replacement: nil)
    }

    init(_ changes: [AttributeEdit], purges: Bool = false, replacement: Replacement?) {
        self.changes = changes
        self.purges = purges
        self.replacement = replacement
    }
}

extension AttributePath {
    /// The path that a user wrote, and the attribute that it begins with: nil where there is none of this name.
    static func located(
        _ text: String, among names: [[UInt8]]
    ) throws(EditError) -> (path: AttributePath, name: [UInt8]?) {
        let path: AttributePath
        do throws(FilterError) {
            path = try AttributePath(text, attributes: names.map { EscapedName.text(of: $0) })
        } catch {
            throw EditError("the path '\(text)': \(error)")
        }
        let name = EscapedName.readings(of: path.attribute).first { names.contains($0) }
        return (path, name)
    }

    /// Why there is nothing to change: the first step leads nowhere.
    func missing(among names: [[UInt8]]) -> EditError {
        let shown = names.prefix(20).map { EscapedName.text(of: $0) }.joined(separator: ", ")
        return EditError(
            "no attribute '\(attribute)'; there are: \(shown.isEmpty ? "none" : shown)"
                + (steps.isEmpty ? "" : "; the name of a new one with dots is written ['a.b']"))
    }

    /// The name of an attribute that is to be there from now on.
    static func newName(_ text: String, among names: [[UInt8]]) throws(EditError) -> [UInt8] {
        let readings = EscapedName.readings(of: text)
        let name = readings.count > 1 ? readings[1] : readings[0]
        guard !name.isEmpty else { throw EditError("an attribute without a name cannot be added") }
        guard !names.contains(name) else { throw EditError("there is an attribute '\(text)' already") }
        return name
    }
}
