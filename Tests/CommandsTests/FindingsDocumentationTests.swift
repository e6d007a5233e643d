import Foundation
import Sessions
import TestSupport
import Testing

/// docs/findings.md has every code that the program says, and no other.
struct FindingsDocumentationTests {
    private static let root = URL(fileURLWithPath: Fixtures.folder).deletingLastPathComponent()
        .deletingLastPathComponent()

    /// `Finding("code", …` and `note("code", …` wherever a finding is made, and the codes of tokens.
    private static func codesInSources() throws -> Set<String> {
        let sources = root.appendingPathComponent("Sources").path
        let files = (FileManager.default.enumerator(atPath: sources)?.compactMap { $0 as? String } ?? [])
            .filter { $0.hasSuffix(".swift") }
        let call = try Regex(#"\b(Finding|note)\(\s*"([a-z]+(-[a-z]+)*)","#)
        var codes = Set(JWTFinding.Code.allCases.map(\.rawValue))
        for file in files {
            let text = try String(contentsOfFile: sources + "/" + file, encoding: .utf8)
            for match in text.matches(of: call) { codes.insert(match.output[2].substring.map(String.init) ?? "") }
        }
        return codes
    }

    /// The first cells of the rows, each one code between backquotes.
    private static func rows() throws -> [[String]] {
        let text = try String(contentsOf: root.appendingPathComponent("docs/findings.md"), encoding: .utf8)
        return text.split(separator: "\n").filter { $0.hasPrefix("| `") }.map { line in
            line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
        }
    }

    @Test func everyCodeIsDocumentedAndNoOther() throws {
        let codes = try Self.codesInSources()
        let documented = Set(try Self.rows().map { $0[0].trimmingCharacters(in: ["`"]) })
        #expect(codes.count >= 60, "\(codes.count)")
        #expect(codes.subtracting(documented).isEmpty, "not in docs/findings.md: \(codes.subtracting(documented))")
        #expect(documented.subtracting(codes).isEmpty, "no such finding: \(documented.subtracting(codes))")
    }

    /// Filters refuse other codes.
    @Test func filtersKnowEveryCode() throws {
        let documented = try Self.rows().map { $0[0].trimmingCharacters(in: ["`"]) }
        #expect(Set(Finding.codes) == Set(documented).union(try Self.codesInSources()))
        #expect(Finding.codes == Set(documented).sorted())
    }

    /// `session.variant = "word"` and the like, wherever a format names one in its own words.
    @Test func filtersKnowEveryVariant() throws {
        let sources = Self.root.appendingPathComponent("Sources/Sessions/Formats").path
        let assignment = try Regex(#"session\.variant = .*"#)
        let word = try Regex(#""([a-z-]+)""#)
        let known = SessionField.variant.words ?? []
        var words: Set<String> = []
        for file in FileManager.default.enumerator(atPath: sources)?.compactMap({ $0 as? String }) ?? []
        where file.hasSuffix(".swift") {
            let text = try String(contentsOfFile: sources + "/" + file, encoding: .utf8)
            for line in text.split(separator: "\n") where line.contains(assignment) {
                for match in line.matches(of: word) { words.insert(match.output[1].substring.map(String.init) ?? "") }
            }
        }
        #expect(words.count >= 5 && words.isSubset(of: known), "\(words.subtracting(known))")
    }

    /// Meaning, cause, what to do.
    @Test func everyRowIsWhole() throws {
        for row in try Self.rows() {
            #expect(row.filter { !$0.isEmpty }.count == 4, "\(row[0])")
        }
    }

    /// A finding that is made in another way would escape the search.
    @Test func findingsAreMadeWithTheirCodes() throws {
        let sources = Self.root.appendingPathComponent("Sources").path
        let call = try Regex(#"\bFinding\(\s*([^"\s][^,)]*),"#)
        var others: Set<String> = []
        for file in FileManager.default.enumerator(atPath: sources)?.compactMap({ $0 as? String }) ?? []
        where file.hasSuffix(".swift") {
            let text = try String(contentsOfFile: sources + "/" + file, encoding: .utf8)
            for match in text.matches(of: call) { others.insert(match.output[1].substring.map(String.init) ?? "") }
        }
        // The codes of tokens, and the helper of one reader, which is searched for by its own name.
        #expect(others == ["finding.code.rawValue", "code"])
    }
}
