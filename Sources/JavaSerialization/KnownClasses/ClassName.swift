/// The name of a class, made once for many streams: where two are the same object they are the same name.
package final class ClassName: Sendable {
    /// The name as `Class.getName` gives it.
    package let text: String

    package init(_ text: String) { self.text = text }
}
