import TestSupport

@testable import Sessions

/// Compares a JSON value that Jackson wrote with what the same library said about it after reading, to the last member.
///
/// The rules of the rendering are in `Tests/Fixtures/README.md`. What JSON cannot tell is not passed over in silence: it is
/// counted by its kind in `untold`.
struct JacksonTruth {
    /// How many values of the expected side were compared.
    private(set) var compared = 0
    /// Each with the path of the place; empty when all is equal.
    private(set) var differences: [String] = []
    /// What the JSON does not say: `class` (of text or of a number, where it follows from a field's type), `field NAME`,
    /// `comparator`.
    private(set) var untold: [String: Int] = [:]

    init(expected: TestJSON, actual: JSONNode) {
        var work = [(expected, actual, "$")]
        while let (expected, actual, path) = work.popLast() { work += compare(expected, actual, path) }
    }

    private typealias Pairs = [(TestJSON, JSONNode, String)]

    private mutating func compare(_ expected: TestJSON, _ actual: JSONNode, _ path: String) -> Pairs {
        compared += 1
        let value = JacksonValue(actual)
        guard !expected.isNull else {
            if !value.node.isNull { differences.append("\(path): not null") }
            return []
        }
        checkClass(expected, value, path)
        if expected["comparator"] != nil { untold["comparator", default: 0] += 1 }
        if let classes = expected["classes"]?.items { return fields(classes, value, path) }
        if let items = expected["items"]?.items {
            guard let array = value.node.array, array.count == items.count else {
                differences.append("\(path): \(value.node) where \(items.count) elements belong")
                return []
            }
            return zip(items, array).enumerated().map { ($1.0, $1.1, "\(path)[\($0)]") }
        }
        if let entries = expected["entries"]?.items { return members(entries, value, path) }
        checkScalar(expected, value, path)
        return []
    }

    private mutating func checkClass(_ expected: TestJSON, _ value: JacksonValue, _ path: String) {
        let names = [expected["class"]?.string, expected["wireClass"]?.string]
        if let name = value.className {
            if !names.contains(name) { differences.append("\(path): class \(name), not \(names[0] ?? "")") }
        } else if names[0] != Self.naturalClass(of: value.node) {
            untold["class", default: 0] += 1
        }
    }

    /// The class that Jackson gives to a value that names none.
    private static func naturalClass(of node: JSONNode) -> String? {
        switch node.value {
        case .string: "java.lang.String"
        case .bool: "java.lang.Boolean"
        case .number(let number):
            number.int64.map { Int32(exactly: $0) == nil ? "java.lang.Long" : "java.lang.Integer" }
                ?? (number.text.contains(".") ? "java.lang.Double" : "java.math.BigInteger")
        default: nil
        }
    }

    private mutating func fields(_ classes: [TestJSON], _ value: JacksonValue, _ path: String) -> Pairs {
        var pairs: Pairs = []
        var left = value.members.map(\.name.bytes)
        for (name, expected) in classes.flatMap({ $0["fields"]?.members ?? [] }) {
            var name = Array(String(decoding: name, as: UTF16.self).utf8)
            if value.className?.hasSuffix("SimpleGrantedAuthority") == true, name == Array("role".utf8) {
                name = Array("authority".utf8)
            }
            let text = String(decoding: name, as: UTF8.self)
            guard let member = value.member(name) else {
                untold["field \(text)", default: 0] += 1
                if !expected.isNull { differences.append("\(path).\(text): missing, and not null") }
                continue
            }
            left.removeAll { $0 == name }
            pairs.append((expected, member, path + "." + text))
        }
        if !left.isEmpty { differences.append("\(path): members of no field: \(left.map(EscapedName.text))") }
        return pairs
    }

    private mutating func members(_ entries: [TestJSON], _ value: JacksonValue, _ path: String) -> Pairs {
        let members = value.members
        if members.count != entries.count { differences.append("\(path): \(members.count) entries") }
        return entries.enumerated().compactMap { index, entry in
            guard let pair = entry.items, pair.count == 2, let key = pair[0]["value"]?.units else { return nil }
            let name = JSONString(utf16: key).bytes
            guard let found = members.first(where: { $0.name.bytes == name }) else {
                differences.append("\(path): no entry \(EscapedName.text(of: name))")
                return nil
            }
            compared += 1
            return (pair[1], found.value, path + "." + EscapedName.text(of: name))
        }
    }

    private mutating func checkScalar(_ expected: TestJSON, _ value: JacksonValue, _ path: String) {
        let isEqual: Bool
        switch value.node.value {
        case .string(let string):
            let texts = [expected["value"], expected["enum"], expected["languageTag"]].compactMap { $0?.units }
            isEqual = texts.contains { JSONString(utf16: $0) == string }
        case .bool(let bool): isEqual = expected["value"]?.bool == bool
        case .number(let number):
            let texts = [expected["value"]?.number, expected["epochMillis"]?.string, expected["value"]?.string]
            isEqual = texts.compactMap { $0 }.first == number.text || expected["epochMillis"]?.string == number.text
        case .null, .array, .object: isEqual = false
        }
        if !isEqual { differences.append("\(path): \(value.node) is not as expected") }
    }
}
