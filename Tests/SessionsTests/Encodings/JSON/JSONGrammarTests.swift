import Sessions
import Testing

/// The grammar of RFC 8259, text by text.
struct JSONGrammarTests {
    static let accepted: [String] = [
        // Values alone, and white space around them.
        "null", "true", "false", "0", "\"\"", "[]", "{}", " 1", "1 ", "\t1", "\n1", "\r\n1\r\n", " \t\r\n[]",
        // Numbers.
        "-0", "-1", "10", "123456789012345678901234567890", "0.0", "-0.0", "0.10", "1e1", "1E1", "1e+1", "1e-1",
        "1E+10", "0e0", "0E-0", "1.5e300", "1e400", "-1e-400", "0.000000000000000000000000000000001", "1e0001",
        // Strings.
        "\"a\"", #""\"""#, #""\\""#, #""\/""#, "\"/\"", #""\b\f\n\r\t""#, #""\u0041""#, #""\u00e9\u00E9""#,
        #""\u0000""#, #""\ud83d\ude00""#, #""\ud83d""#, #""\ude00""#, #""\ude00\ud83d""#, #""\ud83d\ud83d\ude00""#,
        #""\ud83dx""#, #""\ud83d\n""#, "\"é\"", "\"😀\"", "\"\u{7f}\"", "\"\u{80}\"", "\"\u{2028}\u{2029}\"",
        "\"\u{feff}\"", "\"\u{10ffff}\"", "\"\u{ffff}\"", #""\uffff""#, "\"'\"", "\"[]{},:\"", #""\\u0041""#,
        // Arrays.
        "[1]", "[1,2]", "[ 1 , 2 ]", "[[]]", "[[],[]]", "[{}]", "[null,true,false,0,\"\",[],{}]", "[\n]", "[1\n,2]",
        "[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]",
        // Objects.
        #"{"a":1}"#, #"{ "a" : 1 }"#, #"{"a":1,"b":2}"#, #"{"a":1,"a":2}"#, #"{"":0}"#, #"{"a":{"b":{"c":[]}}}"#,
        #"{"\u0061":1,"a":2}"#, #"{"a b":1}"#, "{\"\u{1f600}\":1}", #"{"a":[],"b":{}}"#, "{\n}", #"{"__proto__":1}"#,
    ]

    /// A text, and where and why it is refused.
    static let refused: [(text: String, offset: Int, problem: JSONProblem)] = [
        ("", 0, .unexpectedEnd(expected: .value)),
        (" ", 1, .unexpectedEnd(expected: .value)),
        ("nul", 3, .unexpectedEnd(expected: .value)),
        ("nulL", 3, .unexpected(0x4c, expected: .value)),
        ("nullx", 4, .unexpected(0x78, expected: .end)),
        ("True", 0, .unexpected(0x54, expected: .value)),
        ("truefalse", 4, .unexpected(0x66, expected: .end)),
        ("NaN", 0, .unexpected(0x4e, expected: .value)),
        ("nan", 1, .unexpected(0x61, expected: .value)),
        ("Infinity", 0, .unexpected(0x49, expected: .value)),
        ("-Infinity", 1, .unexpected(0x49, expected: .digit)),
        ("undefined", 0, .unexpected(0x75, expected: .value)),
        ("1 2", 2, .unexpected(0x32, expected: .end)),
        ("[] []", 3, .unexpected(0x5b, expected: .end)),
        ("{}}", 2, .unexpected(0x7d, expected: .end)),
        ("[]]", 2, .unexpected(0x5d, expected: .end)),
        ("1,", 1, .unexpected(0x2c, expected: .end)),
        ("// x\n1", 0, .unexpected(0x2f, expected: .value)),
        ("/**/1", 0, .unexpected(0x2f, expected: .value)),
        ("1 # x", 2, .unexpected(0x23, expected: .end)),
        ("\u{0c}1", 0, .unexpected(0x0c, expected: .value)),
        ("\u{0b}1", 0, .unexpected(0x0b, expected: .value)),
        ("\u{a0}1", 0, .unexpected(0xc2, expected: .value)),
        ("1\u{2028}", 1, .unexpected(0xe2, expected: .end)),
        ("\0", 0, .unexpected(0, expected: .value)),
        ("1\0", 1, .unexpected(0, expected: .end)),
        ("\u{feff}1", 0, .byteOrderMark),
        // Numbers.
        ("00", 0, .leadingZero),
        ("01", 0, .leadingZero),
        ("-01", 1, .leadingZero),
        ("0123.4", 0, .leadingZero),
        ("+1", 0, .unexpected(0x2b, expected: .value)),
        ("-", 1, .unexpectedEnd(expected: .digit)),
        ("--1", 1, .unexpected(0x2d, expected: .digit)),
        ("- 1", 1, .unexpected(0x20, expected: .digit)),
        (".5", 0, .unexpected(0x2e, expected: .value)),
        ("-.5", 1, .unexpected(0x2e, expected: .digit)),
        ("5.", 2, .unexpectedEnd(expected: .digit)),
        ("5.e1", 2, .unexpected(0x65, expected: .digit)),
        ("[5.]", 3, .unexpected(0x5d, expected: .digit)),
        ("1e", 2, .unexpectedEnd(expected: .digit)),
        ("1e+", 3, .unexpectedEnd(expected: .digit)),
        ("1e1.5", 3, .unexpected(0x2e, expected: .end)),
        ("1e1e1", 3, .unexpected(0x65, expected: .end)),
        ("1.2.3", 3, .unexpected(0x2e, expected: .end)),
        ("0x10", 1, .unexpected(0x78, expected: .end)),
        ("1_000", 1, .unexpected(0x5f, expected: .end)),
        ("1f", 1, .unexpected(0x66, expected: .end)),
        ("１", 0, .unexpected(0xef, expected: .value)),
        ("0.\u{661}", 2, .unexpected(0xd9, expected: .digit)),
        // Strings.
        ("\"", 1, .unexpectedEnd(expected: .stringEnd)),
        ("\"a", 2, .unexpectedEnd(expected: .stringEnd)),
        ("'a'", 0, .unexpected(0x27, expected: .value)),
        ("“a”", 0, .unexpected(0xe2, expected: .value)),
        ("\"a\nb\"", 2, .controlCharacter(0x0a)),
        ("\"\t\"", 1, .controlCharacter(0x09)),
        ("\"\0\"", 1, .controlCharacter(0)),
        ("\"\u{1f}\"", 1, .controlCharacter(0x1f)),
        (#""\"#, 2, .unexpectedEnd(expected: .escape)),
        (#""\""#, 3, .unexpectedEnd(expected: .stringEnd)),
        (#""\x41""#, 1, .invalidEscape),
        (#""\'""#, 1, .invalidEscape),
        (#""\a""#, 1, .invalidEscape),
        (#""\0""#, 1, .invalidEscape),
        (#""\v""#, 1, .invalidEscape),
        (#""\U0041""#, 1, .invalidEscape),
        (#""\u004""#, 1, .invalidEscape),
        (#""\u00g0""#, 1, .invalidEscape),
        (#""\u+041""#, 1, .invalidEscape),
        (#""\u{41}""#, 1, .invalidEscape),
        (#""\u"#, 3, .unexpectedEnd(expected: .escape)),
        (#""\u00"#, 5, .unexpectedEnd(expected: .escape)),
        (#""\ud83d\u""#, 7, .invalidEscape),
        ("\"\\\u{e9}\"", 1, .invalidEscape),
        // Arrays.
        ("[", 1, .unexpectedEnd(expected: .valueOrEnd)),
        ("[1", 2, .unexpectedEnd(expected: .commaOrArrayEnd)),
        ("[1,", 3, .unexpectedEnd(expected: .value)),
        ("[1,]", 3, .unexpected(0x5d, expected: .value)),
        ("[,1]", 1, .unexpected(0x2c, expected: .valueOrEnd)),
        ("[,]", 1, .unexpected(0x2c, expected: .valueOrEnd)),
        ("[1,,2]", 3, .unexpected(0x2c, expected: .value)),
        ("[1 2]", 3, .unexpected(0x32, expected: .commaOrArrayEnd)),
        ("[1;2]", 2, .unexpected(0x3b, expected: .commaOrArrayEnd)),
        ("[1}", 2, .unexpected(0x7d, expected: .commaOrArrayEnd)),
        ("[\"a\":1]", 4, .unexpected(0x3a, expected: .commaOrArrayEnd)),
        ("]", 0, .unexpected(0x5d, expected: .value)),
        ("[[]", 3, .unexpectedEnd(expected: .commaOrArrayEnd)),
        ("(1)", 0, .unexpected(0x28, expected: .value)),
        // Objects.
        ("{", 1, .unexpectedEnd(expected: .nameOrEnd)),
        ("}", 0, .unexpected(0x7d, expected: .value)),
        (#"{"a"}"#, 4, .unexpected(0x7d, expected: .colon)),
        (#"{"a""#, 4, .unexpectedEnd(expected: .colon)),
        (#"{"a":"#, 5, .unexpectedEnd(expected: .value)),
        (#"{"a":}"#, 5, .unexpected(0x7d, expected: .value)),
        (#"{"a"::1}"#, 5, .unexpected(0x3a, expected: .value)),
        (#"{"a"=1}"#, 4, .unexpected(0x3d, expected: .colon)),
        (#"{"a" 1}"#, 5, .unexpected(0x31, expected: .colon)),
        (#"{"a":1,}"#, 7, .unexpected(0x7d, expected: .name)),
        (#"{"a":1,"#, 7, .unexpectedEnd(expected: .name)),
        (#"{,"a":1}"#, 1, .unexpected(0x2c, expected: .nameOrEnd)),
        (#"{"a":1 "b":2}"#, 7, .unexpected(0x22, expected: .commaOrObjectEnd)),
        (#"{"a":1]"#, 6, .unexpected(0x5d, expected: .commaOrObjectEnd)),
        (#"{"a":1"#, 6, .unexpectedEnd(expected: .commaOrObjectEnd)),
        ("{a:1}", 1, .unexpected(0x61, expected: .nameOrEnd)),
        ("{'a':1}", 1, .unexpected(0x27, expected: .nameOrEnd)),
        ("{1:1}", 1, .unexpected(0x31, expected: .nameOrEnd)),
        ("{null:1}", 1, .unexpected(0x6e, expected: .nameOrEnd)),
        ("{[]:1}", 1, .unexpected(0x5b, expected: .nameOrEnd)),
        (#"{"a":1,2}"#, 7, .unexpected(0x32, expected: .name)),
        (#"{"a":1 /**/}"#, 7, .unexpected(0x2f, expected: .commaOrObjectEnd)),
        ("{]", 1, .unexpected(0x5d, expected: .nameOrEnd)),
        ("[}", 1, .unexpected(0x7d, expected: .valueOrEnd)),
    ]

    /// Bytes that are no UTF-8, and the offset of the first that is wrong.
    static let noUTF8: [(bytes: [UInt8], offset: Int)] = [
        ([0x22, 0x80, 0x22], 1),
        ([0x22, 0xc3, 0x22], 1),
        ([0x22, 0x61, 0xc0, 0x80, 0x22], 2),
        ([0x22, 0xc1, 0xa1, 0x22], 1),
        ([0x22, 0xe0, 0x80, 0xaf, 0x22], 1),
        ([0x22, 0xed, 0xa0, 0x80, 0x22], 1),
        ([0x22, 0xf4, 0x90, 0x80, 0x80, 0x22], 1),
        ([0x22, 0xf8, 0x88, 0x80, 0x80, 0x80, 0x22], 1),
        ([0x22, 0xff, 0x22], 1),
        ([0x5b, 0x31, 0x5d, 0xfe], 3),
        ([0xff, 0xfe, 0x31, 0x00], 0),
        ([0x22, 0xe9, 0x22], 1),
    ]

    @Test(arguments: accepted)
    func reads(_ text: String) throws {
        let document = try JSONReader.read(Array(text.utf8))
        #expect(document.source == Array(text.utf8))
        #expect(document.nodeCount > 0)
    }

    @Test(arguments: refused.indices)
    func refuses(_ index: Int) {
        let (text, offset, problem) = Self.refused[index]
        #expect(throws: SessionError(.json(problem), offset: offset), "\(text)") {
            try JSONReader.read(Array(text.utf8))
        }
    }

    @Test(arguments: noUTF8.indices)
    func refusesWhatIsNoUTF8(_ index: Int) {
        let (bytes, offset) = Self.noUTF8[index]
        #expect(throws: SessionError(.json(.invalidUTF8), offset: offset)) { try JSONReader.read(bytes) }
    }

    @Test func casesAreManyAndDifferent() {
        #expect(Set(Self.accepted).count == Self.accepted.count)
        #expect(Set(Self.refused.map(\.text)).count == Self.refused.count)
        #expect(Self.accepted.count + Self.refused.count + Self.noUTF8.count >= 190)
    }

    /// Every accepted text cut short is either refused at its end or, as `12` of `123`, a shorter value.
    @Test(arguments: accepted)
    func survivesEveryCut(_ text: String) {
        let bytes = Array(text.utf8)
        for length in 0..<bytes.count {
            do {
                let document = try JSONReader.read(Array(bytes[..<length]))
                #expect(document.source.count == length)
            } catch {
                #expect(error.offset <= length)
            }
        }
    }
}
