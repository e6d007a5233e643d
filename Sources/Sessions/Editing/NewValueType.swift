public import JavaSerialization

/// The class of a new value or key, where somebody says it.
public enum NewValueType: Hashable, Sendable {
    /// A class of the platform whose values have a text.
    case platform(JavaValueType)
    /// The enum that stands at the place, or that the place is of; also for a constant that occurs nowhere in the session.
    case enumConstant

    /// Text as a value of this type.
    public func value(_ text: String) -> NewValue {
        switch self {
        case .platform(let type): .text(text, type: type)
        case .enumConstant: .constant(text)
        }
    }
}
