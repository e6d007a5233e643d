import Sessions

extension FuzzedInput {
    /// Writes a value of JSON in every way; what comes out is JSON again.
    mutating func write(_ document: JSONDocument, name: String) {
        countReadable()
        for reveal in [false, true] {
            var masked = MaskedJSON(reveal: reveal)
            var writer = JSONWriter()
            masked.write(document.root, name: name, to: &writer)
            precondition((try? JSONReader.read(writer.bytes)) != nil, "what was written is no JSON")
        }
        look(at: JacksonValue(document.root), depth: 0)
    }

    /// What a Jackson serializer may have meant.
    private func look(at value: JacksonValue, depth: Int) {
        _ = (value.className, value.epochMilliseconds)
        guard depth < 8 else { return }
        for member in value.members.prefix(16) { look(at: JacksonValue(member.value), depth: depth + 1) }
        guard let array = value.node.array else { return }
        for element in array.prefix(16) { look(at: JacksonValue(element), depth: depth + 1) }
    }
}
