import Sessions

/// The tokens that a command is about: its arguments, and the lines of files and of standard input.
struct GivenTokens {
    /// Of a file or of standard input; tokens have some kilobytes.
    private static let mostBytes = 64 << 20
    /// As the user counts them, without blank lines.
    private(set) var tokens: [[UInt8]] = []

    /// - Throws: where a file cannot be read, or there is no token at all.
    init(_ words: [String], in context: CommandContext) throws(Failure) {
        for word in words {
            if word == "-" { try context.requireStandardInput() }
            if word == "-" || Self.isFile(word) {
                let text = try InputBytes.contents(ofFile: word, atMost: Self.mostBytes)
                tokens += text.split { $0 == UInt8(ascii: "\n") }.map { Self.token(ofLine: Array($0)) }.filter {
                    !$0.isEmpty
                }
            } else {
                tokens.append(Self.bare(Array(word.utf8)))
            }
        }
        guard !tokens.isEmpty else {
            throw .usage("there is no token", advice: "give tokens, files with one a line, or - for standard input")
        }
    }

    /// What has the form of a token is one, whatever files there are, and no token has a slash.
    private static func isFile(_ word: String) -> Bool {
        if JWT.looksLikeToken(Array(word.utf8)) { return false }
        return word.contains("/") || InputBytes.isFile(word)
    }

    /// A line of a file may be an object in JSON as well, with the token as its member `token`.
    private static func token(ofLine line: [UInt8]) -> [UInt8] {
        guard line.first == UInt8(ascii: "{"),
            let token = (try? JSONReader.read(line, limits: JWT.limits))?.root["token"]?.string
        else { return bare(line) }
        return token.bytes
    }

    /// Without the white space around it and the word `Bearer`, which a header has before it: neither is of the token. What
    /// else stands there, such as quotation marks, is left for the verdict.
    private static func bare(_ bytes: [UInt8]) -> [UInt8] {
        let token = JWTWrapping(bytes)
        return token.hasQuotes ? bytes : Array(bytes[token.range])
    }
}
