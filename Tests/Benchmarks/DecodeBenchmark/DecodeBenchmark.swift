import Glibc
import JavaSerialization

/// Prints the median of the nanoseconds that one session of a corpus takes to read.
@main
struct DecodeBenchmark {
    static func main() {
        guard CommandLine.arguments.count == 2, let sessions = SessionCorpus.read(CommandLine.arguments[1]) else {
            print("usage: decode-benchmark FILE")
            exit(2)
        }
        do {
            print(try median(sessions))
        } catch {
            print(error)
            exit(1)
        }
    }

    private static func median(_ sessions: [Session]) throws(JavaStreamError) -> UInt64 {
        let graph = JavaGraph()
        var passes: [UInt64] = []
        let end = now() + 3_000_000_000
        while now() < end || passes.count < 5 {
            let start = now()
            for session in sessions { for value in session { try graph.read(value) } }
            passes.append((now() - start) / UInt64(max(sessions.count, 1)))
        }
        return passes.sorted()[passes.count / 2]
    }

    private static func now() -> UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}
