import Foundation
import TestSupport
import Testing

@testable import Commands

/// What happens at the source while a migration runs, to sessions that it has copied or moved already.
struct MigrationLookAgainIntegrationTests {
    private static let fixture = "9B43E13CFB1BF1BE9AF62EF1EADB24A6"
    private static let long = 200_000_000

    /// Two servers, and a migration that takes some seconds.
    private final class Bench {
        let source: RedisServer
        let target: RedisServer
        let home: TemporaryDirectory
        /// Where the migration reaches the source.
        var sourcePath: String
        private let process = Process()
        private let template: [UInt8]

        init(_ count: Int) throws {
            source = try RedisServer()
            sourcePath = source.socketPath
            target = try RedisServer()
            home = try TemporaryDirectory()
            let records = try FixtureStore("tomcat9-redis-session-manager").records()
            guard let record = records.first(where: { $0.key == Array(fixture.utf8) }),
                case .string(let bytes) = record.content
            else { throw FixtureError("no such session") }
            template = bytes
            for number in 0..<count { try put(number, "four") }
        }

        func key(_ number: Int) -> [UInt8] { Array(String(format: "%032X", number + 1).utf8) }

        /// A session as jcoleman's manager writes it, whose text has four letters.
        func value(_ number: Int, _ text: String) -> [UInt8] {
            var bytes = template
            for (old, new) in [
                (Array(fixture.utf8), key(number)), (Array("\u{4}null".utf8), Array("\u{4}\(text)".utf8)),
            ] {
                while let place = bytes.firstRange(of: old) { bytes.replaceSubrange(place, with: new) }
            }
            return bytes
        }

        /// Managers write whatever is there, at the end of each request.
        func put(_ number: Int, _ text: String, milliseconds: Int = long * 1000) throws {
            try source.command(putting(number, text, milliseconds: milliseconds))
        }

        func putting(_ number: Int, _ text: String, milliseconds: Int = long * 1000) -> [[UInt8]] {
            [Array("SET".utf8), key(number), value(number, text), Array("PX".utf8), Array("\(milliseconds)".utf8)]
        }

        func start(_ words: String...) throws {
            process.executableURL = URL(fileURLWithPath: BuiltProgram.path)
            process.arguments =
                ["migrate"] + [sourcePath, target.socketPath].map { "unix://\($0)" } + words + ["--yes"]
            process.environment = [
                "PATH": "/usr/bin:/bin", "HOME": home.path, "XDG_STATE_HOME": home.path, "TMPDIR": home.path,
            ]
            let errors = home.path + "/errors"
            _ = FileManager.default.createFile(atPath: errors, contents: nil)
            process.standardError = FileHandle(forWritingAtPath: errors)
            process.standardOutput = FileHandle.nullDevice
            try process.run()
        }

        var isRunning: Bool { process.isRunning }

        /// Its status and what it told.
        func end() throws -> (status: Int32, errors: String) {
            process.waitUntilExit()
            return (process.terminationStatus, try String(contentsOfFile: home.path + "/errors", encoding: .utf8))
        }

        func has(_ number: Int, _ server: RedisServer) throws -> Bool {
            try server.command([Array("EXISTS".utf8), key(number)]) == .integer(1)
        }

        func holds(_ number: Int, _ text: String, _ server: RedisServer) throws -> Bool {
            try server.command([Array("GET".utf8), key(number)]) == .string(value(number, text))
        }

        /// The first session of which this is so.
        func first(of count: Int, where isSo: (Int) throws -> Bool) throws -> Int {
            while isRunning {
                if let number = try (0..<count).first(where: isSo) { return number }
                usleep(5000)
            }
            throw FixtureError("it came to none")
        }

        func stop() {
            if process.isRunning { process.terminate() }
            source.stop()
            target.stop()
        }
    }

    // MARK: --move

    /// A request that began before the session was moved ends after that.
    @Test func whatComesBackAtTheSourceIsMovedAgain() throws {
        let bench = try Bench(60)
        defer { bench.stop() }
        try bench.start("--move", "--rate", "20")
        let moved = try bench.first(of: 60) { try !bench.has($0, bench.source) }
        try bench.put(moved, "late")
        let (status, errors) = try bench.end()
        #expect(status == 0 && errors.contains("1 taken again"), "\(errors)")
        #expect(try bench.holds(moved, "late", bench.target))
        #expect(try !bench.has(moved, bench.source))
    }

    @Test func whatGoesOnToComeBackIsNamed() throws {
        let bench = try Bench(40)
        defer { bench.stop() }
        let link = try ActingLink(to: bench.source)
        defer { link.stop() }
        bench.sourcePath = link.socketPath
        try bench.start("--move", "--rate", "20")
        let moved = try bench.first(of: 40) { try !bench.has($0, bench.source) }
        let (server, late, key) = (bench.source, bench.putting(moved, "late"), bench.key(moved))
        // Before each look.
        @Sendable func comeBack() {
            link.act(at: ["EXISTS", String(decoding: key, as: UTF8.self)]) {
                _ = try? server.command(late)
                comeBack()
            }
        }
        comeBack()
        let (status, errors) = try bench.end()
        let id = String(decoding: bench.key(moved), as: UTF8.self)
        #expect(status == 5 && errors.contains("changed: ") && errors.contains(id), "\(errors)")
        #expect(try bench.has(moved, bench.source))
    }

    /// The placeholder of an id, or what was begun anew under it, is not the session that was moved.
    @Test func whatIsBegunAnewTakesNoPlaceOfWhatWasMoved() throws {
        let bench = try Bench(60)
        defer { bench.stop() }
        try bench.start("--move", "--rate", "20")
        let moved = try bench.first(of: 60) { try !bench.has($0, bench.source) }
        try bench.source.command([Array("SET".utf8), bench.key(moved), Array("null".utf8)])
        let (status, errors) = try bench.end()
        #expect(status == 5 && errors.contains("has begun another one of its id since"), "\(errors)")
        #expect(try bench.holds(moved, "four", bench.target))
        #expect(try bench.has(moved, bench.source))
    }

    /// Who has logged out at the target stays so.
    @Test func whatWasEndedAtTheTargetIsNotBroughtBack() throws {
        let bench = try Bench(60)
        defer { bench.stop() }
        try bench.start("--move", "--rate", "20")
        let moved = try bench.first(of: 60) { try !bench.has($0, bench.source) }
        try bench.target.command([Array("DEL".utf8), bench.key(moved)])
        try bench.put(moved, "late")
        let (status, errors) = try bench.end()
        #expect(status == 5 && errors.contains("absent: "), "\(errors)")
        #expect(try !bench.has(moved, bench.target))
        #expect(try bench.has(moved, bench.source))
    }

    // MARK: Copies

    /// Their ends come while others are copied: half of them live half as long as the copying takes, and on a slow machine they get longer lives
    /// until some of them are copied.
    @Test func whatMerelyEndsIsNotNamed() throws {
        for seconds in [1, 3, 9, 27] {
            let bench = try Bench(60)
            defer { bench.stop() }
            for number in 0..<30 { try bench.put(number, "soon", milliseconds: 1000 * seconds + 500) }
            try bench.start("--rate", String(max(1, 30 / (seconds + 1))))
            let (status, errors) = try bench.end()
            #expect(status == 0 && !errors.contains("left"), "\(errors)")
            let copied = try #require(errors.firstMatch(of: /migrated (\d+) of/).flatMap { Int($0.1) }, "\(errors)")
            if copied > 30 { return }
        }
        Issue.record("none was copied that has ended since")
    }

    /// Whose user has logged out at the source goes on at the target, and is counted as what it is.
    @Test func whatIsLoggedOutMeanwhileIsCounted() throws {
        let bench = try Bench(60)
        defer { bench.stop() }
        try bench.start("--rate", "20")
        let copied = try bench.first(of: 60) { try bench.has($0, bench.target) }
        // What has become of it is told by then.
        usleep(300_000)
        try bench.source.command([Array("DEL".utf8), bench.key(copied)])
        let (status, errors) = try bench.end()
        #expect(status == 5 && errors.contains("left: it was copied, and is gone"), "\(errors)")
        #expect(errors.contains("migrated 60 of 60 sessions: 1 left\n"), "\(errors)")
    }

    /// What was not looked at again is not said to be used all the time.
    @Test(arguments: [["--move"], []])
    func theSourceIsLost(_ words: [String]) throws {
        let bench = try Bench(300)
        defer { bench.stop() }
        try bench.start("--at-most", "1000", "--rate", "100", words.first ?? "--anew")
        let isMoving = !words.isEmpty
        _ = try bench.first(of: 300) { try isMoving ? !bench.has($0, bench.source) : bench.has($0, bench.target) }
        // What has become of some is told by then.
        usleep(300_000)
        bench.source.crash()
        let (status, errors) = try bench.end()
        #expect(status == 3, "\(errors)")
        let word = isMoving ? "moved" : "copied"
        #expect(errors.contains("what was \(word) was not looked at again, as the source was lost"), "\(errors)")
        #expect(!errors.contains("used all the time"), "\(errors)")
    }
}
