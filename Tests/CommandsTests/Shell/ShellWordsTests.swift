import Testing

@testable import Commands

@Suite struct ShellWordsTests {
    @Test(arguments: [
        ("", []), ("  \t ", []), ("list", ["list"]), ("  show  a\tb ", ["show", "a", "b"]),
        ("list --where \"user = 'a b'\"", ["list", "--where", "user = 'a b'"]),
        (#"a\ b 'c\d' "e\"f\\g\h""#, ["a b", #"c\d"#, #"e"f\g\h"#]),
        (#"a'b'"c"d ''"#, ["abcd", ""]), (#"\'x\" \\"#, ["'x\"", "\\"]),
        ("grün '世 界'", ["grün", "世 界"]),
        ("# all of it", []), ("list # rest", ["list"]), ("a#b '#' \\#c", ["a#b", "#", "#c"]),
    ])
    func takesLinesApart(line: String, words: [String]) throws {
        #expect(try ShellWords(line).all() == words)
    }

    @Test(arguments: [
        ("show 'abc", "column 6: the ' that stands here is not closed"),
        (#"a "b c' d"#, #"column 3: the " that stands here is not closed"#),
        (#"grün "a" x\"#, "column 11: nothing stands behind this backslash"),
        (#"'a' "b\"#, #"column 5: the " that stands here is not closed"#),
    ])
    func pointsAtTheFault(line: String, message: String) {
        let error = #expect(throws: Failure.self) { try ShellWords(line).all() }
        #expect(error?.message == message)
        #expect(error?.status == .usage)
    }

    @Test func knowsTheWordUnderTheCursor() {
        let line = ShellWords(#"use "user:J D"#)
        #expect(line.finished == ["use"])
        #expect(line.open?.raw == #""user:J D"#)
        #expect(line.open?.text == "user:J D")
        #expect(line.open?.quote == "\"")
        #expect(ShellWords("use ").open == nil)
        #expect(ShellWords("use # x").isComment)
    }

    @Test(arguments: ["plain", "a b", #"it's"#, #"say "hi""#, #"back\slash"#, "#hash", "世界 x"])
    func typesWhatItWouldRead(meant: String) throws {
        for begun in ["", "'", "\""] {
            let open = ShellWords(begun).open ?? ShellWords.OpenWord()
            guard let typed = open.typed(meant, ends: true) else {
                #expect(begun == "'" && meant.contains("'"))
                continue
            }
            #expect(try ShellWords(typed).all() == [meant])
        }
    }
}
