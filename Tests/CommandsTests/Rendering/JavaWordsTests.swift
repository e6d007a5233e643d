import TestSupport
import Testing

@testable import Commands

/// Values of the platform in one line.
struct JavaWordsTests {
    @Test func numbersAreAsJavaWritesThem() {
        let run = CommandRun(["decode", Fixtures.folder + "/jdk-values/jdk-17/atomics.ser"])
        let lines = run.out.split(separator: "\n").prefix(14).map(String.init)
        #expect(
            lines == [
                "0", "0", "42", "42", "-9223372036854775808", "-9223372036854775808", "9223372036854775807",
                "9223372036854775807", "0.0", "1.5", "-1.0E300", "NaN", "-Infinity", "-7",
            ])
    }
}
