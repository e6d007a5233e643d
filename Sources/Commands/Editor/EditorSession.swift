import Sessions

/// Shows the text of a session in the user's editor until it can be taken over, or the user gives up.
struct EditorSession {
    private(set) var document: EditorDocument
    private let context: CommandContext
    /// The store, for people.
    private let place: String
    private let editor: TextEditor
    private let file: EditorFile
    private var shown: EditedText
    /// The JSON of a text that changes nothing.
    private var start: [UInt8]
    /// Why the text is shown again.
    private var problem: Failure?
    /// What somebody has written, once it changes anything.
    private(set) var written: EditedText?

    init(_ document: EditorDocument, in place: String, context: CommandContext) throws(Failure) {
        self.document = document
        self.context = context
        self.place = place
        editor = try TextEditor(environment: context.environment, isAtTerminal: context.ask != nil)
        file = try EditorFile(
            in: Self.folder(context.environment), named: "session.json", environment: context.environment)
        shown = Self.text(document, document.text, in: place)
        start = shown.json
    }

    /// What the user has made of the document; nil where that is nothing.
    mutating func next() throws(Failure) -> EditorDocument.Edited? {
        while true {
            let left = try edited()
            if let problem, left.bytes == shown.bytes { throw problem }
            if left.isEmpty || left.json == start { return nil }
            (shown, written, problem) = (left, left, nil)
            do throws(DocumentError) {
                let edited = try document.edited(left.json)
                return edited.edit.changes.isEmpty ? nil : edited
            } catch {
                try again(error)
            }
        }
    }

    private mutating func edited() throws(Failure) -> EditedText {
        try file.write(shown.bytes)
        do throws(Failure) {
            try editor.edit(file.path)
        } catch {
            // An editor that broke down may have written before.
            if let left = try? file.read(), !left.isEmpty, left != shown.bytes { written = EditedText(left) }
            throw error
        }
        return EditedText(try file.read())
    }

    // MARK: Once more

    /// Shows the text with what is wrong at its line.
    mutating func again(_ error: DocumentError) throws(Failure) {
        let words = "line \(shown.line(of: error.offset)): \(error)"
        try again(error.description, at: error.offset, said: words, .usage("\(words): nothing was changed"))
    }

    /// Shows the text with why it is refused above it.
    mutating func again(_ refusal: ChangeRefusal) throws(Failure) {
        try again(
            refusal.description, at: 0, said: "refused: \(refusal)", .usage("refused: \(refusal): nothing was changed"))
    }

    /// Who leaves the text as it is then does not know how to go on, and a program that edits does not look.
    private mutating func again(
        _ message: String, at offset: Int, said words: String, _ failure: Failure
    ) throws(Failure) {
        guard context.ask != nil else { throw failure }
        context.say(words)
        shown = shown.telling(message, at: offset)
        problem = Failure(failure.status, failure.message, advice: "the text was left as it was with the error in it")
    }

    // MARK: What others do meanwhile

    /// Goes on with the session as it is by now, and with what was written carried over to it.
    ///
    /// - Returns: what it comes to; nil where it is shown again, as others have changed the same.
    /// - Throws: where nobody is there to look.
    mutating func carry(to later: EditorDocument) throws -> EditorDocument.Edited? {
        let carried = try document.document.carried(shown.json, to: later.document)
        let json = try JSONReader.read(carried.json)
        (document, start) = (later, Self.text(later, later.text, in: place).json)
        shown = Self.text(later, JSONLayout.text(of: json), in: place)
        guard carried.conflicts.isEmpty else {
            try tell(carried.conflicts)
            return nil
        }
        do throws(DocumentError) {
            return try later.edited(shown.json)
        } catch {
            try again(error)
            return nil
        }
    }

    private mutating func tell(_ conflicts: [CarriedText.Conflict]) throws {
        let names = conflicts.map { EscapedName.text(of: $0.name.bytes) }.joined(separator: ", ")
        let failure = Failure(.partial, "somebody has changed \(names) meanwhile: nothing was changed")
        guard context.ask != nil else { throw failure }
        context.say("somebody has changed \(names) meanwhile: look at it again")
        problem = failure
        for conflict in conflicts.reversed() {
            let text = shown
            let root = try JSONReader.read(text.json).root
            let place = root.object?.last(named: conflict.name) ?? root
            shown = text.remarking(try Self.lines(of: conflict), above: place.sourceRange.lowerBound)
        }
    }

    /// What was written is a remark then, so that it is lost by no error that follows.
    private static func lines(of conflict: CarriedText.Conflict) throws -> [String] {
        let name = EscapedName.text(of: conflict.name.bytes)
        guard let yours = conflict.yours else {
            return ["error: somebody has changed \(name) meanwhile: yours: removed"]
        }
        let lines = JSONLayout.text(of: try JSONReader.read(yours)).split(separator: UInt8(ascii: "\n"))
        return ["error: somebody has changed \(name) meanwhile: what you wrote stands here, what it is now below"]
            + lines.map { "yours: " + String(decoding: $0, as: UTF8.self) }
    }

    // MARK: The text

    private static func text(_ document: EditorDocument, _ json: [UInt8], in place: String) -> EditedText {
        EditedText(
            json,
            heading: [
                "\(document.title) in \(place)",
                "Leave the text as it is, or empty, to change nothing. Lines that begin with // say something to you.",
                "Values are typed JSON (docs/json.md, docs/editing.md): change \"value\", \"items\", \"entries\" and fields.",
            ])
    }

    /// In memory, where the system has such a directory for the user.
    private static func folder(_ environment: [String: String]) -> String {
        let runtime = environment["XDG_RUNTIME_DIR"] ?? ""
        return EditorFile.isDirectory(runtime) ? runtime : environment["TMPDIR"] ?? "/tmp"
    }
}
