import Testing

@testable import Redis

struct CommandBatchTests {
    private func text(_ batch: borrowing CommandBatch) -> String {
        batch.wire().withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
    }

    @Test func writesCommandsAsTheProtocolHasThem() {
        var batch = CommandBatch()
        batch.append([Array("GET".utf8), []])
        #expect(text(batch) == "*2\r\n$3\r\nGET\r\n$0\r\n\r\n")
        batch.append("HMGET", Array("0123456789".utf8).span.bytes, arguments: [[0x61], [0x62]])
        #expect(text(batch).hasSuffix("*4\r\n$5\r\nHMGET\r\n$10\r\n0123456789\r\n$1\r\na\r\n$1\r\nb\r\n"))
        #expect(batch.count == 2)
    }

    @Test func writesNumbers() {
        var batch = CommandBatch()
        batch.begin(3)
        batch.add(0)
        batch.add(Int.min)
        batch.add(Int.max)
        #expect(text(batch) == "*3\r\n$1\r\n0\r\n$20\r\n\(Int.min)\r\n$19\r\n\(Int.max)\r\n")
    }

    @Test func isUsedAgain() {
        var batch = CommandBatch()
        for size in [1, 100_000, 20 << 20, 1] {
            batch.removeAll()
            batch.append([[UInt8](repeating: 0x61, count: size)])
            #expect(text(batch) == "*1\r\n$\(size)\r\n\(String(repeating: "a", count: size))\r\n")
        }
    }
}
