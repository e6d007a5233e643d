import Glibc
import Redis
import SessionStorage
import Sessions

/// Prints how many sessions a second the parts of a logout take by themselves.
///
/// `evalsha SOCKET DATABASE` reads all sessions and makes their plans, and measures only the pipeline of the scripts' calls, as
/// `expire` sends them. `keep SOCKET DATABASE FOLDER` measures only what the undo archive writes to the disk.
@main
struct ChangeBenchmark {
    private static let sessionsAtOnce = 100

    static func main() {
        let arguments = CommandLine.arguments
        guard arguments.count >= 4, let database = Int(arguments[3]) else {
            print("usage: change-benchmark evalsha SOCKET DATABASE | keep SOCKET DATABASE FOLDER")
            exit(2)
        }
        do {
            let endpoint = RedisEndpoint(.unix(path: arguments[2]), database: database)
            let store = try SessionStore(
                connect: { () throws(RedisError) in try RedisConnection.connect(to: endpoint) },
                now: { Int64(now() * 1000) })
            let benchmark = try ChangeBenchmark(store: store)
            print(
                arguments[1] == "evalsha" ? try benchmark.evalsha() : try benchmark.keep(in: arguments[4]))
        } catch {
            print(error)
            exit(1)
        }
    }

    let store: SessionStore
    let connection: RedisConnection
    let server: ChangeServer
    private var batches: [[PlannedChange]] = []

    private init(store: SessionStore) throws {
        self.store = store
        connection = try store.changeConnection()
        server = try ChangeServer(of: store.connection)
        var keys: [[UInt8]] = []
        _ = try SessionScan(parts: []).run(on: store) { session in
            keys.append(session.key)
            return true
        }
        let groups = GroupFetch(of: store, on: connection, server, needs: SessionNeeds([], attributes: .none))
        let context = ChangeContext(now: server.time)
        for start in stride(from: 0, to: keys.count, by: Self.sessionsAtOnce) {
            let some = Array(keys[start..<min(start + Self.sessionsAtOnce, keys.count)])
            batches.append(
                try groups.groups(at: some).compactMap { group in
                    guard let group else { return nil }
                    return PlannedChange(plan: try SessionChanges.expire(group, context), group: group)
                })
        }
    }

    private var count: Int { batches.reduce(0) { $0 + $1.count } }

    /// Two batches in flight: the server always has one.
    private func evalsha() throws -> Int {
        var execution = PlanExecution(on: connection)
        let prepared = batches.map { Prepared(execution.prepare($0.map(\.plan))) }
        let start = Self.now()
        var waiting: [PlanExecution.Sent] = []
        for batch in prepared {
            waiting.append(try execution.send(batch.commands))
            if waiting.count == 2 { _ = execution.results(of: waiting.removeFirst()) }
        }
        for rest in waiting { _ = execution.results(of: rest) }
        return Int(Double(count) / (Self.now() - start))
    }

    /// Calls that were put together before the time is taken.
    private final class Prepared {
        let commands: PlanExecution.Prepared
        init(_ commands: consuming PlanExecution.Prepared) { self.commands = commands }
    }

    private func keep(in folder: String) throws -> Int {
        let recorder = StateRecorder(store, on: connection, server)
        let kept = try batches.map { try recorder.kept($0) }
        let archive = try UndoArchive.open(environment: ["XDG_STATE_HOME": folder])
        let start = Self.now()
        let change = try archive.begin(
            ArchivedChange.Origin(
                command: ["benchmark"], endpoint: "\(store.endpoint)", database: 0, version: "0", server: nil),
            at: 0)
        for batch in kept { _ = try archive.keep(batch, of: change) }
        try archive.finish(change, isComplete: true, at: 0)
        return Int(Double(count) / (Self.now() - start))
    }

    private static func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
