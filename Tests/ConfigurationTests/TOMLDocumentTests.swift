import Testing

@testable import Configuration

/// TOML text as values that know their lines, and what is none.
struct TOMLDocumentTests {
    private func document(_ text: String) throws -> TOMLDocument { try TOMLDocument(Array(text.utf8)) }

    @Test func valuesKnowTheirKindsAndLines() throws {
        let text = """
            # comment
            text = "a\\u0000b" # behind it
            whole = 1_000
            number = 1.5
            yes = true

            list = [
              "one",
              2,
            ]
            day = 2026-01-31
            [table."a b"]
            inner = { x = 1 }
            """
        let document = try document(text)
        let top = document.entries()
        #expect(top.map(\.key) == ["text", "whole", "number", "yes", "list", "day", "table"])
        #expect(top.map(\.line) == [2, 3, 4, 5, 7, 11, 12])
        #expect(
            top.map(\.content) == [
                .text("a\0b"), .integer(1000), .number(1.5), .boolean(true), .array, .other, .table,
            ])
        let elements = document.entries(in: top[4])
        #expect(elements.map(\.content) == [.text("one"), .integer(2)] && elements.map(\.line) == [8, 9])
        let table = try #require(document.entries(in: top[6]).first)
        #expect(table.key == "a b" && document.entries(in: table).map(\.key) == ["inner"])
    }

    @Test(
        arguments: [
            ("a = ", 1), ("a = 1\nb = \"x", 2), ("a = 1\n\na = 2", 3), ("[x\n", 1), ("a = 'x\u{1}'", 1), ("\n= 1", 2),
            ("a = 99999999999999999999", 1), ("[a]\n[a]\n", 2), ("a.b = 1\n[a]\n", 2),
        ])
    func whatIsNoTOMLIsToldWithItsLine(_ text: String, _ line: Int) {
        #expect { try document(text) } throws: { ($0 as? TOMLDocument.Problem)?.line == line }
    }

    @Test func bytesThatAreNoTextAreRefused() {
        #expect(throws: TOMLDocument.Problem.self) {
            try TOMLDocument(Array("a = \"".utf8) + [0xFF] + Array("\"".utf8))
        }
        #expect(throws: TOMLDocument.Problem.self) { try TOMLDocument([0]) }
    }

    @Test func nothingIsADocumentWithoutValues() throws {
        #expect(try document("").entries().isEmpty && document("# nothing\n").entries().isEmpty)
    }

    /// As deep as a text of the longest length can nest.
    @Test func deepNestingIsReadOrRefused() throws {
        let dotted = "[" + [String](repeating: "a", count: TOMLDocument.longest / 2 - 2).joined(separator: ".") + "]\n"
        #expect(try document(dotted).entries().count == 1)
        for text in [
            "a = " + String(repeating: "[", count: TOMLDocument.longest - 4),
            "a = " + String(repeating: "{a=", count: 5000), dotted + dotted + dotted,
        ] {
            #expect(throws: TOMLDocument.Problem.self) { try document(text) }
        }
    }
}
