/// How a library names the classes of lists and objects, as far as its texts show (session-formats, ch. 5.3).
struct JSONClassForms {
    /// Where the class of an object stands.
    enum ObjectForm {
        /// Beside its members: `{"@class":"java.util.HashMap",…}`.
        case member
        /// In an array with it: `["java.util.HashMap",{…}]`.
        case array
        /// As the name of another object's only member: `{"java.util.HashMap":{…}}`.
        case wrapper
    }

    private var hasMembers = false
    private var hasObjectsInArrays = false
    private var hasArrays = false
    private var hasWrappers = false
    private var classes: Set<String> = []

    static let list = "java.util.ArrayList"
    private static let maps = ["java.util.LinkedHashMap", "java.util.HashMap"]

    init(of texts: [[UInt8]]) {
        for text in texts {
            guard let document = try? JSONReader.read(text) else { continue }
            for (index, row) in document.rows.enumerated() where row.kind == .object || row.kind == .array {
                take(JacksonValue(JSONNode(document: document, index: index)))
            }
        }
    }

    private mutating func take(_ value: JacksonValue) {
        guard let name = value.className else { return }
        classes.insert(name)
        if !value.isWrapper {
            hasMembers = true
        } else if value.isObjectWrapper {
            hasWrappers = true
        } else {
            hasArrays = true
            if value.node.kind == .object { hasObjectsInArrays = true }
        }
    }

    /// Nil where no object shows it: arrays with their class in an array go with two of the forms.
    var objects: ObjectForm? {
        if hasMembers { return .member }
        if hasObjectsInArrays { return .array }
        return hasWrappers && !hasArrays ? .wrapper : nil
    }

    /// Whether lists have their class as the name of an object's only member, and not in an array with them.
    var wrapsListsInObjects: Bool { objects == .wrapper }

    /// The class of a map that is made of plain JSON.
    var map: String { Self.maps.first { classes.contains($0) } ?? Self.maps[0] }
}
