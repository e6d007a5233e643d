/// Objects of JSON that are a name and its value, as headers, cookies and settings are often written:
/// `{"name": "Authorization", "value": "…"}`, `{"key": "password", "value": "…"}`.
enum SecretPairs {
    /// Whether a member of this name says what the other is called.
    static func isName(_ member: some Collection<UInt8>) -> Bool {
        isOne(member, of: ["name", "key"])
    }

    /// Whether a member of this name is what the other names.
    static func isValue(_ member: some Collection<UInt8>) -> Bool {
        isOne(member, of: ["value", "values"])
    }

    private static func isOne(_ member: some Collection<UInt8>, of words: [StaticString]) -> Bool {
        guard (3...6).contains(member.count) else { return false }
        return words.contains { word in
            word.withUTF8Buffer { $0.elementsEqual(member.lazy.map { $0 | 0x20 }) }
        }
    }
}

extension SecretPolicy {
    /// What a pair calls its value; nil for an object that is no pair.
    public static func pairName(of object: JSONObject) -> String? {
        var name: String?
        var hasValue = false
        for member in object {
            if SecretPairs.isValue(member.name.bytes) { hasValue = true }
            if SecretPairs.isName(member.name.bytes), let text = member.value.string { name = text.lossyText }
        }
        return hasValue ? name : nil
    }

    /// Whether the member called `member` is the value of a pair with the name of a secret.
    public static func isSecret(member: JSONString, ofPair pairName: String?) -> Bool {
        guard let pairName, SecretPairs.isValue(member.bytes) else { return false }
        return isSecret(name: pairName)
    }
}
