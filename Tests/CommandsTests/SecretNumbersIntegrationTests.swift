import TestSupport
import Testing

@testable import Commands
@testable import Terminal

/// Numbers under the names of secrets are masked in every form until `--reveal`.
struct SecretNumbersIntegrationTests {
    /// `Integer` of 12345678; below `int[]` of it.
    private static let integer: [UInt8] = {
        var bytes: [UInt8] = [0xAC, 0xED, 0, 5, 0x73, 0x72, 0, 0x11] + Array("java.lang.Integer".utf8)
        bytes += [0x12, 0xE2, 0xA0, 0xA4, 0xF7, 0x81, 0x87, 0x38, 2, 0, 1, 0x49, 0, 5]
        bytes += Array("value".utf8) + [0x78, 0x72, 0, 0x10]
        bytes += Array("java.lang.Number".utf8)
        bytes += [0x86, 0xAC, 0x95, 0x1D, 0x0B, 0x94, 0xE0, 0x8B, 2, 0, 0, 0x78, 0x70, 0, 0xBC, 0x61, 0x4E]
        return bytes
    }()
    private static let array: [UInt8] = [
        0xAC, 0xED, 0, 5, 0x75, 0x72, 0, 2, 0x5B, 0x49, 0x4D, 0xBA, 0x60, 0x26, 0x76, 0xEA, 0xB2, 0xA5, 2, 0, 0, 0x78,
        0x70, 0, 0, 0, 1, 0, 0xBC, 0x61, 0x4E,
    ]

    private func server() throws -> RedisServer {
        let server = try RedisServer()
        var command: [[UInt8]] = [Array("HSET".utf8), Array("spring:session:sessions:one-two".utf8)]
        for field in ["creationTime", "lastAccessedTime", "maxInactiveInterval"] {
            command += [Array(field.utf8), Array("1800".utf8)]
        }
        let number = Array("12345678".utf8)
        let object = Array(#"{"pin":12345678,"tokenCount":77}"#.utf8)
        let values: [(String, [UInt8])] = [
            ("password", number), ("cardNumber", number), ("credentials", Self.array),
            ("login", object), ("otp", Self.integer),
            ("pair", Array(#"{"name":"Authorization","value":12345678}"#.utf8)),
        ]
        for (name, value) in values { command += [Array("sessionAttr:\(name)".utf8), value] }
        try server.command(command)
        return server
    }

    private static let wholes = [
        "show one-two", "list -o json --fields attributes", "list -o tree", "show one-two --typed",
        "show one-two -o tree", "show one-two -o json",
    ]
    private static let singles = ["password", "cardNumber", "otp", "login.pin"].flatMap { path in
        ["list --fields attr.\(path)", "list -o csv --fields attr.\(path)", "count --by attr.\(path)"]
    }
    private static let values =
        ["password", "cardNumber", "otp", "login.pin", "credentials", "credentials[0]", "login", "pair", "pair.value"]
        .flatMap { path in
            ["tree", "json", "tsv"].map { form in "get one-two \(path) -o \(form)" }
        }

    @Test(arguments: wholes + singles + values)
    func stayMaskedUntilRevealed(_ line: String) throws {
        let server = try server()
        defer { server.stop() }
        let masked = CommandRun(line, on: server)
        #expect(masked.status == .done && !masked.out.contains("12345678"), "\(masked.out)\(masked.err)")
        let revealed = CommandRun(line + " --reveal", on: server)
        #expect(revealed.status == .done && revealed.out.contains("12345678"), "\(revealed.out)\(revealed.err)")
    }

    @Test(arguments: ["password", "otp", "login.pin", "login"])
    func areNotWrittenRaw(_ path: String) throws {
        let server = try server()
        defer { server.stop() }
        let run = CommandRun("get one-two \(path) -o raw", on: server)
        #expect(run.status == .usage && run.out.isEmpty, "\(run.out)\(run.err)")
    }

    /// What is about a secret is shown, and filters and orders see the numbers themselves.
    @Test func theRestIsShownAndFound() throws {
        let server = try server()
        defer { server.stop() }
        #expect(CommandRun("get one-two login", on: server).out == "{\"pin\":\"••••\",\"tokenCount\":77}\n")
        #expect(CommandRun("get one-two login.tokenCount", on: server).out == "77\n")
        for test in ["attr.login.pin>12345677", "attr.otp=12345678", "attr.password<12345679"] {
            let run = CommandRun(["list", "--where", test, "--sort", "attr.otp", "-o", "tsv"], on: server)
            #expect(run.status == .done && run.out.contains("one-two"), "\(run.out)\(run.err)")
        }
    }
}
