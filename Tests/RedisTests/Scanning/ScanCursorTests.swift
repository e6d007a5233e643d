import Testing

@testable import Redis

struct ScanCursorTests {
    /// The cursors of a walk over a table of `size`, as the server counts them.
    private func walk(_ size: UInt64) -> [ScanCursor] {
        var cursor: UInt64 = 0
        var cursors: [ScanCursor] = []
        repeat {
            cursors.append(ScanCursor(cursor))
            // The carry goes from the highest bit of the mask down.
            var bit = size / 2
            while bit > 0, cursor & bit != 0 {
                cursor ^= bit
                bit /= 2
            }
            cursor |= bit
        } while cursor != 0
        return cursors
    }

    @Test func aWalkComesToThemInTheirOrder() {
        #expect(walk(8).map(\.number) == [0, 4, 2, 6, 1, 5, 3, 7])
        for size: UInt64 in [1, 2, 4, 1024, 65536] {
            let cursors = walk(size)
            #expect(cursors.count == Int(size) && cursors == cursors.sorted())
        }
    }

    /// What was walked before a cursor of the one table lies before it in the other: a bucket is several in a larger table.
    @Test(arguments: [(UInt64(16), UInt64(256)), (256, 16)]) func theOrderIsTheSameInTablesOfOtherSizes(
        _ before: UInt64, _ after: UInt64
    ) {
        let mask = min(before, after) - 1
        for place in walk(before) {
            for cursor in walk(after) where cursor.number & mask != place.number & mask {
                let isBefore = ScanCursor(cursor.number & mask) < ScanCursor(place.number & mask)
                #expect((cursor < place) == isBefore, "\(cursor) \(place)")
            }
        }
    }

    @Test func isReadFromTheWholeRange() {
        #expect(ScanCursor(decimal: Array("18446744073709551615".utf8))?.number == .max)
        #expect(ScanCursor(decimal: Array("0".utf8)) == ScanCursor(0))
        for text in ["", "18446744073709551616", "-1", "next"] { #expect(ScanCursor(decimal: Array(text.utf8)) == nil) }
        #expect(ScanCursor(1 << 63) < ScanCursor(1) && ScanCursor(0) < ScanCursor(1 << 63))
    }
}
