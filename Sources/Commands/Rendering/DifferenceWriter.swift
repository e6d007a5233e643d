import SessionStorage
import Sessions
import Terminal

/// Writes what is not the same in two stores, a row for each difference (docs/json.md).
final class DifferenceWriter {
    private var rows: RowWriter
    private let form: OutputForm
    private var isEmpty = true

    init(_ form: OutputForm, _ output: OutputOptions, _ context: CommandContext) {
        self.form = form
        rows = RowWriter(
            [
                RowWriter.Column("id"), RowWriter.Column("key"), RowWriter.Column("part"),
                RowWriter.Column("difference", isFlexible: true),
            ], form, output, context)
    }

    func write(_ compared: Verification.Compared) {
        for (part, reason) in compared.verdict.parts {
            rows.write([.text(compared.id), .text(compared.target ?? compared.key), .text(part), .text(reason)])
            isEmpty = false
        }
    }

    /// Where nothing differs people get no table: a heading alone looks as if rows were missing.
    func finish() {
        if !isEmpty || form != .table { rows.finish() }
    }
}

extension Verification.Verdict {
    /// What is wrong, part by part.
    fileprivate var parts: [(part: String, reason: String)] {
        switch self {
        case .equal, .ended: []
        case .missing: [("session", "missing at the target")]
        case .tooMuch: [("session", "at the target alone")]
        case .loggedOut(.source): [("session", "logged out at the source, and still at the target")]
        case .loggedOut(.target): [("session", "logged out at the target")]
        case .refused(let reason): [("session", "cannot be at the target: \(reason)")]
        case .different(let differences): differences.map { ($0.part, $0.reason) }
        }
    }
}
