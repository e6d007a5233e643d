import Foundation
import TestSupport
import Testing

@testable import Sessions

/// Fields whose values are a closed set of words: a filter that asks for another is refused.
struct FilterWordsTests {
    @Test(
        arguments: [
            ("format = sprng", "'sprng' is no format; did you mean 'spring'? there are spring tomcat ", 10),
            ("format != Tomcat", "'Tomcat' is no format; did you mean 'tomcat'? ", 11),
            ("variant = indexd", "'indexd' is no variant; did you mean 'indexed'? there are default indexed ", 11),
            ("finding = expird", "'expird' is no finding; did you mean 'expired'? there are alg-missing ", 11),
            ("idle > 1s and finding in (expired, 'no-expry')", "did you mean 'no-expiry'?", 36),
            ("finding not in (xyzzy)", "'xyzzy' is no finding; there are ", 17),
        ])
    func refusesAWordThatNoSessionCanHave(_ filter: String, _ message: String, _ column: Int) {
        #expect {
            try SessionFilter(filter, now: 0)
        } throws: { error in
            let error = error as? FilterError
            return error?.message.contains(message) == true && error?.column == column
        }
    }

    @Test(
        arguments: [
            "format ~ spr", "finding ~ '^exp'", "variant = none", "finding > opa", "user = sprng", "namespace = x",
            "role = USR", "attr.format = sprng", "finding in (expired, none)",
        ])
    func takesPatternsOrderAndOtherFields(_ filter: String) throws { _ = try SessionFilter(filter, now: 0) }

    /// A filter for what a session really is must never be refused.
    @Test func knowsTheWordsOfEveryRealSession() throws {
        var seen: Set<String> = []
        for store in try FixtureStore.all() {
            for session in try StoredFixture(store, now: 1_795_420_000_000).sessions.values {
                var words = ["format = '\(session.format)'"]
                if let variant = session.variant { words.append("variant = '\(variant)'") }
                words += session.findings.map { "finding = '\($0.code)'" }
                for filter in words where seen.insert(filter).inserted {
                    _ = try SessionFilter(filter, now: 0)
                    if let variant = session.variant {
                        let format = SessionFormats.format(named: session.format)
                        #expect(format?.variants.contains(variant) == true, "\(session.format) \(variant)")
                    }
                }
            }
        }
        #expect(seen.count >= 12, "\(seen.sorted())")
    }
}
