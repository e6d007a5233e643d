/// A header parameter or a claim with what is known about its name.
public struct JWTMember: Sendable {
    /// The name.
    public let name: JSONString
    /// The value as it was written.
    public let value: JSONNode
    /// What the name means where a specification says so, for people.
    public let meaning: String?
    /// The time, if the name stands for one and the value is a number.
    public let date: JWTNumericDate?

    init(_ member: JSONObject.Member, _ terms: [String: JWTTerm]) {
        name = member.name
        value = member.value
        let term = member.name.text.flatMap { terms[$0] }
        meaning = term?.meaning
        date = term?.shape == .numericDate ? member.value.number.map(JWTNumericDate.init) : nil
    }
}
