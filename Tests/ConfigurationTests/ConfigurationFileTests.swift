import Foundation
import TestSupport
import Testing

@testable import Configuration

/// Where the file is looked for, who may have written it, and where passwords come from.
struct ConfigurationFileTests {
    private final class Bench {
        let home: TemporaryDirectory
        var environment: [String: String] { ["XDG_CONFIG_HOME": home.path, "HOME": home.path] }
        var path: String { home.path + "/sessionctl/config.toml" }

        init(_ text: String = "") throws {
            home = try TemporaryDirectory()
            try FileManager.default.createDirectory(
                atPath: home.path + "/sessionctl", withIntermediateDirectories: false)
            try write(text, to: path, mode: 0o644)
        }

        func write(_ text: String, to path: String, mode: Int) throws {
            try Data(text.utf8).write(to: URL(fileURLWithPath: path))
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
        }

        func file() throws -> ConfigurationFile { try #require(ConfigurationFile(environment: environment)) }

        /// The password of the only profile.
        func password(_ variables: [String: String] = [:]) throws -> String? {
            let file = try file()
            let profile = try #require(try file.profiles()?.first)
            let environment = environment.merging(variables) { $1 }
            return try file.password(of: profile, environment: environment).map { String(decoding: $0, as: UTF8.self) }
        }
    }

    @Test func theFolderIsThatOfTheSpecification() {
        func path(_ environment: [String: String]) -> String? { ConfigurationFile(environment: environment)?.path }
        #expect(path(["XDG_CONFIG_HOME": "/c", "HOME": "/h"]) == "/c/sessionctl/config.toml")
        #expect(path(["XDG_CONFIG_HOME": "c", "HOME": "/h"]) == "/h/.config/sessionctl/config.toml")
        #expect(path(["HOME": "/h"]) == "/h/.config/sessionctl/config.toml")
        #expect(path([:]) == nil && path(["HOME": "h"]) == nil)
    }

    @Test func noFileIsNoError() throws {
        let bench = try Bench()
        #expect(try bench.file().profiles() == [])
        try FileManager.default.removeItem(atPath: bench.path)
        #expect(try bench.file().profiles() == nil)
    }

    @Test(arguments: [(0o644, false), (0o600, false), (0o400, false), (0o664, true), (0o646, true), (0o666, true)])
    func othersMayNotWriteIt(_ mode: Int, _ isRefused: Bool) throws {
        let bench = try Bench()
        try bench.write("", to: bench.path, mode: mode)
        guard isRefused else { return #expect(try bench.file().profiles() == []) }
        #expect {
            try bench.file().profiles()
        } throws: { error in
            guard let error = error as? ConfigurationError else { return false }
            return error.path == bench.path && error.message.contains("others may write it")
                && error.advice == "chmod go-w '\(bench.path)'"
        }
    }

    @Test func whatIsNoFileIsRefused() throws {
        let bench = try Bench()
        try FileManager.default.removeItem(atPath: bench.path)
        try FileManager.default.createDirectory(atPath: bench.path, withIntermediateDirectories: false)
        #expect(throws: ConfigurationError(bench.path, "it is no regular file")) { try bench.file().profiles() }
        try FileManager.default.removeItem(atPath: bench.path)
        // Nobody writes into it.
        #expect(mkfifo(bench.path, 0o600) == 0)
        #expect(throws: ConfigurationError(bench.path, "it is no regular file")) { try bench.file().profiles() }
    }

    @Test func aFileThatIsTooLongIsRefused() throws {
        let bench = try Bench(String(repeating: "#\n", count: TOMLDocument.longest))
        #expect(throws: ConfigurationError.self) { try bench.file().profiles() }
    }

    @Test(arguments: ["relative", "~/home-file", "absolute"]) func passwordsComeFromFiles(_ name: String) throws {
        let bench = try Bench()
        let file =
            switch name {
            case "relative": bench.home.path + "/sessionctl/relative"
            case "absolute": bench.home.path + "/absolute"
            default: bench.home.path + "/home-file"
            }
        let written = name == "absolute" ? file : name
        try bench.write("[profiles.x]\npassword-file = '\(written)'\n", to: bench.path, mode: 0o600)
        for (text, password) in [("pw 1\n", "pw 1"), ("pw", "pw"), ("pw\r\n", "pw"), ("p\u{E4}\n", "p\u{E4}")] {
            try bench.write(text, to: file, mode: 0o600)
            #expect(try bench.password() == password)
        }
    }

    @Test(arguments: [0o640, 0o604, 0o620, 0o602, 0o644, 0o601, 0o700])
    func aPasswordFileIsItsOwnersAlone(_ mode: Int) throws {
        let bench = try Bench("[profiles.x]\npassword-file = 'pw'\n")
        let file = bench.home.path + "/sessionctl/pw"
        try bench.write("S3cret\n", to: file, mode: mode)
        guard mode & 0o77 != 0 else { return #expect(try bench.password() == "S3cret") }
        #expect(throws: ConfigurationError(file, "others may read or write it", advice: "chmod 600 '\(file)'")) {
            try bench.password()
        }
    }

    @Test(.enabled(if: geteuid() == 0, "only root can give files away")) func filesOfOthersAreRefused() throws {
        let bench = try Bench("[profiles.x]\npassword-file = 'pw'\n")
        let file = bench.home.path + "/sessionctl/pw"
        try bench.write("S3cret\n", to: file, mode: 0o600)
        for path in [file, bench.path] {
            #expect(chown(path, 65_534, 65_534) == 0)
            #expect {
                try bench.password()
            } throws: { error in
                guard let error = error as? ConfigurationError else { return false }
                return error.path == path && error.message.contains("belongs to user 65534")
            }
        }
    }

    @Test(arguments: ["", "\n", "one\ntwo\n", "\n\n"]) func aPasswordFileHoldsOneLine(_ text: String) throws {
        let bench = try Bench("[profiles.x]\npassword-file = 'pw'\n")
        try bench.write(text, to: bench.home.path + "/sessionctl/pw", mode: 0o600)
        #expect(throws: ConfigurationError.self) { try bench.password() }
    }

    @Test func aMissingPasswordIsToldWithTheLineThatNamesIt() throws {
        let bench = try Bench("[profiles.x]\n\npassword-file = 'pw'\n")
        #expect { try bench.password() } throws: { ($0 as? ConfigurationError)?.line == 3 }
        let other = try Bench("[profiles.x]\npassword-env = 'PW'\n")
        #expect { try other.password() } throws: { ($0 as? ConfigurationError)?.line == 2 }
        #expect(throws: ConfigurationError.self) { try other.password(["PW": ""]) }
        #expect(try other.password(["PW": "S3cret"]) == "S3cret")
        #expect(try Bench("[profiles.x]\n").password() == nil)
    }
}
