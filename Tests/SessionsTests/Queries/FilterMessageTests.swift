import Testing

@testable import Sessions

/// The whole messages of wrong filters: what is wrong, at which character, and what would be right.
struct FilterMessageTests {
    private static let fields =
        "the fields are id format variant namespace key principal created accessed idle interval expires ttl size "
        + "attributes class role finding user attr.PATH"

    private static let messages: [(filter: String, message: String)] = [
        ("", #"the filter is empty; try "idle > 30d" (column 1)"#),
        ("usr = alice", "'usr' is no field; did you mean 'user'? \(fields) (column 1)"),
        ("= alice", "'=' stands where a field's name is due; such as idle > 30d (column 1)"),
        ("'idle' > 3d", "the text 'idle' stands where a field's name is due; such as idle > 30d (column 1)"),
        (
            "user alice",
            "'alice' stands where one of = != < <= > >= ~ !~, 'in' or 'not in' is due; such as principal = 'alice' (column 6)"
        ),
        ("idle >", "the filter ends where a value is due; such as idle > 30d (column 7)"),
        ("size > (", "'(' stands where a value is due; such as size > 64k (column 8)"),
        ("created < now - soon", "'soon' stands where a duration is due; such as now - 30d (column 17)"),
        ("created < now- soon", "'soon' stands where a duration is due; such as now - 30d (column 16)"),
        (
            "created < now-30x",
            "'now-30x' is no time; write 2026-01-31, 2026-01-31T12:00:00Z, epoch seconds or now - 30d (column 11)"
        ),
        ("idle > now - 3d", "'now' is no duration; write 90s, 30m, 2h, 7d or none (column 8)"),
        ("idle > 30x", "'30x' is no duration; write 90s, 30m, 2h, 7d or none (column 8)"),
        ("size > big", "'big' is no size; write 500, 4k, 1.5m or 2g (1k, 1kb and 1KiB are 1024 bytes) (column 8)"),
        (
            "created > soon",
            "'soon' is no time; write 2026-01-31, 2026-01-31T12:00:00Z, epoch seconds or now - 30d (column 11)"
        ),
        (
            "user = alice bob",
            "'bob' stands where 'and', 'or' or the end is due; text with blanks stands in quotes (column 14)"
        ),
        ("user = a && idle > 3d", "'&&' stands where 'and', 'or' or the end is due; write 'and' (column 10)"),
        ("user = a)", "')' stands where 'and', 'or' or the end is due; no '(' is open (column 9)"),
        ("(user = a", "the filter ends where ')', 'and' or 'or' is due; the '(' of column 1 is open (column 10)"),
        (
            "user = 'alice",
            "the quote is not closed; within quotes it is written twice, as in 'it''s' (column 8)"
        ),
        ("idle ! 3d", "'!' is no comparison; use = != < <= > >= ~ !~ (column 6)"),
        ("idle ~ 3", "'~' looks into text, and idle is none; compare it with = != < <= > >= (column 6)"),
        ("user in alice", "'alice' stands where '(' is due; such as principal in ('alice', …) (column 9)"),
        (
            "user in (a b)",
            "'b' stands where ',' or ')' is due; values stand behind commas, text with blanks in quotes (column 12)"
        ),
        ("has()", "')' stands where a path into the attributes is due; such as has(cart.items[0]) (column 5)"),
        ("has(a b)", "'b' stands where ')' is due; a path with blanks stands in quotes: has('a …') (column 7)"),
        (
            "attributes = x",
            "attributes are asked for one by one, such as attr.cart.total > 5 or has(cart) (column 1)"
        ),
        ("attr. = 1", "the path is empty; begin with an attribute's name (column 6)"),
        ("attr.a..b = 1", "a name is missing; an empty one is written [''] (column 8)"),
        (
            "attr.a[x] = 1",
            "[x]: brackets hold a number, a quoted key such as ['x'], null, or # and a position (column 7)"
        ),
        ("has(a['x)", "the quote is not closed; within quotes it is written twice, as in ['it''s'] (column 7)"),
        ("has(a[5)", "the bracket is not closed: ']' is due (column 6)"),
        ("has(a['x'y])", "'y' stands where ']' is due; a quote within a key is written twice (column 10)"),
        ("has([null])", "a path begins with an attribute's name, such as cart, or ['a.b'] in brackets (column 5)"),
        (
            "user ~ '(a'",
            #"regular expression: the group is not closed: ')' is due; the character itself is \( (column 9)"#
        ),
        ("user ~ 'a)'", #"regular expression: this ')' closes no group; the character itself is \) (column 10)"#),
        ("user ~ *a", #"regular expression: '*' repeats nothing; the character itself is \* (column 8)"#),
        (
            "user ~ a**",
            "regular expression: '*' repeats nothing, since a repetition stands before it; put that in ( ) (column 10)"
        ),
        (
            "user ~ '[a'",
            #"regular expression: the bracket is not closed: ']' is due; the character itself is \[ (column 9)"#
        ),
        (
            "user ~ [z-a]",
            "regular expression: the range is upside down or no range; write [a-z], and '-' itself as the last character (column 9)"
        ),
        (
            "user ~ a{3,2}",
            "regular expression: write {3}, {3,} or {3,5}; a brace alone is \\{ (column 9)"
        ),
        ("user ~ 'a\\'", #"regular expression: a '\' stands at the end; the character itself is \\ (column 10)"#),
        (
            #"user ~ \p"#,
            #"regular expression: there is no '\p'; of letters there are \d \w \s \b and their capitals (column 8)"#
        ),
        (
            String(repeating: "(", count: 65) + "id = a",
            "more than 64 parentheses stand in each other: leave some out (column 65)"
        ),
        (
            "user = a " + String(repeating: "x", count: 50),
            "'\(String(repeating: "x", count: 40))…' stands where 'and', 'or' or the end is due; text with blanks stands in quotes (column 10)"
        ),
    ]

    @Test(arguments: messages.indices) func saysWhatIsWrongWhereAndWhatWouldBeRight(_ index: Int) {
        let (filter, message) = Self.messages[index]
        let error = #expect(throws: FilterError.self) { try SessionFilter(filter, now: 0) }
        #expect(error?.description == message, "\(filter)")
    }
}
