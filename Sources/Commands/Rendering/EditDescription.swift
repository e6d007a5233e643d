import JavaSerialization
import Sessions
import Terminal

/// Says what an edit makes of a session, value by value.
struct EditDescription {
    private let rendering: ValueRendering
    /// More of a value says nothing to people.
    private static let longest = 80

    init(_ context: CommandContext, reveal: Bool) { rendering = ValueRendering(context, reveal: reveal) }

    func changes(_ edit: SessionEdit, of group: SessionGroup) -> [ValueChange] {
        edit.changes.map { change(by: $0, in: group.session.attributes ?? []) }
    }

    private func change(by edit: AttributeEdit, in attributes: [SessionAttribute]) -> ValueChange {
        var keyType: NewValueType?
        if case .setEntry(_, let type) = edit.operation { keyType = type }
        let before = standing(at: edit.path, keyType, in: attributes)
        switch edit.operation {
        case .set(let value), .setEntry(let value, _):
            let isText = before?.hasPrefix("\"") ?? true || isTextOfJSON(value, at: edit.path, in: attributes)
            return ValueChange(
                path: edit.path, before: before, after: text(of: value, edit.path, attributes, isText: isText))
        case .remove: return ValueChange(path: edit.path, before: before, after: nil)
        case .insert(let value):
            return ValueChange(path: "before \(edit.path)", before: nil, after: text(of: value, edit.path, attributes))
        case .append(let value):
            return ValueChange(path: "behind \(edit.path)", before: nil, after: text(of: value, edit.path, attributes))
        case .rename(let name, _): return ValueChange(path: "name of \(edit.path)", before: edit.path, after: name)
        }
    }

    /// Whether it is text that takes the place of whatever JSON has there.
    private func isTextOfJSON(_ value: NewValue, at text: String, in attributes: [SessionAttribute]) -> Bool {
        let names = attributes.map { EscapedName.text(of: $0.name) }
        guard case .string = value, let path = try? AttributePath(text, attributes: names),
            let index = names.firstIndex(of: path.attribute), case .json = attributes[index].value.decoded()
        else { return false }
        return true
    }

    /// What stands at a path, as `get` shows it; nil where nothing does.
    private func standing(
        at text: String, _ keyType: NewValueType?, in attributes: [SessionAttribute]
    ) -> String? {
        let names = attributes.map { EscapedName.text(of: $0.name) }
        guard let path = try? AttributePath(text, attributes: names),
            let value = keyType.map({ path.value(ofKey: $0, in: attributes) }) ?? (try? path.value(in: attributes))
        else { return nil }
        let name = PathValueText.judgingName(path, in: attributes)
        var writer = JSONWriter()
        PathValueText(rendering: rendering).writeJSON(value, Array(name.utf8), to: &writer)
        return Self.short(String(decoding: writer.bytes, as: UTF8.self))
    }

    /// - Parameter isText: whether text stands at the place, so that the new value is text as well where it does not say.
    private func text(
        of value: NewValue, _ path: String, _ attributes: [SessionAttribute], isText: Bool = true
    ) -> String {
        switch value {
        case .null: return "null"
        case .string(let text): return self.text(text, names(on: path, attributes), isText: isText)
        case .text(let text, let type):
            return self.text(text, names(on: path, attributes), isText: type == nil && isText || type == .string)
        case .constant(let name): return name
        case .bytes(let bytes), .content(let bytes, _, _), .stream(let bytes), .stored(let bytes):
            return "\(bytes.count) bytes"
        case .json(let bytes): return json(bytes, names(on: path, attributes))
        }
    }

    /// JSON as it is written, with masks in it where something looks secret.
    private func json(_ bytes: [UInt8], _ names: [String]) -> String {
        if rendering.reveal { return Self.short(String(decoding: bytes, as: UTF8.self)) }
        if names.contains(where: { SecretPolicy.isSecret(name: $0) }) { return SecretPolicy.mask }
        guard let root = try? JSONReader.read(bytes).root else { return "\(bytes.count) bytes of JSON" }
        var writer = JSONWriter()
        PathValueText(rendering: rendering).writeJSON(.json(root), Array((names.last ?? "").utf8), to: &writer)
        return Self.short(String(decoding: writer.bytes, as: UTF8.self))
    }

    /// The names on the way to a place: what is behind the name of a secret is one.
    private func names(on text: String, _ attributes: [SessionAttribute]) -> [String] {
        (try? AttributePath(text, attributes: attributes.map { EscapedName.text(of: $0.name) }))?.names ?? [text]
    }

    private func text(_ text: String, _ names: [String], isText: Bool) -> String {
        if !rendering.reveal, names.contains(where: { SecretPolicy.isSecret(name: $0) }) { return SecretPolicy.mask }
        let quote = isText ? "\"" : ""
        return Self.short(quote + rendering.shown(text, names.last ?? "") + quote)
    }

    private static func short(_ text: String) -> String {
        text.count > longest ? text.prefix(longest) + "…" : text
    }
}
