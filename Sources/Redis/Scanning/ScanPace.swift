/// How many keys the next SCAN asks for (its COUNT).
///
/// 100 to 300 keys with their commands are the fastest batch: with fewer the round trip weighs, with more what SCAN
/// touched has left the server's cache before the commands come. Where little comes back for a COUNT (MATCH, or keys
/// that are none of ours) it grows; where much comes it shrinks, so that memory stays flat with sessions of megabytes.
struct ScanPace {
    private(set) var count = 100

    /// SCAN past one key takes the server 4-5 µs: 2000 are 10 ms.
    private static let most = 2000
    private static let least = 10
    private static let mostBytes = 4 << 20

    /// Learns from a batch: its keys, the commands sent for them, and the bytes of the replies that came last.
    mutating func adjust(keys: Int, commands: Int, replyBytes: Int) {
        if keys > 1000 || commands > 400 || replyBytes > Self.mostBytes {
            count = max(count / 2, Self.least)
        } else if keys < 300 && commands < 50 && replyBytes < Self.mostBytes / 8 {
            count = min(count * 2, Self.most)
        } else if count < 100 && replyBytes < Self.mostBytes / 4 {
            count = min(count * 2, 100)
        }
    }
}
