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
        let given = CommandLine.arguments
        let before = try Data(contentsOf: mine)
        // What the tests were started with is harmless to change. Other tests wipe passwords of theirs meanwhile, and a short one
        // may stand in it: so a piece that is still there is looked for.
        let pieces = before.split { $0 == 0 || $0 == UInt8(ascii: "*") }
        let piece = Array(try #require(pieces.max { $0.count < $1.count }))
        ProcessArguments.wipe(piece)
        let after = try Data(contentsOf: mine)
        #expect(after.count == before.count)
        #expect(after.range(of: Data(piece)) == nil)
        #expect(CommandLine.arguments == given)
    }
}
