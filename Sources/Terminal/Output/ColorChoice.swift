/// When output is coloured: the value of `--color`.
package enum ColorChoice: String, Sendable, CaseIterable {
    case auto, always, never

    /// Decides for one stream. In `auto`, colour needs a terminal that is not `dumb`, and no `NO_COLOR`
    /// (no-color.org: set and not empty).
    package func isOn(isTerminal: Bool, environment: [String: String]) -> Bool {
        switch self {
        case .always: true
        case .never: false
        case .auto:
            isTerminal && environment["NO_COLOR", default: ""].isEmpty && environment["TERM"] != "dumb"
        }
    }
}
