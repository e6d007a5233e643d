import SessionStorage
import Sessions
import Terminal

/// What becomes of a session that somebody works on in an editor, from the text to the store: nothing that was written is lost on the way.
struct EditorWork {
    let context: CommandContext
    let options: EditingOptions
    let store: SessionStore
    /// As they were named; all where there are none.
    let attributes: [String]
    private var group: SessionGroup
    private var editor: EditorSession

    /// So often a change is made again because others were there meanwhile.
    private static let mostAttempts = 5

    init(
        _ group: SessionGroup, attributes: [String], in store: SessionStore, options: EditingOptions,
        context: CommandContext
    ) throws {
        (self.context, self.options, self.store) = (context, options, store)
        (self.attributes, self.group) = (attributes, group)
        let document = try EditorDocument(
            group, attributes: attributes, rendering: Self.rendering(context, options))
        editor = try EditorSession(document, in: "\(store.endpoint)", context: context)
    }

    private static func rendering(_ context: CommandContext, _ options: EditingOptions) -> ValueRendering {
        var rendering = ValueRendering(context, reveal: options.output.reveal)
        rendering.typed = true
        return rendering
    }

    mutating func run() throws -> ExitStatus {
        KeptText(environment: context.environment)?.prune(at: context.clock())
        do {
            let status = try change()
            if status != .done, let words = keep() { context.say(words) }
            return status
        } catch {
            throw keeping(Failure(error))
        }
    }

    private mutating func change() throws -> ExitStatus {
        while let edited = try editor.next() {
            if let status = try apply(edited) { return status }
        }
        context.say("nothing was changed")
        return .done
    }

    // MARK: From the text to the store

    /// Nil where the text has to be shown again.
    private mutating func apply(_ edited: EditorDocument.Edited) throws -> ExitStatus? {
        var edited = edited
        var status = ExitStatus.partial
        for _ in 0..<Self.mostAttempts {
            guard let current = try upToDate(edited), try isTaken(current) else { return nil }
            edited = current
            let isConflict: Bool
            (status, isConflict) = try send(edited)
            if !isConflict { return status }
        }
        return status
    }

    /// The same for the session as it is by now; nil where others have changed what the text changes.
    private mutating func upToDate(_ edited: EditorDocument.Edited) throws -> EditorDocument.Edited? {
        let name = "key:" + EscapedName.text(of: group.session.key)
        let now = try OneSession(name, in: store, options.connection, quiet: true).read(in: context)
        let document = try EditorDocument(
            again: now, attributes: attributes, rendering: Self.rendering(context, options))
        group = now
        if editor.document.document.isSame(as: document.document) { return edited }
        return try editor.carry(to: document)
    }

    /// Whether the session can become that; else somebody who is there is shown why not.
    private mutating func isTaken(_ edited: EditorDocument.Edited) throws -> Bool {
        guard context.ask != nil else { return true }
        do throws(ChangeRefusal) {
            _ = try SessionChanges.edit(group, edited.edit, ChangeContext(now: context.clock()))
            return true
        } catch {
            try editor.again(error)
            return false
        }
    }

    private func send(_ edited: EditorDocument.Edited) throws -> (status: ExitStatus, isConflict: Bool) {
        var isConflict = false
        var change = EditedSession(
            session: "key:" + EscapedName.text(of: group.session.key), edit: edited.edit, options: options,
            changes: edited.changes, shown: group.session)
        change.whenChanged = { if case .changed = $0.outcome { isConflict = true } }
        let status = try change.run(in: context)
        return (status, isConflict)
    }

    // MARK: What would be lost

    /// Says where the text is that was not taken over; nil where nobody has written any.
    private func keep() -> String? {
        guard let text = editor.written else { return nil }
        guard let kept = KeptText(environment: context.environment),
            let path = try? kept.keep(text.bytes, at: context.clock())
        else {
            context.errors.write(context.message(String(decoding: text.bytes, as: UTF8.self), keepLines: true))
            return "what you wrote could not be kept in a file and stands above, without secrets"
        }
        let secrets = options.output.reveal ? ", with the secrets that --reveal showed" : ""
        return "what you wrote is kept in \(path), which nobody else may read\(secrets)"
    }

    private func keeping(_ failure: Failure) -> Failure {
        guard let words = keep() else { return failure }
        guard failure.status != .interrupted else {
            context.say(words)
            return failure
        }
        var failure = failure
        failure.advice = (failure.advice.map { $0 + "; " } ?? "") + words
        return failure
    }
}
