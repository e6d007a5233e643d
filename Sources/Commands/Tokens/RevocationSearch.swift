import SessionStorage
import Sessions
import Terminal

/// Finds what is to be revoked: the entries of tokens, and those of users and families.
struct RevocationSearch {
    let context: CommandContext
    let store: SessionStore
    let terms: RevocationTerms
    let quiet: Bool
    /// Milliseconds since 1970 by the server's clock.
    let now: Int64

    /// What was found.
    struct Found {
        /// Tokens first, then cut-offs and families, then what is deleted: a new token must not come in between.
        var revocations: [TokenRevocation] = []
        /// What the walk came to.
        var status = ExitStatus.done
    }

    /// - Throws: where a word is no token.
    func run(_ words: [TokenWords.Word]) throws -> Found {
        var found = Found(revocations: try tokens(words))
        let owners = words.flatMap { Self.owners($0) }
        guard !owners.isEmpty else { return found }
        var entries: [TokenRevocation] = []
        var users: [[UInt8]: [UInt8]] = [:]
        var walk = SessionWalk(
            context: context, quiet: quiet, filter: try SessionFilter("format = jwt", now: now),
            needs: SessionNeeds([.principal, .variant], attributes: .none), pattern: nil)
        walk.offset = store.clockOffset
        let summary = try walk.run(on: store) { session, _, _ throws(StorageError) in
            guard let owner = owners.first(where: { $0.owns(session) }) else { return true }
            entries.append(TokenRevocation(.entry(session.key, of: owner), terms))
            if case .family(let id) = owner { users[id] = session.principalName }
            return context.output.wantsMore
        }
        found.status = walk.conclude(summary, .done)
        found.revocations += words.compactMap { revocation(of: $0, users) } + entries
        return found
    }

    private static func owners(_ word: TokenWords.Word) -> [TokenRevocation.Owner] {
        switch word {
        case .user(let name): EscapedName.readings(of: name).map { .user($0) }
        case .family(let id): [.family(id)]
        case .token, .id: []
        }
    }

    /// What revokes a user or a family as a whole.
    private func revocation(of word: TokenWords.Word, _ users: [[UInt8]: [UInt8]]) -> TokenRevocation? {
        switch word {
        case .user(let name): TokenRevocation(.user(TokenWords.bytes(name)), terms)
        case .family(let id): TokenRevocation(.family(id, user: users[id]), terms)
        case .token, .id: nil
        }
    }

    private func tokens(_ words: [TokenWords.Word]) throws -> [TokenRevocation] {
        var tokens: [NamedToken] = []
        for (place, word) in words.enumerated() {
            switch word {
            case .token(let bytes): tokens.append(try token(bytes, place + 1))
            case .id(let id): tokens.append(NamedToken(id, terms.keys))
            case .user, .family: continue
            }
        }
        let progress = context.progress("scanning", unit: "keys", quiet: quiet)
        defer { progress.hide() }
        let entries = try store.entryKeys(naming: Set(tokens.compactMap(\.id))) {
            progress.update(done: $0, total: $1)
        }
        let held = Dictionary(try store.entries(at: Array(Set(entries.values.joined()))).map { ($0.key, $0) }) { $1 }
        return Self.ordered(tokens).map { token in
            let keys = token.id.map { entries[$0] ?? [] } ?? token.entryKeys
            // Of an id alone its entry tells the others, by which it is denied.
            let known = keys.lazy.compactMap { held[$0] }.first.map { token.known(by: $0) } ?? token
            return TokenRevocation(.token(known, entryKeys: keys), terms)
        }
    }

    /// Tokens that share an id share a key: the one that ends last comes first, so that its end is the key's at once.
    private static func ordered(_ tokens: [NamedToken]) -> [NamedToken] {
        var groups: [[UInt8]: [NamedToken]] = [:]
        var ids: [[UInt8]] = []
        for token in tokens {
            if groups[token.session.id] == nil { ids.append(token.session.id) }
            groups[token.session.id, default: []].append(token)
        }
        return ids.flatMap { id in
            (groups[id] ?? []).sorted { $0.session.statedEnd ?? .min > $1.session.statedEnd ?? .min }
        }
    }

    private func token(_ bytes: [UInt8], _ place: Int) throws(Failure) -> NamedToken {
        do throws(SessionError) {
            return try NamedToken(token: bytes, terms.keys, now: now)
        } catch {
            throw Failure(
                .undecodable, "what stands at place \(place) is no token: \(error); nothing was changed",
                advice: "jti:ID names a token by its id")
        }
    }
}
