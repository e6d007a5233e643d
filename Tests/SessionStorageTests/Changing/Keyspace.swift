import Foundation
import TestSupport

@testable import Sessions

/// All that is in a database, to see what a change has done to it.
struct Keyspace {
    /// One key: its content in parts that can be compared, and when it ends.
    struct Value: Equatable {
        let type: String
        /// Fields with values, members with scores, or the one value of a string.
        let parts: [[UInt8]: [UInt8]]
        /// Milliseconds since 1970; below zero for never.
        let end: Int64
    }

    private(set) var values: [[UInt8]: Value] = [:]

    init(_ server: RedisServer) throws {
        for key in try server.keys() {
            let type = try server.type(of: key)
            let items: [[UInt8]]
            switch type {
            case "string": items = [[], try server.call("GET", key).bytes]
            case "hash": items = try server.call("HGETALL", key).items
            case "zset": items = try server.call("ZRANGE", key, [48], Array("-1".utf8), Array("WITHSCORES".utf8)).items
            case "set": items = try server.call("SMEMBERS", key).items.flatMap { [$0, []] }
            default: items = []
            }
            let parts = stride(from: 0, to: items.count, by: 2).map { (items[$0], items[$0 + 1]) }
            // What has ended since its name was read is not there.
            guard case .integer(let end) = try server.call("PEXPIRETIME", key), end != -2 else { continue }
            // Not what DUMP says: the order of a hash table changes while it grows.
            values[key] = Value(type: type, parts: Dictionary(parts) { $1 }, end: end)
        }
    }

    /// Forgets keys that have come to their end by themselves, as far as `mayBeForgotten` says so.
    mutating func forget(after: Keyspace, _ mayBeForgotten: ([UInt8]) -> Bool) {
        let now = Int64(Date().timeIntervalSince1970 * 1000)
        for (key, value) in values
        where after.values[key] == nil && (0...now).contains(value.end) && mayBeForgotten(key) { values[key] = nil }
    }

    /// What has become another since `before`, one line each, sorted: `KEY gone`, `KEY -MEMBER`, `KEY +MEMBER SCORE`,
    /// `KEY.FIELD = VALUE`, `KEY = VALUE` and `KEY lives N` in seconds after `now`.
    ///
    /// A set that has lost its last member is told by its members.
    func changes(since before: Keyspace, now: Int64) -> [String] {
        var lines: [String] = []
        for key in Set(values.keys).union(before.values.keys) {
            let (old, new) = (before.values[key], values[key])
            guard old != new else { continue }
            lines += Self.lines(EscapedName.text(of: key), old, new)
            guard let new, new.end != old?.end ?? -1 else { continue }
            lines.append(
                "\(EscapedName.text(of: key)) lives \(new.end < 0 ? "ever" : String((new.end - now + 500) / 1000))")
        }
        return lines.sorted()
    }

    private static func lines(_ key: String, _ old: Value?, _ new: Value?) -> [String] {
        guard let type = (new ?? old)?.type else { return [] }
        if new == nil, type == "string" || type == "hash" { return ["\(key) gone"] }
        let (before, after) = (old?.parts ?? [:], new?.parts ?? [:])
        return Set(before.keys).union(after.keys).filter { before[$0] != after[$0] }.map { part in
            let name = SpringMember.text(of: part).map { EscapedName.text(of: $0) } ?? ""
            switch (type, after[part]) {
            case ("string", let value): return "\(key) = \(text(value))"
            case ("hash", let value): return "\(key).\(EscapedName.text(of: part)) = \(text(value))"
            case (_, nil): return "\(key) -\(name)"
            case (_, let score?): return "\(key) +\(name)" + (score.isEmpty ? "" : " \(text(score))")
            }
        }
    }

    /// Numbers as numbers; other bytes in hexadecimal digits.
    private static func text(_ value: [UInt8]?) -> String {
        guard let value else { return "nothing" }
        if let number = RedissonCodec(number: value)?.number(value) ?? BoxedNumber.value(of: value) {
            return String(number)
        }
        return value.isEmpty ? "''" : Hexadecimal.encode(value)
    }
}
