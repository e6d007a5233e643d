import Foundation

/// One Redis key as plain data.
package struct FixtureRecord: Sendable {
    /// What the key holds; the members of a set are in no order.
    package enum Content: Sendable, Equatable {
        case string([UInt8])
        case hash([Field])
        case set([[UInt8]])
        case sortedSet([ScoredMember])
        case list([[UInt8]])
    }

    package struct Field: Sendable, Equatable {
        package let name: [UInt8]
        package let value: [UInt8]
    }

    package struct ScoredMember: Sendable, Equatable {
        package let member: [UInt8]
        package let score: Double
    }

    package let key: [UInt8]
    /// Redis' name of the type: `string`, `hash`, `set`, `zset` or `list`.
    package let type: String
    /// Milliseconds left when it was dumped; -1 for a key without expiry.
    package let pttl: Int64
    /// The payload of `DUMP`, for `RESTORE` in Redis 7.0 or later.
    package let dump: [UInt8]
    package let content: Content

    /// Reads one line of a `keys.jsonl`.
    package init(_ json: TestJSON) throws {
        key = try json.required("key_b64").requiredBase64()
        type = try json.required("type").requiredString()
        pttl = try json.required("pttl").requiredInteger()
        dump = try json.required("dump_b64").requiredBase64()
        content = try Self.content(json, type: type)
    }

    private static func content(_ json: TestJSON, type: String) throws -> Content {
        switch type {
        case "string": .string(try json.required("value_b64").requiredBase64())
        case "hash": .hash(try json.required("fields_b64").requiredItems().map(field))
        case "set": .set(try json.required("members_b64").requiredItems().map { try $0.requiredBase64() })
        case "zset": .sortedSet(try json.required("members_b64").requiredItems().map(scoredMember))
        case "list": .list(try json.required("items_b64").requiredItems().map { try $0.requiredBase64() })
        default: throw FixtureError("a key of type \(type)")
        }
    }

    private static func field(_ pair: TestJSON) throws -> Field {
        let items = try pair.requiredItems(count: 2)
        return Field(name: try items[0].requiredBase64(), value: try items[1].requiredBase64())
    }

    private static func scoredMember(_ pair: TestJSON) throws -> ScoredMember {
        let items = try pair.requiredItems(count: 2)
        guard let score = Double(try items[1].requiredString()) else { throw FixtureError("a score that is no number") }
        return ScoredMember(member: try items[0].requiredBase64(), score: score)
    }
}
