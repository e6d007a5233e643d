import JavaSerialization
import Testing

struct NameCacheTests {
    @Test func remembersANameUntilOthersTakeItsPlaces() {
        var cache = NameCache(slotCount: 2)
        var values: [String?] = [nil, nil]
        // Of a value that is kept beside a slot the name is the one that was asked for, whatever came between.
        for round in 0..<50 {
            for name in ["cart", "user", "roles", "cart", "prefs", "user"] {
                guard let slot = cache.slot(for: Array(name.utf8).span.bytes) else { continue }
                if slot.isHit { #expect(values[slot.index] == name, "\(round)") }
                values[slot.index] = name
            }
        }
    }

    @Test func knowsEachOfAFewNamesAgain() {
        var cache = NameCache(slotCount: 512)
        let names = (0..<40).map { Array("java.util.Class\($0)".utf8) }
        for name in names { #expect(cache.slot(for: name.span.bytes)?.isHit == false) }
        #expect(names.filter { cache.slot(for: $0.span.bytes)?.isHit == true }.count >= 38)
    }

    @Test func tellsNamesOfTheSameBeginningApart() {
        var cache = NameCache(slotCount: 1024)
        var seen: [Int: Int] = [:]
        for length in 0...64 {
            let name = [UInt8](repeating: 0x61, count: length)
            if let slot = cache.slot(for: name.span.bytes) { seen[slot.index] = length }
        }
        for (index, length) in seen {
            let slot = cache.slot(for: [UInt8](repeating: 0x61, count: length).span.bytes)
            #expect(slot?.index == index && slot?.isHit == true)
        }
    }

    @Test func longNamesHaveNoSlot() {
        var cache = NameCache(slotCount: 2)
        #expect(cache.slot(for: [UInt8](repeating: 0x61, count: NameCache.longestName).span.bytes) != nil)
        #expect(cache.slot(for: [UInt8](repeating: 0x61, count: NameCache.longestName + 1).span.bytes) == nil)
    }
}
