import TestSupport
import Testing

@testable import Commands
@testable import Terminal

/// `show`, `get` and `keys` in their forms.
struct SessionGoldenIntegrationTests {
    private static let spring = "005378cd-a172-4c64-84d1-96bd70ef6e56"
    private static let tomcat = "019FD27FA8CDFE34BA952952AFAA4F22"

    /// Values that share objects and hold themselves.
    private static let shared = "916410E7C8B37B0A6E942751F9BE3594"

    @Test(
        arguments: [
            ("show-spring.txt", "show \(spring) -o tree", nil), ("show-spring.json", "show \(spring) -o json", nil),
            ("show-tomcat.txt", "show \(tomcat)", 100), ("show-tomcat.json", "show \(tomcat) -o json", nil),
            ("show-typed.json", "show \(spring) --typed", nil), ("show-shared.txt", "show \(shared)", 100),
            ("show-shared.json", "show \(shared) -o jsonl", nil), ("show.tsv", "show \(spring) \(tomcat)", nil),
            ("get-tree.txt", "get \(shared) ring", 100), ("get.json", "get \(shared) ring -o json", nil),
            ("get.tsv", "get \(tomcat) user", nil), ("keys-table.txt", "keys \(spring) \(tomcat)", 120),
            ("keys.tsv", "keys \(spring) \(tomcat)", nil), ("keys.csv", "keys \(spring) -o csv", nil),
            ("keys.json", "keys \(spring) -o json", nil), ("keys-raw.txt", "keys \(spring) -o raw", nil),
        ] as [(String, String, Int?)])
    func looksLikeThis(_ file: String, _ line: String, _ columns: Int?) throws {
        let server = try RedisServer()
        defer { server.stop() }
        try server.load(FixtureStore("spring-session-2.7.4-indexed"), forever: true)
        try server.load(FixtureStore("tomcat9-redis-session-manager"), forever: true)
        let screen = columns.map { TerminalSize(rows: 500, columns: $0) }
        let run = CommandRun(line, on: server, environment: ["NO_COLOR": "1"], screen: screen)
        #expect(run.status == .done, "\(run.err)")
        try Golden.compare(run.out, with: file, in: #filePath)
    }
}
