import TestSupport

/// Every Java stream in the fixtures: those of the JDK, and all values and blobs of the stores.
enum FixtureStreams {
    static func all() throws -> [(name: String, bytes: [UInt8])] {
        try JavaStreamFixture.all().map { ($0.name, $0.bytes) } + stored()
    }

    /// Values of hashes, and strings, that are one stream.
    static func stored() throws -> [(name: String, bytes: [UInt8])] {
        var found: [(String, [UInt8])] = []
        for store in try FixtureStore.all() {
            let parts: [FixtureStore.Part] =
                try Fixtures.names(in: store.name).contains(FixtureStore.Part.big.rawValue)
                ? [.main, .big] : [.main]
            for record in try parts.flatMap({ try store.records($0) }) {
                found += values(of: record).map { ("\(store.name) \(String(decoding: record.key, as: UTF8.self))", $0) }
            }
        }
        return found.filter { $0.1.starts(with: [0xAC, 0xED, 0, 5]) }
    }

    private static func values(of record: FixtureRecord) -> [[UInt8]] {
        switch record.content {
        case .string(let bytes): [bytes]
        case .hash(let fields): fields.map(\.value)
        case .set(let members): members
        case .sortedSet(let members): members.map(\.member)
        case .list(let items): items
        }
    }
}
