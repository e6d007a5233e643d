/// Ways into a document, as a tree of steps: a place costs the same however deep it is.
struct DocumentPaths {
    private var links: [(parent: Int, step: AttributePath.Step)] = []
    private let root: String

    /// The way to the outermost value.
    static let start = -1

    /// - Parameter root: what that is called: an attribute, or nothing.
    init(root: String) { self.root = root }

    /// The way one step further.
    mutating func adding(_ step: AttributePath.Step, to parent: Int) -> Int {
        links.append((parent, step))
        return links.count - 1
    }

    /// The way as it is written; of more than 64 steps the last.
    func text(of path: Int) -> String {
        var steps: [AttributePath.Step] = []
        var next = path
        while next >= 0, steps.count < 64 {
            steps.append(links[next].step)
            next = links[next].parent
        }
        let way = AttributePath.text(of: steps.reversed())
        if next >= 0 { return "…" + (way.hasPrefix("[") ? way : "." + way) }
        return root.isEmpty || way.hasPrefix("[") || way.isEmpty ? root + way : root + "." + way
    }
}

extension AttributePath.Step {
    /// The step to the entry of a map with this key, as far as it can be told.
    static func key(_ name: String) -> AttributePath.Step {
        let isPlain = name.utf8.allSatisfy {
            (0x61...0x7a).contains($0 | 0x20) || (0x30...0x39).contains($0) || $0 == 0x5f || $0 == 0x2d
        }
        return isPlain && !name.isEmpty ? .name(name) : .quoted(name)
    }
}
