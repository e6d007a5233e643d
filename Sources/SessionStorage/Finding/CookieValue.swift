import Sessions

/// The ids that a cookie's value may stand for, and the values that stand for an id.
///
/// Spring's `SESSION` is the Base64 of the id since 2.0 and the plain id before; `JSESSIONID` is the id, and both may carry
/// `.route`; browsers and proxies may have URL-encoded either (session-formats, ch. 5.3 and 3.1). With nodes of memcached
/// Tomcat's id has `-node` before the route, which ids in Redis do not have (ch. 11).
package enum CookieValue {
    /// One id that a value may mean, and how it is got.
    package struct Reading: Hashable, Sendable {
        package let id: [UInt8]
        /// Whether URL-encoding was undone.
        package let isURLDecoded: Bool
        /// Whether Base64 was undone.
        package let isBase64: Bool
        /// What was taken for a route, if anything.
        package let route: [UInt8]?
        /// What was taken for the name of a memcached node, if anything.
        package var node: [UInt8]?
    }

    /// The names under which the cookies are sent unless the application says otherwise.
    private static let names = ["SESSION=", "JSESSIONID=", "sid="]

    /// All readings, the plainest first; a name and `=` in front are left out.
    package static func readings(of value: String) -> [Reading] {
        let name = names.first { value.hasPrefix($0) } ?? ""
        let raw = Array(value.utf8.dropFirst(name.utf8.count))
        let decoded = percentDecoded(raw)
        var seen: Set<[UInt8]> = []
        var readings: [Reading] = []
        func add(_ value: [UInt8], isURLDecoded: Bool, isBase64: Bool) {
            for (id, route) in [(value, nil)] + withoutRoute(value) where !id.isEmpty && seen.insert(id).inserted {
                readings.append(Reading(id: id, isURLDecoded: isURLDecoded, isBase64: isBase64, route: route))
            }
        }
        add(raw, isURLDecoded: false, isBase64: false)
        add(decoded, isURLDecoded: true, isBase64: false)
        for reading in readings {
            guard let (id, node) = withoutNode(reading.id), seen.insert(id).inserted else { continue }
            readings.append(
                Reading(
                    id: id, isURLDecoded: reading.isURLDecoded, isBase64: false, route: reading.route, node: node))
        }
        for reading in readings {
            guard let id = base64Decoded(reading.id) else { continue }
            add(id, isURLDecoded: reading.isURLDecoded, isBase64: true)
        }
        return readings
    }

    static func ids(in value: String) -> [[UInt8]] { readings(of: value).map { $0.id } }

    /// Without what stands behind the last dot, and behind the first: a route may have dots, or stand there twice.
    private static func withoutRoute(_ value: [UInt8]) -> [([UInt8], [UInt8]?)] {
        let dot = UInt8(ascii: ".")
        return [value.lastIndex(of: dot), value.firstIndex(of: dot)].compactMap { $0 }.filter { $0 > 0 }
            .map { (Array(value[..<$0]), Array(value[($0 + 1)...])) }
    }

    /// `0123456789ABCDEF-n1.route`, as memcached-session-manager writes ids where it has nodes.
    private static func withoutNode(_ value: [UInt8]) -> ([UInt8], node: [UInt8])? {
        guard let dash = value.firstIndex(of: UInt8(ascii: "-")), dash >= 16, dash + 1 < value.count,
            (try? Hexadecimal.decode(Array(value[..<dash]))) != nil
        else { return nil }
        let end = value.firstIndex(of: UInt8(ascii: ".")) ?? value.count
        guard dash + 1 < end else { return nil }
        return (Array(value[..<dash] + value[end...]), Array(value[(dash + 1)..<end]))
    }

    /// Ids are text: what decodes to something else was no Base64. The padding may be lost: `=` is not safe in a cookie.
    private static func base64Decoded(_ value: [UInt8]) -> [UInt8]? {
        let padding = [UInt8](repeating: UInt8(ascii: "="), count: (4 - value.count % 4) % 4)
        guard let id = try? Base64.decode(value + padding), !id.isEmpty, String(validating: id, as: UTF8.self) != nil
        else {
            return nil
        }
        return id
    }

    private static func percentDecoded(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var index = 0
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count,
                let pair = try? Hexadecimal.decode(bytes[index + 1...index + 2]), pair.count == 1
            {
                result.append(pair[0])
                index += 3
            } else {
                result.append(bytes[index])
                index += 1
            }
        }
        return result
    }
}
