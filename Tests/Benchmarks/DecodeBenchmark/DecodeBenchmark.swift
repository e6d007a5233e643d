import Glibc
import JavaSerialization

/// Prints the median of the nanoseconds that one session of a corpus takes to read.
///
/// With a number of passes it makes exactly these, so that `valgrind --tool=callgrind` counts the same instructions each time.
@main
struct DecodeBenchmark {
    static func main() {
        let arguments = CommandLine.arguments
        guard (2...3).contains(arguments.count), let sessions = SessionCorpus.read(arguments[1]) else {
            print("usage: decode-benchmark FILE [PASSES]")
            exit(2)
        }
        do {
            print(try median(sessions, exactly: arguments.count == 3 ? Int(arguments[2]) : nil))
        } catch {
            print(error)
            exit(1)
        }
    }

    private static func median(_ sessions: [Session], exactly count: Int?) throws(JavaStreamError) -> UInt64 {
        let graph = JavaGraph()
        var passes: [UInt64] = []
        let end = now() + 3_000_000_000
        while count.map({ passes.count < $0 }) ?? (now() < end || passes.count < 5) {
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
