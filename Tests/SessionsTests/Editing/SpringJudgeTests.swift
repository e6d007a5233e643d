import JavaSerialization
import TestSupport
import Testing

@testable import Sessions

/// Attributes of Spring sessions, edited, and read by the JDK: it sees exactly the edit and nothing else.
struct SpringJudgeTests {
    private static let context = ChangeContext(now: 1_800_000_000_000)

    /// A stored attribute, in the session that has it.
    private struct Value {
        let label: String
        let group: SessionGroup
        let attribute: SessionAttribute

        /// What the edit writes in its field; nil where the edit is about another field.
        func edited(_ edit: AttributeEdit) throws(ChangeRefusal) -> [UInt8]? {
            let plan = try SessionChanges.edit(group, SessionEdit([edit]), context)
            guard let command = plan.commands.first else { return attribute.value.bytes }
            let field = SpringFormat.Field.attributePrefix + attribute.name
            guard plan.commands.count == 1, command.name == "HSET", Array(command.arguments.prefix(1)) == [field],
                command.arguments.count == 2
            else { return nil }
            return command.arguments.last
        }
    }

    private static func values(of store: FixtureStore, seen: inout Set<[UInt8]>) throws -> [Value] {
        let parts: [FixtureStore.Part] =
            try Fixtures.names(in: store.name).contains(FixtureStore.Part.big.rawValue) ? [.main, .big] : [.main]
        var values: [Value] = []
        for part in parts {
            let stored = try StoredFixture(store, part, now: context.now)
            for (key, session) in stored.sessions.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
                guard session.format == SpringFormat.name, let record = stored.records[key] else { continue }
                let group = SessionGroup(session: session, record: record)
                for attribute in session.attributes ?? [] where isReadable(attribute.value) {
                    // Stores of several versions have the same values.
                    guard seen.insert(attribute.value.bytes).inserted else { continue }
                    let label = "\(store.name) \(EscapedName.text(of: attribute.name))"
                    values.append(Value(label: label, group: group, attribute: attribute))
                }
            }
        }
        return values
    }

    /// Whether the classes are those of the JDK, and of ours with a source.
    private static func isReadable(_ value: AttributeValue) -> Bool {
        guard case .stored(let bytes) = value, bytes.starts(with: [0xAC, 0xED]),
            case .java(let graph, _) = value.decoded()
        else { return false }
        return graph.classNames.allSatisfy { name in
            ["java.", "sun.", "[", "demo.shop.", "demo.library."].contains { name.hasPrefix($0) }
                && !name.contains("org.") && !name.contains("labfx")
        }
    }

    private static func judge(_ values: [Value], into judging: inout EditJudging) throws {
        var judge = try JavaJudge()
        var questions: [(label: String, kind: String, expected: RenderedAttributes)] = []
        for value in values {
            let attributes = try RenderedAttributes([value.attribute])
            try judge.add(value.attribute.value.bytes)
            questions.append((value.label, "unedited", attributes))
            for one in EditCases(attributes, atMost: 2).all {
                do throws(ChangeRefusal) {
                    guard let bytes = try value.edited(one.edit), !bytes.isEmpty else { continue }
                    if bytes == value.attribute.value.bytes { judging.unchanged += 1 }
                    try? judge.add(bytes)
                } catch {
                    judging.note(refusal: error.description)
                    continue
                }
                questions.append((value.label, one.kind + " at " + one.edit.path, try one.expected(of: attributes)))
            }
        }
        for (verdict, question) in zip(try judge.verdicts(), questions) {
            switch verdict {
            case .error(let error): judging.differences.append("\(question.label), \(question.kind): \(error)")
            case .contents(let seen):
                judging.compare(question.label, question.kind, seen: seen, expected: question.expected)
            }
        }
    }

    @Test func everyKindOfEditIsSeenByTheJDKAndNothingElse() throws {
        var judging = EditJudging()
        var seen: Set<[UInt8]> = []
        for store in try FixtureStore.all() where store.name.hasPrefix("spring") {
            try Self.judge(try Self.values(of: store, seen: &seen), into: &judging)
        }
        #expect(Array(judging.differences.prefix(20)) == [])
        #expect(seen.count > 400 && judging.compared > 100_000, "\(seen.count) \(judging.compared)")
        let least = [
            "add": 20, "append": 100, "insert": 300, "remove": 300, "rename": 40, "set": 1200, "set null": 300,
            "unedited": 400,
        ]
        for (kind, count) in least { #expect(judging.count(kind) >= count, "\(kind)\n\(judging.summary)") }
    }
}
