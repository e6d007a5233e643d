/// Why a graph cannot be written as a stream.
public enum JavaEncodingError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Something before data that only this class could explain was changed: the data refer to what stands before them by number, and
    /// nobody else knows where these numbers stand.
    case unreadableRest(className: String, offset: Int)
    /// A `TC_RESET`, a block of data or a recorded failure in the place of an object.
    case notAnObject(JavaNodeKind)

    /// One sentence for people; class names come from the data.
    public var description: String {
        switch self {
        case .unreadableRest(let className, let offset):
            "only class \(className) can read what follows byte \(offset), and so nothing before it can be changed"
        case .notAnObject(let kind): "\(kind) stands for no object and cannot be written alone"
        }
    }
}
