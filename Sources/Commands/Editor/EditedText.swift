import Sessions

/// The text that a user changes in an editor: JSON, with lines that begin with `//` for what is to be told.
struct EditedText {
    private static let errorMark = "// error: "

    /// As it stands in the file.
    var bytes: [UInt8]

    /// - Parameter heading: lines without their mark.
    init(_ json: [UInt8], heading: [String]) {
        bytes = heading.flatMap { Array("// \($0)\n".utf8) } + json
    }

    /// Text that an editor left.
    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The JSON, with blanks in place of remarks, so that every byte stands where it stands in the file.
    var json: [UInt8] {
        var json = bytes
        for line in lines where isRemark(line) {
            for index in line { json[index] = UInt8(ascii: " ") }
        }
        return json
    }

    /// Whether nothing but remarks and white space is left.
    var isEmpty: Bool { json.allSatisfy { Hexadecimal.isSpace($0) } }

    /// The same with what is wrong said above the line of `offset`, and without what was said before.
    func telling(_ message: String, at offset: Int) -> EditedText {
        var text: [UInt8] = []
        let remark = message.split(separator: "\n").flatMap { Array("\(Self.errorMark)\($0)\n".utf8) }
        var isTold = false
        for line in lines where !isError(line) {
            if !isTold, offset < line.upperBound + 1 {
                text += remark
                isTold = true
            }
            text += bytes[line] + [UInt8(ascii: "\n")]
        }
        return EditedText(isTold ? text : text + remark)
    }

    /// The same with remarks above the line of `offset`.
    func remarking(_ lines: [String], above offset: Int) -> EditedText {
        let start = bytes.prefix(offset).lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        return EditedText(bytes[..<start] + lines.flatMap { Array("// \($0)\n".utf8) } + bytes[start...])
    }

    /// The number of the line of `offset`, from 1.
    func line(of offset: Int) -> Int { 1 + bytes.prefix(offset).count { $0 == UInt8(ascii: "\n") } }

    /// Where lines are, without their ends.
    private var lines: [Range<Int>] {
        bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { $0.indices }
            .filter { !($0.isEmpty && $0.lowerBound == bytes.count) }
    }

    private func isRemark(_ line: Range<Int>) -> Bool {
        bytes[line].drop { Hexadecimal.isSpace($0) }.starts(with: "//".utf8)
    }

    private func isError(_ line: Range<Int>) -> Bool { bytes[line].starts(with: Self.errorMark.utf8) }
}
