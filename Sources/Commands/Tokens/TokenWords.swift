import Sessions

/// What the words of a command, and the lines of files, name: tokens, their ids, users and families.
struct TokenWords {
    /// One of them.
    enum Word: Hashable {
        case token([UInt8])
        case id(NamedToken.ID)
        case user(String)
        case family([UInt8])
    }

    /// As the user counts them; each once.
    private(set) var words: [Word] = []
    private var seen: Set<Word> = []

    /// - Throws: where a file cannot be read, or a name is empty.
    init(_ arguments: [String], in context: CommandContext) throws(Failure) {
        for argument in arguments {
            if let name = try Self.name(argument) {
                add(name)
                continue
            }
            for line in try GivenTokens([argument], in: context).tokens {
                add(try Self.name(String(decoding: line, as: UTF8.self)) ?? .token(line))
            }
        }
    }

    private mutating func add(_ word: Word) {
        if seen.insert(word).inserted { words.append(word) }
    }

    /// What a word with a mark before it names; nil for one without.
    private static func name(_ text: String) throws(Failure) -> Word? {
        let marks = ["jti:", "sid:", "user:", "family:"]
        guard let mark = marks.first(where: { text.hasPrefix($0) }) else { return nil }
        let name = String(text.dropFirst(mark.count))
        guard !name.isEmpty else { throw .usage("'\(text)' names nothing: an id or a name belongs behind it") }
        switch mark {
        case "jti:": return .id(NamedToken.ID(.jti, bytes(name)))
        case "sid:": return .id(NamedToken.ID(.sid, bytes(name)))
        case "user:": return .user(name)
        default: return .family(bytes(name))
        }
    }

    /// The bytes that a name stands for: what is no text is shown, and typed, with escapes.
    static func bytes(_ name: String) -> [UInt8] { EscapedName.readings(of: name).last ?? Array(name.utf8) }
}
