/// The words of a filter.
enum FilterToken: Hashable {
    case word(String)
    case quoted(String)
    case comparison(FilterTest.Comparison)
    case open
    case close
    case comma
    case minus
}

/// Splits a filter into words, each with its column.
enum FilterLexer {
    typealias Located = (token: FilterToken, column: Int)

    static func tokens(of text: String) throws(FilterError) -> [Located] {
        let characters = Array(text.unicodeScalars)
        var tokens: [Located] = []
        var index = 0
        while index < characters.count {
            if characters[index].properties.isWhitespace {
                index += 1
            } else {
                let start = index
                tokens.append((try next(characters, &index), start + 1))
            }
        }
        return tokens
    }

    private static func next(_ text: [Unicode.Scalar], _ index: inout Int) throws(FilterError) -> FilterToken {
        let character = text[index]
        switch character {
        case "(", ")", ",":
            index += 1
            return character == "(" ? .open : character == ")" ? .close : .comma
        case "'", "\"": return try quoted(text, &index)
        case "=", "!", "<", ">", "~": return try comparison(text, &index)
        case "-" where index + 1 == text.count || text[index + 1].properties.isWhitespace:
            index += 1
            return .minus
        default: return word(text, &index)
        }
    }

    /// Text between quotes; a doubled quote stands for one.
    private static func quoted(_ text: [Unicode.Scalar], _ index: inout Int) throws(FilterError) -> FilterToken {
        let start = index
        let quote = text[index]
        var value = ""
        index += 1
        while index < text.count {
            if text[index] != quote {
                value.unicodeScalars.append(text[index])
                index += 1
            } else if index + 1 < text.count, text[index + 1] == quote {
                value.unicodeScalars.append(quote)
                index += 2
            } else {
                index += 1
                return .quoted(value)
            }
        }
        throw FilterError(
            message: "the quote is not closed; within quotes it is written twice, as in 'it''s'", column: start + 1)
    }

    private static func comparison(_ text: [Unicode.Scalar], _ index: inout Int) throws(FilterError) -> FilterToken {
        let start = index
        var sign = String(text[index])
        index += 1
        if index < text.count, text[index] == "=" && sign != "~" || text[index] == "~" && sign == "!" {
            sign.unicodeScalars.append(text[index])
            index += 1
        }
        guard let comparison = FilterTest.Comparison(rawValue: sign == "==" ? "=" : sign) else {
            throw FilterError(message: "'\(sign)' is no comparison; use = != < <= > >= ~ !~", column: start + 1)
        }
        return .comparison(comparison)
    }

    private static func word(_ text: [Unicode.Scalar], _ index: inout Int) -> FilterToken {
        var value = ""
        while index < text.count, !text[index].properties.isWhitespace,
            !"(),=!<>~'\"".unicodeScalars.contains(text[index])
        {
            if text[index] == "[" {
                value += bracket(text, &index)
            } else {
                value.unicodeScalars.append(text[index])
                index += 1
            }
        }
        return .word(value)
    }

    /// `['a.b']` in a path: up to the bracket that is not between quotes, or to the end.
    private static func bracket(_ text: [Unicode.Scalar], _ index: inout Int) -> String {
        var value = ""
        var quote: Unicode.Scalar?
        while index < text.count {
            let character = text[index]
            value.unicodeScalars.append(character)
            index += 1
            if character == quote {
                quote = nil
            } else if quote == nil, character == "]" {
                return value
            } else if quote == nil, character == "'" || character == "\"" {
                quote = character
            }
        }
        return value
    }
}
