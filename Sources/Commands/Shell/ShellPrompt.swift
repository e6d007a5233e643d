import Redis
import Terminal

/// The prompt: the store, then format and id of the current session.
///
///     127.0.0.1:6379/0>
///     127.0.0.1:6379/0 spring 019fd27f…>
struct ShellPrompt {
    private static let storeColumns = 40
    private static let idColumns = 9

    let palette: Palette

    func text(_ state: ShellState) -> String {
        let place = TerminalText.fit(Self.place(state.plan.endpoint), columns: Self.storeColumns)
        var prompt = palette.paint(place, .prompt)
        if let session = state.session {
            prompt += " " + palette.paint(session.format, .faint)
            prompt += " " + palette.paint(TerminalText.fit(bytes: session.id, columns: Self.idColumns), .identifier)
        }
        return prompt + "> "
    }

    /// A socket by the end of its path, which tells more than the beginning.
    private static func place(_ endpoint: RedisEndpoint) -> String {
        guard case .unix(let path) = endpoint.address else { return "\(endpoint)" }
        return "\(path.split(separator: "/").last ?? "")/\(endpoint.database)"
    }
}
