/// Writes a JSON value as it is written, with a mask in place of what is secret.
///
/// The names of classes that Jackson wrote are never masked, whatever stands around them. The walk keeps its own stack.
public struct MaskedJSON {
    private let reveal: Bool
    /// Whether anything was masked in the value written last.
    public private(set) var hasMasked = false
    private var levels: [Level] = []

    private struct Level {
        var elements: JSONArray.Iterator?
        var members: JSONObject.Iterator?
        /// Whether the first element names the class of the second.
        var isWrapper = false
        /// Whether it, or something around it, has the name of a secret.
        let isSecret: Bool
        /// The class that Jackson named; empty for none.
        var className = ""
        /// What a pair calls its value.
        var pairName: String?
        /// Whether it is a JSON Web Key.
        var isKey = false
    }

    /// A writer that shows all, or masks.
    public init(reveal: Bool) { self.reveal = reveal }

    /// Writes `node`, which is known by `name`.
    public mutating func write(_ node: JSONNode, name: String, to writer: inout JSONWriter) {
        hasMasked = false
        guard !reveal else { return writer.value(node) }
        value(node, isSecret: SecretPolicy.isSecret(name: name), to: &writer)
        while let last = levels.indices.last {
            if levels[last].members != nil { member(of: last, to: &writer) } else { element(of: last, to: &writer) }
        }
    }

    private mutating func member(of level: Int, to writer: inout JSONWriter) {
        guard let member = levels[level].members?.next() else {
            levels.removeLast()
            return writer.endObject()
        }
        writeName(member.name, to: &writer)
        if member.name.bytes.elementsEqual(JacksonValue.classMember.utf8), member.value.kind == .string {
            return writer.value(member.value)
        }
        let name = member.name.lossyText
        let isSecret =
            (levels[level].isSecret || SecretPolicy.isSecret(name: name)
                || SecretPolicy.isSecret(member: member.name, ofPair: levels[level].pairName)
                || levels[level].isKey && PrivateKeyText.isPrivate(name, member.value))
            && !SecretPolicy.isPublic(field: name, of: levels[level].className)
        value(member.value, isSecret: isSecret, to: &writer)
    }

    /// A name is text of people's making as much as a value is: keys of maps stand here.
    private mutating func writeName(_ name: JSONString, to writer: inout JSONWriter) {
        guard SecretPolicy.mayHoldSecret(name.bytes.span), let masked = SecretPolicy.masked(name.lossyText) else {
            return writer.name(name)
        }
        hasMasked = true
        writer.name(masked)
    }

    private mutating func element(of level: Int, to writer: inout JSONWriter) {
        guard let element = levels[level].elements?.next() else {
            levels.removeLast()
            return writer.endArray()
        }
        guard !levels[level].isWrapper else {
            levels[level].isWrapper = false
            return writer.value(element)
        }
        value(element, isSecret: levels[level].isSecret, to: &writer)
    }

    private mutating func value(_ node: JSONNode, isSecret: Bool, to writer: inout JSONWriter) {
        // In the wrapper of a time there is nothing else.
        let isSecret = isSecret && JacksonValue(node).epochMilliseconds == nil
        switch node.value {
        case .array(let array):
            writer.beginArray()
            let isWrapper = JacksonValue(node).className != nil
            levels.append(Level(elements: array.makeIterator(), isWrapper: isWrapper, isSecret: isSecret))
        case .object(let object):
            writer.beginObject()
            let className = isSecret ? JacksonValue(node).className ?? "" : ""
            let pairName = isSecret ? nil : SecretPolicy.pairName(of: object)
            levels.append(
                Level(
                    members: object.makeIterator(), isSecret: isSecret, className: className, pairName: pairName,
                    isKey: !isSecret && PrivateKeyText.isKey(object)))
        case .string(let string): text(string, isSecret: isSecret, to: &writer)
        case .number where isSecret: mask(to: &writer)
        case .null, .bool, .number: writer.value(node)
        }
    }

    private mutating func text(_ string: JSONString, isSecret: Bool, to writer: inout JSONWriter) {
        guard !string.bytes.isEmpty else { return writer.string(string) }
        let masked = isSecret ? SecretPolicy.mask : SecretPolicy.masked(string.lossyText)
        guard let masked else { return writer.string(string) }
        hasMasked = true
        writer.string(masked)
    }

    private mutating func mask(to writer: inout JSONWriter) {
        hasMasked = true
        writer.string(SecretPolicy.mask)
    }
}
