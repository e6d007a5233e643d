import SessionStorage
import Sessions

/// What became of one session, as reports have it (docs/json.md).
struct SessionOutcome {
    let id: [UInt8]
    let key: [UInt8]
    /// Nil where it was not read.
    var format: String?
    var principal: String?
    let outcome: String
    /// A sentence, where there is more to say.
    var detail: String?
    /// What a migrated session has lost on the way; nil for other commands.
    var losses: [ConversionLoss]?

    init(_ session: ChangedSession) {
        (id, key, format, principal) = (session.id, session.key, session.format, session.principal)
        outcome = session.outcome.word
        detail = session.outcome.detail
    }

    /// A session that was there again when it was looked at once more.
    init(cameBack session: Session) {
        (id, key, format, principal) = (session.id, session.key, session.format, session.principal)
        outcome = "came back"
    }

    init(_ kept: KeptSession, _ result: UndoBatch.Outcome) {
        (id, key, format) = (kept.id, kept.key, kept.format)
        outcome = result.word
        switch result {
        case .changed(let reason), .refused(let reason), .failed(let reason): detail = reason
        case .gone: detail = "it has ended since"
        case .planned, .restored, .unneeded, .ended, .notReached: break
        }
    }

    func write(at now: Int64, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.name("at")
        writer.time(milliseconds: now)
        writer.name("id")
        writer.string(bytes: id)
        writer.name("key")
        writer.string(bytes: key)
        for (name, text) in [("format", format), ("principal", principal), ("outcome", outcome), ("detail", detail)] {
            writer.name(name)
            text.map { writer.string($0) } ?? writer.null()
        }
        if let losses { Self.write(losses, to: &writer) }
        writer.endObject()
        writer.endLine()
    }

    private static func write(_ losses: [ConversionLoss], to writer: inout JSONWriter) {
        writer.name("losses")
        writer.beginArray()
        for loss in losses {
            writer.beginObject()
            writer.name("attribute")
            writer.string(bytes: loss.attribute)
            writer.name("class")
            loss.className.map { writer.string($0) } ?? writer.null()
            writer.name("reason")
            writer.string(loss.reason)
            writer.endObject()
        }
        writer.endArray()
    }
}

extension ChangeOutcome {
    /// What there is to say beside the word.
    fileprivate var detail: String? {
        switch self {
        case .done(let failures):
            failures.isEmpty
                ? nil : failures.map { "\($0.command.name) failed: \($0.message)" }.joined(separator: "; ")
        case .uncertain(let reason, _), .refused(let reason), .denied(let reason), .failed(let reason),
            .unknown(let reason):
            reason
        case .unneeded, .usedSince, .changed, .gone, .inUse: nil
        }
    }
}

extension UndoBatch.Outcome {
    /// The word for it, as the archive and reports have it.
    var word: String {
        switch self {
        case .planned, .restored: "restored"
        case .unneeded: "unneeded"
        case .ended, .gone: "ended"
        case .changed: "changed"
        case .refused: "refused"
        case .failed: "failed"
        case .notReached: "not reached"
        }
    }
}
