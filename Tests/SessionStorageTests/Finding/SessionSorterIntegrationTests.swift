import Foundation
import Sessions
import TestSupport
import Testing

@testable import SessionStorage

/// Sorting in little memory gives the same as sorting in plenty.
struct SessionSorterIntegrationTests {
    private static let parts: SessionParts = [.principal, .timeToLive, .variant, .size, .attributes]

    private func sorted(
        _ sessions: [Session], by word: String, limit: Int? = nil, memory: Int, folder: String? = nil
    ) throws -> (keys: [[UInt8]], runs: Int, kept: Int) {
        var sorter = SessionSorter(
            field: try SessionField(word: word), limit: limit, memory: memory, temporaryFolder: folder,
            isBefore: FieldValue.areInOrder)
        for session in sessions { try sorter.insert(session, now: 1_800_000_000_000) }
        let runs = sorter.runCount
        var entries: [SessionSorter.Entry] = []
        try sorter.finish { some in
            entries += some
            return true
        }
        return (entries.map { $0.key }, runs, entries.filter { $0.session != nil }.count)
    }

    private func allSessions() throws -> [Session] {
        let server = try RedisServer()
        defer { server.stop() }
        try server.loadAllFixtures()
        var sessions: [Session] = []
        let scan = SessionScan(parts: Self.parts)
        _ = try scan.run(on: server.store()) { session in
            sessions.append(session)
            return true
        }
        return sessions
    }

    @Test func givesTheSameOrderInLittleMemory() throws {
        let sessions = try allSessions()
        #expect(sessions.count == 141)
        var compared = 0
        for word in SessionField.named.filter({ $0 != .attributes }).map({ $0.name }) + [
            "attr.int", "attr.name", "attr.map",
        ] {
            let usual = try sorted(sessions, by: word, memory: SessionSorter.usualMemory)
            #expect(usual.runs == 0 && usual.kept == 141 && Set(usual.keys).count == 141)
            let little = try sorted(sessions, by: word, memory: 2000)
            #expect(little.runs > 5 && little.kept == 0, "\(word): \(little.runs)")
            #expect(little.keys == usual.keys, "\(word)")
            let keys = try sorted(sessions, by: word, memory: 200_000)
            #expect(keys.runs == 0 && keys.kept == 0 && keys.keys == usual.keys, "\(word)")
            for limit in [0, 1, 10, 200] {
                let few = try sorted(sessions, by: word, limit: limit, memory: 2000)
                #expect(few.keys == Array(usual.keys.prefix(limit)), "\(word) \(limit)")
            }
            compared += 1
        }
        #expect(compared == 19)
    }

    @Test func leavesNoFileBehind() throws {
        let folder = NSTemporaryDirectory() + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var sessions: [Session] = []
        for number in 0..<1000 {
            sessions.append(Session(id: [], format: "x", key: Array("k\(number)".utf8), timeToLive: .none))
        }
        var sorter = SessionSorter(
            field: .key, limit: nil, memory: 10_000, temporaryFolder: folder, isBefore: FieldValue.areInOrder)
        for session in sessions { try sorter.insert(session, now: 0) }
        #expect(sorter.runCount > 5)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [])
    }

    @Test func saysWhereItCouldNotWrite() throws {
        #expect {
            _ = try sorted(
                (0..<100).map { Session(id: [], format: "x", key: [$0], timeToLive: .none) }, by: "key", memory: 1000,
                folder: "/nowhere/at/all")
        } throws: { error in
            guard case .temporaryFile(let reason) = error as? StorageError else { return false }
            return reason.contains("/nowhere/at/all") && reason.contains("No such file")
        }
    }

    /// Values of every kind, longer than a buffer of the file too.
    @Test func valuesComeBackFromTheFile() throws {
        let long = String(repeating: "ü", count: 100_000)
        let values: [FieldValue] = try [
            .missing, .never, .parts, .text(""), .text("a\u{0}b"), .number(.min), .number(.max), .time(-1),
            .boolean(true),
            .boolean(false), .many([]), .many(["", "x", long]), .decimal(#require(ExactNumber("-1.5e-300"))),
            .text(long),
        ]
        let runs = try SortedRuns(folder: "/tmp")
        let entries = values.map { SessionSorter.Entry(value: $0, key: Array("key\0".utf8), session: nil) }
        try runs.append(entries)
        try runs.append([])
        try runs.append(entries)
        var compared = 0
        for var reader in runs.readers() {
            var index = 0
            while let entry = try reader.next() {
                #expect(entry.value == values[index] && entry.key == Array("key\0".utf8))
                index += 1
                compared += 1
            }
        }
        #expect(compared == 28)
    }
}
