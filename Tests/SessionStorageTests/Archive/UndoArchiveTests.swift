import Sessions
import TestSupport
import Testing

@testable import SessionStorage

struct UndoArchiveTests {
    @Test func keepsSessionsInTheirOrder() throws {
        let folder = try ArchiveFolder()
        let archive = try folder.open()
        let change = try archive.begin(.sample, at: 1000)
        let first = try archive.keep(KeptSession.samples(3), of: change)
        let second = try archive.keep(KeptSession.samples(4, from: 3), of: change)
        #expect(first == 0..<3)
        #expect(second == 3..<7)
        try archive.record([.changed, .left, .unknown], from: 0, of: change)
        try archive.record([.changed], from: 2, of: change)
        try archive.finish(change, isComplete: true, at: 2000)

        let found = try folder.open().all(of: change)
        #expect(found.map(\.session) == KeptSession.samples(7))
        #expect(found.map(\.place) == Array(0..<7))
        #expect(found.map(\.outcome) == [.changed, .left, .changed, nil, nil, nil, nil])
    }

    @Test func listsChangesNewestFirst() throws {
        let folder = try ArchiveFolder()
        try folder.fill([KeptSession.samples(2), []])
        let archive = try folder.open()
        let running = try archive.begin(.sample, at: 77)
        let changes = try folder.open().changes()
        #expect(changes.map(\.number) == [3, 2, 1])
        #expect(changes.map(\.state) == [.running, .done, .done])
        #expect(changes.map(\.began) == [77, 1, 0])
        #expect(changes.map(\.ended) == [nil, 2, 1])
        #expect(changes.allSatisfy { $0.origin == .sample })
        #expect(changes[2].counts.sessions == 2)
        #expect(changes[2].counts.changed == 2)
        #expect(changes[2].bytes > 5400)
        try archive.finish(running, isComplete: false, at: 78)
        #expect(try folder.open().change(running)?.state == .interrupted)
        #expect(try archive.change(4) == nil)
        #expect(try archive.change(.max) == nil)
        #expect(try archive.change(-1) == nil)
    }

    /// A process that was killed has finished nothing.
    @Test func aChangeWithoutItsProcessIsInterrupted() throws {
        let folder = try ArchiveFolder()
        do {
            let archive = try folder.open()
            _ = try archive.keep(KeptSession.samples(1), of: try archive.begin(.sample, at: 1))
        }
        let change = try #require(try folder.open().change(1))
        #expect(change.state == .interrupted)
        #expect(change.ended == nil)
        #expect(change.counts.unknown == 1)
    }

    @Test func findsSomeIds() throws {
        let folder = try ArchiveFolder()
        let sessions = KeptSession.samples(1000, size: 100)
        try folder.fill([sessions])
        let archive = try folder.open()
        let wanted: Set = [sessions[5].id, sessions[990].id, Array("nobody".utf8)]
        #expect(try archive.all(of: 1, ids: wanted).map(\.place) == [5, 990])
        #expect(try archive.all(of: 1).count == 1000)
    }

    @Test func handsOutLittleAtATime() throws {
        let folder = try ArchiveFolder()
        try folder.fill([KeptSession.samples(10, size: 1 << 20), KeptSession.samples(700, size: 10)])
        let archive = try folder.open()
        var large = try archive.sessions(of: 1)
        #expect(try large.next().count <= 5)
        var many = try archive.sessions(of: 2)
        #expect(try many.next().count == ArchivedSessions.atOnce)
        #expect(try archive.all(of: 2).count == 700)
    }

    /// While a change is gone through, others write, and so does the reader itself.
    @Test func isReadWhileItIsWritten() throws {
        let folder = try ArchiveFolder()
        let writing = try folder.open()
        let reading = try folder.open()
        let change = try writing.begin(.sample, at: 1)
        _ = try writing.keep(KeptSession.samples(400, size: 100), of: change)
        var sessions = try reading.sessions(of: change)
        let some = try sessions.next()
        _ = try writing.keep(KeptSession.samples(400, from: 400, size: 100), of: change)
        try reading.markUndone(some.map(\.place), of: change, at: 99)
        let other = try reading.begin(.sample, at: 2)
        _ = try reading.keep(some.map(\.session), of: other)
        #expect(try sessions.next().count == 100)
        #expect(try sessions.next().isEmpty)
        let counts = try #require(try writing.change(change)?.counts)
        #expect(counts.sessions == 800)
        #expect(counts.undone == 300)
        #expect(try writing.all(of: change).prefix(301).map(\.undone) == Array(repeating: 99, count: 300) + [nil])
    }

    /// One at a time takes a change back.
    @Test func aChangeIsTakenBackByOneAtATime() throws {
        let folder = try ArchiveFolder()
        let (archive, other) = (try folder.open(), try folder.open())
        do {
            let mark = try archive.markUndoing(1)
            let found = problem { _ = try other.markUndoing(1) }
            #expect(found?.kind == .busy && found?.description.contains("is being taken back already") == true)
            _ = try other.markUndoing(2)
            withExtendedLifetime(mark) {}
        }
        _ = try other.markUndoing(1)
    }

    @Test func refusesChangesThatAreNotMadeHere() throws {
        let folder = try ArchiveFolder()
        try folder.fill([KeptSession.samples(1)])
        let archive = try folder.open()
        #expect(problem { _ = try archive.keep([], of: 1) }?.kind == .unknownChange)
        #expect(problem { try archive.record([.left], from: 0, of: 1) }?.kind == .unknownChange)
        #expect(problem { try archive.finish(1, isComplete: true, at: 0) }?.kind == .unknownChange)
        #expect(problem { _ = try archive.sessions(of: 2) }?.kind == .unknownChange)
        #expect(problem { try archive.markUndone([1], of: 1, at: 0) }?.kind == .unknownChange)
        #expect(problem { try archive.markUndone([-1], of: 1, at: 0) }?.kind == .unknownChange)
        let change = try archive.begin(.sample, at: 0)
        #expect(problem { try archive.record([.left], from: 0, of: change) }?.kind == .unknownChange)
    }

    @Test func tenMegabytesAndNothingAreKept() throws {
        let folder = try ArchiveFolder()
        let big = KeptSession(
            id: [], key: [], format: "tomcat", variant: nil,
            states: [
                KeyState(
                    key: [0], role: .session, content: .string(.init(repeating: 7, count: 10 << 20)), expiresAt: nil)
            ], result: [])
        try folder.fill([[big], []])
        #expect(try folder.everything() == [[big], []])
    }

    @Test func writesAreSyncedBeforeTheFirstCommand() throws {
        let folder = try ArchiveFolder()
        let archive = try folder.open()
        let change = try archive.begin(.sample, at: 0)
        #expect(try archive.database.integer("PRAGMA synchronous") == 2)
        _ = try archive.keep(KeptSession.samples(1), of: change)
        try archive.record([.changed], from: 0, of: change)
        #expect(try archive.database.integer("PRAGMA synchronous") == 1)
        _ = try archive.keep(KeptSession.samples(1), of: change)
        #expect(try archive.database.integer("PRAGMA synchronous") == 2)
    }

    @Test func aBusyArchiveIsAClearError() throws {
        let folder = try ArchiveFolder()
        let writing = try folder.open()
        let other = try #require(try UndoArchive(writing.file, patienceMilliseconds: 50))
        try writing.database.execute("BEGIN IMMEDIATE")
        let found = try #require(problem { _ = try other.begin(.sample, at: 0) })
        #expect(found.kind == .busy)
        #expect(found.description.contains(folder.path))
        #expect(found.description.contains("another sessionctl"))
        try writing.database.execute("ROLLBACK")
        #expect(try other.begin(.sample, at: 0) == 1)
    }

    @Test func needsRoomForTheEstimateAndSomeMore() throws {
        let spare = UndoArchive.spareBytes
        try UndoArchive.requireRoom(forBytes: 1000, free: 1000 + spare, at: "/x")
        let found = try #require(problem { try UndoArchive.requireRoom(forBytes: 1000, free: 999 + spare, at: "/x") })
        #expect(found.kind == .full)
        #expect(found.description.contains("--no-undo"))
        #expect(problem { try UndoArchive.requireRoom(forBytes: .max, free: .max, at: "/x") }?.kind == .full)
        let folder = try ArchiveFolder()
        let archive = try folder.open()
        try archive.requireRoom(forBytes: 1)
        #expect(problem { try archive.requireRoom(forBytes: 1 << 60) }?.kind == .full)
    }

    /// Within a tenth of what the file grows by.
    @Test func estimatesWhatASessionTakes() throws {
        for size in [200, 1100, 2700, 9000, 60_000] {
            let folder = try ArchiveFolder()
            let sessions = KeptSession.samples(300, size: size)
            try folder.fill([sessions])
            let estimate = try folder.open().bytes(for: sessions[0]) * 300
            let grown = try folder.bytes().count
            #expect(Double(estimate) > 0.9 * Double(grown) - 500_000, "\(size): \(estimate) of \(grown)")
            #expect(Double(estimate) < 1.3 * Double(grown), "\(size): \(estimate) of \(grown)")
        }
    }
}
