/// Why new JSON cannot stand somewhere.
extension JSONClassNames {
    func way(_ visit: Visit) -> String { paths.text(of: visit.path) }

    static let advice =
        #"write it with the name of its class, such as {"@class":"java.util.LinkedHashMap",…} or ["java.util.ArrayList",[…]]"#

    func unknownStyle(_ visit: Visit) -> EditError {
        EditError(
            "\(way(visit)): no list or object of the session shows whether its library names their classes, without which it might not "
                + "read this one: \(Self.advice)")
    }

    func refusal(_ visit: Visit, like old: JacksonValue?, _ owner: String) -> EditError {
        guard let old else {
            return EditError(
                "\(way(visit)) is inside of a \(owner), which alone knows the classes of what it holds: \(Self.advice)")
        }
        let kind =
            "\(way(visit)): a JSON \(old.node.kind) stands there, in a \(owner), whose class says its type: write such a value"
        return EditError(
            visit.node.isContainer
                ? kind + ", or one with the name of its class, which is taken as it is"
                : kind + "; --type puts another one there all the same")
    }
}

extension EditError {
    /// That an object of a class of the application would get a member that it may not know.
    ///
    /// Jackson refuses these (`FAIL_ON_UNKNOWN_PROPERTIES`), as long as the application does not ask for something else.
    init(unknownMember place: String, of value: JacksonValue) {
        let names = value.members.prefix(21).map { EscapedName.text(of: $0.name.bytes) }
        let shown = names.prefix(20).joined(separator: ", ") + (names.count > 20 ? ", …" : "")
        self.init(
            "\(place): the \(value.className ?? "object") there has no such member, and Jackson refuses to read one that its class does "
                + "not have; it has \(shown.isEmpty ? "none" : shown). Where the class has it, --type String, Boolean, Integer or Double "
                + "adds it, or JSON that names its class")
    }
}
