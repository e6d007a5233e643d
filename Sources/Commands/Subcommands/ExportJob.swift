import Redis
import SessionStorage
import Sessions
import Terminal

/// An export from its first look to its last word.
struct ExportJob {
    let context: CommandContext
    let store: SessionStore
    let selection: SelectionOptions
    /// Where the sessions go; `-` is standard output.
    let file: String
    let form: ExportForm
    let rate: Int?
    let quiet: Bool

    /// What became of the sessions.
    private struct Tally {
        var looked = 0
        var written = 0
        var ended = 0
        var gone = 0
        /// Sessions that could not be read whole.
        var refused = 0
        /// Sessions that are in the file as they are at the store.
        var held: Int { looked - ended - gone - refused }
    }

    func run() throws -> ExitStatus {
        let server = try ChangeServer(of: store.connection)
        store.clockOffset = server.time - context.clock()
        let filter = try selection.filter(now: now)
        let export = try open()
        let (keys, status) = try walk(filter)
        let reader = try ExportReader(filter, of: MigrationBatch.Side(store, server))
        var tally = Tally()
        do {
            try write(keys, reader, to: export, &tally)
        } catch StorageError.archive(let problem) {
            let number = Self.sessions(export.count)
            throw Failure(
                .partial, "\(problem)", advice: "\(file) has \(number) so far; the same command goes on with it")
        }
        // What could not be read was meant to be in it.
        let isWhole = status == .done && tally.refused == 0
        if goesOn, isWhole { try export.finish(at: context.clock()) }
        conclude(tally, export)
        if context.isInterrupted() { return .interrupted }
        return context.output.wantsMore && isWhole ? status : .partial
    }

    private var now: Int64 { context.clock() + store.clockOffset }
    private var goesOn: Bool { context.output.wantsMore && !context.isInterrupted() }
    private var temporaryFolder: String { context.environment["TMPDIR"] ?? "/tmp" }

    private func open() throws -> any SessionExport {
        let origin = ExportOrigin(
            identity: identity, source: store.endpoint.absolute, version: SessionctlCommand.version,
            began: context.clock())
        guard file != "-" else {
            let sink = JSONSink(sink: context.output, isForTerminal: context.screen != nil)
            return try SessionLinesExport.stream(origin) { sink.write($0) }
        }
        switch form {
        case .archive: return try SessionArchive.open(file, for: origin)
        case .jsonl:
            return try SessionLinesExport.open(
                file, for: origin, folder: temporaryFolder, isInterrupted: context.isInterrupted)
        }
    }

    /// What makes it the same job. A digest, as a filter may speak of secrets.
    private var identity: String {
        let words = [store.endpoint.absolute, String(store.endpoint.database)] + selection.filters
        let text = (words + [selection.pattern ?? ""]).joined(separator: "\u{0}")
        return String(decoding: SHA1.hexadecimal(of: Array(text.utf8)), as: UTF8.self)
    }

    private func walk(_ filter: SessionFilter) throws -> (KeySpool, ExitStatus) {
        let keys = KeySpool(folder: temporaryFolder)
        var walk = SessionWalk(
            context: context, quiet: quiet, filter: filter, needs: SessionNeeds([]), pattern: selection.pattern)
        walk.offset = store.clockOffset
        let summary = try walk.run(on: store) { session, _, _ throws(StorageError) in
            try keys.append(session.key)
            return goesOn
        }
        return (keys, walk.conclude(summary, .done))
    }

    private func write(
        _ keys: KeySpool, _ reader: ExportReader, to export: any SessionExport, _ tally: inout Tally
    ) throws {
        let progress = context.progress("exporting", unit: "sessions", quiet: quiet)
        defer { progress.hide() }
        let json = ExportJSON(context)
        let rate = SessionRate(rate, in: context)
        try keys.forEach(rate.sessionsAtOnce) { some in
            var rest = some[...]
            while !rest.isEmpty, goesOn {
                let readings = try reader.read(Array(rest), now: now)
                rest = rest.dropFirst(max(readings.count, 1))
                var sessions: [ExportedSession] = []
                for reading in readings { note(reading, json, &sessions, &tally) }
                // Whoever wants to stop may have stopped in the middle of a value.
                guard goesOn else { return false }
                tally.written += try export.write(sessions)
                if file == "-" { try context.output.flush() }
                progress.update(done: tally.looked, total: keys.count)
                rate.wait(after: tally.looked) { goesOn }
            }
            return goesOn
        }
    }

    private func note(
        _ reading: ExportReader.Reading, _ json: ExportJSON, _ sessions: inout [ExportedSession], _ tally: inout Tally
    ) {
        tally.looked += 1
        switch reading {
        case .session(let session, let kept):
            sessions.append(ExportedSession(kept, principal: session.principal, json: json.text(of: session, now: now)))
        case .left(let session):
            switch session.outcome {
            case .ended: tally.ended += 1
            case .gone: tally.gone += 1
            default:
                tally.refused += 1
                let id = EscapedName.text(of: session.id)
                context.say("session '\(id)' is not exported: \(session.outcome.detail ?? session.outcome.word)")
            }
        }
    }

    private func conclude(_ tally: Tally, _ export: any SessionExport) {
        guard !quiet else { return }
        let place = file == "-" ? "standard output" : file
        guard goesOn else {
            let wayOn = file == "-" ? "" : "; the same command goes on with it"
            return context.say("interrupted: \(place) has \(Self.sessions(export.count)) so far\(wayOn)")
        }
        var line = "exported \(Self.sessions(tally.held)) to \(place)"
        if tally.written < tally.held {
            line += ", of which \(tally.written) \(tally.written == 1 ? "was" : "were") new or changed"
        }
        if tally.ended > 0 { line += "; \(tally.ended) had ended and \(tally.ended == 1 ? "is" : "are") left out" }
        context.say(line)
        let others = export.count - tally.held
        if others > 0 {
            let words = others == 1 ? ("is", "was") : ("are", "were")
            context.say("\(Self.sessions(others)) of earlier runs \(words.0) in it too, which \(words.1) not found now")
        }
        if tally.written > 0 { context.say("\(place) holds sessions in clear: who can read it can take them over") }
    }

    private static func sessions(_ count: Int) -> String { count == 1 ? "1 session" : "\(count) sessions" }
}

/// Sessions as an export has them for people and other programs: typed, and nothing is masked, as their keys stand beside it.
struct ExportJSON {
    private let style: SessionListStyle
    private let attributes: AttributeJSON

    private static let fields: [SessionField] = [
        .id, .format, .variant, .namespace, .key, .principal, .created, .accessed, .interval, .expires, .attributes,
    ]

    init(_ context: CommandContext) {
        var rendering = ValueRendering(context, reveal: true)
        rendering.typed = true
        style = SessionListStyle(
            fields: Self.fields, palette: Palette(isEnabled: false), width: nil, rendering: rendering)
        attributes = AttributeJSON(rendering)
    }

    /// `null` where it would be larger than a reader of lines need hold: the keys have it all.
    func text(of session: Session, now: Int64) -> [UInt8] {
        var writer = JSONWriter()
        SessionJSON.write(session, style, attributes, now: now, to: &writer)
        let bytes = writer.takeBytes()
        return bytes.count <= Self.most ? bytes : Array("null".utf8)
    }

    private static let most = 32 << 20
}
