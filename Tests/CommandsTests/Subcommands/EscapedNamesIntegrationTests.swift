import TestSupport
import Testing

@testable import Commands
@testable import Terminal

/// What is printed as a name is accepted as one.
struct EscapedNamesIntegrationTests {
    private static let ids: [[UInt8]] = [
        [0x69, 0x64, 0x2D, 0xFF, 0xFE, 0x2D, 0x31, 0x32], Array("line\nbreak\ttab".utf8),
        Array("back\\slash\\nid".utf8),
        Array("over\u{202E}ride\u{E0041}".utf8), [0x6C, 0x6F, 0x6E, 0x65, 0xED, 0xA0, 0xBD, 0x2E],
    ]
    private static let attributes: [[UInt8]] = [
        [0x61, 0xFF, 0x2E, 0x62], Array("new\nline".utf8), Array("dot.t\\x[0]".utf8), [0xED, 0xA0, 0xBD], [0xC0],
    ]

    private func server() throws -> RedisServer {
        let server = try RedisServer()
        for id in Self.ids {
            var command = [Array("HSET".utf8), Array("spring:session:sessions:".utf8) + id]
            for field in ["creationTime", "lastAccessedTime", "maxInactiveInterval"] {
                command += [Array(field.utf8), Array("1800".utf8)]
            }
            for name in Self.attributes {
                command += [Array("sessionAttr:".utf8) + name, Array("value of ".utf8) + name]
            }
            try server.command(command)
        }
        return server
    }

    @Test(arguments: [nil, "table", "tsv", "csv", "tree"])
    func idsAndKeysAreTakenAsListShowsThem(_ form: String?) throws {
        let server = try server()
        defer { server.stop() }
        let words =
            ["list", "--fields", "id", "-q"] + (form == "tree" ? ["-o", "table"] : form.map { ["-o", $0] } ?? [])
        for name in CommandRun(words, on: server).out.split(whereSeparator: \.isNewline).map(String.init)
        where name.lowercased() != "id" {
            for word in [name, "id:" + name, "key:spring:session:sessions:" + name] {
                let run = CommandRun(["get", word, "new\nline"], on: server)
                #expect(run.status == .done, "\(word): \(run.err)")
            }
        }
    }

    /// An error says keys of which one has to be named.
    @Test func keysAreTakenAsAnErrorNamesThem() throws {
        let server = try server()
        defer { server.stop() }
        for namespace in ["a", "b"] {
            try server.command([
                Array("HSET".utf8), Array("\(namespace):sessions:same-".utf8) + [0xFF], Array("creationTime".utf8),
                Array("1".utf8),
            ])
        }
        let said = CommandRun(["show", "same-\\xff"], on: server).err
        #expect(said.contains("key:a:sessions:same-\\xff\n"))
        #expect(CommandRun(["show", "key:a:sessions:same-\\xff"], on: server).status == .done)
        let missing = CommandRun(["show", "key:\\xff"], on: server)
        #expect(missing.status == .notFound && missing.err.contains("'\\xff'"), "\(missing.err)")
    }

    @Test func attributesAreTakenAsTheyAreShown() throws {
        let server = try server()
        defer { server.stop() }
        let id = "id-\\xff\\xfe-12"
        let screen = TerminalSize(rows: 1000, columns: 200)
        let shown: [(String, (String) -> String?)] = [
            ("show", { $0.hasPrefix("attr.") ? String($0.dropFirst(5).prefix { $0 != "\t" }) : nil })
        ]
        for (command, name) in shown {
            let names = CommandRun([command, id], on: server).out.split(separator: "\n").compactMap { name(String($0)) }
            #expect(names.count == Self.attributes.count)
            for name in names {
                let run = CommandRun(["get", id, name], on: server)
                #expect(run.status == .done && !run.out.contains("\u{FFFD}"), "\(name): \(run.err)")
            }
        }
        let list = CommandRun(["list", "--fields", "id,attributes", "--pattern", "*-12"], on: server)
        #expect(list.out.contains("a\\xff.b") && list.out.contains("\\ud83d") && !list.out.contains("\u{FFFD}"))
        let table = CommandRun(
            ["list", "--fields", "attributes", "--pattern", "*-12", "--no-pager"], on: server, screen: screen)
        #expect(table.out.contains("a\\xff.b") && !table.out.contains("\u{FFFD}"))
        let error = CommandRun(["get", id, "nothing"], on: server)
        #expect(error.err.contains("a\\xff.b, ") && !error.err.contains("\u{FFFD}"), "\(error.err)")
    }
}
