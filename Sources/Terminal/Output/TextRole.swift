/// What a piece of text is, so that one place decides which colour it has.
package enum TextRole: Sendable, CaseIterable {
    case header, name, string, number, literal, type, identifier, faint, masked
    case success, warning, failure, prompt, danger

    /// The parameters of the SGR sequence (ECMA-48, 8.3.117): only the sixteen colours that every theme makes
    /// readable.
    var parameters: StaticString {
        switch self {
        case .header: "1"
        case .name: "34"
        case .string, .success: "32"
        case .number, .identifier: "36"
        case .literal: "35"
        case .type, .faint, .masked: "2"
        case .warning: "33"
        case .failure: "1;31"
        case .prompt: "1;32"
        case .danger: "1;37;41"
        }
    }
}
