import Sessions
import Terminal

/// What `help` says beside the commands; the man pages of section 7 are made of it.
enum HelpTopic: String, CaseIterable {
    case filters, paths, formats
    case jwtKeys = "jwt-keys"
    case exitCodes = "exit-codes"

    /// One line, for lists.
    var summary: String {
        switch self {
        case .filters: "What --where understands: fields, comparisons, values."
        case .paths: "The ways into a session's attributes."
        case .formats: "The systems whose sessions are known."
        case .jwtKeys: "The keys beside JSON Web Tokens, and how they are named."
        case .exitCodes: "What the exit status says."
        }
    }

    /// The whole text, in lines of at most 80 columns.
    var text: String {
        switch self {
        case .filters: Self.filterText
        case .paths: Self.pathText
        case .formats: Self.formatText
        case .jwtKeys: Self.jwtKeyText
        case .exitCodes: Self.exitCodeText
        }
    }

    private static let filterText = """
        A filter is one or more tests, joined by and, or, not and parentheses; and
        binds closer than or. Of several --where all must hold.

          FIELD OP VALUE             OP is one of = != < <= > >= ~ !~
          FIELD in (VALUE, ...)      any of them; FIELD not in (...) none
          has(PATH)                  the attributes have such a value, even null

        Fields:
          id format variant namespace key principal (or user)
          created accessed expires   times
          idle interval ttl          durations
          size                       bytes
          class                      classes in the attributes, by full name
          role                       what the user may do; ADMIN is ROLE_ADMIN as well
          finding                    what is wrong with the session, by code; of it,
                                     of format and of variant only words that there
                                     are can be compared with = != and in
          attr.PATH                  a value: see 'sessionctl help paths'

        Values:
          none                       nothing there, or without end: ttl > 1d is false
          alice, 'a b', "it's"       text; in quotes a doubled quote is one
          90s 30m 2h 7d 2w 500ms     durations; a bare number is seconds
          500 4k 1m 2g 1t            sizes in bytes: 1k, 1kb and 1KiB are 1024, 1m is
                                     1024k; shown in the same units: 4.0 KiB, 1.5 MiB
          2026-01-31                 times: a day (00:00 UTC), RFC 3339, epoch seconds
          2026-01-31T12:00:00Z       or milliseconds, now, now - 30d (or now-30d)
          'com[.]acme'               behind ~ and !~ a regular expression, found
                                     anywhere in the text

        A value that is missing makes a test false, but = none, and != and !~ of
        anything else, true. With several values (class, role, finding) one that fits
        is enough for = and ~, and != and !~ say that none does. Values of attributes
        are compared as what they are: numbers exactly, dates as times, true and false,
        text; numbers in text like numbers unless the value is in quotes. Values that
        cannot be compared, such as a list with a number, make a test false, so that
        not before it is true; such sessions are counted at the end, with how many of
        them match. A whole list or object can be asked for only with has().

        Regular expressions have . [a-z] [^,] \\d \\w \\s \\b, groups, |, * + ? {2,5},
        ^, $ and, at the start, (?i) to ignore case. They have no references back and
        no look-around, so no text can make them slow. Of a text the first 16,384
        characters are looked at; a longer one in which they find nothing cannot be
        compared.

        Cheap tests come first whatever their order: attributes and sizes are fetched
        only of sessions that the other tests do not refuse already.

        Examples:
          --where "user = 'alice' and idle > 30d"
          --where "attr.cart.total >= 100 or has(cart.coupon)"
          --where "class ~ '^com[.]acme[.]' and size > 64k"
          --where "created > now-30d and finding in (expired, no-expiry)"
          --where "not role in ('ROLE_ADMIN') and created < 2026-01-01"
        """ + "\n"

    private static let pathText = """
        A path begins with an attribute's name and goes on with steps:

          cart.items[0].qty        fields, keys, indices; the same: cart.items.0.qty
          prefs['a.b']             a key with dots, blanks or brackets
          byNumber[5] flags[null]  keys that are whole numbers, and the null key
          byDay['2026-01-31']      keys that are dates, decimals, UUIDs, by their text
          prefs[#3]                the entry of a map by its position, from 0
          customer.Super::name     a field of one class, where two declare the name
          token.claims.sub         inside a JSON Web Token: header and claims

        Names of attributes may have dots: the longest that is there is taken. A name in
        brackets is meant as it is: ['a.b'].c. What was shown with escapes (\\xff, \\n)
        is taken so. In fields and filters attr. stands in front.

        Examples:
          sessionctl get user:carol "cart.items['SKU-0009'].quantity"
          sessionctl list --fields id,attr.cartSize --sort=-attr.cartSize
          sessionctl count --where "has(prefs['ui.theme'])"
        """ + "\n"

    private static let exitCodeText = """
        The exit status is one of

        \(ExitStatus.help)

        An error of the server is never 0. A dry run ends as the change would: with 2
        where all would be refused, with 5 where some would, or where nobody could know
        whether the application keeps to it.

        Examples:
          sessionctl count --where "user = 'alice'" --exit-code && echo "is logged in"
          sessionctl list --where "finding = no-expiry" --exit-code || echo none
        """ + "\n"

    private static let formatText = """
        A session's format is the system that wrote it. It is found by the key and by
        what the key holds; nothing has to be said.

        \(SessionFormats.all.map { "  " + $0.name }.joined(separator: "\n"))

        Namespaces of Spring Session are found when the store is walked over. An id is
        asked for by its key first: in spring:session, and in each --namespace.
        The variant says how a system lays its sessions out: sessionctl list
        --fields id,format,variant,namespace,key shows it.

        Examples:
          sessionctl count --by format
          sessionctl list --where "format = spring and variant = indexed"
          sessionctl keys 019FD27F
        """ + "\n"
}
