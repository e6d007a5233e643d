import Foundation
import Testing

@testable import Terminal

@Suite struct ProcessArgumentsTests {
    @Test func findsEveryPlace() {
        func places(_ secret: String, _ argument: String) -> [Int] {
            ProcessArguments.places(of: Array(secret.utf8), in: Array(argument.utf8))
        }
        #expect(places("pw", "redis://u:pw@h/pw") == [10, 15])
        #expect(places("aa", "aaaaa") == [0, 2])
        #expect(places("long", "lon") == [])
        #expect(places("x", "") == [])
    }

    @Test func wipesWhatTheProcessListShows() throws {
        let mine = URL(fileURLWithPath: "/proc/self/cmdline")
        let before = try Data(contentsOf: mine)
        // The name under which the tests run is harmless to change, and there is always one.
        let name = try #require(CommandLine.arguments.first?.split(separator: "/").last)
        ProcessArguments.wipe(Array(name.utf8))
        let after = try Data(contentsOf: mine)
        #expect(after.count == before.count)
        #expect(before.range(of: Data(name.utf8)) != nil && after.range(of: Data(name.utf8)) == nil)
        #expect(CommandLine.arguments.first?.hasSuffix(name) == true)
    }
}
