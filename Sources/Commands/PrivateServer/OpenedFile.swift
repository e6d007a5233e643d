import Redis
import SessionStorage
import Terminal

/// A file with sessions in it, served by a redis-server that nobody else knows: so every command that reads a store reads it.
///
/// The server ends with the object.
final class OpenedFile {
    let file: StoreFile
    /// Whether not all sessions are in it that were meant: the export was interrupted.
    private(set) var isIncomplete = false
    private let server: PrivateServer
    private let context: CommandContext

    /// Of an RDB file all are there, however many the Redis had that it is of.
    private static let databases = 4096
    /// It is never far, and busy while it loads.
    static let timeouts = RedisTimeouts(connect: .seconds(10), progress: .seconds(60))

    /// Reads the file, and tells what of it has ended since.
    init(_ file: StoreFile, in context: CommandContext) throws {
        self.file = file
        self.context = context
        switch file.kind {
        case .rdb:
            try Self.check(file)
            server = try PrivateServer(
                for: file.title, environment: context.environment, dump: file.path, databases: Self.databases)
            try waitUntilLoaded()
        case .archive:
            let opened = try Self.open(file, in: context)
            server = try PrivateServer(for: file.title, environment: context.environment)
            isIncomplete = !opened.isComplete
            try load(opened.archive)
        case .tokens:
            server = try PrivateServer(for: file.title, environment: context.environment)
            try loadTokens()
        }
        guard isIncomplete else { return }
        context.say("\(file.title): the export was not finished: sessions may be missing that were meant to be in it")
    }

    /// Where its sessions can be read.
    func endpoint(database: Int) -> RedisEndpoint {
        file.endpoint(at: .unix(path: server.socketPath), database: database)
    }

    private func progress(_ unit: String) -> ProgressLine {
        context.progress("loading \(file.kind.rawValue)", unit: unit, quiet: false)
    }

    // MARK: Archives

    private static func open(
        _ file: StoreFile, in context: CommandContext
    ) throws -> (archive: SessionArchive, isComplete: Bool) {
        let isStream = file.path == "-"
        let first = isStream ? [] : try FileBeginning.of(file.path, count: 16)
        if first.starts(with: FileBeginning.rdb) {
            throw Failure.usage("\(file.path) is a dump of a Redis", advice: "name it as rdb:\(file.path)")
        }
        if first == FileBeginning.sqlite {
            let archive = try SessionArchive.reading(file.path)
            return (archive, archive.isComplete)
        }
        let archive = try SessionArchive.temporary(in: context.environment["TMPDIR"] ?? "/tmp")
        let found = try InputBytes.reading(file.path) { descriptor in
            try SessionLinesReader(
                descriptor, name: isStream ? "standard input" : file.path, isInterrupted: context.isInterrupted
            ).read(into: archive)
        }
        return (archive, found.isComplete && !found.isCutOff)
    }

    private func load(_ archive: SessionArchive) throws {
        let connection = try server.connect(timeouts: Self.timeouts, isInterrupted: context.isInterrupted)
        defer { connection.close() }
        let progress = progress("sessions")
        defer { progress.hide() }
        let now = try ChangeServer(of: connection).time
        let counts = try ExportLoading(into: connection).load(archive, now: now) { done in
            progress.update(done: done, total: archive.count)
            return !context.isInterrupted()
        }
        if context.isInterrupted() { throw Failure(.interrupted, "interrupted") }
        progress.hide()
        guard counts.ended > 0 else { return }
        let sessions = counts.ended == 1 ? "1 session has" : "\(counts.ended) sessions have"
        context.say("\(file.title): \(sessions) ended since they were exported, and are left out")
    }

    // MARK: Tokens

    private func loadTokens() throws {
        let connection = try server.connect(timeouts: Self.timeouts, isInterrupted: context.isInterrupted)
        defer { connection.close() }
        let progress = progress("tokens")
        defer { progress.hide() }
        let name = file.path == "-" ? "standard input" : file.path
        try InputBytes.reading(file.path) { descriptor in
            try TokenLines(descriptor, name: name, isInterrupted: context.isInterrupted).load(into: connection) {
                done in
                progress.update(done: done, total: nil)
            }
        }
    }

    // MARK: RDB files

    private static func check(_ file: StoreFile) throws {
        let first = try FileBeginning.of(file.path, count: 16)
        guard !first.starts(with: FileBeginning.rdb) else { return }
        let isArchive = first == FileBeginning.sqlite
        throw Failure.usage(
            "\(file.path) is no dump of a Redis: those begin with REDIS",
            advice: isArchive ? "an archive of sessions is archive:\(file.path)" : nil)
    }

    private func waitUntilLoaded() throws {
        let progress = progress("bytes")
        defer { progress.hide() }
        do {
            let connection = try server.connect(timeouts: Self.timeouts, isInterrupted: context.isInterrupted)
            defer { connection.close() }
            var state = try LoadingState(of: connection)
            while state.isLoading {
                progress.update(done: state.loadedBytes, total: state.totalBytes)
                // A server that ends says why.
                if server.hasEnded(within: 20) { break }
                state = try LoadingState(of: connection)
            }
            if !server.hasEnded(within: 0) {
                progress.hide()
                return say(state)
            }
        } catch let error as RedisError {
            // A server that gives up closes its connections a moment before it has ended.
            guard error.kind != .interrupted, server.hasEnded(within: 2000) else { throw error }
        } catch let failure as Failure where failure.status == .connection {
            guard server.hasEnded(within: 0) else { throw failure }
        }
        let words = server.lastWords.flatMap { LoadingState.reason(in: $0) }
        throw Failure(
            .undecodable, "\(file.title) cannot be loaded: \(words ?? "redis-server gave up without a word")",
            advice: "redis-check-rdb tells more; a newer redis-server may know it if a newer one has written it")
    }

    private func say(_ state: LoadingState) {
        guard let expired = state.expiredKeys else {
            return context.say(
                "\(file.title): how many keys had expired since the dump, this redis-server does not tell (7.0 does)")
        }
        guard expired > 0 else { return }
        context.say(
            "\(file.title): \(expired == 1 ? "1 key" : "\(expired) keys") had expired since the dump, and \(expired == 1 ? "is" : "are") left out"
        )
    }
}

/// How far a server has come with its dump, as INFO tells it.
struct LoadingState {
    var isLoading = false
    var loadedBytes = 0
    var totalBytes: Int?
    /// Keys of the dump that had expired; nil where the server does not say.
    var expiredKeys: Int?

    init(of connection: RedisConnection) throws(RedisError) {
        let text = try connection.call("INFO", "persistence").bytes ?? []
        for line in String(decoding: text, as: UTF8.self).split(whereSeparator: \.isNewline) {
            guard let colon = line.firstIndex(of: ":") else { continue }
            let value = Int(line[line.index(after: colon)...])
            switch line[..<colon] {
            case "loading": isLoading = value == 1
            case "loading_loaded_bytes": loadedBytes = value ?? 0
            case "loading_total_bytes": totalBytes = value
            case "rdb_last_load_keys_expired": expiredKeys = value
            default: continue
            }
        }
    }

    /// What a log says of the end: the last line that is no warning about the machine and says more than that it is the end.
    static func reason(in log: String) -> String? {
        let lines = log.split(whereSeparator: \.isNewline).map(String.init)
        let found = lines.compactMap { line -> String? in
            // "1:M 27 Nov 2026 10:00:00.000 # text", and "[offset 9] text" of the check that follows.
            if line.hasPrefix("[offset ") { return line }
            guard let mark = line.firstRange(of: " # ") else { return nil }
            let text = String(line[mark.upperBound...])
            let isAboutTheMachine = [
                "WARNING", "oO0O", "Redis version", "Configuration loaded", "Warning:", "Fatal error loading",
            ].contains {
                text.contains($0)
            }
            return isAboutTheMachine ? nil : text
        }
        return found.last
    }
}
