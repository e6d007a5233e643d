import TestSupport
import Testing

@testable import Sessions

/// Values that Jackson wrote, damaged in every way: whatever comes out, everything can be asked of it.
struct DamagedJSONTests {
    @Test(arguments: ["spring-session-3.5.7-json-security", "spring-session-2.7.4-json"])
    func damagedValuesDoNoHarm(_ store: String) throws {
        var random = SeededRandom(for: "damaged JSON values")
        var (values, decoded) = (0, 0)
        for record in try FixtureStore(store).records() {
            guard case .hash(let fields) = record.content else { continue }
            for field in fields where !field.value.isEmpty {
                for _ in 0..<60 {
                    let damaged = Self.damaged(field.value, &random)
                    values += 1
                    decoded += ask(damaged, of: field.name, at: record.key, among: fields) ? 1 : 0
                }
            }
        }
        #expect(values > 900 && decoded > values / 10 && decoded < values)
    }

    /// One to three bytes changed, taken out or put in; brackets and quotes more often than others.
    private static func damaged(_ value: [UInt8], _ random: inout SeededRandom) -> [UInt8] {
        var bytes = value
        for _ in 0..<Int.random(in: 1...3, using: &random) where !bytes.isEmpty {
            let index = Int.random(in: bytes.indices, using: &random)
            let mark = Array("[]{}\",:0\\@".utf8).randomElement(using: &random) ?? 0
            switch Int.random(in: 0..<4, using: &random) {
            case 0: bytes[index] = mark
            case 1: bytes.insert(mark, at: index)
            case 2: bytes.remove(at: index)
            default: bytes[index] = UInt8.random(in: 0...255, using: &random)
            }
        }
        return bytes
    }

    /// Reads the session with the damaged value in it, and asks for all there is; true where it is JSON.
    private func ask(
        _ value: [UInt8], of name: [UInt8], at key: [UInt8], among fields: [FixtureRecord.Field]
    ) -> Bool {
        let content = fields.map { StoredField($0.name, $0.name == name ? value : $0.value) }
        let record = StoredRecord(
            key: key, content: .hash(content), timeToLive: .milliseconds(1000), hasShadowKey: true)
        guard let session = SpringFormat.session(from: record, now: 1_795_418_000_000) else {
            Issue.record("no session")
            return false
        }
        _ = (session.roles, session.securityMeanings, SessionFormats.keyGroup(of: session))
        guard case .json(let document) = AttributeValue.stored(value).decoded() else { return false }
        var masked = MaskedJSON(reveal: false)
        var writer = JSONWriter()
        masked.write(document.root, name: "x", to: &writer)
        #expect((try? JSONReader.read(writer.bytes)) != nil)
        _ = (JacksonValue(document.root).members.count, JacksonValue(document.root).epochMilliseconds)
        let attribute = SessionAttribute(name: Array("a".utf8), value: .stored(value))
        for path in ["a.authentication.principal", "a[1]", "a[#0]", "a.x['@class']"] {
            _ = try? AttributePath(path).value(in: [attribute])
        }
        return true
    }
}
