import Redis
import Terminal

/// The prompt: the store, then format and id of the current session.
///
///     127.0.0.1:6379/0>
///     127.0.0.1:6379/0 spring 019fd27f…>
///     @shop/0 read-only spring 019fd27f…>
struct ShellPrompt {
    private static let storeColumns = 40
    private static let idColumns = 9

    let palette: Palette

    func text(_ state: ShellState) -> String {
        let place = TerminalText.fit(Self.place(state.plan), columns: Self.storeColumns)
        var prompt = palette.paint(place, Self.role(state))
        if let protection = state.plan.protection {
            prompt += " " + palette.paint(state.mayWrite(protection) ? "writable" : "read-only", .faint)
        }
        if let session = state.session {
            prompt += " " + palette.paint(session.format, .faint)
            prompt += " " + palette.paint(TerminalText.fit(bytes: session.id, columns: Self.idColumns), .identifier)
        }
        return prompt + "> "
    }

    /// Production is red, and more so where it can be changed.
    private static func role(_ state: ShellState) -> TextRole {
        guard let protection = state.plan.protection, protection.kind == .production else { return .prompt }
        return state.writes ? .danger : .failure
    }

    /// A profile by its name, a socket by the end of its path, which tells more than the beginning.
    private static func place(_ plan: ConnectionPlan) -> String {
        let endpoint = plan.endpoint
        if let profile = plan.profile { return "@\(profile)/\(endpoint.database)" }
        if let file = plan.file { return String(file.path.split(separator: "/").last ?? "") }
        guard case .unix(let path) = endpoint.address else { return "\(endpoint)" }
        return "\(path.split(separator: "/").last ?? "")/\(endpoint.database)"
    }
}
