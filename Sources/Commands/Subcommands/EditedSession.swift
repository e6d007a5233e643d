import ArgumentParser
import SessionStorage
import Sessions
import Terminal

/// A session whose attributes are changed, as all commands do it that change them.
struct EditedSession {
    /// As it was named; nil for the shell's current one.
    let session: String?
    let edit: SessionEdit
    let options: EditingOptions
    /// What is changed, in words, where that is known beforehand.
    var changes: [ValueChange]?
    /// The session as whoever made the edit saw it.
    var shown: Session?
    /// Hears what became of it.
    var whenChanged: ((ChangedSession) -> Void)?

    /// What is done, for people.
    static let verb = ChangeVerb(infinitive: "Change", gerund: "changing", participle: "changed")

    func run(in context: CommandContext) throws -> ExitStatus {
        let selection = try ChangeSelection.parse(session.map { ["--", $0] } ?? [])
        let store = try context.openStore(options.connection, toChange: options.change.permission)
        let planning = EditPlanning(edit, of: shown)
        var bulk = BulkChange(
            context: context, verb: Self.verb,
            selection: selection, options: options.change, output: options.output, connection: options.connection,
            form: options.form.form(onTerminal: .table, inPipe: .table, context: context)
        ) { group, context throws(ChangeRefusal) in
            try planning.plan(group, context)
        }
        bulk.readsWhole = true
        bulk.whenChanged = whenChanged
        bulk.valueChanges = { group in
            planning.note(shown: group.session)
            return changes ?? EditDescription(context, reveal: options.output.reveal).changes(edit, of: group)
        }
        bulk.planContext.isNonSticky = options.nonSticky
        return try bulk.run(on: store)
    }

    /// Words that name a session though they could be a place.
    private static let marks = ["id:", "user:", "key:", "cookie:"]

    /// Whether a word says that it names a session.
    static func isMarked(_ word: String) -> Bool { marks.contains { word.rest(behind: $0) != nil } }

    /// A word that names a session, as it is looked up.
    ///
    /// In the shell, a word needs `id:` to be no place: what stands behind it may be whatever names a session elsewhere, so also the
    /// beginning of an id.
    static func name(_ word: String, in context: CommandContext) -> String {
        guard context.shell?.current != nil, let name = word.rest(behind: "id:"), !name.isEmpty else { return word }
        return isMarked(name) ? word : name
    }

    /// The session that the first word names, and the places that follow.
    ///
    /// - Parameter isPlace: whether a word at the beginning is a place where there is a current session.
    static func split(
        _ words: [String], in context: CommandContext, isPlace: (String) -> Bool, usage: String, example: String
    ) throws(Failure) -> (session: String?, places: [String]) {
        let first = words.first ?? ""
        let isNamed = isMarked(first)
        if context.shell?.current != nil, !isNamed, isPlace(first), !words.isEmpty { return (nil, words) }
        guard words.count > 1 else { throw .usage(usage, advice: "such as: \(example)") }
        return (name(first, in: context), Array(words.dropFirst()))
    }
}
