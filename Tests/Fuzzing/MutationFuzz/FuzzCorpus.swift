import Foundation
import Sessions

/// The inputs that are changed: every stream, value and token of the fixtures, large ones left out.
enum FuzzCorpus {
    private static let largest = 16 << 10

    enum Kind: String {
        case streams, tokens
        /// What is neither: JSON, frames, text.
        case values
        /// Filters and paths.
        case queries
    }

    static func inputs(_ kind: Kind, in folder: String) -> [[UInt8]] {
        switch kind {
        case .streams: streams(in: folder)
        case .tokens: tokens(in: folder)
        case .values: values(in: folder)
        case .queries: queries.map { Array($0.utf8) }
        }
    }

    private static func values(in folder: String) -> [[UInt8]] {
        files(in: folder).filter { $0.hasSuffix("keys.jsonl") }.flatMap { values(ofKeysAt: $0) }.filter {
            !$0.isEmpty && $0.count <= largest && !$0.starts(with: [0xac, 0xed])
        }
    }

    /// Each word of the language at least once (`sessionctl help filters`, `help paths`).
    private static let queries = [
        "user = 'alice' and idle > 30d", "attr.cart.total >= 100 or has(cart.coupon)",
        "class ~ '^com[.]acme[.]' and size > 64k", "not role in ('ROLE_ADMIN') and created < 2026-01-01",
        "expires < now - 90s or ttl = none", "(id != x and (key !~ \"a''b\" or not finding = none))",
        "variant not in (indexed, 'a b', none) and namespace <= 'z'", "accessed >= 2026-01-31T12:00:00Z",
        "interval = 500ms or attr['a.b'][0][null][#3].A::b = true", "principal ~ '(?i)a{2,5}|(?:b|[^c-e]\\d)+$'",
        "cart.items[0].qty", "prefs['it''s'].x", "a[-1][99999999999]", "a.b.Super::c", "user='\\xff\\u{e0041}'",
    ]

    private static func streams(in folder: String) -> [[UInt8]] {
        files(in: folder).flatMap { path -> [[UInt8]] in
            if path.hasSuffix("keys.jsonl") { return values(ofKeysAt: path) }
            return [".ser", ".session", ".value"].contains { path.hasSuffix($0) } ? [bytes(path)] : []
        }.filter { $0.count <= largest && $0.starts(with: [0xac, 0xed]) }
    }

    private static func tokens(in folder: String) -> [[UInt8]] {
        files(in: folder).filter { $0.hasSuffix("keys.jsonl") }.flatMap { values(ofKeysAt: $0) }
            .filter { $0.starts(with: Array("eyJ".utf8)) }
            + [Array("eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbGljZSIsImV4cCI6MTc5NTQyMDAwMH0.".utf8)]
    }

    private static func files(in folder: String) -> [String] {
        (FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []).sorted().map {
            folder + "/" + $0
        }
    }

    private static func bytes(_ path: String) -> [UInt8] {
        FileManager.default.contents(atPath: path).map { Array($0) } ?? []
    }

    /// Strings, and the values of hashes' fields.
    private static func values(ofKeysAt path: String) -> [[UInt8]] {
        bytes(path).split(separator: 10).flatMap { line -> [[UInt8]] in
            guard let record = try? JSONSerialization.jsonObject(with: Data(line)) as? [String: Any] else { return [] }
            let fields = (record["fields_b64"] as? [[String]])?.compactMap(\.last) ?? []
            return ((record["value_b64"] as? String).map { [$0] } ?? fields).compactMap { Data(base64Encoded: $0) }.map
            { Array($0) }
        }
    }
}
