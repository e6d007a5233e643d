package import Redis
import Sessions

/// Puts the sessions of an archive into an empty database, each key with its content and the time at which it expires.
package struct ExportLoading {
    /// What became of the sessions.
    package struct Counts: Sendable, Hashable {
        /// Those that are there now.
        package var loaded = 0
        /// Those that have ended since they were exported.
        package var ended = 0
    }

    private let connection: RedisConnection
    private let server: ChangeServer

    package init(into connection: RedisConnection) throws(StorageError) {
        self.connection = connection
        server = try ChangeServer(of: connection)
    }

    /// Loads all; `progress` gets the number so far, and says whether to go on.
    ///
    /// - Parameter now: milliseconds since 1970 by the server's clock.
    package func load(
        _ archive: SessionArchive, now: Int64, progress: (Int) -> Bool
    ) throws -> Counts {
        var counts = Counts()
        try archive.forEach { sessions in
            let living = sessions.filter { session in session.states.first?.expiresAt.map { $0 > now } ?? true }
            try send(living.flatMap { session in session.states.flatMap { commands($0, now) } })
            counts.loaded += living.count
            counts.ended += sessions.count - living.count
            return progress(counts.loaded + counts.ended)
        }
        // A set that sessions share is whole only now.
        var ends: [[[UInt8]]] = []
        try archive.forEachSet { key, end in
            if let end { ends.append([Array("PEXPIREAT".utf8), key, end.decimal]) }
            guard ends.count == 1000 else { return }
            try send(ends)
            ends.removeAll()
        }
        try send(ends)
        return counts
    }

    /// The commands that make a key that is not there.
    private func commands(_ state: KeyState, _ now: Int64) -> [[[UInt8]]] {
        var state = state
        var content = KeyState.Content.missing
        if case .shared(let members) = state.content {
            content = .shared(members.map { SharedMember($0.member, .outside) })
            state = KeyState(key: state.key, role: state.role, content: state.content, expiresAt: nil)
        }
        // A key that has expired since is not made, not even for a moment.
        if let end = state.expiresAt, end <= now { return [] }
        return KeyRestoration(
            before: state, now: CurrentState(content: content, isThere: false, expiresAt: nil), time: now,
            usesRestore: server.takesAbsoluteLives, keepsLife: server.keepsLife
        ).commands.map(\.words)
    }

    private func send(_ commands: [[[UInt8]]]) throws(StorageError) {
        guard !commands.isEmpty else { return }
        try redis { () throws(RedisError) in
            var batch = CommandBatch()
            for command in commands { batch.append(command) }
            var replies = ReplyBatch()
            try connection.send(batch, as: "loading the sessions")
            for _ in commands {
                try connection.receive(1, into: &replies)
                if let error = connection.failure(in: replies, at: 0) { throw error }
            }
        }
    }
}
