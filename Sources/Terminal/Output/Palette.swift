/// Paints safe text, or leaves it plain.
package struct Palette: Sendable {
    package let isEnabled: Bool

    package init(isEnabled: Bool) {
        self.isEnabled = isEnabled
    }

    /// `text`, which must be safe already, in the colour of `role`.
    package func paint(_ text: String, _ role: TextRole?) -> String {
        guard isEnabled, let role, !text.isEmpty else { return text }
        return "\u{1B}[\(role.parameters)m\(text)\u{1B}[0m"
    }
}
