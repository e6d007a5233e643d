import JavaSerialization

/// A list or map of a Java stream whose parts are being written.
protocol OpenLevel {
    /// The keys of a map; nil for elements.
    var keys: JavaItems? { get }
    /// The part behind the one that is being written.
    var next: Int { get }
}

extension JavaGraph {
    /// The way to the part that is being written of an attribute, for people: a key that looks like a secret is not said.
    func place(in levels: [some OpenLevel], of attribute: [UInt8]) -> String {
        var paths = DocumentPaths(root: EscapedName.text(of: attribute))
        var path = DocumentPaths.start
        for level in levels { path = paths.adding(step(level), to: path) }
        return paths.text(of: path)
    }

    private func step(_ level: some OpenLevel) -> AttributePath.Step {
        let index = max(level.next - 1, 0)
        guard let keys = level.keys else { return .number(Int64(index)) }
        guard index < keys.count, let key = keys[index], let bytes = wtf8(of: key) else { return .position(index) }
        let text = EscapedName.text(of: bytes)
        return .key(SecretPolicy.masked(text) ?? text)
    }
}
