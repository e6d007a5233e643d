extension JWT {
    /// Whether bytes are likely a token: the right letters, three or five parts, and a header that begins as a JSON
    /// object. One pass, nothing decoded; ``decode(_:limits:)`` has the last word.
    ///
    /// - Parameter isPrefix: Whether `bytes` is only the beginning of a longer value: then dots may still be to come.
    public static func looksLikeToken(_ bytes: [UInt8], isPrefix: Bool = false) -> Bool {
        let token = tokenBytes(bytes, isPrefix: isPrefix)
        guard beginsAsObject(token) else { return false }
        var dots = 0
        for byte in token {
            if byte == UInt8(ascii: ".") {
                dots += 1
            } else if !Base64.isURLCharacter(byte) {
                return false
            }
        }
        return isPrefix ? dots <= 4 : dots == 2 || dots == 4
    }

    private static func tokenBytes(_ bytes: [UInt8], isPrefix: Bool) -> ArraySlice<UInt8> {
        let token = bytes[JWTWrapping(bytes).range]
        // Where the value is cut, the closing quotation mark is missing, and the opening one was not taken off.
        let isOpen = isPrefix && (token.first == UInt8(ascii: "\"") || token.first == UInt8(ascii: "'"))
        return isOpen ? token.dropFirst() : token
    }

    /// `{"`, or `{` and white space, in Base64url.
    private static func beginsAsObject(_ token: ArraySlice<UInt8>) -> Bool {
        guard let first = try? Base64.decode(token.prefix(4), .url), first.count == 3 else { return false }
        return first[0] == UInt8(ascii: "{") && (first[1] == UInt8(ascii: "\"") || Hexadecimal.isSpace(first[1]))
    }
}
