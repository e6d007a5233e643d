import Sessions
import Terminal
import TestSupport
import Testing

@testable import Commands

/// What is written on a second thread is the same, in the same order, as what is written on the first.
@Suite struct ThreadedListWriterTests {
    private static let many = 4 * ThreadedListWriter.startsAfter

    /// Sessions with attributes of real stores, and among them some with a value that cannot be decoded.
    private static func sessions(_ count: Int) throws -> [Session] {
        let stores = ["spring-session-3.5.7-indexed", "tomcat9-redis-session-manager"].map { FixtureStore($0) }
        let records = try stores.flatMap { try $0.records() }
        let real = records.compactMap { fixture -> Session? in
            let content: StoredRecord.Content =
                switch fixture.content {
                case .string(let bytes): .string(bytes)
                case .hash(let fields): .hash(fields.map { StoredField($0.name, $0.value) })
                default: .other(type: fixture.type)
                }
            return SessionFormats.session(from: StoredRecord(key: fixture.key, content: content), now: 0)
        }
        try #require(real.count > 10)
        return (0..<count).map { index in
            var session = real[index % real.count]
            session.id = Array("session \(index)".utf8)
            if index % 300 == 299 {
                session.attributes = [SessionAttribute(name: [0x78], value: .stored([0xAC, 0xED, 0, 5, 0x73]))]
            }
            // Some are so large that they go over alone.
            if index % 500 == 400 { session.sizeBytes = 5 << 20 }
            return session
        }
    }

    private static func style() -> SessionListStyle {
        SessionListStyle(
            fields: [.id, .class, .attributes], palette: Palette(isEnabled: false), width: nil,
            rendering: ValueRendering(reveal: false, now: 0, isInterrupted: { false }))
    }

    private static func write(_ sessions: [Session], _ writer: consuming some SessionListWriter) {
        var writer = writer
        for session in sessions { writer.write(session, now: 0) }
        writer.finish()
        writer.abandon()
    }

    @Test(arguments: [true, false], [0, 1, ThreadedListWriter.startsAfter, ThreadedListWriter.startsAfter + 1, many])
    func writesTheSame(isArray: Bool, count: Int) throws {
        let sessions = try Self.sessions(count)
        let (plain, threaded) = (OutputSink.memory(), OutputSink.memory())
        let styles = (Self.style(), Self.style())
        Self.write(sessions, JSONListWriter(styles.0, plain, isArray: isArray, isForTerminal: false))
        Self.write(
            sessions,
            ThreadedListWriter(to: threaded) {
                JSONListWriter(styles.1, $0, isArray: isArray, isForTerminal: false)
            })
        #expect(threaded.held == plain.held)
        #expect(plain.held.count >= 300 * count)
        let problems = (styles.0.rendering.problems, styles.1.rendering.problems)
        #expect(problems.1.named == problems.0.named && problems.1.count == problems.0.count)
        #expect((problems.1.count == 0) == (count < 300))
    }

    /// A list that breaks off shows what came before, and is not closed as if it were complete.
    @Test func showsWhatCameBeforeAnError() throws {
        let sessions = try Self.sessions(Self.many)
        let sink = OutputSink.memory()
        let style = Self.style()
        var writer = ThreadedListWriter(to: sink) {
            JSONListWriter(style, $0, isArray: true, isForTerminal: false)
        }
        for session in sessions { writer.write(session, now: 0) }
        writer.abandon()
        let text = String(decoding: sink.held, as: UTF8.self)
        #expect(text.hasPrefix("[\n"))
        #expect(text.contains(#""id":"session \#(Self.many - 1)""#))
        #expect(!text.hasSuffix("]\n"))
    }
}
