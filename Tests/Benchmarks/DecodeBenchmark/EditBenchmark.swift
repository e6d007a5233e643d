import Glibc
import JavaSerialization
import Sessions

/// Prints the nanoseconds that it takes to read a session, set one place in it and write it, as a median of passes over a file.
///
/// `plan` is all that `set ID PATH=TEXT` does but the wire: the session is read from its record, and the plan has the new value and the
/// digests by which a conflict is told. `value` is the last value of each session alone, a stream that is read, changed and written.
struct EditBenchmark {
    enum Work: String { case plan, value }

    private let work: Work
    private let records: [StoredRecord]
    private let values: [[UInt8]]
    private let edit: SessionEdit
    private let steps: [AttributePath.Step]
    private let context = ChangeContext(now: 1_800_000_000_000)

    static func run(_ work: Work, _ arguments: [String]) {
        guard let sessions = SessionCorpus.read(arguments[2]), let edits = Int(arguments[3]) else { exit(2) }
        do {
            let benchmark = try EditBenchmark(work, sessions, arguments[4], .text(arguments[5]))
            print(try benchmark.median(passes: max(3, edits / max(sessions.count, 1))))
        } catch {
            print(error)
            exit(1)
        }
    }

    private init(_ work: Work, _ sessions: [Session], _ path: String, _ value: NewValue) throws {
        self.work = work
        values = sessions.compactMap { $0.last?.value }
        records = sessions.map(Self.record)
        edit = SessionEdit([AttributeEdit(path, .set(value))])
        steps = try AttributePath(path).steps
    }

    /// A Spring session is a hash, a Tomcat session a string.
    private static func record(_ session: Session) -> StoredRecord {
        if session.count == 1, let (name, value) = session.first, name.isEmpty {
            return StoredRecord(key: Array(repeating: 0x41, count: 32), content: .string(value), timeToLive: .none)
        }
        return StoredRecord(
            key: Array("spring:session:sessions:0".utf8),
            content: .hash(session.map { StoredField($0.name, $0.value) }), timeToLive: .none)
    }

    private func median(passes count: Int) throws -> UInt64 {
        var passes: [UInt64] = []
        for _ in 0..<count {
            let start = now()
            switch work {
            case .plan: for record in records { try plan(record) }
            case .value: for value in values { try change(value) }
            }
            passes.append((now() - start) / UInt64(max(records.count, 1)))
        }
        return passes.sorted()[passes.count / 2]
    }

    private func plan(_ record: StoredRecord) throws {
        guard let session = SessionFormats.session(from: record, now: context.now) else { throw NothingWritten() }
        let plan = try SessionChanges.edit(SessionGroup(session: session, record: record), edit, context)
        guard plan.commands.count == 1 else { throw NothingWritten() }
    }

    private func change(_ value: [UInt8]) throws {
        guard case .set(let new)? = edit.changes.first?.operation else { return }
        let written = try JavaPathEdit(graph: JavaGraph(value), content: 0).applying(.set(new), at: steps)
        guard written != value else { throw NothingWritten() }
    }

    private struct NothingWritten: Error {}
}
