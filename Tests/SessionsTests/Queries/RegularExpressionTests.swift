import Testing

@testable import Sessions

/// The patterns behind `~`.
struct RegularExpressionTests {
    @Test(
        arguments: [
            ("acme", "com.acme.Cart"), ("^com\\.acme\\.", "com.acme.Cart"), ("Cart$", "com.acme.Cart"), ("", ""),
            ("", "x"), ("^$", ""), ("a.c", "abc"), ("a.c", "a\nc"), ("a*", "b"), ("^a*$", "aaaa"), ("^a+$", "a"),
            ("^ab?c$", "ac"), ("^ab?c$", "abc"), ("^(ab|cd)+$", "abcdab"), ("^(?:ab|cd)$", "cd"), ("a|b|c", "xxc"),
            ("^[a-c]+$", "abccba"), ("^[^a-c]+$", "xyz"), ("[]]", "]"), ("[^]]", "x"), ("[a-]", "-"), ("[-a]", "-"),
            ("\\d{3}", "x123"), ("^\\d{2,3}$", "123"), ("^\\d{2,}$", "12345"), ("^a{0}b$", "b"), ("\\w+\\s\\w+", "a b"),
            ("^\\D\\W\\S$", "a-b"), ("[\\d.]+$", "1.2"), ("^[^\\d]+$", "abc"), ("^[\\D]$", "x"),
            ("\\bcat\\b", "a cat."),
            ("\\Bat", "cat"), ("(?i)ADMIN", "role_admin"), ("(?i)^ä$", "Ä"), ("(?i)[a-c]$", "B"), ("日.語", "日本語"),
            ("a+?b", "aab"), ("\\.", "."), ("\\[x\\]", "[x]"), ("a\\tb", "a\tb"), ("(a*)*b", "aab"), ("(a|)+$", "aa"),
            ("😀+", "😀😀"),
        ])
    func isFound(_ pattern: String, _ text: String) throws {
        #expect(try RegularExpression(pattern).isFound(in: text) == true, "\(pattern) in \(text)")
    }

    @Test(
        arguments: [
            ("acme", "com.acne.Cart"), ("^acme", "com.acme"), ("acme$", "acme.com"), ("a.c", "ac"), ("^a+$", ""),
            ("^ab?c$", "abbc"), ("^(ab|cd)+$", "abc"), ("^[a-c]+$", "abd"), ("^[^a-c]+$", "xya"), ("^\\d{2,3}$", "1"),
            ("^\\d{2,3}$", "1234"), ("\\bcat\\b", "concat"), ("\\Bat\\b", "at"), ("ADMIN", "admin"),
            ("com.acme\\.", "com.acmeX"),
            ("(?i)^[^a-c]$", "B"), ("^[^\\d]+$", "a1"),
        ])
    func isNotFound(_ pattern: String, _ text: String) throws {
        #expect(try RegularExpression(pattern).isFound(in: text) == false, "\(pattern) in \(text)")
    }

    @Test(
        arguments: [
            ("*a", 1, "repeats nothing"), ("a**", 3, "repeats nothing"), ("a|+", 3, "repeats nothing"),
            ("(a", 1, "not closed"), ("a)", 2, "closes no group"), ("[a", 1, "not closed"), ("x[", 2, "not closed"),
            ("a\\", 2, "at the end"), ("\\1", 1, "there is no '\\1'"), ("\\p", 1, "there is no"), ("(?=a)", 1, "(?:…)"),
            ("(?<=a)", 1, "(?:…)"), ("a{", 2, "a brace alone"), ("a{2", 2, "a brace alone"),
            ("a{3,2}", 2, "upside down"),
            ("a{1001}", 2, "above 1000"), ("[z-a]", 2, "upside down"), ("[\\d-z]", 2, "upside down"),
            ("(a{1000}){1000}", 1, "too large"), ("((){1000}){1000}", 1, "too large"),
        ])
    func errorsPointAtTheirColumn(_ pattern: String, _ column: Int, _ words: String) {
        #expect {
            try RegularExpression(pattern)
        } throws: { error in
            guard let error = error as? FilterError else { return false }
            #expect(error.column == column && error.message.contains(words), "\(pattern): \(error)")
            return true
        }
    }

    /// Patterns that make other engines try for years.
    @Test func noTextMakesItHang() throws {
        let long = String(repeating: "a", count: 1_000_000)
        let start = ContinuousClock.now
        for pattern in ["(a+)+$b", "(a|aa)+c", "(a*)*b", "(.*)(.*)(.*)(.*)x", "(a?){50}a{50}b"] {
            #expect(try RegularExpression(pattern).isFound(in: long) == nil, "\(pattern)")
        }
        #expect(throws: FilterError.self) { try RegularExpression(String(repeating: "(", count: 100_000)) }
        #expect(ContinuousClock.now - start < .seconds(60))
    }

    @Test func looksAtTheFirstCharactersOnly() throws {
        let space = String(repeating: " ", count: RegularExpression.maximumLength - 1)
        #expect(try RegularExpression("x").isFound(in: space + "x") == true)
        #expect(try RegularExpression("x").isFound(in: space + "y") == false)
        #expect(try RegularExpression("x$").isFound(in: space + "x") == true)
    }

    /// Of what comes behind nothing is said, and the end is not where the look ends.
    @Test func saysNothingOfTheRestOfALongText() throws {
        let text = String(repeating: "x", count: RegularExpression.maximumLength) + "END"
        for pattern in ["END", "^x+$", "x$", "y", #"x\b"#] {
            #expect(try RegularExpression(pattern).isFound(in: text) == nil, "\(pattern)")
        }
        for pattern in ["^x+", "x{3}", #"\bx"#] {
            #expect(try RegularExpression(pattern).isFound(in: text) == true, "\(pattern)")
        }
    }
}
