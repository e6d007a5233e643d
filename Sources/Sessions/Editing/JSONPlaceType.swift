/// What is known of the class of the values that may stand at a place of a JSON text.
enum JSONPlaceType {
    /// The library takes a value of any class there, and looks for its name.
    case any
    /// A class of the application is around, which alone knows the types of what it holds.
    case declared(by: String)
    /// No class is named around.
    case unknown

    /// What is known of the places inside of a value at such a place.
    func inside(_ value: JacksonValue) -> JSONPlaceType {
        guard let name = value.className else { return owner == nil ? .unknown : self }
        // What the collections of a field hold is declared with the field.
        return value.holdsAnyType ? self : .declared(by: name)
    }

    /// The class that knows; nil where none of the application is around.
    var owner: String? { if case .declared(let name) = self { name } else { nil } }

    var isAny: Bool { if case .any = self { true } else { false } }
}
