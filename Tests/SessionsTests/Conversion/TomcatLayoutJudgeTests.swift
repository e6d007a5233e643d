import JavaSerialization
import TestSupport
import Testing

@testable import Sessions

/// Sessions of every format with Java's values, written as Tomcat's, and read by the `StandardSession.readObjectData` of Tomcat 9 and
/// 10: it sees the times, the id, and every attribute as it was.
@Suite(.enabled(if: TomcatJudge.isInstalled)) struct TomcatLayoutJudgeTests {
    private static let now: Int64 = 1_795_500_000_000

    private struct Question {
        let label: String
        let session: PortableSession
        let expected: RenderedAttributes
    }

    @Test func bothTomcatsReadWhatIsWritten() throws {
        var judge = try TomcatJudge()
        var questions: [Question] = []
        for store in try FixtureStore.all() {
            for session in try StoredFixture(store, now: Self.now).sessions.values {
                guard var portable = try? PortableSession(of: session, now: Self.now, interval: 1800) else { continue }
                portable.attributes.removeAll { !Self.isReadable($0) }
                guard !portable.attributes.isEmpty else { continue }
                for objects in TomcatLayout.Objects.allCases {
                    let layout = TomcatLayout(objects, route: Array("node1".utf8))
                    guard let key = try layout.keys(of: portable).first, case .string(let value) = key.content else {
                        continue
                    }
                    try judge.add(value)
                    let record = StoredRecord(key: key.key, content: .string(value))
                    // That they are those of the source is what another test shows.
                    let expected = try RenderedAttributes(
                        try #require(SessionFormats.session(from: record, now: Self.now)?.attributes))
                    questions.append(
                        Question(
                            label: "\(store.name) \(EscapedName.text(of: session.id)) \(objects)", session: portable,
                            expected: expected))
                }
            }
        }
        var judging = EditJudging()
        for version in TomcatJudge.Version.allCases {
            for (verdict, question) in zip(try judge.verdicts(of: version), questions) {
                try Self.compare(verdict, question, &judging)
            }
        }
        #expect(Array(judging.differences.prefix(10)) == [])
        #expect(questions.count > 250 && judging.compared > 100_000, "\(questions.count) \(judging.compared)")
    }

    private static func compare(_ verdict: TestJSON, _ question: Question, _ judging: inout EditJudging) throws {
        if let error = verdict["error"]?.string {
            judging.differences.append("\(question.label): \(error)")
            return
        }
        let names = try verdict.required("names").requiredItems().map { JSONString(utf16: $0.units ?? []).bytes }
        if names != question.expected.names { judging.differences.append("\(question.label): other names") }
        judging.compare(question.label, "written", seen: try verdict.required("values"), expected: question.expected)
        let session = question.session
        let wanted = [
            "creationTime": session.createdAt, "lastAccessedTime": session.lastAccessedAt,
            "thisAccessedTime": session.lastAccessedAt, "maxInactiveInterval": session.maxInactiveSeconds,
        ]
        for (name, value) in wanted where verdict[name]?.integer != value {
            judging.differences.append("\(question.label): \(name) is not \(value): \(verdict.leavingOut(["values"]))")
        }
    }

    /// Whether the classes are those of the JDK, and of ours with a source, and not the one whose objects only itself can read.
    private static func isReadable(_ attribute: PortableAttribute) -> Bool {
        guard attribute.encoding == .java, let graph = try? JavaGraph(attribute.value) else { return false }
        return graph.classNames.allSatisfy { name in
            ["java.", "sun.", "[", "demo.shop.", "demo.library."].contains { name.hasPrefix($0) }
                && !name.contains("org.") && !name.contains("labfx") && name != "demo.shop.RawBox"
        }
    }
}
