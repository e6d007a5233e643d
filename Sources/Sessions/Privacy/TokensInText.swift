/// Finds tokens inside of text by the beginnings that their issuers gave them: of GitHub, Stripe, Google and Amazon.
enum TokensInText {
    private static let beginnings = [
        "ghp_", "gho_", "ghs_", "ghu_", "ghr_", "github_pat_", "sk_live_", "rk_live_", "AIza", "AKIA",
    ].map { Array($0.utf8) }
    /// What follows the beginning is at least as long.
    private static let shortest = 12

    /// The places in `text`, in order.
    static func places(in text: [UInt8]) -> [Range<Int>] {
        var places: [Range<Int>] = []
        var index = 0
        while index < text.count {
            let end = text[index...].firstIndex { !isPart($0) } ?? text.count
            let word = text[index..<end]
            if beginnings.contains(where: { word.count >= $0.count + shortest && word.starts(with: $0) }) {
                places.append(index..<end)
            }
            index = end + 1
        }
        return places
    }

    private static func isPart(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte) || byte == 0x5F || byte == 0x2D
    }

    /// Whether the `_` or `I` at `index` is one of a beginning.
    static func mayHoldOne(around index: Int, in text: borrowing Span<UInt8>) -> Bool {
        guard index > 0, index + 2 < text.count else { return false }
        if text[index] == UInt8(ascii: "I") {
            let isGoogle = text[index - 1] == UInt8(ascii: "A") && text[index + 1] == UInt8(ascii: "z")
            return isGoogle || text[index - 1] == UInt8(ascii: "K") && text[index + 1] == UInt8(ascii: "A")
        }
        guard index > 2 else { return index == 2 && text[index - 1] == UInt8(ascii: "k") }
        let isGitHub = text[index - 3] == UInt8(ascii: "g") && text[index - 2] == UInt8(ascii: "h")
        return isGitHub || text[index - 2] == UInt8(ascii: "v") && text[index - 1] == UInt8(ascii: "e")
            || text[index - 2] == UInt8(ascii: "a") && text[index - 1] == UInt8(ascii: "t")
    }
}
