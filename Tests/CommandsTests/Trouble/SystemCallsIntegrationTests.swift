import Foundation
import TestSupport
import Testing

/// Data are never executed, looked up, opened or connected to: seen from the system calls of the program.
struct SystemCallsIntegrationTests {
    /// Values that would have something opened, resolved, connected to or run by whoever gave them to the classes they name.
    private static let temptations: [(String, [UInt8])] = [
        ("file", JavaBytes.string("/etc/passwd")), ("url", JavaBytes.string("http://127.0.0.1:1/x")),
        ("jndi", JavaBytes.string("${jndi:ldap://127.0.0.1:1/a}")), ("command", JavaBytes.string("; touch /tmp/owned")),
        ("class", JavaBytes.object(of: Array("org.apache.commons.collections.functors.InvokerTransformer".utf8))),
        ("token", Array("eyJhbGciOiJSUzI1NiIsImprdSI6Imh0dHA6Ly8xMjcuMC4wLjE6MS9rIn0.eyJzdWIiOiJhIn0.c2ln".utf8)),
        ("include", Array(#"{"$ref":"file:///etc/passwd"}"#.utf8)),
        ("entity", Array("<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>".utf8)),
    ]

    @Test(arguments: [
        ["list", "--fields", "id,principal,attributes", "-o", "json"], ["list", "-o", "tree"],
        ["show", "user:http://127.0.0.1:1/"],
    ])
    func hostileDataReachNoSystemCallOfTheirOwn(_ arguments: [String]) throws {
        let (empty, hostile) = (try RedisServer(), try RedisServer())
        defer { for server in [empty, hostile] { server.stop() } }
        let fields = Self.temptations.flatMap { [Array("sessionAttr:\($0.0)".utf8), $0.1] }
        let principal = Array(
            "sessionAttr:org.springframework.session.FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME".utf8)
        try hostile.command(Trouble.session("tempting", fields + [principal, JavaBytes.string("http://127.0.0.1:1/")]))
        for trouble in try Trouble.values() { try hostile.pipeline(trouble.commands) }
        for stream in ["lambda", "proxy", "url-inet", "class-objects", "exception"] {
            let bytes = try Fixtures.bytes("java-streams/\(stream).ser")
            try hostile.command(Trouble.attribute("stream", bytes, of: "stream-\(stream)"))
        }
        let (quiet, busy) = (try calls(arguments, on: empty), try calls(arguments, on: hostile))
        #expect(quiet.contains { $0.hasPrefix("connect ") } && quiet.contains { $0.hasPrefix("execve ") })
        #expect(busy.subtracting(quiet).isEmpty, "\(busy.subtracting(quiet))")
    }

    /// What the program opened, ran, looked at and connected to; the server's own directory, which is the home as well, by one name.
    private func calls(_ arguments: [String], on server: RedisServer) throws -> Set<String> {
        let log = server.directory.appendingPathComponent("calls.txt").path
        let tracing = ["-f", "-qq", "-s", "300", "-e", "trace=%network,%file,%process", "-o", log]
        let outcome = try BuiltProgram.run(
            ["--no-pager", "-s", server.socketPath] + arguments, environment: ["HOME": server.directory.path],
            under: ["strace"] + tracing)
        #expect([0, 1, 6].contains(outcome.status), "\(outcome.errors)")
        let lines = try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n")
        let interesting = [
            "open", "openat", "execve", "connect", "stat", "newfstatat", "access", "readlink", "socket", "clone",
            "fork", "vfork", "unlink", "rename", "mkdir",
        ]
        return Set(
            lines.compactMap { line in
                let call = line.drop { $0.isNumber || $0 == " " }
                guard interesting.contains(where: { call.hasPrefix($0 + "(") }) else { return nil }
                let name = call.prefix { $0 != "(" }
                // What is opened or run stands between the first quotes; of a socket all but its number, since what is large is
                // fetched over a second connection.
                let parts = call.split(separator: "\"", maxSplits: 2, omittingEmptySubsequences: false)
                let socket = call.dropFirst(name.count).split(separator: " = ").first ?? ""
                let what = String(parts.count > 1 ? parts[1] : socket)
                return "\(name) \(what.replacing(server.directory.path, with: "SERVER"))"
            })
    }
}
