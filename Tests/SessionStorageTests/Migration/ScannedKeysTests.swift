import Redis
import TestSupport
import Testing

@testable import SessionStorage

struct ScannedKeysTests {
    private static func key(_ number: Int) -> [UInt8] { Array("key \(number)".utf8) }

    /// The cursor of the batch with that number, in a table of 65536.
    private static func cursor(_ batch: Int) -> ScanCursor { ScanCursor(UInt64(UInt16(batch).reversedBits)) }

    /// Keys in batches of `size`.
    private static func keys(_ count: Int, size: Int, mostMarks: Int = 4096) throws -> ScannedKeys {
        let keys = ScannedKeys(folder: "/tmp", mostMarks: mostMarks)
        for number in 0..<count {
            if number % size == 0 { keys.begin(at: cursor(number / size)) }
            try keys.append(key(number))
        }
        return keys
    }

    private static func all(_ keys: ScannedKeys, from start: KeySpool.Position) throws -> [[UInt8]] {
        var all: [[UInt8]] = []
        try keys.forEach(7, from: start) { some in
            all += some
            return true
        }
        return all
    }

    /// Some of them are in the temporary file, and some in memory.
    @Test(arguments: [0, 1, 30, 999, 40_000]) func thoseBehindAPlaceComeFirst(_ batch: Int) throws {
        let keys = try Self.keys(40_000, size: 10)
        let start = keys.start(at: Self.cursor(batch))
        #expect(start.index == min(batch, 3999) * 10)
        let order = Array(start.index..<40_000) + Array(0..<start.index)
        #expect(try Self.all(keys, from: start) == order.map { Self.key($0) })
    }

    @Test func whoStopsStopsBeforeTheOthersAsWell() throws {
        let keys = try Self.keys(100, size: 10)
        var calls = 0
        try keys.forEach(60, from: keys.start(at: Self.cursor(5))) { some in
            calls += 1
            #expect(some.count == 50)
            return false
        }
        #expect(calls == 1)
    }

    @Test func aPlaceIsTheBatchThatIsNotAllDone() throws {
        let keys = try Self.keys(100, size: 10)
        func place(_ done: Int, from batch: Int = 0) -> ScanCursor? {
            keys.place(after: done, from: keys.start(at: Self.cursor(batch)))
        }
        #expect(place(0) == Self.cursor(0) && place(9) == Self.cursor(0) && place(10) == Self.cursor(1))
        #expect(place(99) == Self.cursor(9) && place(100) == nil)
        // Those before the place of the last time come at the end.
        #expect(place(59, from: 4) == Self.cursor(9) && place(60, from: 4) == Self.cursor(0))
        #expect(place(99, from: 4) == Self.cursor(3) && place(100, from: 4) == nil)
    }

    /// A place that is kept is an earlier one then, never a later one.
    @Test func ofManyCursorsFewerAreHeld() throws {
        let keys = try Self.keys(5000, size: 5, mostMarks: 16)
        for batch in stride(from: 0, to: 1000, by: 7) {
            let start = keys.start(at: Self.cursor(batch))
            #expect(start.index <= batch * 5 && start.index > (batch - 130) * 5)
            let place = try #require(keys.place(after: batch * 5, from: .first))
            #expect(place <= Self.cursor(batch) && keys.start(at: place).index == start.index)
        }
    }

    @Test func whereNoCursorsAreToldTheOrderIsTheOneOfTheWalk() throws {
        let keys = ScannedKeys(folder: "/tmp")
        try keys.append(Self.key(1))
        #expect(keys.start(at: ScanCursor(5)).index == 0 && keys.place(after: 0, from: .first) == nil)
        // Batches without sessions leave nothing.
        for number: UInt64 in [16, 8, 4] { keys.begin(at: ScanCursor(number)) }
        try keys.append(Self.key(2))
        #expect(keys.start(at: ScanCursor(4)).index == 1 && keys.start(at: ScanCursor(8)).index == 0)
    }
}

extension UInt16 {
    fileprivate var reversedBits: UInt16 { (0..<16).reduce(0) { $0 | ((self >> $1) & 1) << (15 - $1) } }
}
