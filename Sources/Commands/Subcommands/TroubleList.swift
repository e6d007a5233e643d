import Terminal

/// What is to be told of sessions that are not as they should be: each text once, with the first of the sessions that it is about.
struct TroubleList {
    private var troubles: [String: (count: Int, ids: [String])] = [:]
    /// The texts as they came.
    private(set) var texts: [String] = []

    /// Of a million sessions each may have a text of its own: so many are told, and the others counted.
    private static let mostTexts = 20
    private static let mostNamed = 10
    private static let others = "others, each for a reason of its own"

    var isEmpty: Bool { troubles.isEmpty }

    /// - Parameter id: the session as it is shown; empty where the text is about none in particular.
    mutating func note(_ text: String, _ id: String) {
        let isKnown = troubles[text] != nil || texts.count < Self.mostTexts
        let text = isKnown ? text : Self.others
        if troubles[text] == nil { texts.append(text) }
        troubles[text, default: (0, [])].count += 1
        guard !id.isEmpty, troubles[text, default: (0, [])].ids.count < Self.mostNamed else { return }
        troubles[text]?.ids.append(id)
    }

    /// All of it for people.
    var notices: [Notice] {
        texts.map { text in
            let (count, ids) = troubles[text] ?? (0, [])
            guard !ids.isEmpty else { return Notice(text) }
            return Notice(
                text, ids + (count > ids.count ? ["and \(count - ids.count) more (--report FILE names each)"] : []))
        }
    }
}
