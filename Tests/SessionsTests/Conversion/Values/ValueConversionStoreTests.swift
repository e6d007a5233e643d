import JavaSerialization
import TestSupport
import Testing

@testable import Sessions

/// Every attribute of every store, from a stream to JSON and back and the other way round.
struct ValueConversionStoreTests {
    private struct Stored {
        let label: String
        let attribute: PortableAttribute
    }

    /// The attributes of all sessions, each value once.
    private static func attributes(_ encoding: PortableAttribute.Encoding) throws -> [Stored] {
        var seen: Set<PortableAttribute> = []
        var found: [Stored] = []
        for store in try FixtureStore.all() {
            let hasBig = try Fixtures.names(in: store.name).contains(FixtureStore.Part.big.rawValue)
            for part in hasBig ? [FixtureStore.Part.main, .big] : [.main] {
                let sessions = try StoredFixture(store, part, now: 0).sessions
                for session in sessions.values.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
                    for case let attribute? in (session.attributes ?? []).map({ PortableAttribute($0) })
                    where attribute.encoding == encoding && seen.insert(attribute).inserted {
                        let label = "\(store.name) \(EscapedName.text(of: attribute.name))"
                        found.append(Stored(label: label, attribute: attribute))
                    }
                }
            }
        }
        return found
    }

    @Test func streamsComeBackAsTheyWere() throws {
        var pairs = try JudgedPairs()
        var counts: [String: Int] = [:]
        for stored in try Self.attributes(.java) {
            let there: ConvertedAttribute
            do throws(ValueProblem) {
                there = try ValueConversion(hasJavaTime: true).json(of: stored.attribute)
            } catch {
                #expect(error.path.hasPrefix(EscapedName.text(of: stored.attribute.name)), "\(error)")
                let isOfApplication = error.reason.contains("of the application")
                counts[isOfApplication ? "refused: of the application" : "refused: of the platform", default: 0] += 1
                continue
            }
            let back = try ValueConversion().java(of: there.attribute)
            counts[there.losses.isEmpty ? "as it was" : "with losses", default: 0] += 1
            guard there.losses.isEmpty else { continue }
            if back.attribute == stored.attribute { counts["byte for byte", default: 0] += 1 }
            try pairs.add(stored.label, expected: stored.attribute.value, actual: back.attribute.value)
        }
        let (compared, differences) = try pairs.compared()
        #expect(differences == [])
        #expect(
            counts == [
                "as it was": 316, "byte for byte": 309, "with losses": 15, "refused: of the application": 83,
                "refused: of the platform": 54,
            ])
        #expect(compared == 2811)
    }

    @Test func jsonComesBackAsItWas() throws {
        var counts: [String: Int] = [:]
        var others: [String] = []
        for stored in try Self.attributes(.json) {
            do throws(ValueProblem) {
                let there = try ValueConversion().java(of: stored.attribute)
                let back = try ValueConversion().json(of: there.attribute)
                #expect(there.losses.isEmpty && back.losses.isEmpty)
                if back.attribute.value == stored.attribute.value {
                    counts["byte for byte", default: 0] += 1
                } else {
                    let (old, new) = (stored.attribute.value, back.attribute.value)
                    others.append(String(decoding: old, as: UTF8.self) + " " + String(decoding: new, as: UTF8.self))
                }
            } catch {
                counts["refused", default: 0] += 1
                #expect(error.reason.contains("of the application"), "\(error)")
            }
        }
        #expect(counts == ["byte for byte": 35, "refused": 10])
        // Redisson's codec writes the class of every Long.
        #expect(others == [#"["java.lang.Long",1462104000124] 1462104000124"#])
    }

    /// What Spring and Redisson wrote as JSON is read from the stream that is made of it as they read it themselves.
    @Test(arguments: [
        "spring-session-1.2.1-json", "spring-session-2.7.4-json", "spring-session-3.5.7-simple-json",
        "redisson-tomcat-3.52.0-json",
    ]) func theJDKReadsWhatTheLibraryRead(_ name: String) throws {
        let store = FixtureStore(name)
        let sessions = try StoredFixture(store, now: 0).sessions.values
        var judge = try JavaJudge()
        var expected: [TestJSON] = []
        var refused = 0
        for one in try store.expectedSessions() {
            let id = Array(try one.required("id").requiredString().utf8)
            guard let session = sessions.first(where: { $0.id == id }) else { continue }
            for case let attribute? in (session.attributes ?? []).map({ PortableAttribute($0) }) {
                guard let stream = try? ValueConversion().java(of: attribute) else {
                    refused += 1
                    continue
                }
                try judge.add(stream.attribute.value)
                expected.append(
                    try one.required("attributes").required(String(decoding: attribute.name, as: UTF8.self)))
            }
        }
        var compared = 0
        for (verdict, one) in zip(try judge.verdicts(), expected) {
            guard case .contents(let contents) = verdict, let seen = contents.items?.first else {
                Issue.record("\(verdict)")
                continue
            }
            let outcome = GroundTruth.compare(expected: one, actual: try seen.required("object"))
            compared += outcome.compared
            #expect(outcome.differences == [])
        }
        #expect(compared > 0 && expected.count > 20, "\(compared) \(expected.count)")
        // Those of the application's classes.
        #expect(refused <= 3)
    }

    /// Values that one application wrote as a stream, and another one as JSON.
    @Test func bothFormsOfTheSameValueAreThoseOfTheFixtures() throws {
        let streams = try Self.attributes(.java)
        var equal = 0
        for json in try Self.attributes(.json) {
            guard let made = try? ValueConversion().java(of: json.attribute).attribute else { continue }
            for stored in streams where stored.attribute.value == made.value {
                let text = try ValueConversion().json(of: stored.attribute).attribute.value
                #expect(text == json.attribute.value || json.label.hasPrefix("redisson"), "\(json.label)")
                equal += 1
            }
        }
        #expect(equal > 20, "\(equal)")
    }
}
