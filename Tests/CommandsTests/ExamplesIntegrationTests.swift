import ArgumentParser
import Foundation
import Redis
import TestSupport
import Testing

@testable import Commands

/// Every example of help and README does what it says when it is typed into a shell, with the sample sessions of the demo.
@Suite struct ExamplesIntegrationTests {
    private static let commands: [any ParsableCommand.Type] =
        [SessionctlCommand.self, JWTCommand.self] + SessionctlCommand.runnable.map(\.type) + [UseCommand.self]

    /// The lines below `Examples:`, without their indent.
    private static func examples(in text: String) -> [String] {
        guard let title = text.range(of: "Examples:\n") else { return [] }
        return text[title.upperBound...].split(separator: "\n", omittingEmptySubsequences: false)
            .prefix { $0.hasPrefix("  ") }.map { $0.trimmingCharacters(in: .whitespaces) }
    }

    /// The lines of README's code blocks that run the program.
    private static func readme() throws -> [String] {
        let root = URL(fileURLWithPath: Fixtures.folder).deletingLastPathComponent().deletingLastPathComponent()
        let blocks = try String(contentsOf: root.appendingPathComponent("README.md"), encoding: .utf8)
            .components(separatedBy: "```")
        let lines = blocks.enumerated().filter { $0.offset % 2 == 1 }.flatMap { $0.element.split(separator: "\n") }
        return lines.map { $0.hasPrefix("$ ") ? String($0.dropFirst(2)) : String($0) }
            .filter { $0.hasPrefix("sessionctl ") && !$0.contains("sessionctl: ") || $0.contains("| sessionctl ") }
    }

    @Test func everyCommandAndTopicHasExamples() throws {
        for command in Self.commands {
            #expect(Self.examples(in: command.configuration.discussion).count >= 2, "\(command._commandName)")
        }
        for topic in HelpTopic.allCases { #expect(Self.examples(in: topic.text).count >= 2, "\(topic)") }
        #expect(try Self.readme().count >= 20)
    }

    @Test func examplesOfCommandsRun() throws {
        let bench = try Bench()
        for command in Self.commands where command._commandName != UseCommand._commandName {
            if command is UndoCommand.Type {
                try expectUndoRuns()
                continue
            }
            for line in Self.examples(in: command.configuration.discussion) {
                // What changes sessions has some of its own each time.
                try (Self.changes(command) ? Bench() : bench).expectRuns(line)
            }
        }
    }

    /// One after the other, behind a change.
    private func expectUndoRuns() throws {
        let bench = try Bench()
        try bench.expectRuns("sessionctl expire 019FD27F --yes --settle 0")
        for line in Self.examples(in: UndoCommand.configuration.discussion) { try bench.expectRuns(line) }
    }

    private static func changes(_ command: any ParsableCommand.Type) -> Bool {
        command.helpMessage().contains("--dry-run")
    }

    @Test func examplesOfTopicsRun() throws {
        let bench = try Bench()
        for topic in HelpTopic.allCases {
            for line in Self.examples(in: topic.text) {
                try bench.expectRuns(line.hasPrefix("--where") ? "sessionctl list " + line : line)
            }
        }
    }

    @Test func examplesOfREADMERun() throws {
        let bench = try Bench()
        for line in try Self.readme() { try bench.expectRuns(line) }
    }

    @Test func examplesOfTheShellRun() throws {
        let lines = Self.examples(in: UseCommand.configuration.discussion).map { $0.dropFirst("sessionctl ".count) }
        let quoted = lines.joined(separator: "\\n")
        try Bench().expectRuns("printf '\(quoted)\\n' | sessionctl shell")
    }
}

/// A folder in which `sessionctl` is the program that was built, with the sample sessions as its store.
private final class Bench {
    private let server: RedisServer
    private let folder: TemporaryDirectory

    init() throws {
        server = try RedisServer()
        folder = try TemporaryDirectory()
        let connection = try RedisConnection.connect(to: RedisEndpoint(.unix(path: server.socketPath)))
        defer { connection.close() }
        try SampleStore.load(try SampleKey.all(), into: connection, restoring: false)
        // What is said of the token in the examples.
        try server.command("SET", "jwt:deny:a", "1", "EX", "3600")
        // The host of an example is nowhere.
        try script(
            "sessionctl",
            """
            if [ "$1" = -h ]; then shift 2; fi
            case "$*" in
            # Tokens of long ago, at their time.
            "jwt verify"*) exec '\(BuiltProgram.path)' "$@" --at 2026-01-01T00:10:00Z ;;
            "jwt check"*--pem*) exec '\(BuiltProgram.path)' -s '\(server.socketPath)' "$@" --at 2026-01-01T00:10:00Z ;;
            "jwt sign"*--from*) exec '\(BuiltProgram.path)' -s '\(server.socketPath)' "$@" ;;
            "jwt sign"*) exec '\(BuiltProgram.path)' "$@" ;;
            *decode*|demo*|help*|profiles*|*archive:*) exec '\(BuiltProgram.path)' "$@" ;;
            # The stores are databases of the one server; what is compared was carried over before.
            migrate*|verify*)
                command=$1
                shift
                for word; do
                    shift
                    case "$word" in
                    redis://old|@old|@tomcat) word='unix://\(server.socketPath)?db=0' ;;
                    redis://new|@new|@spring) word='unix://\(server.socketPath)?db=1' ;;
                    esac
                    set -- "$@" "$word"
                done
                # Of the samples these say all that has to be known.
                case "$*" in
                *"--to jwt"*) set -- "$@" --where "variant = 'jcoleman' and user != none" --expires-in 8h ;;
                *--to*) set -- "$@" --where "variant = 'jcoleman'" --max-inactive-interval 315360000 ;;
                esac
                if [ $command = verify ]; then '\(BuiltProgram.path)' migrate "$@" --yes > /dev/null; fi
                exec '\(BuiltProgram.path)' $command "$@" ;;
            # What is imported was exported before; the store that it goes to is another database of the server.
            import*)
                '\(BuiltProgram.path)' -s '\(server.socketPath)' export sessions.sqlite 2> /dev/null
                shift
                # A dump is not made by any of the examples.
                case "$1" in rdb:*) file=sessions.sqlite ;; *) file=$1 ;; esac
                shift 2
                exec '\(BuiltProgram.path)' import "$file" 'unix://\(server.socketPath)?db=1' "$@" ;;
            # Nobody is there to be asked.
            edit*) exec '\(BuiltProgram.path)' -s '\(server.socketPath)' "$@" --yes ;;
            *) exec '\(BuiltProgram.path)' -s '\(server.socketPath)' "$@" ;;
            esac
            """)
        try script("redis-cli", "exec /usr/bin/redis-cli -s '\(server.socketPath)' \"$@\"")
        try Data("jti:b\n".utf8).write(to: URL(fileURLWithPath: folder.path + "/ids"))
        try Data("a note\n".utf8).write(to: URL(fileURLWithPath: folder.path + "/note.txt"))
        try FileManager.default.createDirectory(
            atPath: folder.path + "/.config/sessionctl", withIntermediateDirectories: true)
        try Data("[profiles.shop]\nsocket = \"\(server.socketPath)\"\n".utf8)
            .write(to: URL(fileURLWithPath: folder.path + "/.config/sessionctl/config.toml"))
        // They bring nothing to what is looked at here.
        try script("curl", "exit 0")
        try script("zcat", "sessionctl export -")
        try script("jq", "cat")
        try loadKeys()
        let session = Fixtures.folder + "/tomcat-layouts/tomcat9-plain.session"
        for file in [
            "SESSIONS.ser", "session.ser", "work/Catalina/localhost/app/SESSIONS.ser",
            "work/Catalina/localhost/shop/SESSIONS.ser",
        ] {
            let place = URL(fileURLWithPath: folder.path + "/" + file)
            try FileManager.default.createDirectory(
                at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
            try FileManager.default.copyItem(at: URL(fileURLWithPath: session), to: place)
        }
    }

    deinit { server.stop() }

    /// A key of each form under the names that the examples have, and a token of the key pair.
    private func loadKeys() throws {
        let keys = Fixtures.folder + "/token-keys/"
        for (name, file) in [
            ("public.pem", "p256.spki.pem"), ("private.pem", "p256.pkcs8.pem"), ("secret.bin", "secret.bin"),
        ] {
            try FileManager.default.copyItem(atPath: keys + file, toPath: folder.path + "/" + name)
        }
        let pem = try String(contentsOfFile: keys + "p256.spki.pem", encoding: .utf8)
        let der = Data(base64Encoded: pem.split(separator: "\n").filter { !$0.hasPrefix("-") }.joined()) ?? Data()
        let (x, y) = (Self.base64URL(der.suffix(64).prefix(32)), Self.base64URL(der.suffix(32)))
        try Data(#"{"keys":[{"kty":"EC","crv":"P-256","x":"\#(x)","y":"\#(y)"}]}"#.utf8)
            .write(to: URL(fileURLWithPath: folder.path + "/jwks.json"))
        try Data(#"{"sub":"alice","exp":4102444800}"#.utf8).write(
            to: URL(fileURLWithPath: folder.path + "/claims.json"))
        let lines = try Fixtures.jsonLines("token-keys/pyjwt.jsonl")
        for (name, algorithm) in [("token.jwt", "ES256"), ("secret.jwt", "HS256"), ("tokens", "ES256")] {
            let token = lines.first { $0["algorithm"]?.string == algorithm }?["token"]?.string ?? ""
            try Data((token + "\n").utf8).write(to: URL(fileURLWithPath: folder.path + "/" + name))
        }
    }

    private static func base64URL(_ data: Data) -> String {
        data.base64EncodedString().replacing("=", with: "").replacing("+", with: "-").replacing("/", with: "_")
    }

    /// A program that is found first. A shell writes it: what other tests start meanwhile would hold a file open that is written here, and such a
    /// one cannot be run.
    private func script(_ name: String, _ text: String) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = [
            "-c", #"printf '#!/bin/sh\n%s\n' "$2" >"$1" && chmod 700 "$1""#, "sh", folder.path + "/" + name, text,
        ]
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw FixtureError("\(name) could not be written") }
    }

    /// Types `line` into bash; all parts of it must end well and say nothing of an error.
    func expectRuns(_ line: String) throws {
        // It would wait for Ctrl-C; other tests stop it.
        if line.contains("demo --serve") { return }
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: "/bin/bash")
        process.arguments = ["-o", "pipefail", "-c", line]
        process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
        process.environment = ["PATH": folder.path + ":/usr/bin:/bin", "HOME": folder.path, "VISUAL": "touch"]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = pipe
        try process.run()
        let said = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "\(line): \(said)")
        #expect(!said.contains("Error") && !said.contains("no such"), "\(line): \(said)")
    }
}
