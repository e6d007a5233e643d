import JavaSerialization
import TestSupport
import Testing

@testable import Sessions

/// Whole values of session managers, edited, and read by the `StandardSession.readObjectData` of Tomcat 9 and 10: it sees exactly the
/// edit and nothing else.
@Suite(.enabled(if: TomcatJudge.isInstalled)) struct TomcatJudgeTests {
    private static let context = ChangeContext(now: 1_800_000_000_000)

    /// A value of a manager.
    private struct Value {
        let label: String
        let group: SessionGroup

        init?(_ label: String, _ record: StoredRecord) {
            guard let session = SessionFormats.session(from: record, now: context.now), session.format == "tomcat",
                case .string(let bytes) = record.content, TomcatFraming(bytes) != nil
            else { return nil }
            self.label = label
            group = SessionGroup(session: session, record: record)
        }

        var attributes: [SessionAttribute] { group.session.attributes ?? [] }

        var bytes: [UInt8] {
            if case .string(let bytes) = group.record.content { bytes } else { [] }
        }

        /// The value after an edit.
        func edited(_ edit: AttributeEdit) throws(ChangeRefusal) -> [UInt8] {
            let plan = try SessionChanges.edit(group, SessionEdit([edit]), context)
            guard let command = plan.commands.first, plan.commands.count == 1 else { return bytes }
            return command.arguments.first ?? []
        }
    }

    private static func values(of store: FixtureStore) throws -> [Value] {
        let parts: [FixtureStore.Part] =
            try Fixtures.names(in: store.name).contains(FixtureStore.Part.big.rawValue) ? [.main, .big] : [.main]
        return try parts.flatMap { part in
            try StoredFixture(store, part, now: context.now).records.sorted {
                $0.key.lexicographicallyPrecedes($1.key)
            }.compactMap { key, record in
                Value("\(store.name) \(String(decoding: key, as: UTF8.self))", record)
            }
        }
    }

    /// What `FileStore` and managers keep, in the layouts of Tomcat 9 and 10.
    private static func layouts() throws -> [Value] {
        try Fixtures.names(in: "tomcat-layouts").filter { $0.hasSuffix(".session") || $0.hasSuffix(".value") }
            .compactMap { name in
                let bytes = try Fixtures.bytes("tomcat-layouts/" + name)
                let key = Array("0123456789ABCDEF0123456789ABCDEF".utf8)
                return Value(name, StoredRecord(key: key, content: .string(bytes)))
            }
    }

    /// A value that is judged, and its attributes as they are to be.
    private struct Question {
        let value: Int
        let kind: String
        let expected: RenderedAttributes
    }

    /// Asks both Tomcats about all edits of some values.
    private static func judge(
        _ values: [Value], _ cases: (RenderedAttributes) throws -> [EditCase], into judging: inout EditJudging
    ) throws {
        var judge = try TomcatJudge()
        var questions: [Question] = []
        for (number, value) in values.enumerated() {
            let attributes = try RenderedAttributes(value.attributes)
            try judge.add(value.bytes)
            questions.append(Question(value: number, kind: "unedited", expected: attributes.withoutNulls))
            for one in try cases(attributes) {
                do throws(ChangeRefusal) {
                    let bytes = try value.edited(one.edit)
                    if bytes == value.bytes { judging.unchanged += 1 }
                    try? judge.add(bytes)
                } catch {
                    judging.note(refusal: error.description)
                    continue
                }
                let expected = try one.expected(of: attributes).withoutNulls
                questions.append(Question(value: number, kind: one.kind + " at " + one.edit.path, expected: expected))
            }
        }
        for version in TomcatJudge.Version.allCases {
            try compare(try judge.verdicts(of: version), questions, values.map(\.label), &judging)
        }
    }

    private static func compare(
        _ verdicts: [TestJSON], _ questions: [Question], _ labels: [String], _ judging: inout EditJudging
    ) throws {
        var unedited: TestJSON?
        for (verdict, question) in zip(verdicts, questions) {
            let label = labels[question.value]
            if question.kind == "unedited" { unedited = verdict["error"] == nil ? verdict : nil }
            if let error = verdict["error"]?.string {
                // The source of this class is not there.
                if !error.contains("labfx.Sets") { judging.differences.append("\(label), \(question.kind): \(error)") }
                continue
            }
            guard let unedited else { continue }
            let around = GroundTruth.compare(expected: rest(of: unedited), actual: rest(of: verdict))
            judging.differences += around.differences.prefix(3).map { "\(label), \(question.kind): \($0)" }
            let seen = try Seen(verdict, without: question.expected.unread)
            if seen.names != question.expected.names {
                let names = seen.names.map { EscapedName.text(of: $0) }
                judging.differences.append("\(label), \(question.kind): the names \(names)")
            }
            judging.compare(label, question.kind, seen: seen.values, expected: question.expected)
        }
    }

    /// All but the attributes.
    private static func rest(of verdict: TestJSON) -> TestJSON { verdict.leavingOut(["file", "names", "values"]) }

    /// The attributes that Tomcat saw.
    private struct Seen {
        let names: [[UInt8]]
        let values: TestJSON

        init(_ verdict: TestJSON, without unread: [[UInt8]]) throws {
            var names = try verdict.required("names").requiredItems().map { JSONString(utf16: $0.units ?? []).bytes }
            var rendering = ChangeableRendering(try verdict.required("values"))
            for index in names.indices.reversed() where unread.contains(names[index]) {
                names.remove(at: index)
                rendering.remove(at: index, of: rendering.root)
            }
            self.names = names
            values = rendering.rendered()
        }
    }

    private static let stores =
        ["tomcat-redis-session-manager-2.0.0", "tomcat9-redis-session-manager"]
        + [
            "dotcms-redis-session-manager", "overit-redis-manager", "pivotal-session-managers", "ran-jit-1.x",
            "ran-jit-2.x", "ran-jit-4.x", "tomcat-redis-session-manager-1.2", "tomcat10-redis-session-manager",
            "tomcat9-notes-redis-session-manager",
        ].map { "java-programs/" + $0 }

    /// Neither no change nor one to the same string is a command.
    @Test func whatChangesNothingWritesNothing() throws {
        var same = 0
        for value in try Self.stores.flatMap({ try Self.values(of: FixtureStore($0)) }) + Self.layouts() {
            #expect(try SessionChanges.edit(value.group, SessionEdit([]), Self.context).commands == [])
            for attribute in value.attributes {
                // Half of a pair of surrogates cannot be written as text.
                guard case .node(let graph, let node?) = attribute.value, let stored = graph.wtf8(of: node),
                    let text = String(validating: stored, as: UTF8.self), !graph.isShared(node)
                else { continue }
                let path = "['" + EscapedName.text(of: attribute.name).replacing("'", with: "''") + "']"
                let bytes = try value.edited(AttributeEdit(path, .set(.text(text))))
                #expect(bytes == value.bytes, "\(value.label) \(path)")
                same += 1
            }
        }
        #expect(same > 300, "\(same)")
    }

    /// A value that Tomcat could not write stands as `7B` in the place of an attribute, which Tomcat then does not have.
    @Test(arguments: ["tomcat9", "tomcat10"]) func attributesThatWereNotWrittenAreReplacedRemovedAndRenamed(
        _ version: String
    ) throws {
        let value = try #require(try Self.layouts().first { $0.label == version + "-not-serializable.value" })
        let text = try #require(NewScalar("java.lang.String"))
        let string = text.json("java.lang.String")
        var judging = EditJudging()
        try Self.judge(
            [value],
            { attributes in
                ["bad", "list"].flatMap { name in
                    let place = Self.place(of: name, among: attributes.names, in: value.bytes)
                    return [
                        EditCase("set \(name)", name, .set(.text(text.text, type: .string))) { attributes in
                            attributes.names.insert(Array(name.utf8), at: place)
                            let made = try attributes.values.make(#"{"object": \#(string)}"#)
                            attributes.values.insert(made, at: place, of: attributes.values.root)
                        }, EditCase("remove \(name)", name, .remove) { _ in },
                        EditCase("rename \(name)", name, .rename("renamed")) { _ in },
                        EditCase("set inside of \(name)", name + "[0]", .set(.text("a"))) { _ in },
                    ]
                }
            }, into: &judging)
        #expect(judging.differences == [])
        #expect(judging.count("set ") == 4 && judging.count("remove ") == 4 && judging.count("rename ") == 4)
        #expect(judging.refused.values.reduce(0, +) == 2, "\(judging.refused)")
    }

    /// How many of the attributes that are there stand in front of one that is not.
    private static func place(of name: String, among names: [[UInt8]], in bytes: [UInt8]) -> Int {
        func offset(_ name: [UInt8]) -> Int {
            let wanted = [0x74, 0, UInt8(name.count)] + name
            return bytes.indices.first { bytes[$0...].starts(with: wanted) } ?? bytes.count
        }
        return names.count { offset($0) < offset(Array(name.utf8)) }
    }

    @Test func everyKindOfEditIsSeenByTomcatAndNothingElse() throws {
        var judging = EditJudging()
        var sessions = 0
        for store in Self.stores {
            let values = try Self.values(of: FixtureStore(store))
            sessions += values.count
            // The programs of ours have the same samples in every store.
            let most = store.hasPrefix("tomcat") ? 2 : 1
            try Self.judge(values, { EditCases($0, atMost: most).all }, into: &judging)
        }
        let layouts = try Self.layouts()
        try Self.judge(layouts, { EditCases($0, atMost: 2).all }, into: &judging)
        #expect(Array(judging.differences.prefix(20)) == [])
        #expect(sessions > 150 && judging.compared > 1_000_000, "\(sessions) \(judging.compared)")
        // Twice each: by both Tomcats.
        let least = [
            "add": 400, "append": 400, "insert": 1200, "remove": 1500, "rename": 900, "set": 3000, "set null": 800,
            "unedited": 300,
        ]
        for (kind, count) in least { #expect(judging.count(kind) >= count, "\(kind)\n\(judging.summary)") }
    }
}
