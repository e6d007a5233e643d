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

    /// That text for a new attribute is not meant for one whose name has an equals sign in it: `x=y=1` is no `['x=y']=1`.
    func requireNoLongerName(_ value: NewValue, among names: [[UInt8]]) throws(EditError) {
        guard steps.isEmpty, case .text(let text, type: nil) = value else { return }
        let written = Array("\(attribute)=\(text)".utf8)
        let meant = names.filter { name in
            name.count > attribute.utf8.count && name.contains(UInt8(ascii: "=")) && written.starts(with: name)
                && written.dropFirst(name.count).first.map { "=.[".utf8.contains($0) } ?? false
        }
        guard let name = meant.max(by: { $0.count < $1.count }) else { return }
        throw EditError(
            "there is no attribute '\(attribute)', and one '\(EscapedName.text(of: name))': that is written "
                + "\(AttributePath.text(ofAttribute: name)), and \(attribute)=text:… adds a new one")
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

extension AttributePath {
    /// Paths in an order in which none of them means another place because of those before it: what is inside of something before that, and
    /// of a list the last elements first.
    public static func inOrderOfRemoval(_ paths: [String]) -> [String] {
        let places = paths.enumerated().map { number, text -> (text: String, depth: Int, index: Int64, number: Int) in
            let steps = (try? AttributePath(text))?.steps ?? []
            return (text, steps.count, steps.last?.position ?? -1, number)
        }
        return places.sorted { ($1.depth, $1.index, $0.number) < ($0.depth, $0.index, $1.number) }.map(\.text)
    }
}

extension AttributePath.Step {
    /// The position in a list that the step may mean.
    fileprivate var position: Int64? {
        switch self {
        case .number(let number): number
        case .position(let position): Int64(position)
        case .name(let name): Int64(name)
        default: nil
        }
    }
}
