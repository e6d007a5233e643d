/// One change of a session's attributes.
public struct AttributeEdit: Sendable {
    /// What is done to the place.
    public enum Operation: Sendable {
        /// It gets a value. An attribute, an entry of a map, or the element behind the last one is added where it is not there.
        case set(NewValue)
        /// The entry of a Java map whose key is of this class gets a value; it is added where it is not there.
        case setEntry(NewValue, key: NewValueType)
        /// It goes: an attribute, an element or an entry. A field becomes null.
        case remove
        /// A value is put before an element.
        case insert(NewValue)
        /// A value is put behind the last element of a list, set or array.
        case append(NewValue)
        /// An attribute, or an entry of a map, gets another name. The key of a Java map is read as those that are there, unless it is told.
        case rename(String, key: NewValue? = nil)
    }

    /// The place, as it is written (design: paths): the attribute, and the way inside.
    public let path: String
    /// What is done.
    public let operation: Operation
    /// Whether an object that other paths lead to as well is changed for them, too.
    public let changesShared: Bool

    /// Creates a change.
    public init(_ path: String, _ operation: Operation, changesShared: Bool = false) {
        self.path = path
        self.operation = operation
        self.changesShared = changesShared
    }
}
