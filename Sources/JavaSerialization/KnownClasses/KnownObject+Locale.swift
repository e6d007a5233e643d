extension KnownObject {
    /// A `Locale`. Streams of Java 6 and older have no script and no extensions.
    func locale() throws(JavaStreamError) -> JavaLocale {
        JavaLocale(
            language: try part("language"), script: optionalPart("script"), country: try part("country"),
            variant: try part("variant"), extensions: optionalPart("extensions"))
    }

    private func part(_ name: StaticString) throws(JavaStreamError) -> String {
        guard let node = try reference(name) else { return "" }
        guard let text = graph.text(of: node) else { throw fail("has no string in its field \(name)") }
        return text
    }

    private func optionalPart(_ name: StaticString) -> String {
        optionalReference(name).flatMap { graph.text(of: $0) } ?? ""
    }
}

/// What a `Locale` keeps, and its two written forms.
public struct JavaLocale: Hashable, Sendable {
    let language, script, country, variant, extensions: String

    /// `Locale.toString`: `fr_CA`, `zh_TW_#Hant-x-java`.
    public var text: String {
        let hasPlace = !language.isEmpty || !country.isEmpty
        var text = language
        if !country.isEmpty || (!language.isEmpty && !(variant + script + extensions).isEmpty) { text += "_" + country }
        if hasPlace, !variant.isEmpty { text += "_" + variant }
        if hasPlace, !script.isEmpty { text += "_#" + script }
        if hasPlace, !extensions.isEmpty { text += (script.isEmpty ? "_#" : "_") + extensions }
        return text
    }

    /// `Locale.toLanguageTag`, by the rules that its documentation gives.
    public var languageTag: String {
        // Of Norwegian Nynorsk and three renamed languages Java keeps the old names.
        let isNynorsk = language == "no" && country == "NO" && variant == "NY"
        let renamed = ["iw": "he", "ji": "yi", "in": "id"]
        var subtags: [String] = []
        if Self.isAlphabetic(script), script.count == 4 { subtags.append(script) }
        if Self.isRegion(country) { subtags.append(country) }
        let (variants, privateUse) = isNynorsk ? ([], "") : splitVariant()
        let all = extensions.isEmpty ? [] : [extensions]
        let ownPrivateUse = all.first { $0.hasPrefix("x-") || $0.contains("-x-") }
        subtags += variants + all
        if !privateUse.isEmpty { subtags.append((ownPrivateUse == nil ? "x-" : "") + "lvariant-" + privateUse) }
        let isLanguage = Self.isAlphabetic(language) && (2...8).contains(language.count)
        let name = isNynorsk ? "nn" : isLanguage ? renamed[language] ?? language : ""
        if !name.isEmpty { return ([name] + subtags).joined(separator: "-") }
        let isPrivate = subtags.count == 1 && (subtags.first?.hasPrefix("x-") ?? false)
        return isPrivate ? subtags.joined() : (["und"] + subtags).joined(separator: "-")
    }

    /// The variants that a tag can hold, and the rest for its private use.
    private func splitVariant() -> (variants: [String], privateUse: String) {
        guard !variant.isEmpty else { return ([], "") }
        let parts = variant.split(whereSeparator: { $0 == "_" || $0 == "-" }).map(String.init)
        let variants = Array(parts.prefix(while: Self.isVariant))
        let rest = parts.dropFirst(variants.count).prefix { Self.isAlphanumeric($0) && (1...8).contains($0.count) }
        return (variants, rest.joined(separator: "-"))
    }

    private static func isVariant(_ text: String) -> Bool {
        guard isAlphanumeric(text) else { return false }
        return (5...8).contains(text.count) || (text.count == 4 && text.first.map(\.isNumber) == true)
    }

    private static func isRegion(_ text: String) -> Bool {
        (text.count == 2 && isAlphabetic(text)) || (text.count == 3 && text.allSatisfy { ("0"..."9").contains($0) })
    }

    private static func isAlphabetic(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (0x61...0x7a).contains($0 | 0x20) }
    }

    private static func isAlphanumeric(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (0x61...0x7a).contains($0 | 0x20) || (0x30...0x39).contains($0) }
    }
}
