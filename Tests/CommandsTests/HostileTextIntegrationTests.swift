import TestSupport
import Testing

@testable import Commands
@testable import Terminal

/// Text from the data that would drive a terminal never reaches one.
struct HostileTextIntegrationTests {
    private static let hostile = "a\u{1B}[2J\u{9B}31m\u{7}\u{202E}\u{2028}\u{200B}\r\u{8}b"

    /// Hostile text as id, namespace, principal, attribute's name and value, and as a key of bytes that are no text.
    private func server() throws -> RedisServer {
        let server = try RedisServer()
        let text = Array(Self.hostile.utf8)
        let index = "sessionAttr:org.springframework.session.FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME"
        for key in [text + Array(":sessions:".utf8) + text, Array("x:sessions:".utf8) + [0xFF, 0x1B, 0xC0, 0x80]] {
            try server.command([
                Array("HSET".utf8), key, Array("lastAccessedTime".utf8), Array("1".utf8), Array(index.utf8), text,
                Array("sessionAttr:".utf8) + text, text, Array("sessionAttr:bytes".utf8),
                [0xFE, 0x1B, 0x5B, 0x32, 0x4A],
                text, text,
            ])
        }
        return server
    }

    /// Every scalar that reached the terminal and must not.
    private func dangers(_ bytes: [UInt8]) -> [String] {
        guard let text = String(validating: bytes, as: UTF8.self) else { return ["no UTF-8"] }
        return text.unicodeScalars.filter { scalar in
            switch scalar.properties.generalCategory {
            case .control: return scalar != "\n"
            case .format, .lineSeparator, .paragraphSeparator, .surrogate: return true
            default: return false
            }
        }.map { $0.escaped(asASCII: true) }
    }

    @Test(
        arguments: OutputForm.allCases.map { "list -o \($0.rawValue)" }
            + ["table", "tree", "json", "jsonl", "csv", "tsv"].map {
                "list -o \($0) --fields id,key,namespace,principal,attributes,finding"
            } + ["show user:HOSTILE", "show --typed user:HOSTILE", "keys user:HOSTILE", "get user:HOSTILE bytes"]
            + [
                "show HOSTILE-", "list --where HOSTILE", "HOSTILE", "list --HOSTILE", "-u HOSTILE list",
                "decode HOSTILE", "help HOSTILE",
            ] + Self.census)
    func reachesATerminalOnlyEscaped(_ line: String) throws {
        let server = try server()
        defer { server.stop() }
        let words = line.split(separator: " ").map { String($0).replacing("HOSTILE", with: Self.hostile) }
        let options = ["--no-pager", "-s", server.socketPath]
        let isList = ["list", "show", "keys", "get", "stats", "users", "count", "cookie"].contains(words[0])
        let run = CommandRun(
            words + (isList ? options : []), environment: ["NO_COLOR": "1"],
            screen: TerminalSize(rows: 1000, columns: 200))
        // The separators of the form itself.
        let separators = line.contains("-o csv") ? "\r\n" : line.contains("-o tsv") ? "\t" : "\n"
        let out = run.out.replacing(separators, with: "\n")
        #expect(dangers(Array(out.utf8)) == [], "\(line)")
        // The progress line is the program's own: it goes back to the line's start and clears it.
        let messages = run.err.replacing("\r\u{1B}[K", with: "").replacing("\r", with: "")
        #expect(dangers(Array(messages.utf8)) == [], "\(line)")
        #expect(!run.outBytes.isEmpty || !run.errBytes.isEmpty)
    }

    private static let census = [
        "stats -o table", "stats -o prometheus", "stats -o json", "users", "users -o csv", "users -o json",
        "count --by principal", "count --by namespace -o json", "count --by class", "cookie user:HOSTILE",
        "cookie user:HOSTILE -o raw", "cookie --decode HOSTILE", "list --fields attr.HOSTILE,id", "count --by HOSTILE",
        "list --fields HOSTILE", "count --where attr.HOSTILE~HOSTILE",
    ]

    /// A line feed of data would begin a line that looks like the program's own.
    @Test(arguments: [
        "get user:u none", "get user:u none.x", "show user:u", "expire user:u --dry-run", "list --fields id,attributes",
        "show prefix", "set user:u none.x=1 --dry-run", "expire user:u --in 1h --yes",
    ]) func noNameForgesALine(_ line: String) throws {
        let server = try RedisServer()
        defer { server.stop() }
        let forged = "\nsessionctl: forged"
        let index = "sessionAttr:org.springframework.session.FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME"
        for id in ["prefix1", "prefix2"] {
            try server.command(
                "HSET", "spring:session:sessions:\(id)\(forged)", index, "u", "sessionAttr:a\(forged)", "v")
        }
        let run = CommandRun(
            line.split(separator: " ").map(String.init) + ["-s", server.socketPath], environment: ["NO_COLOR": "1"])
        let lines = (run.out + run.err).split(separator: "\n")
        #expect(!lines.isEmpty && !lines.contains { $0.hasPrefix("sessionctl: forged") }, "\(run.out) \(run.err)")
    }

    /// What a pipe carries may end on a terminal, as with `| head`.
    @Test(
        arguments: ["table", "tree", "json", "jsonl", "csv", "tsv"].map {
            "list -o \($0) --fields id,key,namespace,principal,attributes,finding"
        } + [
            "show user:HOSTILE", "show user:HOSTILE -o json", "show --typed user:HOSTILE", "keys user:HOSTILE",
            "keys user:HOSTILE -o csv", "get user:HOSTILE HOSTILE", "get user:HOSTILE HOSTILE -o json",
            "stats", "stats -o table", "stats -o prometheus", "users", "users -o json", "count --by principal",
            "cookie user:HOSTILE", "cookie --decode HOSTILE",
        ])
    func reachesAPipeOnlyEscaped(_ line: String) throws {
        let server = try server()
        defer { server.stop() }
        let words = line.split(separator: " ").map { String($0).replacing("HOSTILE", with: Self.hostile) }
        let run = CommandRun(words, on: server)
        let separators = line.contains("-o csv") ? ["\r\n"] : ["\n", "\t"]
        let out = separators.reduce(run.out) { $0.replacing($1, with: "\n") }
        #expect(dangers(Array(out.utf8)) == [], "\(line)")
        #expect(!run.outBytes.isEmpty)
    }

    @Test func aPipeGetsTheBytesAsTheyAreIfAsked() throws {
        let server = try server()
        defer { server.stop() }
        let keys = CommandRun("list -o raw --sort=key", on: server).outBytes
        #expect(
            keys.split(separator: 10).contains { Array($0) == Array("x:sessions:".utf8) + [0xFF, 0x1B, 0xC0, 0x80] })
    }
}
