import Sessions
import TestSupport
import Testing

@testable import SessionStorage

/// A field is the same whether it is asked for alone or with all there is: what is not asked for costs the server nothing.
struct FieldsAloneIntegrationTests {
    private static let now: Int64 = 1_800_000_000_000
    /// By this much the remaining life may differ from one look to the next.
    private static let delay: Int64 = 60_000

    private func sessions(_ fields: [SessionField], _ server: RedisServer) throws -> [Session] {
        let needs = SessionNeeds(fields)
        var sessions: [Session] = []
        _ = try SessionScan(parts: needs.parts, attributes: needs.attributes).run(on: server.store(now: Self.now)) {
            sessions.append($0)
            return true
        }
        return sessions.sorted { $0.key.lexicographicallyPrecedes($1.key) }
    }

    @Test(
        arguments: try FixtureStore.all().map(\.name)
            + JavaProgramStoresIntegrationTests.names.map { "java-programs/" + $0 })
    func areTheSame(_ name: String) throws {
        let server = try RedisServer()
        defer { server.stop() }
        try server.load(FixtureStore(name))
        let whole = try sessions(SessionField.named, server)
        #expect(!whole.isEmpty)
        for field in SessionField.named where field != .finding {
            for fields in [[field], [field, .class], [field, .class, .idle]] {
                let some = try sessions(fields, server)
                #expect(some.map(\.key) == whole.map(\.key), "\(field.name)")
                for (one, other) in zip(some, whole) {
                    let (value, wanted) = (
                        one.value(of: field, now: Self.now), other.value(of: field, now: Self.now)
                    )
                    let isSame = field == .size ? value == wanted : areEqual(value, wanted)
                    #expect(isSame, "\(name) \(field.name): \(value), not \(wanted)")
                }
            }
        }
    }

    private func areEqual(_ value: FieldValue, _ other: FieldValue) -> Bool {
        switch (value, other) {
        case (.time(let one), .time(let other)), (.number(let one), .number(let other)):
            abs(one - other) <= Self.delay
        default: value == other
        }
    }

    /// The life of each key is asked for where a field rests on it, and not beside contents that tell all.
    @Test(arguments: [
        (["id", "class"], false), (["id", "principal", "accessed", "idle", "attributes"], false),
        (["ttl", "class"], true), (["expires", "class"], true), (["variant", "class"], true), (["finding"], true),
    ]) func asksForLivesWhereTheyAreWanted(_ words: [String], _ asksLife: Bool) throws {
        let server = try RedisServer()
        defer { server.stop() }
        try server.load(FixtureStore("spring-session-3.5.7-indexed"))
        let fields = try words.map { word throws(FilterError) in try SessionField(word: word) }
        try server.command("CONFIG", "RESETSTAT")
        #expect(try !sessions(fields, server).isEmpty)
        guard case .string(let bytes) = try server.command("INFO", "commandstats") else { return #expect(Bool(false)) }
        let statistics = String(decoding: bytes, as: UTF8.self)
        #expect(statistics.contains("cmdstat_hgetall"))
        // What is no session's key by its name is asked in any case: so only sessions are in this store.
        #expect(statistics.contains("cmdstat_pttl") == asksLife, "\(statistics)")
    }
}
