import Foundation
import FuzzedInput
import TestSupport
import Testing

/// Inputs that once ended the program, each named after what it broke (`make fuzz` finds more).
struct FuzzRegressionTests {
    @Test func everyInputThatOnceFailedIsLookedAtToItsEnd() throws {
        let folder = URL(fileURLWithPath: Fixtures.folder).deletingLastPathComponent()
            .appendingPathComponent("Fuzzing/Regressions")
        let inputs = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == "input" }
        var looker = FuzzedInput()
        for input in inputs { looker.look(at: Array(try Data(contentsOf: input))) }
        #expect(inputs.count == 1 && looker.readable == 1)
    }

    /// What the fuzzers look at: each of these goes through the readers and writers that it is for.
    @Test func lookingReachesEachKindOfInput() {
        let values = [#"{"@class":"a.B","c":["java.util.Date",5]}"#, "[1,2,{}]", "42", "\"password=x\""]
        let queries = ["user = 'alice' and idle > 30d", "has(a.b[0])", "attr.a.b[1].c = none or class ~ '^demo'"]
        for value in values {
            var looker = FuzzedInput()
            looker.look(at: Array(value.utf8))
            #expect(looker.readable == 1 + 1 + 2, "\(value): an attribute, a security context, and input of decode")
        }
        for query in queries {
            var looker = FuzzedInput()
            looker.look(atQuery: Array(query.utf8))
            #expect(looker.readable == 1, "\(query)")
        }
        var looker = FuzzedInput()
        for other in ["", "((((", "'", "a.b["] { looker.look(atQuery: Array(other.utf8)) }
        #expect(looker.readable == 0)
    }
}
