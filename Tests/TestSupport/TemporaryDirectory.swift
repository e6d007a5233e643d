import Foundation

/// A directory of a test's own, removed with everything in it when the value goes.
package final class TemporaryDirectory: Sendable {
    /// Short enough for a Unix socket in it (108 bytes), without a slash at the end.
    package let path: String

    package init() throws {
        path = "/tmp/sessionctl-test-\(UUID().uuidString.prefix(13))"
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }
}
