import Glibc
import JavaSerialization
import Sessions

/// Prints the median of the nanoseconds that one session of a corpus takes: `read` into a graph, `write` as the plain JSON of
/// `list` and `show` too, for which every string and number is decoded, or `encode` as streams again.
///
/// With a number of passes it makes exactly these, so that `valgrind --tool=callgrind` counts the same instructions each time.
@main
struct DecodeBenchmark {
    static func main() {
        let arguments = CommandLine.arguments
        if arguments.count == 6, let work = EditBenchmark.Work(rawValue: arguments[1]) {
            return EditBenchmark.run(work, arguments)
        }
        guard (3...4).contains(arguments.count), let work = Work(rawValue: arguments[1]),
            let sessions = SessionCorpus.read(arguments[2])
        else {
            print("usage: decode-benchmark read|write|encode FILE [PASSES] | plan|value FILE EDITS PATH TEXT")
            exit(2)
        }
        do {
            let benchmark = DecodeBenchmark(sessions: sessions, work: work)
            print(try benchmark.median(exactly: arguments.count == 4 ? Int(arguments[3]) : nil))
        } catch {
            print(error)
            exit(1)
        }
    }

    enum Work: String { case read, write, encode }

    let sessions: [Session]
    let work: Work

    private func median(exactly count: Int?) throws -> UInt64 {
        let graph = JavaGraph()
        var plain = PlainJSON(of: graph)
        plain.reveal = true
        var passes: [UInt64] = []
        let end = now() + 3_000_000_000
        while count.map({ passes.count < $0 }) ?? (now() < end || passes.count < 5) {
            let start = now()
            for session in sessions { try decode(session, graph, &plain) }
            passes.append((now() - start) / UInt64(max(sessions.count, 1)))
        }
        return passes.sorted()[passes.count / 2]
    }

    private func decode(_ session: Session, _ graph: JavaGraph, _ plain: inout PlainJSON) throws {
        var writer = JSONWriter()
        writer.beginArray()
        for (_, value) in session {
            try graph.read(value)
            if work == .encode { _ = try graph.encoded() }
            guard work == .write else { continue }
            let nodes = graph.contents
            plain.take(graph)
            for node in nodes { try plain.write(node, to: &writer) }
        }
        writer.endArray()
    }

}

/// Nanoseconds of a clock that only goes forward.
func now() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
}
