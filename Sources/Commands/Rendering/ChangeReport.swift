import SessionStorage
import Sessions
import Terminal

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// A line of JSON for each session and what became of it: in a file, on standard output, or both (docs/json.md).
final class ChangeReport {
    private let file: OutputSink?
    private let path: String
    private let descriptor: Int32
    private let form: OutputForm
    private let context: CommandContext

    /// - Parameter path: the file; lines are added, and nobody else may read it, as ids of sessions are as good as passwords.
    init(_ path: String?, form: OutputForm, context: CommandContext) throws(Failure) {
        self.form = form
        self.context = context
        self.path = path ?? ""
        guard let path else {
            (file, descriptor) = (nil, -1)
            return
        }
        descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw .usage(
                "--report '\(path)' cannot be written: \(String(cString: strerror(errno))); nothing was changed")
        }
        file = OutputSink(descriptor: descriptor)
        // A line that another run did not finish stays one of its own.
        if Self.endsInsideALine(path) { file?.write("\n") }
    }

    private static func endsInsideALine(_ path: String) -> Bool {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size > 0 else { return false }
        let reading = open(path, O_RDONLY | O_CLOEXEC)
        guard reading >= 0 else { return false }
        defer { close(reading) }
        var last: UInt8 = 0
        return pread(reading, &last, 1, status.st_size - 1) == 1 && last != UInt8(ascii: "\n")
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Whether the file could not be written to.
    var hasFailed: Bool { file.map { $0.failure != nil } ?? false }

    /// What became of sessions.
    func write(_ sessions: [SessionOutcome], at now: Int64) throws {
        var writer = JSONWriter()
        for session in sessions { session.write(at: now, to: &writer) }
        try put(writer.takeBytes())
    }

    /// What was done, in one object where that is the form.
    func finish(_ counts: [String: Int], matched: Int) {
        guard form == .json else { return }
        var writer = JSONWriter(layout: .indented)
        writer.beginObject()
        writer.name("matched")
        writer.integer(matched)
        for (word, count) in counts.sorted(by: { $0.key < $1.key }) {
            writer.name(word)
            writer.integer(count)
        }
        writer.endObject()
        writer.endLine()
        context.output.write(bytes: writer.takeBytes())
    }

    private func put(_ bytes: [UInt8]) throws {
        file?.write(bytes: bytes)
        do {
            try file?.flush()
        } catch {
            throw Failure(.partial, "--report '\(path)': \(error)", advice: "what was done until then is told above")
        }
        guard form == .jsonl else { return }
        context.output.write(bytes: bytes)
        try context.output.flush()
    }
}
