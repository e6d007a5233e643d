import Sessions

/// The attributes of a session as an editor shows them, and what a user has made of them.
struct EditorDocument {
    /// What the user has made of it.
    struct Edited {
        let edit: SessionEdit
        /// In words.
        let changes: [ValueChange]
    }

    /// As it is shown.
    let text: [UInt8]
    /// Which session it is, for people.
    let title: String
    let document: AttributeDocument
    private let reveals: Bool

    /// - Parameter attributes: as they are written in paths; all where there are none.
    init(_ group: SessionGroup, attributes names: [String], rendering: ValueRendering) throws {
        let all = group.session.attributes ?? []
        let wanted = try names.isEmpty ? all : names.flatMap { try Self.attributes($0, of: all) }
        try self.init(group, showing: wanted, rendering)
    }

    /// The same of the session as it is by now; of named attributes those that are still there.
    init(again group: SessionGroup, attributes names: [String], rendering: ValueRendering) throws {
        let all = group.session.attributes ?? []
        let wanted = names.isEmpty ? all : names.flatMap { (try? Self.attributes($0, of: all)) ?? [] }
        try self.init(group, showing: wanted, rendering)
    }

    private init(_ group: SessionGroup, showing wanted: [SessionAttribute], _ rendering: ValueRendering) throws {
        let session = group.session
        var writer = JSONWriter()
        AttributeJSON(rendering).write(wanted, to: &writer)
        guard rendering.problems.isEmpty else {
            throw Failure(
                .undecodable, "not all attributes of the session can be read: name those that you want to edit")
        }
        let json = try JSONReader.read(try MaskedMarks.marked(writer.takeBytes()))
        document = AttributeDocument(group, of: wanted, before: json)
        text = JSONLayout.text(of: json)
        reveals = rendering.reveal
        let kind = [session.format, session.variant, session.principal].compactMap { $0 }.joined(separator: ", ")
        title = "\(EscapedName.text(of: session.id)) (\(kind))"
    }

    private static func attributes(_ name: String, of all: [SessionAttribute]) throws(Failure) -> [SessionAttribute] {
        let found = EscapedName.readings(of: name).lazy.map { name in all.filter { $0.name == name } }
            .first { !$0.isEmpty }
        guard let found else {
            let names = all.prefix(20).map { EscapedName.text(of: $0.name) }.joined(separator: ", ")
            throw Failure(.notFound, "no attribute '\(name)'; there are: \(names.isEmpty ? "none" : names)")
        }
        return found
    }

    /// What the changed text means.
    func edited(_ json: [UInt8]) throws(DocumentError) -> Edited {
        let (edit, changes) = try document.edit(to: json)
        return Edited(edit: edit, changes: changes.map { shown($0) })
    }

    /// In words; what is put where a secret is, is one.
    private func shown(_ change: DocumentChange) -> ValueChange {
        let isMasked = !reveals && SecretPolicy.isSecret(path: change.path)
        let after = change.after.map { isMasked && $0 != "null" ? SecretPolicy.mask : $0 }
        return ValueChange(path: change.path, before: change.before, after: after)
    }
}
