import SessionStorage
import Terminal
import TestSupport
import Testing

@testable import Commands
@testable import Redis

@Suite struct ShellCompleterTests {
    private func offered(_ line: String, _ server: RedisServer) -> [String] {
        let names = SessionNames(
            connect: { () throws(RedisError) in
                try RedisConnection.connect(to: RedisEndpoint(.unix(path: server.socketPath)))
            }, clock: { 0 })
        let word = line.split(separator: " ", omittingEmptySubsequences: false).last.map(String.init) ?? ""
        guard
            case .words(let words, _) = ShellCompleter(names: names).complete(CompletionRequest(line: line, word: word))
        else { return ["files"] }
        return words.filter { $0.utf8.starts(with: word.utf8) }.sorted()
    }

    @Test func offersIdsAndPrincipals() throws {
        let server = try RedisServer.withSpringSessions()
        #expect(offered("use ", server).count == 11)
        #expect(offered("use bbb", server) == ["bbb893b2-0fd5-458f-a3f6-4a39db3ee156"])
        #expect(offered("show x id:bbb", server) == ["id:bbb893b2-0fd5-458f-a3f6-4a39db3ee156"])
        #expect(offered("keys user:fr", server) == ["user:frank"])
        #expect(offered("use key:spring:session:sessions:bbb", server).count == 1)
        #expect(offered("use nothing", server) == [])
        #expect(offered("li", server) == ["list"])
    }

    @Test func quotesAsTheWordWasBegun() {
        func offer(_ raw: String, _ piece: String, ends: Bool = true) -> [String] {
            let open = ShellWords(raw).open ?? ShellWords.OpenWord()
            let completion = ShellCompleter.offer(["user:John Doe", "it's"], for: open, piece, endsWord: ends)
            guard case .words(let words, _) = completion else { return [] }
            return words
        }
        #expect(offer("us", "us") == [#"user:John\ Doe"#])
        #expect(offer(#"user:John\ D"#, "D") == ["Doe"])
        #expect(offer("\"user:John D", "D") == ["Doe\""])
        #expect(offer("'us", "'us") == ["'user:John Doe'"])
        #expect(offer("'us", "'us", ends: false) == ["'user:John Doe"])
        #expect(offer(#"it\'"#, #"it\'"#) == [#"it\'s"#])
        #expect(offer("us", "something else") == [])
    }

    @Test func asksNothingInAComment() throws {
        let server = try RedisServer()
        #expect(offered("list # us", server) == [])
    }
}
