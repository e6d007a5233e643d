import Foundation

@testable import Sessions

extension Keyspace {
    /// That each set of the database loses what stands for this session, whatever the set is for. Buckets in which it was before it had
    /// no end are not known any more.
    func lines(withoutMembersOf session: Session) -> [String] {
        let own = session.key + Array(":idx".utf8)
        let names = [session.id, Array("expires:".utf8) + session.id, session.key]
        let owned = session.id + [UInt8(ascii: ":")]
        return values.flatMap { key, value -> [String] in
            guard value.type == "set" || value.type == "zset" else { return [] }
            return value.parts.keys.compactMap { member in
                let text = SpringMember.text(of: member) ?? member
                guard key == own || names.contains(text) || text.hasPrefix(owned) else { return nil }
                return "\(EscapedName.text(of: key)) -\(EscapedName.text(of: text))"
            }
        }
    }

    /// Whether the shadow key is there.
    func hasShadow(of group: SessionGroup) -> Bool {
        SpringFormat.shadowKey(ofKey: group.record.key).map { values[$0] != nil } ?? false
    }

    /// The shadow key after an extension: made anew where it was lost.
    func newShadow(of group: SessionGroup, _ interval: Int64) -> [String] {
        let lives = "\(group.shadowName) lives \(interval)"
        return hasShadow(of: group) ? [lives] : [lives, "\(group.shadowName) = ''"]
    }

    /// The way from one bucket of a minute to another, or to another place in the sorted set.
    func moved(_ group: SessionGroup, end: Int64, bucketLife: Int64) -> [String] {
        let minute = (end + 60_000) / 60_000 * 60_000
        var lines: [String] = []
        for (key, value) in values {
            let name = EscapedName.text(of: key)
            for member in value.parts.keys {
                let text = SpringMember.text(of: member) ?? member
                guard text == group.session.id || text == Array("expires:".utf8) + group.session.id else { continue }
                let word = EscapedName.text(of: text)
                if name.hasSuffix(":expirations"), value.type == "zset" { lines.append("\(name) +\(word) \(end)") }
                guard let range = name.range(of: ":expirations:"), value.type == "set" else { continue }
                let bucket = name[..<range.upperBound] + String(minute)
                guard bucket != name else { continue }
                lines += ["\(name) -\(word)", "\(bucket) +\(word)", "\(bucket) lives \(bucketLife)"]
            }
        }
        return lines
    }
}
