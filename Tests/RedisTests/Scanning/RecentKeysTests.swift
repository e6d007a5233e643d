import TestSupport
import Testing

@testable import Redis

struct RecentKeysTests {
    @Test func knowsExactlyTheLast65536() {
        var random = SeededRandom(seed: 7)
        var recent = RecentKeys()
        // Half of the hashes fall into one bucket, so that chains are long.
        let hashes = (0..<200_000).map { number in
            number % 40 == 0 ? UInt64(number) << 16 : random.next()
        }
        var repeated = 0
        for hash in hashes where !recent.insert(hash: hash) { repeated += 1 }
        #expect(repeated == 0)
        for hash in hashes.suffix(1 << 16) where !recent.insert(hash: hash) { repeated += 1 }
        #expect(repeated == 1 << 16)
        let isForgotten = recent.insert(hash: hashes[hashes.count - (1 << 16) - 1])
        #expect(isForgotten)
    }

    @Test func tellsKeysApartByTheirBytes() {
        var recent = RecentKeys()
        let keys: [[UInt8]] = [[], [0], [0, 0], [1], Array("key".utf8)]
        let first = keys.map { recent.insert($0.span.bytes) }
        let second = keys.map { recent.insert($0.span.bytes) }
        #expect(first == [true, true, true, true, true])
        #expect(second == [false, false, false, false, false])
    }
}
