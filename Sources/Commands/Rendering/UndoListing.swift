import SessionStorage
import Sessions
import Terminal

/// Shows what the undo archive holds.
struct UndoListing {
    private let form: OutputForm
    private let output: OutputOptions
    private let context: CommandContext

    init(_ form: OutputForm, _ output: OutputOptions, _ context: CommandContext) {
        self.form = form
        self.output = output
        self.context = context
    }

    /// The changes, newest first.
    func write(_ changes: [ArchivedChange]) {
        var writer = RowWriter(
            [
                .init("change", isNumber: true), .init("began"), .init("state"), .init("sessions", isNumber: true),
                .init("changed", isNumber: true), .init("undone", isNumber: true), .init("bytes", isNumber: true),
                .init("store"), .init("command", isFlexible: true),
            ], form, output, context)
        for change in changes {
            writer.write([
                .number(change.number), .text(RFC3339.text(milliseconds: change.began)), .text(change.state.rawValue),
                .number(Int64(change.counts.sessions)), .number(Int64(change.counts.changed)),
                .number(Int64(change.counts.undone)), .number(change.bytes), .text(change.origin.endpoint),
                .text(ShellLine.text(change.origin.command)),
            ])
        }
        writer.finish()
    }

    /// The sessions of one, in their order.
    func write(_ sessions: ArchivedSessions) throws(StorageError) {
        var sessions = sessions
        var writer = RowWriter(
            [
                .init("id", isFlexible: true), .init("format"), .init("variant"), .init("keys", isNumber: true),
                .init("outcome"), .init("undone"),
            ], form, output, context)
        while context.output.wantsMore, case let some = try sessions.next(), !some.isEmpty {
            for one in some {
                writer.write([
                    .text(one.session.id), .text(one.session.format),
                    one.session.variant.map { .text($0) } ?? .missing, .number(Int64(one.session.states.count)),
                    .text(one.outcome?.rawValue ?? "unknown"),
                    one.undone.map { .text(RFC3339.text(milliseconds: $0)) } ?? .missing,
                ])
            }
        }
        writer.finish()
    }
}
