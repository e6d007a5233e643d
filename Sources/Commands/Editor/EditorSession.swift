import Sessions

/// Shows a document in the user's editor until it can be taken over, or the user gives up.
struct EditorSession {
    let document: EditorDocument
    let context: CommandContext

    /// What the user has made of it; nil where that is nothing.
    ///
    /// - Parameter place: the store, for people.
    func run(in place: String) throws(Failure) -> EditorDocument.Edited? {
        let editor = try TextEditor(environment: context.environment, isAtTerminal: context.ask != nil)
        let file = try EditorFile(in: folder, named: "session.json", environment: context.environment)
        var shown = EditedText(document.text, heading: heading(place))
        let start = shown.json
        while true {
            try file.write(shown.bytes)
            try editor.edit(file.path)
            let left = EditedText(try file.read())
            if left.isEmpty || left.json == start { return nil }
            do throws(DocumentError) {
                let edited = try document.edited(left.json)
                return edited.edit.changes.isEmpty ? nil : edited
            } catch {
                shown = try again(left, shown, error)
            }
        }
    }

    /// The text with what is wrong with it. Who leaves it as it is does not know how to go on, and a program that edits does not look.
    private func again(_ left: EditedText, _ shown: EditedText, _ error: DocumentError) throws(Failure) -> EditedText {
        guard left.bytes != shown.bytes, context.ask != nil else {
            throw .usage(
                "line \(left.line(of: error.offset)): \(error): nothing was changed",
                advice: left.bytes == shown.bytes ? "the text was left as it was with the error in it" : nil)
        }
        context.say("line \(left.line(of: error.offset)): \(error)")
        return left.telling("\(error)", at: error.offset)
    }

    private func heading(_ place: String) -> [String] {
        [
            "\(document.title) in \(place)",
            "Leave the text as it is, or empty, to change nothing. Lines that begin with // say something to you.",
            "Values are typed JSON (docs/json.md, docs/editing.md): change \"value\", \"items\", \"entries\" and fields.",
        ]
    }

    /// In memory, where the system has such a directory for the user.
    private var folder: String {
        let runtime = context.environment["XDG_RUNTIME_DIR"] ?? ""
        return EditorFile.isDirectory(runtime) ? runtime : context.environment["TMPDIR"] ?? "/tmp"
    }
}
