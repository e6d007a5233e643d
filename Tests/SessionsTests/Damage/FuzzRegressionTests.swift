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
}
