import TestSupport
import Testing

@testable import Redis

struct ReplyReaderTests {
    /// A reply with what `random` makes of it, at most `depth` arrays deep.
    private func reply(depth: Int, _ random: inout SeededRandom) -> RedisReply {
        switch Int.random(in: depth > 0 ? 0...7 : 0...5, using: &random) {
        case 0, 1:
            let count = Bool.random(using: &random) ? 3 : Int.random(in: 0...3000, using: &random)
            return .string((0..<count).map { _ in UInt8.random(in: 0...255, using: &random) })
        case 2: return .status("status \(random.next())")
        case 3: return .error("ERR \(random.next())")
        case 4: return .integer(Int64(bitPattern: random.next()))
        case 5: return .null
        default:
            return .array((0..<Int.random(in: 0...6, using: &random)).map { _ in reply(depth: depth - 1, &random) })
        }
    }

    private func wire(_ reply: RedisReply) -> [UInt8] {
        switch reply {
        case .string(let bytes): Array("$\(bytes.count)\r\n".utf8) + bytes + [13, 10]
        case .status(let text): Array("+\(text)\r\n".utf8)
        case .error(let text): Array("-\(text)\r\n".utf8)
        case .integer(let value): Array(":\(value)\r\n".utf8)
        case .null: Array("$-1\r\n".utf8)
        case .array(let elements): Array("*\(elements.count)\r\n".utf8) + elements.flatMap { wire($0) }
        }
    }

    /// Feeds the bytes in pieces of random size, and returns the replies that came of them.
    private func read(
        _ bytes: [UInt8], upTo count: Int, _ random: inout SeededRandom
    ) throws(RedisError.Cause) -> [RedisReply] {
        let reader = ReplyReader()
        var batch = ReplyBatch()
        var rest = bytes[...]
        var taken = 0
        while taken < count && !rest.isEmpty {
            let piece = Array(rest.prefix(Int.random(in: 1...5000, using: &random)))
            rest = rest.dropFirst(piece.count)
            try feed(piece, to: reader)
            taken += try reader.take(upTo: count - taken, into: &batch)
        }
        var replies: [RedisReply] = []
        var index = 0
        while replies.count < taken {
            replies.append(batch.reply(at: index))
            index = batch.index(after: index)
        }
        return replies
    }

    /// `Array.withUnsafeBytes` knows no typed throws.
    private func feed(_ bytes: [UInt8], to reader: ReplyReader) throws(RedisError.Cause) {
        try bytes.span.bytes.withUnsafeBytes { bytes throws(RedisError.Cause) in try reader.feed(bytes) }
    }

    @Test func readsBackWhateverItsPieces() throws {
        var random = SeededRandom(for: "replies in pieces")
        for _ in 0..<200 {
            let replies = (0..<20).map { _ in reply(depth: 6, &random) }
            #expect(try read(replies.flatMap { wire($0) }, upTo: 20, &random) == replies)
        }
    }

    @Test func survivesChangedBytes() throws {
        var random = SeededRandom(for: "replies with changed bytes")
        var refused = 0
        let changes = Array("$*:+-0129\r\n\0\u{7f}ab".utf8)
        for _ in 0..<2000 {
            var bytes = (0..<5).map { _ in reply(depth: 4, &random) }.flatMap { wire($0) }
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                bytes[place] = changes[Int.random(in: 0..<changes.count, using: &random)]
            }
            do throws(RedisError.Cause) {
                let replies = try read(bytes, upTo: 50, &random)
                #expect(replies.count <= 50)
            } catch {
                #expect([.protocolViolation, .overLimit].contains(error.kind))
                refused += 1
            }
        }
        #expect(refused > 0)
    }

    @Test func givesTheMemoryOfLargeRepliesBackAndGoesOn() throws {
        let reader = ReplyReader()
        var batch = ReplyBatch()
        for size in [10, 9 << 20, 10] {
            batch.removeAll()
            let value = [UInt8](repeating: 0x61, count: size)
            try feed(wire(.string(value)), to: reader)
            #expect(try reader.take(upTo: 1, into: &batch) == 1)
            reader.trim()
            #expect(batch.reply(at: 0) == .string(value))
        }
    }
}
