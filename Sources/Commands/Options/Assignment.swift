import JavaSerialization
import Sessions

/// `PATH=VALUE` as `set` takes it.
struct Assignment {
    let path: String
    let value: String

    /// Nil where there is no equals sign outside of brackets.
    init?(_ word: String) {
        guard let sign = Self.sign(in: word) else { return nil }
        path = String(word[..<sign])
        value = String(word[word.index(after: sign)...])
    }

    /// Keys within brackets may hold an equals sign, and within quotes a bracket.
    private static func sign(in word: String) -> String.Index? {
        var quote: Character?
        var isInBrackets = false
        for index in word.indices {
            let character = word[index]
            if let open = quote {
                if character == open { quote = nil }
            } else if isInBrackets {
                if character == "'" || character == "\"" { quote = character }
                if character == "]" { isInBrackets = false }
            } else if character == "[" {
                isInBrackets = true
            } else if character == "=" {
                return index
            }
        }
        return nil
    }
}

extension Assignment {
    /// What the text stands for: `@FILE`, `-`, `b64:`, `hex:` and `json:` say where the value is or how it is written; `text:` says that
    /// none of these is meant, and no number.
    func newValue(_ word: NewValueType?) throws(Failure) -> NewValue {
        var type: JavaValueType?
        switch word {
        case .enumConstant: return .constant(rest(behind: "text:") ?? value)
        case .platform(let asked): type = asked
        case nil: break
        }
        if value == "-" || value.hasPrefix("@") {
            let name = value == "-" ? value : String(value.dropFirst())
            return .content(try InputBytes.contents(ofFile: name), type: type)
        }
        if let digits = rest(behind: "b64:") {
            let bytes = try decoded { () throws(SessionError) in try Base64.decode(Array(digits.utf8)) }
            return .content(bytes, type: type, isBinary: true)
        }
        if let digits = rest(behind: "hex:") {
            let bytes = try decoded { () throws(SessionError) in try Hexadecimal.decode(Array(digits.utf8)) }
            return .content(bytes, type: type, isBinary: true)
        }
        if let text = rest(behind: "json:") { return .json(Array(text.utf8)) }
        if type == nil, let text = rest(behind: "text:") { return .string(text) }
        return .text(rest(behind: "text:") ?? value, type: type)
    }

    private func rest(behind mark: String) -> String? {
        value.hasPrefix(mark) ? String(value.dropFirst(mark.count)) : nil
    }

    private func decoded(_ body: () throws(SessionError) -> [UInt8]) throws(Failure) -> [UInt8] {
        do throws(SessionError) {
            return try body()
        } catch {
            throw .usage("the value of \(path): \(error)")
        }
    }
}
