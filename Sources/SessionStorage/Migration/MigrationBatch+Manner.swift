package import Sessions

extension MigrationBatch {
    /// How it is done.
    package struct Manner: Sendable {
        /// What sessions become; nil where they keep their keys and layout.
        package var conversion: SessionConversion?
        /// What is done where another session has the id at the target.
        package var conflict: ConflictPolicy
        /// Whether they go from the source.
        package var movesAway: Bool
        /// Whether what was written is read back; what moves is so in any case.
        package var readsBack: Bool
        /// Whether what an earlier run has written is written again where the target has it no more, or other than it was.
        package var writesAnew: Bool
        /// Whether both stores are one database: then no session may take its own place, and go with what it was.
        package var isInOneDatabase = false
        /// Which are meant, as far as a filter says so.
        package var filter: SessionFilter
        /// Says why a token is not to be trusted, in whose place a session is to be made; nil for one that is.
        package var refusalOfToken: @Sendable (Session) -> String? = { _ in nil }
        /// Whether sessions are made of the tokens that the source may have: then it is asked what the keys beside those say.
        var makesSessionsOfTokens: Bool { conversion.map { !$0.isToTokens } ?? false }
        /// Makes the tokens that sessions become; nil where they become none.
        package var tokens: (any TokenIssuing)?

        package init(
            conversion: SessionConversion?, conflict: ConflictPolicy = .fail, movesAway: Bool = false,
            readsBack: Bool = true, writesAnew: Bool = false, filter: SessionFilter
        ) {
            self.conversion = conversion
            self.conflict = conflict
            self.movesAway = movesAway
            self.readsBack = readsBack
            self.writesAnew = writesAnew
            self.filter = filter
        }
    }

    /// Makes the tokens that sessions become, and keeps them.
    package protocol TokenIssuing: Sendable {
        /// Makes a token of each, all of which are on the disk when it returns; says of each why it was not made, nil for those that were.
        func issue(_ claims: [SessionClaims]) throws(StorageError) -> [String?]
        /// Throws where what was made is not all there any more.
        func requireKept() throws(StorageError)
    }

    /// The two servers' times, in milliseconds since 1970.
    package struct Times: Sendable {
        let source: Int64
        let target: Int64

        package init(source: Int64, target: Int64) {
            self.source = source
            self.target = target
        }
    }

    /// A store with what a migration has to know of its server.
    package struct Side {
        let store: SessionStore
        let server: ChangeServer

        package init(_ store: SessionStore, _ server: ChangeServer) {
            self.store = store
            self.server = server
        }
    }
}
