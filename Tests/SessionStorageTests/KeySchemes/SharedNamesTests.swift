import TestSupport
import Testing

@testable import Redis
@testable import SessionStorage

struct SharedNamesTests {
    /// Names that share a place, among them such as differ in one byte, short ones and long ones: each comes back as it is.
    @Test func everyNameStaysItself() {
        var random = SeededRandom(seed: 11)
        var batch = ReplyBatch()
        var names: [[UInt8]] = []
        for _ in 0..<3000 {
            var name = [UInt8](repeating: UInt8(ascii: "n"), count: Int(random.next() % 140))
            if !name.isEmpty { name[Int(random.next() % UInt64(name.count))] = UInt8(random.next() % 3) }
            names.append(name)
            name.withUnsafeBytes { batch.addBytes(.string, from: $0.baseAddress, count: $0.count) }
        }
        var shared = SharedNames()
        for (index, name) in names.enumerated() { #expect(shared.array(of: batch[index], in: batch) == name) }
    }
}
