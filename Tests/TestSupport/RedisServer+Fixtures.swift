/// Real sessions for servers of tests.
extension RedisServer {
    /// Puts the keys of a fixture database into the server, with the lives that they had left when it was dumped or, with
    /// `forever`, without an end.
    ///
    /// Stores share some keys, such as the index of a principal: the last one stays.
    package func load(_ store: FixtureStore, _ part: FixtureStore.Part = .main, forever: Bool = false) throws {
        try pipeline(
            try store.records(part).map { record in
                let life = Array(String(forever ? 0 : max(record.pttl, 0)).utf8)
                return [Array("RESTORE".utf8), record.key, life, record.dump, Array("REPLACE".utf8)]
            })
    }

    /// Puts every fixture database into the server.
    package func loadAllFixtures() throws {
        for store in try FixtureStore.all() {
            try load(store)
            if try Fixtures.names(in: store.name).contains(FixtureStore.Part.big.rawValue) { try load(store, .big) }
        }
    }
}
