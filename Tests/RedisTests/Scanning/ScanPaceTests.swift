import Testing

@testable import Redis

struct ScanPaceTests {
    private func count(after batches: Int, keys: Int, commands: Int, replyBytes: Int) -> Int {
        var pace = ScanPace()
        for _ in 0..<batches { pace.adjust(keys: keys, commands: commands, replyBytes: replyBytes) }
        return pace.count
    }

    @Test func staysWhereBatchesAreRight() {
        #expect(count(after: 50, keys: 100, commands: 100, replyBytes: 270_000) == 100)
        #expect(count(after: 50, keys: 120, commands: 360, replyBytes: 30_000) == 100)
    }

    @Test func growsWhereFewKeysAreOurs() {
        #expect(count(after: 1, keys: 3, commands: 3, replyBytes: 8000) == 200)
        #expect(count(after: 50, keys: 0, commands: 0, replyBytes: 0) == 2000)
    }

    @Test func shrinksWhereMuchComes() {
        #expect(count(after: 1, keys: 1500, commands: 0, replyBytes: 0) == 50)
        #expect(count(after: 50, keys: 100, commands: 100, replyBytes: 50 << 20) == 10)
    }

    @Test func recoversAfterLargeSessions() {
        var pace = ScanPace()
        for _ in 0..<5 { pace.adjust(keys: 100, commands: 100, replyBytes: 50 << 20) }
        for _ in 0..<5 { pace.adjust(keys: 60, commands: 60, replyBytes: 100_000) }
        #expect(pace.count == 100)
    }
}
