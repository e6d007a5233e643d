import Foundation
import TestSupport
import Testing

@testable import Commands

/// What `migrate` tells before it writes: of the sessions' contents, and of the target's server.
struct MigrationAdviceIntegrationTests {
    private struct Bench {
        let source: RedisServer
        let target: RedisServer
        let home: TemporaryDirectory

        init(_ store: String, target configuration: [String] = []) throws {
            source = try RedisServer()
            var options = RedisServer.Options()
            options.configuration = configuration
            target = try RedisServer(options)
            home = try TemporaryDirectory()
            try source.load(FixtureStore(store))
        }

        func stop() {
            source.stop()
            target.stop()
        }

        func said(_ line: String = "") -> String {
            let urls = [source, target].map { "unix://\($0.socketPath)" }
            let words = line.split(separator: " ").map(String.init)
            return CommandRun(
                ["migrate"] + urls + words + ["--dry-run", "-o", "json"], environment: ["TMPDIR": home.path]
            ).err
        }
    }

    @Test func tellsTheTargetsVersionAndMemory() throws {
        let bench = try Bench("spring-session-2.7.4-indexed")
        defer { bench.stop() }
        let said = bench.said()
        #expect(try said.contains(Regex("the target is Redis [0-9]+[.][0-9.]+, [0-9.]+ [KM]iB in use\\n")), "\(said)")
        #expect(!said.contains("no room") && !said.contains("takes keys away"), "\(said)")
    }

    @Test func tellsThatTheTargetHasNoRoom() throws {
        let bench = try Bench("spring-session-2.7.4-indexed", target: ["maxmemory 800kb"])
        defer { bench.stop() }
        #expect(bench.said().contains("it has no room: the sessions take about "))
        #expect(bench.said().contains("then it refuses to write"))
    }

    @Test func tellsThatTheTargetTakesKeysAway() throws {
        let bench = try Bench(
            "spring-session-2.7.4-indexed", target: ["maxmemory 1gb", "maxmemory-policy allkeys-lru"])
        defer { bench.stop() }
        #expect(bench.said().contains("maxmemory-policy allkeys-lru"))
        #expect(!bench.said().contains("no room"))
    }

    /// An indexed repository needs the events of keys that end; others do not.
    @Test(arguments: [
        ("", "", true), ("Egx", "", false), ("EA", "", false), ("Kgx", "", true), ("", "--variant default", false),
    ]) func tellsThatNobodyHearsOfEnds(_ events: String, _ options: String, _ isTold: Bool) throws {
        let bench = try Bench(
            "tomcat-redis-session-manager-2.0.0", target: ["notify-keyspace-events \"\(events)\""])
        defer { bench.stop() }
        let said = bench.said("--to spring --max-inactive-interval 2592000 " + options)
        #expect(said.contains("does not tell of keys that end") == isTold, "\(said)")
    }

    @Test func aUserWhoMayNotAskIsToldSo() throws {
        let bench = try Bench("tomcat-redis-session-manager-2.0.0")
        defer { bench.stop() }
        try bench.target.command(
            "ACL", "SETUSER", "default", "on", "nopass", "~*", "&*", "+@all", "-config")
        #expect(bench.said("--to spring --max-inactive-interval 2592000").contains("this user may not look"))
    }

    @Test func whoWantsToHearOfTroubleAloneDoes() throws {
        let bench = try Bench("tomcat-redis-session-manager-2.0.0")
        defer { bench.stop() }
        let said = bench.said("--to spring --max-inactive-interval 2592000 -q")
        #expect(said.contains("will have to log in again") && said.contains("cannot be migrated"), "\(said)")
        #expect(!said.contains("found ") && !said.contains("the target is") && !said.contains("browsers"), "\(said)")
    }

    /// Nobody has to have the class of a value that is not there.
    @Test func classesOfWhatIsLeftOutAreNotAskedFor() throws {
        let bench = try Bench("tomcat-redis-session-manager-2.0.0")
        defer { bench.stop() }
        let words = "--to spring --serializer json --max-inactive-interval 2592000 --unconvertible "
        let (skipped, kept) = (bench.said(words + "skip-attribute"), bench.said(words + "keep"))
        #expect(skipped.contains("left out: ") && kept.contains("kept as it is: "), "\(skipped)")
        #expect(kept.contains("classes that the new application must have"), "\(kept)")
        #expect(!skipped.contains("demo.shop.AllPrimitives ("), "\(skipped)")
    }

    /// Some versions lose them.
    @Test(arguments: [
        ("", true), ("--to spring", true), ("--to spring --spring-version 2.7", false),
        ("--to spring --variant reactive-indexed", false),
        ("--to spring --max-inactive-interval 2592000", false), ("--to tomcat --manager raw", false),
    ]) func tellsOfSessionsThatNeverEnd(_ words: String, _ isTold: Bool) throws {
        let bench = try Bench("spring-session-2.7.4-indexed")
        defer { bench.stop() }
        let said = bench.said(words + (words.isEmpty ? "" : " --unconvertible skip-attribute"))
        #expect(
            said.contains("1 session never ends: the indexed repository of Spring Session 3.4 to 4.1") == isTold,
            "\(said)")
    }

    @Test func tellsOfCookiesAndClasses() throws {
        let tomcat = try Bench("tomcat-redis-session-manager-2.0.0")
        defer { tomcat.stop() }
        let toSpring = tomcat.said("--to spring --max-inactive-interval 2592000")
        #expect(toSpring.contains("setCookieName(\"JSESSIONID\")"), "\(toSpring)")
        #expect(
            toSpring.contains(
                "classes that the new application must have, each of the same serialVersionUID: demo.shop."))
        let spring = try Bench("spring-session-2.7.4-indexed")
        defer { spring.stop() }
        let toTomcat = spring.said("--to tomcat")
        #expect(toTomcat.contains("sending SESSION with the id in Base64"), "\(toTomcat)")
        // The same application goes on with the same cookies.
        #expect(!spring.said().contains("browsers") && spring.said().contains("classes: "))
    }
}
