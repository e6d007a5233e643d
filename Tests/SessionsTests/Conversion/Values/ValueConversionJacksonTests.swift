import JavaSerialization
import TestSupport
import Testing

@testable import Sessions

/// Values of the JDK against what Jackson itself wrote for them, and what it reads.
struct ValueConversionJacksonTests {
    /// A value in all forms that the fixture has of it.
    private struct Value {
        let name: String
        let java: [UInt8]
        /// By itself, and as the element of a list: the JSON, and the stream of what Jackson reads of it.
        let root: Form
        let inside: Form

        struct Form {
            let json: String?
            let reads: [UInt8]?

            init(_ line: TestJSON, _ name: String) throws {
                json = line[name]?.string
                reads = line[name + "Reads"]?.string == nil ? nil : try line.required(name + "Reads").requiredBase64()
            }
        }

        init(_ line: TestJSON) throws {
            name = try line.required("name").requiredString()
            java = try line.required("java").requiredBase64()
            root = try Form(line, "root")
            inside = try Form(line, "inside")
        }
    }

    private static func values() throws -> [Value] {
        try Fixtures.jsonLines("jackson-values/values.jsonl").map { try Value($0) }
    }

    private static func attribute(_ bytes: [UInt8], _ encoding: PortableAttribute.Encoding) -> PortableAttribute {
        PortableAttribute(name: Array("a".utf8), value: bytes, encoding: encoding)
    }

    /// Values that are refused in JSON: of each Jackson would read something else, or there is no certainty.
    private static let refused: Set<String> = [
        "timestamp-nanos", "sql-time", "calendar", "instant", "locale-script", "url", "pattern", "file", "class",
        "builder", "buffer", "time-zone", "dates", "grid", "tree-set-reverse", "priority-queue", "synchronized-list",
        "enum-set", "properties", "int-keys", "null-key", "class-key", "identity",
    ]

    /// Values in whose place equal ones stand, and what they become.
    private static let replaced: [String: String] = [
        "unmodifiable-collection": "java.util.Collections$UnmodifiableRandomAccessList",
        "as-list": "java.util.ArrayList", "list-of-0": "java.util.Collections$UnmodifiableRandomAccessList",
        "list-of-1": "java.util.Collections$UnmodifiableRandomAccessList",
        "list-of-3": "java.util.Collections$UnmodifiableRandomAccessList",
        "set-of-0": "java.util.Collections$UnmodifiableSet", "set-of-1": "java.util.Collections$UnmodifiableSet",
        "map-of-0": "java.util.Collections$UnmodifiableMap", "map-of-1": "java.util.Collections$UnmodifiableMap",
        "n-copies": "java.util.Collections$UnmodifiableRandomAccessList",
        "unmodifiable-linked": "java.util.Collections$UnmodifiableRandomAccessList",
        "objects": "java.util.Collections$UnmodifiableRandomAccessList",
    ]

    /// Numbers of 19 digits, which this Jackson alone does not read.
    private static let unread: Set<String> = ["long-max", "long-min"]

    /// The JSON is Spring's own where that is read as the same value, else Jackson's with the class around it.
    @Test func writesWhatJacksonReadsAsTheSame() throws {
        var counts: [String: Int] = [:]
        for value in try Self.values() {
            do throws(ValueProblem) {
                let converted = try ValueConversion().json(of: Self.attribute(value.java, .java))
                let text = String(decoding: converted.attribute.value, as: UTF8.self)
                #expect(!Self.refused.contains(value.name), "\(value.name)")
                if let type = Self.replaced[value.name] {
                    #expect(converted.losses.count == 1, "\(value.name)")
                    #expect(
                        converted.losses.first?.reason.hasSuffix("becomes a \(type)") == true, "\(converted.losses)")
                    counts["replaced", default: 0] += 1
                } else if value.root.reads == value.java || value.root.json == value.inside.json
                    || Self.unread.contains(value.name)
                {
                    #expect(text == value.root.json, "\(value.name)")
                    counts["as Spring writes it", default: 0] += 1
                } else {
                    #expect(text == value.inside.json, "\(value.name)")
                    counts["with its class", default: 0] += 1
                }
            } catch {
                #expect(Self.refused.contains(value.name), "\(error)")
                counts["refused", default: 0] += 1
            }
        }
        #expect(counts == ["as Spring writes it": 66, "with its class": 36, "replaced": 12, "refused": 23])
    }

    /// What Jackson reads of its JSON is what is made of it.
    @Test func readsWhatJacksonReads() throws {
        var pairs = try JudgedPairs()
        var counts: [String: Int] = [:]
        var refusals: [String] = []
        for value in try Self.values() where !Self.unread.contains(value.name) {
            for (form, place) in [(value.root, "root"), (value.inside, "inside")] {
                guard let json = form.json, let reads = form.reads else { continue }
                do throws(ValueProblem) {
                    let made = try ValueConversion().java(of: Self.attribute(Array(json.utf8), .json))
                    guard made.losses.isEmpty else {
                        counts["told", default: 0] += 1
                        continue
                    }
                    try? pairs.add("\(value.name) \(place)", expected: reads, actual: made.attribute.value)
                    counts[made.attribute.value == reads ? "byte for byte" : "by meaning", default: 0] += 1
                } catch {
                    refusals.append(value.name + " " + place)
                }
            }
        }
        let (compared, differences) = try pairs.compared()
        #expect(differences == [])
        // What is refused there as well, and what Jackson makes something else of.
        let others = Set(refusals.map { $0.split(separator: " ")[0] }.map(String.init)).subtracting(Self.refused)
        #expect(others == [])
        #expect(refusals.count == 29)
        #expect(counts == ["byte for byte": 188, "by meaning": 14, "told": 13])
        #expect(compared == 1792)
    }

    /// What becomes JSON and a stream again is what it was, but for what is told.
    @Test func comesBackAsItWas() throws {
        var pairs = try JudgedPairs()
        var counts: [String: Int] = [:]
        for value in try Self.values() where !Self.refused.contains(value.name) {
            let there = try ValueConversion().json(of: Self.attribute(value.java, .java))
            let back = try ValueConversion().java(of: there.attribute)
            guard there.losses.isEmpty else { continue }
            try pairs.add(value.name, expected: value.java, actual: back.attribute.value)
            counts[back.attribute.value == value.java ? "byte for byte" : "by meaning", default: 0] += 1
        }
        let (compared, differences) = try pairs.compared()
        #expect(differences == [])
        #expect(counts == ["byte for byte": 91, "by meaning": 10])
        #expect(compared == 903)
    }
}
