import Testing

@testable import Commands
@testable import Sessions

/// Lists of fields on the command line.
struct FieldListTests {
    @Test(arguments: [
        "list --fields id,id", "list --fields id --fields user,principal", "users --fields user,principal",
    ])
    func aFieldIsNamedOnce(_ line: String) {
        for form in ["json", "jsonl", "tsv", "csv", "table"] {
            let run = CommandRun(line + " -o " + form)
            #expect(run.status == .usage && run.out.isEmpty && run.err.contains("twice"), "\(run.err)")
        }
    }

    @Test(arguments: ["role", "-role"])
    func sessionsWithoutAValueComeLastEitherWay(_ word: String) throws {
        let order = try SortOrder(word)
        for none in [FieldValue.missing, .many([])] {
            #expect(order.areInOrder(.many(["ADMIN"]), none) && !order.areInOrder(none, .many(["ADMIN"])))
            #expect(!order.areInOrder(none, none))
        }
    }
}
