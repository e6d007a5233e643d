import JavaSerialization
import TestSupport
import Testing

@testable import Sessions

/// Texts of sessions that others change meanwhile: every object is found again in what the session has become.
struct CarriedTextTests {
    private static let context = ChangeContext(now: 1_800_000_000_000)

    /// The session of a record, and its text.
    private struct Shown {
        let group: SessionGroup
        let attributes: [SessionAttribute]
        let document: AttributeDocument
        let root: JSONNode

        init?(_ record: StoredRecord) throws {
            guard let session = SessionFormats.session(from: record, now: context.now), session.format == "tomcat",
                case .string(let bytes) = record.content, TomcatFraming(bytes) != nil
            else { return nil }
            group = SessionGroup(session: session, record: record)
            attributes = (session.attributes ?? []).filter { if case .node = $0.value { true } else { false } }
            guard case .node(let graph, _)? = attributes.first?.value else { return nil }
            let nodes = attributes.map { attribute -> JavaNode? in
                if case .node(_, let node) = attribute.value { node } else { nil }
            }
            guard var typed = try? TypedJSON(of: graph, roots: nodes) else { return nil }
            var writer = JSONWriter()
            writer.beginObject()
            for (attribute, node) in zip(attributes, nodes) {
                writer.name(bytes: attribute.name)
                let isSecret = SecretPolicy.isSecret(name: EscapedName.text(of: attribute.name))
                guard (try? typed.write(node, isSecret: isSecret, to: &writer)) != nil else { return nil }
            }
            writer.endObject()
            let json = try JSONReader.read(try MaskedMarks.marked(writer.takeBytes()))
            document = AttributeDocument(group, of: attributes, before: json)
            root = json.root
        }

        /// The session as an edit leaves it.
        func edited(_ edit: SessionEdit) throws -> Shown? {
            let plan = try SessionChanges.edit(group, edit, context)
            guard let bytes = plan.commands.first?.arguments.first else { return nil }
            return try Shown(StoredRecord(key: group.record.key, content: .string(bytes)))
        }

        private var members: [JSONObject.Member] { root.object.map { Array($0) } ?? [] }

        /// Whether objects of an attribute have numbers, of which each may be there once.
        func isNumbered(_ index: Int) -> Bool { EditedDocument.isNumbered(Array(members[index].value.text)) }

        /// The text with the value of an attribute under one more name.
        func doubling(_ index: Int) -> [UInt8] {
            Array("{\"new\":".utf8) + members[index].value.text + Array(",".utf8) + root.text.dropFirst()
        }

        /// The text with another name of an attribute.
        func renaming(_ index: Int) -> [UInt8] {
            var writer = JSONWriter()
            writer.beginObject()
            for (place, member) in members.enumerated() {
                if place == index { writer.name("new") } else { writer.name(member.name) }
                writer.value(member.value)
            }
            writer.endObject()
            return writer.takeBytes()
        }

        func value(_ name: [UInt8]) -> (graph: JavaGraph, node: JavaNode?)? {
            guard case .node(let graph, let node)? = group.session.attributes?.first(where: { $0.name == name })?.value
            else { return nil }
            return (graph, node)
        }
    }

    private static func shown() throws -> [Shown] {
        try FixtureStore.all().flatMap { store in
            try StoredFixture(store, .main, now: context.now).records.sorted {
                $0.key.lexicographicallyPrecedes($1.key)
            }.compactMap { try Shown($0.value) }
        }
    }

    /// Others add an attribute with objects of its own, and take the first one away.
    private static func changedByOthers(_ shown: Shown) throws -> Shown? {
        let first = AttributePath.text(ofAttribute: shown.attributes[0].name)
        let new = NewValue.json(Array("[{\"a\": [1, 2]}, \"text\"]".utf8))
        return try? shown.edited(
            SessionEdit([AttributeEdit(first, .remove), AttributeEdit("added-by-others", .set(new))]))
    }

    @Test func everyObjectIsFoundAgain() throws {
        var (found, lost) = (0, 0)
        for shown in try Self.shown() where shown.attributes.count > 1 {
            guard let later = try Self.changedByOthers(shown) else { continue }
            #expect(!shown.document.isSame(as: later.document))
            for index in stride(from: 1, to: shown.attributes.count, by: max(1, shown.attributes.count / 5)) {
                let isRenamed = shown.isNumbered(index)
                let text = isRenamed ? shown.renaming(index) : shown.doubling(index)
                let carried = try shown.document.carried(text, to: later.document)
                // An object of the attribute that is gone stood there, and stands elsewhere now.
                guard carried.conflicts.isEmpty else {
                    lost += 1
                    continue
                }
                let after = try #require(try later.edited(later.document.edit(to: carried.json).edit))
                try Self.expect(after, later, shown.attributes[index].name, isRenamed: isRenamed)
                found += 1
            }
        }
        #expect(found > 60 && lost < found / 10, "\(found) \(lost)")
    }

    /// The new attribute is the old one, and all others are as others have left them.
    private static func expect(_ after: Shown, _ later: Shown, _ name: [UInt8], isRenamed: Bool) throws {
        let new = try #require(after.value(Array("new".utf8)))
        if !isRenamed { #expect(after.value(name)?.node == new.node) }
        for attribute in later.attributes {
            let isIt = isRenamed && attribute.name == name
            let now = after.attributes.first { $0.name == (isIt ? Array("new".utf8) : attribute.name) }
            let before = PathValue.attribute(attribute).fingerprint
            #expect(before != nil && now.map { PathValue.attribute($0).fingerprint } == before)
        }
    }

    /// Who has changed nothing gets what others have made of it.
    @Test func anUnchangedTextIsTheirs() throws {
        for shown in try Self.shown() where shown.attributes.count > 1 {
            guard let later = try Self.changedByOthers(shown) else { continue }
            let carried = try shown.document.carried(Array(shown.root.text), to: later.document)
            #expect(carried.conflicts.isEmpty)
            #expect(try JSONReader.read(carried.json).root == later.root)
        }
    }

    /// What both have changed is theirs, and told.
    @Test func whatBothHaveChangedIsAConflict() throws {
        for shown in try Self.shown() where shown.attributes.count > 1 {
            let name = AttributePath.text(ofAttribute: shown.attributes[0].name)
            let edit = SessionEdit([AttributeEdit(name, .set(.json(Array("[\"theirs\"]".utf8))))])
            guard let later = try? shown.edited(edit) else { continue }
            let members = shown.root.object.map { Array($0) } ?? []
            for yours in ["[\"mine\"]", nil] {
                let first = yours.map { "\"\(members[0].name.lossyText)\":\($0)," } ?? ""
                let rest = members.dropFirst().map {
                    "\"\($0.name.lossyText)\":" + String(decoding: $0.value.text, as: UTF8.self)
                }
                let text = Array(("{" + first + rest.joined(separator: ",") + "}").utf8)
                guard let carried = try? shown.document.carried(text, to: later.document) else { continue }
                #expect(carried.conflicts.first?.yours == yours.map { Array($0.utf8) }, "\(name)")
                #expect(try JSONReader.read(carried.json).root == later.root)
            }
        }
    }
}
